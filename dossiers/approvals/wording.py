"""The enumerations of approval paths in the reader's language."""

from dossiers.approvals.kinds import Right, RunState, StepKind, StepState
from wiki.locale import _l

STEP_KINDS = {
    StepKind.REQUEST: _l("request"),
    StepKind.TECHNICAL: _l("technical review"),
    StepKind.SECURITY: _l("security"),
    StepKind.BUDGET: _l("budget"),
    StepKind.LEGAL: _l("legal review"),
    StepKind.PROCUREMENT: _l("procurement, tender"),
    StepKind.VENDOR_ONBOARDING: _l("vendor registration"),
    StepKind.COMMITTEE: _l("committee"),
    StepKind.BOARD: _l("board"),
    StepKind.SIGN: _l("signature"),
    StepKind.PAYMENT_ORDER: _l("payment order"),
    StepKind.PAYMENT: _l("payment"),
}
RIGHTS = {
    Right.MUST_SIGN: _l("must sign"),
    Right.MAY_VETO: _l("may veto"),
    Right.CONSULTED: _l("is consulted"),
    Right.INFORMED: _l("is informed"),
}
STEP_STATES = {
    StepState.WAITING: _l("waiting"),
    StepState.RUNNING: _l("under way"),
    StepState.RETURNED: _l("sent back"),
    StepState.PASSED: _l("passed"),
    StepState.REFUSED: _l("refused"),
    StepState.SKIPPED: _l("skipped"),
    StepState.BY_DEPUTY: _l("passed by the deputy"),
}
RUN_STATES = {
    RunState.RUNNING: _l("under way"),
    RunState.SIGNED: _l("signed"),
    RunState.REFUSED: _l("refused"),
    RunState.GIVEN_UP: _l("given up"),
}
