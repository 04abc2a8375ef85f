"""The day of the signature by simulation: the rest of a run walked a thousand times.

A Monte Carlo walk through the network of steps (Van Slyke, 1963). Steps that are done stay as they
are; one that goes on, or could have begun, takes longer than the working days since; the others
are drawn. A step may be sent back or skipped as often as was seen (see `habits`). Steps begin on
the next working day after all that they wait for; a committee decides on its next meeting. Steps
are drawn one by one: that one person is slow everywhere is not foreseen.

Each step has numbers of its own, made from the seed and its code, so that the same run gives the
same answer, and a later start or more frozen days never an earlier end.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from zlib import crc32

import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from dossiers.approvals.forecast.day_tables import DayTable, Places, day_table
from dossiers.approvals.forecast.habits import UNSEEN, Habit, draw_days, draw_skips
from dossiers.approvals.forecast.outlook import Bar, Outlook, Situation, StepOutlook
from dossiers.approvals.steps import Step, in_order

WALKS = 1_000
_NEAR, _FAR = 3 * 366, 12 * 366
_PAST = timedelta(days=2 * 366)
_MOST_BARS = 26
_SHARES = (0.1, 0.5, 0.9)


def simulate(
    situation: Situation, habits: Mapping[str, Habit], seed: int, walks: int = WALKS
) -> Outlook:
    """Walk what is left. Raises `Refusal` when a step could never happen by its calendar."""
    for size in (_NEAR, _FAR):
        trip = _Trip(situation, habits, seed, walks, size)
        trip.walk()
        if not trip.is_beyond:
            break
    return trip.outlook()


@dataclass(slots=True)
class _Left:
    """A step that is not done: when it can begin, when it is over, and its calendar.

    `is_fixed` tells that it has begun or could have: on the same day in all walks.
    """

    step: Step
    table: DayTable
    ready: Places
    is_fixed: bool
    free: Places


class _Trip:
    """All walks at once: for each step the place at which it is over, in each walk."""

    def __init__(
        self, situation: Situation, habits: Mapping[str, Habit], seed: int, walks: int, size: int
    ) -> None:
        self._situation, self._habits = situation, habits
        self._seed, self._walks, self._size = seed, walks, size
        earliest = min(max(situation.begins, situation.today - _PAST), situation.today)
        self._first = earliest.replace(month=1, day=1)
        self._now = (situation.today - self._first).days
        self._over: dict[str, Places] = {}
        self._done: set[str] = set()
        self._left: dict[str, _Left] = {}

    def walk(self) -> None:
        """Let all walks go through all steps."""
        for step in in_order(self._situation.steps):
            ended = self._situation.of(step.code).ended
            if ended is not None:
                self._done.add(step.code)
                self._over[step.code] = self._everywhere((ended - self._first).days + 1)
            else:
                self._left[step.code] = left = self._going_on(step)
                self._over[step.code] = left.free

    @property
    def is_beyond(self) -> bool:
        """Whether some walk did not end within the days of the tables."""
        return bool((self._last() > self._size).any())

    def _last(self) -> Places:
        last: Places = np.maximum.reduce([self._everywhere(self._now + 1), *self._over.values()])
        return last

    def _going_on(self, step: Step) -> _Left:
        calendar = self._situation.calendar.without(step.frozen)
        table = day_table(calendar, step.meetings, self._first, self._size)
        ready, is_fixed = self._ready(step)
        start = ready if is_fixed else np.maximum(ready, self._now)
        start = np.clip(start, 0, self._size)
        spent = table.spent(int(start[0]), min(self._now, self._size)) if is_fixed else 0
        random = default_rng([self._seed, crc32(step.code.encode())])
        habit = self._habits.get(step.code, UNSEEN)
        days = draw_days(random, step.duration, habit, spent, self._walks)
        free = table.end(start, days) + 1
        return _Left(step, table, ready, is_fixed, self._unless_skipped(random, step, start, free))

    def _unless_skipped(self, random: Generator, step: Step, start: Places, free: Places) -> Places:
        habit = self._habits.get(step.code, UNSEEN)
        if self._situation.of(step.code).since is not None or not habit.skips:
            return free
        return np.where(draw_skips(random, habit, self._walks), start, free)

    def _ready(self, step: Step) -> tuple[Places, bool]:
        """When the step can begin, and whether that is past chance: it has, or could have."""
        since = self._situation.of(step.code).since
        before = [self._over[code] for code in step.after]
        is_known = step.after <= self._done
        begins = self._everywhere((self._situation.begins - self._first).days)
        ready = np.maximum.reduce([begins, *before]) if before else begins
        if since is None:
            return ready, is_known
        begun = (since - self._first).days
        return self._everywhere(begun), True

    def _everywhere(self, place: int) -> Places:
        return np.full(self._walks, place, np.int64)

    def outlook(self) -> Outlook:
        """What the walks say together."""
        last = np.minimum(self._last(), self._size) - 1
        early, likely, late = (self._day(place) for place in _quantiles(last))
        return Outlook(
            early,
            likely,
            late,
            self._working_days(early, likely, late),
            self._bars(last),
            tuple(sorted(self._steps(), key=lambda one: -one.weight)),
            tuple((np.sort(last) + self._first.toordinal()).tolist()),
            self.is_beyond,
        )

    def _working_days(self, *days: date) -> tuple[int, int, int]:
        table = day_table(self._situation.calendar, None, self._first, self._size)
        now = table.place(self._situation.today)
        early, likely, late = (table.spent(now, table.place(day) + 1) for day in days)
        return early, likely, late

    def _bars(self, last: Places) -> tuple[Bar, ...]:
        """How many ended in each week; in a long time, in each few weeks."""
        monday = self._first - timedelta(days=self._first.weekday())
        weeks = (last + (self._first - monday).days) // 7
        lowest = int(weeks.min())
        wide = -(-(int(weeks.max()) - lowest + 1) // _MOST_BARS)
        counts = np.bincount((weeks - lowest) // wide)
        starts = [monday + timedelta(weeks=lowest + n * wide) for n in range(len(counts))]
        return tuple(
            Bar(start, start + timedelta(days=7 * wide - 1), count / self._walks)
            for start, count in zip(starts, counts.tolist(), strict=True)
        )

    def _steps(self) -> list[StepOutlook]:
        critical = self._critical()
        return [self._step(left, critical[code]) for code, left in self._left.items()]

    def _step(self, left: _Left, critical: NDArray[np.bool_]) -> StepOutlook:
        start = np.minimum(np.maximum(left.ready, self._now), self._size)
        before = left.table.before
        took = before[np.minimum(left.free, self._size)] - before[start]
        share = float(critical.mean())
        days = float(took[critical].mean()) if share else 0.0
        ends = _quantiles(np.maximum(np.minimum(left.free, self._size) - 1, self._now))
        early, likely, late = (self._day(place) for place in ends)
        return StepOutlook(left.step.code, left.step.title, share, days, early, likely, late)

    def _critical(self) -> dict[str, NDArray[np.bool_]]:
        """In which walks everything waited for each step: backwards from those that end last."""
        last = self._last()
        found = {code: left.free == last for code, left in self._left.items()}
        for code, left in reversed(self._left.items()):
            for earlier in left.step.after - self._done if not left.is_fixed else ():
                found[earlier] |= found[code] & (self._over[earlier] == left.ready)
        return found

    def _day(self, place: int) -> date:
        return self._first + timedelta(days=place)


def _quantiles(places: Places) -> list[int]:
    """The places by which one, five and nine of ten walks were over."""
    return [int(one) for one in np.quantile(places, _SHARES, method="inverted_cdf")]
