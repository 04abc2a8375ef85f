"""Where the decision stands: whose turn it is, since when, and how late the whole is.

A pure function of the walk, the calendar and the day. "As usual" is the median of a step.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from dossiers.approvals.dates import DaysOf, Span, expected, median_days, slow_days
from dossiers.approvals.kinds import RunState, StepState
from dossiers.approvals.log import Progress, turn_of
from dossiers.approvals.runs.rules import Walk
from dossiers.approvals.signature import up_to_signature
from dossiers.approvals.steps import Step, in_order
from dossiers.approvals.working_days import WorkingDays
from wiki.errors import Refusal

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Turn:
    """A step before which the decision stands now.

    `days` are the working days that it has taken so far, today included. It is usually done by
    `due`, and nine times of ten by `slow_due`; both are `None` when nobody can say. `late` are the
    working days since `due`. `is_ours`: it was sent back, so it is for us to hand it in again.
    """

    code: str
    title: str
    state: StepState
    since: date | None
    days: int
    due: date | None = None
    slow_due: date | None = None
    late: int = 0
    is_very_late: bool = False
    is_extra: bool = False

    @property
    def is_ours(self) -> bool:
        """Whether it waits for us and not for the client."""
        return self.state is StepState.RETURNED


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a run is on a day.

    `turns` of a run that is signed are those behind the signature. `planned` is the day of the
    signature had all gone as usual from the first day on, `expected` the one if all goes as usual
    from today on, or the day it ended. `late` are the working days between them, `past_wanted`
    those by which it misses the wanted day.
    """

    turns: tuple[Turn, ...]
    done: int
    total: int
    planned: date | None
    expected: date | None
    late: int = 0
    wanted: date | None = None
    past_wanted: int = 0

    @property
    def lateness(self) -> tuple[int, int]:
        """Sorts runs: the whole first, then the step that has taken longest beyond the usual."""
        return max(self.late, self.past_wanted), max((one.late for one in self.turns), default=0)


@dataclass(frozen=True, slots=True)
class Asked:
    """A run as its standing depends on it: when it is wanted, how it ended."""

    state: RunState = RunState.RUNNING
    wanted: date | None = None
    ended: date | None = None


def standing_of(walk: Walk, calendar: WorkingDays, today: date, asked: Asked) -> Standing:
    """Where the run stands on that day.

    A calendar without any day on which a step could happen leaves the dates open.
    """
    running = asked.state is RunState.RUNNING
    goes_on = running or asked.state is RunState.SIGNED
    progress = [walk.progress[code] for code in walk.steps]
    planned, end = _ends(walk, calendar, today) if running else (_planned(walk, calendar), None)
    end = end if running else asked.ended
    known = planned is not None and end is not None and asked.state is not RunState.GIVEN_UP
    return Standing(
        turns=tuple(_turns(walk, calendar, today)) if goes_on else (),
        done=sum(one.is_done for one in progress),
        total=len(progress),
        planned=planned,
        expected=end,
        late=_beyond(calendar, planned, end) if known else 0,
        wanted=asked.wanted,
        past_wanted=_beyond(calendar, asked.wanted, end) if known else 0,
    )


def _beyond(calendar: WorkingDays, limit: date | None, end: date | None) -> int:
    """How many working days the end lies behind the limit."""
    if limit is None or end is None or end <= limit:
        return 0
    return calendar.between(limit + _DAY, end)


def _ends(walk: Walk, calendar: WorkingDays, today: date) -> tuple[date | None, date | None]:
    try:
        spans = spans_from(walk, calendar, today)
    except Refusal:
        return None, None
    return _planned(walk, calendar), _last(walk, spans)


def _planned(walk: Walk, calendar: WorkingDays) -> date | None:
    try:
        return _last(walk, expected(walk.steps, calendar, walk.began_on))
    except Refusal:
        return None


def _last(walk: Walk, spans: Mapping[str, Span]) -> date | None:
    """The day of the signature; the last day of all in a path in which nobody decides."""
    codes = up_to_signature(walk.steps) or walk.steps
    return max((spans[code].end for code in codes), default=None)


def spans_from(walk: Walk, calendar: WorkingDays, today: date) -> dict[str, Span]:
    """When each step of the path happened, or happens if all goes as usual from today on.

    A step whose turn has come is under way since then, whether anybody wrote that down or not.
    """
    found: dict[str, Span] = {}
    for step in in_order(walk.steps):
        here = walk.progress[step.code]
        before = [found[code].end for code in step.after]
        ready = max(before) + _DAY if before else walk.began_on
        has_come = all(walk.progress[code].is_done for code in step.after)
        found[step.code] = _span(
            step, here, calendar, ready if has_come else max(ready, today), today
        )
    return found


def _span(step: Step, here: Progress, calendar: WorkingDays, ready: date, today: date) -> Span:
    if here.ended is not None:
        return Span(here.began or here.ended, here.ended)
    start = ready
    if here.state is StepState.RUNNING and here.since is not None:
        start = here.since
    elif here.state is StepState.RETURNED:
        start = max(ready, today)
    end = usual_end(step, calendar, start)
    return Span(start, max(end, usual_end(step, calendar, today, _at_once)))


def usual_end(
    step: Step, calendar: WorkingDays, start: date, days_of: DaysOf = median_days
) -> date:
    """The day on which a step ends that begins on `start`. Raises `Refusal` when there is none."""
    own = calendar.without(step.frozen)
    end = own.after(own.on_or_after(start), max(1, days_of(step)))
    return own.on_or_after(end, step.meetings) if step.meetings else end


def _at_once(_step: Step) -> int:
    return 1


def _turns(walk: Walk, calendar: WorkingDays, today: date) -> list[Turn]:
    found = [_turn(walk, calendar, step, today) for step in in_order(walk.steps)]
    beside = [one for one in walk.progress.values() if one.is_extra and one.is_open]
    for one in beside:
        days = _days(calendar, one.since, today)
        found.append(Turn(one.code, one.title, one.state, one.since, days, is_extra=True))
    return [one for one in found if one is not None]


def _turn(walk: Walk, calendar: WorkingDays, step: Step, today: date) -> Turn | None:
    """The step as a turn; `None` when it is done, or others must be done before."""
    here = walk.progress[step.code]
    turn = turn_of(walk.steps, walk.progress, step.code, walk.began_on)
    if here.is_done or (turn is None and not _is_here(walk, step, here)):
        return None
    since = here.since or turn
    days = _days(calendar, since, today)
    if here.state in (StepState.RETURNED, StepState.REFUSED) or since is None:
        return Turn(step.code, step.title, here.state, since, days)
    try:
        due, slow = (usual_end(step, calendar, since, d) for d in (median_days, slow_days))
    except Refusal:
        return Turn(step.code, step.title, here.state, since, days)
    late = _beyond(calendar.without(step.frozen), due, today)
    return Turn(step.code, step.title, here.state, since, days, due, slow, late, today > slow)


def _is_here(walk: Walk, step: Step, here: Progress) -> bool:
    """Whether somebody works on a step whose turn has not come.

    One that was sent back to a step before it is not here until that is done again.
    """
    back = any(walk.progress[code].is_open for code in step.after)
    return here.state is StepState.RUNNING or (here.state is StepState.RETURNED and not back)


def _days(calendar: WorkingDays, since: date | None, today: date) -> int:
    return calendar.between(since, today) if since else 0
