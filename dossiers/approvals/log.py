"""What the events of a run say: how far each step is, since when, how often it came back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dossiers.approvals.kinds import StepKind, StepState
from dossiers.approvals.steps import Steps, in_order

DONE = frozenset({StepState.PASSED, StepState.BY_DEPUTY, StepState.SKIPPED})
"""States after which what waits for the step can begin."""
WHOLE_RUN = ""
"""The step of events about the whole run: "skipped" is given up, "running" is taken up again."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Happened:
    """One event as plain values; `step` may be one that the path does not know."""

    step: str
    state: StepState
    on: date
    title: str = ""
    kind: StepKind | None = None
    position_id: int | None = None
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one step is. `began` is its first day, `ended` the day it was done or refused.

    Unless `begin_known`, nobody wrote down when it began: it is then the day after all it waits
    for had ended, for that is when its turn came. `since` is the day of its present state,
    `first_done` the first day on which what waits for it could begin. `returned` counts how often
    it was sent back; the days spent again belong to it, too.
    """

    code: str
    title: str
    kind: StepKind | None
    state: StepState = StepState.WAITING
    began: date | None = None
    ended: date | None = None
    returned: int = 0
    is_extra: bool = False
    position_id: int | None = None
    person_id: int | None = None
    since: date | None = None
    first_done: date | None = None
    begin_known: bool = False

    @property
    def is_done(self) -> bool:
        """Whether what waits for it can begin."""
        return self.state in DONE

    @property
    def is_open(self) -> bool:
        """Whether somebody works on it now, for the first time or again."""
        return self.state in (StepState.RUNNING, StepState.RETURNED)


def progress_of(
    steps: Steps, events: Iterable[Happened], began_on: date | None = None
) -> Mapping[str, Progress]:
    """All steps of the path in their order, then those that only the run knew, as they came.

    `events` come as they happened: by day, and within a day as they were written down. On
    `began_on` it is the turn of the steps that wait for nothing.
    """
    found = {s.code: Progress(s.code, s.title, s.kind) for s in in_order(steps)}
    for event in events:
        if event.step == WHOLE_RUN:
            continue
        known = found.get(event.step) or Progress(
            event.step, event.title, event.kind, is_extra=event.step not in steps
        )
        turn = turn_of(steps, found, event.step, began_on)
        found[event.step] = _after(known, event, turn)
    return found


def turn_of(
    steps: Steps, progress: Mapping[str, Progress], code: str, began_on: date | None
) -> date | None:
    """The day on which a step's turn came: after all it waits for; `None` when it has not come."""
    if code not in steps:
        return None
    before = [progress[one] for one in steps[code].after]
    ends = [one.ended for one in before if one.is_done and one.ended]
    if len(ends) < len(before):
        return None
    return max(ends) + _DAY if ends else began_on


def _after(known: Progress, event: Happened, turn: date | None) -> Progress:
    done = event.state in DONE
    return replace(
        known,
        state=event.state,
        began=known.began or _beginning(event, turn),
        begin_known=known.begin_known or (known.began is None and _begins(event)),
        ended=event.on if done or event.state is StepState.REFUSED else None,
        returned=known.returned + (event.state is StepState.RETURNED),
        position_id=event.position_id or known.position_id,
        person_id=event.person_id or known.person_id,
        since=event.on,
        first_done=known.first_done or (event.on if done else None),
    )


def _begins(event: Happened) -> bool:
    return event.state is StepState.RUNNING


def _beginning(event: Happened, turn: date | None) -> date | None:
    """Who only writes that a step passed had it before them since its turn came."""
    if event.state is StepState.SKIPPED:
        return None
    return event.on if _begins(event) or turn is None else min(event.on, turn)


def given_up_on(events: Iterable[Happened]) -> date | None:
    """The day on which the run was given up, unless anything happened after that."""
    last = None
    for event in events:
        last = event
    gone = last is not None and last.step == WHOLE_RUN and last.state is StepState.SKIPPED
    return last.on if last is not None and gone else None


def ready(steps: Steps, progress: Mapping[str, Progress]) -> list[str]:
    """The steps that could begin now: not begun, and all that they wait for is done."""
    return [
        step.code
        for step in in_order(steps)
        if progress[step.code].state is StepState.WAITING
        and all(progress[code].is_done for code in step.after)
    ]
