"""How long the steps of finished runs took, and since when the steps of a run go on.

A step takes from the day on which it could begin, all that it waits for being done, to the day on
which it was done or sent back (its sojourn time). So it does not matter whether anybody wrote down
that work on it had begun, and the days on which it lay about belong to it. A step that began
before its turn counts from its real beginning.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dossiers.approvals.document import PathDocument
from dossiers.approvals.forecast.day_tables import DayTable, day_table
from dossiers.approvals.forecast.habits import Habit, Seen
from dossiers.approvals.forecast.outlook import Standing
from dossiers.approvals.kinds import StepState
from dossiers.approvals.log import DONE
from dossiers.approvals.steps import Steps, in_order
from dossiers.approvals.working_days import WorkingDays

_NOT_YET = date.max.toordinal()
Events = Mapping[str, Sequence[tuple[StepState, int]]]
"""What happened to each step of a run, as it happened: the state and the day."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A run that ended: the number of its version, its first day, and what happened."""

    version: int
    began: int
    events: Events


@dataclass(frozen=True, slots=True)
class Kept:
    """What one step of one run says: its passes (first and last place), and how it ended.

    `over` is the place from which what waits for it may begin. `open_since` is the first day of
    the pass that goes on.
    """

    over: int
    passes: tuple[tuple[int, int], ...] = ()
    returns: int = 0
    is_skipped: bool = False
    open_since: int | None = None


def kept_of(happened: Sequence[tuple[StepState, int]], ready: int) -> Kept:
    """Read the events of a step that could begin on the day `ready`."""
    last_state, last = happened[-1]
    if last_state is StepState.SKIPPED:
        return Kept(max(ready, last), is_skipped=True)
    start, passes, returns = min(ready, happened[0][1]), [], 0
    for state, day in happened:
        if state is StepState.RETURNED:
            passes.append((start, day))
            start, returns = day + 1, returns + 1
    if last_state not in DONE and last_state is not StepState.REFUSED:
        return Kept(ready, tuple(passes), returns, open_since=start)
    passes.append((min(start, last), last))
    return Kept(max(ready, last + 1), tuple(passes), returns)


@dataclass(slots=True)
class _Tally:
    """All that was seen of one step until now."""

    passes: list[Seen] = field(default_factory=list)
    returns: int = 0
    walks: int = 0
    skips: int = 0

    def habit(self) -> Habit:
        return Habit(tuple(self.passes), self.returns, self.walks, self.skips)


@dataclass(frozen=True, slots=True)
class _Measure:
    """Counts the working days of one step; plain lists, for one number at a time is asked."""

    before: list[int]
    meetings: list[int] | None
    first: int

    def seen(self, start: int, end: int) -> Seen:
        """At least and at most how many working days of work lie between two days."""
        low, high = start - self.first, end - self.first
        most = max(1, self.before[high + 1] - self.before[low])
        if self.meetings is None:
            return most, most
        place = bisect_left(self.meetings, high)
        is_meeting = place < len(self.meetings) and self.meetings[place] == high
        if not is_meeting or not place or self.meetings[place - 1] < low:
            return (1 if is_meeting else most), most
        return min(self.before[self.meetings[place - 1] + 1] - self.before[low] + 1, most), most


def _measure(table: DayTable) -> _Measure:
    met = None if table.meeting is None else sorted({*table.meeting.tolist()} - {table.size})
    return _Measure(table.before.tolist(), met, table.first.toordinal())


_Plan = list[tuple[str, tuple[str, ...], _Measure]]


def habits_of(
    documents: Mapping[int, PathDocument],
    country: str,
    runs: Iterable[Finished],
    until: date,
) -> dict[str, Habit]:
    """What finished runs say of each step, over all versions: a step has one code in all.

    Times are counted by the calendar of the version by which a run went; `until` is today.
    """
    runs = list(runs)
    begins = min((run.began for run in runs), default=until.toordinal())
    first = date.fromordinal(begins).replace(month=1, day=1)
    plans = {
        number: _plan(document, document.calendar(country), first, until)
        for number, document in documents.items()
    }
    tallies: dict[str, _Tally] = {}
    for run in runs:
        _count(plans[run.version], run, tallies)
    return {code: tally.habit() for code, tally in tallies.items()}


def _plan(document: PathDocument, calendar: WorkingDays, first: date, until: date) -> _Plan:
    size = (until.replace(month=12, day=31) - first).days + 2
    return [
        (
            step.code,
            tuple(step.after),
            _measure(day_table(calendar.without(step.frozen), step.meetings, first, size)),
        )
        for step in in_order(document.by_code)
    ]


def _count(plan: _Plan, run: Finished, tallies: dict[str, _Tally]) -> None:
    over: dict[str, int] = {}
    for code, after, measure in plan:
        ready = max((over[one] for one in after), default=run.began)
        happened = run.events.get(code)
        if happened is None:
            over[code] = ready
            continue
        kept = kept_of(happened, ready)
        over[code] = kept.over
        tally = tallies.setdefault(code, _Tally())
        tally.passes += [measure.seen(start, end) for start, end in kept.passes]
        tally.returns += kept.returns
        tally.skips += kept.is_skipped
        tally.walks += kept.open_since is None


def standing_of(
    steps: Steps, begins: date, events: Iterable[tuple[str, StepState, date]]
) -> dict[str, Standing]:
    """How far each step of a run is that something has happened to."""
    by_step: dict[str, list[tuple[StepState, int]]] = {}
    for code, state, day in events:
        by_step.setdefault(code, []).append((state, day.toordinal()))
    over, found = dict[str, int](), dict[str, Standing]()
    for step in in_order(steps):
        ready = max((over[code] for code in step.after), default=begins.toordinal())
        happened = by_step.get(step.code)
        kept = kept_of(happened, ready) if happened else None
        over[step.code] = kept.over if kept and kept.open_since is None else _NOT_YET
        if happened and kept:
            found[step.code] = _standing(kept, happened[-1][1])
    return found


def _standing(kept: Kept, last: int) -> Standing:
    if kept.open_since is None:
        return Standing(ended=date.fromordinal(last))
    return Standing(since=date.fromordinal(kept.open_since))
