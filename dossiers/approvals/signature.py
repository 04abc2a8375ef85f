"""What the signature waits for: a path may go on behind it, with orders and payments."""

from collections.abc import Iterator, Mapping
from datetime import date

from dossiers.approvals.dates import Span
from dossiers.approvals.kinds import Right, StepKind
from dossiers.approvals.steps import Step, Steps, all_before

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
    before = {code: all_before(code, steps) for code in steps}
    last = set(_last_signatures(steps, before))
    deciding = [c for c, step in steps.items() if decides(step) and not before[c] & last]
    wanted = frozenset(deciding).union(*(before[code] for code in deciding))
    return {code: step for code, step in steps.items() if code in wanted}


def _last_signatures(steps: Steps, before: Mapping[str, frozenset[str]]) -> Iterator[str]:
    signatures = [code for code, step in steps.items() if signs(step)]
    for code in signatures:
        if not any(code in before[later] for later in signatures):
            yield code


def signed_on(steps: Steps, spans: Mapping[str, Span]) -> date | None:
    """The day on which the last of what the signature waits for ends; `None` when nobody decides.

    `spans` are those of the whole path.
    """
    return max((spans[code].end for code in up_to_signature(steps)), default=None)
