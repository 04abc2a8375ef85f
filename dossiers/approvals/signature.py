"""What the signature waits for: a path may go on behind it, with orders and payments."""

from collections.abc import Iterator, Mapping

from dossiers.approvals.kinds import Right, StepKind
from dossiers.approvals.steps import Step, Steps, in_order

_DECIDES = frozenset({Right.MUST_SIGN, Right.MAY_VETO})
_PAYS = frozenset({StepKind.PAYMENT_ORDER, StepKind.PAYMENT})
_SIGNS = frozenset({StepKind.SIGN, StepKind.BOARD, StepKind.COMMITTEE})


def signs(step: Step) -> bool:
    """Whether the decision is signed there: by a signature, a board or a committee."""
    return step.right is Right.MUST_SIGN and step.kind in _SIGNS


def decides(step: Step) -> bool:
    """Whether nothing is signed before this step says yes; what is only told need not be."""
    return step.right in _DECIDES and step.kind not in _PAYS


def up_to_signature(steps: Steps) -> Steps:
    """The steps that must be done for the decision to be signed, with all that they wait for.

    Everything that decides, but what comes behind the last signature, and payments. Empty when
    nobody decides.
    """
    before = _all_before(steps)
    last = set(_last_signatures(steps, before))
    deciding = [c for c, step in steps.items() if decides(step) and not before[c] & last]
    wanted = frozenset(deciding).union(*(before[code] for code in deciding))
    return {code: step for code, step in steps.items() if code in wanted}


def _all_before(steps: Steps) -> Mapping[str, frozenset[str]]:
    """By step all that must be done before it, near and far."""
    found: dict[str, frozenset[str]] = {}
    for step in in_order(steps):
        found[step.code] = step.after.union(*(found[code] for code in step.after))
    return found


def _last_signatures(steps: Steps, before: Mapping[str, frozenset[str]]) -> Iterator[str]:
    signatures = [code for code, step in steps.items() if signs(step)]
    for code in signatures:
        if not any(code in before[later] for later in signatures):
            yield code
