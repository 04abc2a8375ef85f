"""What the events of a run say: how far each step is, since when, how often it came back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from dossiers.approvals.kinds import StepKind, StepState
from dossiers.approvals.steps import Steps, in_order

DONE = frozenset({StepState.PASSED, StepState.BY_DEPUTY, StepState.SKIPPED})
"""States after which what waits for the step can begin."""


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

    `returned` counts how often it was sent back; the days spent again belong to it, too.
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

    @property
    def is_done(self) -> bool:
        """Whether what waits for it can begin."""
        return self.state in DONE

    @property
    def is_open(self) -> bool:
        """Whether somebody works on it now, for the first time or again."""
        return self.state in (StepState.RUNNING, StepState.RETURNED)


def progress_of(steps: Steps, events: Iterable[Happened]) -> Mapping[str, Progress]:
    """All steps of the path in their order, then those that only the run knew, as they came.

    `events` come as they happened: by day, and within a day as they were written down.
    """
    found = {s.code: Progress(s.code, s.title, s.kind) for s in in_order(steps)}
    for event in events:
        known = found.get(event.step) or Progress(
            event.step, event.title, event.kind, is_extra=event.step not in steps
        )
        found[event.step] = _after(known, event)
    return found


def _after(known: Progress, event: Happened) -> Progress:
    closed = event.state in DONE or event.state is StepState.REFUSED
    skipped = event.state is StepState.SKIPPED
    return replace(
        known,
        state=event.state,
        began=known.began or (None if skipped else event.on),
        ended=event.on if closed else None,
        returned=known.returned + (event.state is StepState.RETURNED),
        position_id=event.position_id or known.position_id,
        person_id=event.person_id or known.person_id,
    )


def ready(steps: Steps, progress: Mapping[str, Progress]) -> list[str]:
    """The steps that could begin now: not begun, and all that they wait for is done."""
    return [
        step.code
        for step in in_order(steps)
        if progress[step.code].state is StepState.WAITING
        and all(progress[code].is_done for code in step.after)
    ]
