"""What may happen in a run, and how far a run is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dossiers.approvals.kinds import Right, RunState, StepState
from dossiers.approvals.log import Progress
from dossiers.approvals.steps import Steps
from wiki.errors import Refusal
from wiki.pages.content import one_line

LONGEST_DEAL = 100
_DECIDES = frozenset({Right.MUST_SIGN, Right.MAY_VETO})


@dataclass(frozen=True, slots=True)
class Walk:
    """A run as plain values: its first day, the steps it needs, how far each is.

    `progress` has the steps of the path in their order, then those that only the run knew.
    """

    began_on: date
    steps: Steps
    progress: Mapping[str, Progress]


def deal_of(text: str) -> str:
    """The name of the deal, on one line. Raises `Refusal` when empty or too long."""
    deal = one_line(text)
    if not deal or len(deal) > LONGEST_DEAL:
        raise Refusal(
            "Name the deal in up to %(limit)d characters. Nothing was changed.", limit=LONGEST_DEAL
        )
    return deal


def check_event(walk: Walk, step: str, state: StepState, on: date, title: str, today: date) -> str:
    """The title of the step that something happened to.

    Raises `Refusal` for a day before the run or to come, a step that nobody named, and for
    "waiting", which is what a step is before anything happens.
    """
    if not walk.began_on <= on <= today:
        raise Refusal(
            "It must have happened between the first day of the run and today. Nothing was "
            "changed. Correct the day."
        )
    if state is StepState.WAITING:
        raise Refusal("A step waits by itself. Nothing was changed. Take its last event back.")
    known = walk.progress.get(step)
    named = known.title if known else one_line(title)[:200]
    if not named:
        raise Refusal("Say what the step that the path does not know is. Nothing was changed.")
    return named


def state_of(walk: Walk) -> tuple[RunState, date | None]:
    """How far the run is, and the day it ended.

    It is refused when somebody who decides refused, and signed when everything that decides is
    done; what is only asked or told need not be waited for.
    """
    decided = [walk.progress[code] for code, step in walk.steps.items() if step.right in _DECIDES]
    refused = [one.ended for one in decided if one.state is StepState.REFUSED and one.ended]
    if refused:
        return RunState.REFUSED, max(refused)
    ends = [one.ended for one in decided if one.is_done and one.ended]
    if decided and len(ends) == len(decided):
        return RunState.SIGNED, max(ends)
    return RunState.RUNNING, None
