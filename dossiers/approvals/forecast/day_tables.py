"""Working days and meetings as arrays, so that a thousand walks are counted at once.

A day is a place: the number of days since the first day of the table. Work ends before a place:
"free" is the day after its last one, which is where what waits for it may begin.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from dossiers.approvals.working_days import Meetings, WorkingDays

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class DayTable:
    """One calendar from `first` on, for `size` days; whatever ends later ends at place `size`.

    `working` are the places of the working days, `before` how many of them lie before each place,
    `meeting` for each place the next meeting from it on, when there are meetings.
    """

    first: date
    size: int
    working: Places
    before: Places
    meeting: Places | None

    def place(self, day: date) -> int:
        """Where a day is; days outside of the table are at its ends."""
        return min(max((day - self.first).days, 0), self.size)

    def end(self, start: Places, days: Places) -> Places:
        """The last day of work of so many working days (at least one) that begins at `start`."""
        number = self.before[start] + days - 1
        last: Places = self.working[np.minimum(number, len(self.working) - 1)]
        return last if self.meeting is None else self.meeting[last]

    def spent(self, start: int, now: int) -> int:
        """How many working days there are from `start` on and before `now`."""
        return int(self.before[now] - self.before[start]) if now > start else 0


@lru_cache(128)
def day_table(calendar: WorkingDays, meetings: Meetings | None, first: date, size: int) -> DayTable:
    """The table of a calendar. Raises `Refusal` when the step could never happen."""
    days = [first + timedelta(days=number) for number in range(size)]
    working = [place for place, day in enumerate(days) if day in calendar]
    if not working:
        calendar.on_or_after(first)
    before = np.zeros(size + 1, np.int64)
    before[np.array(working) + 1] = 1
    return DayTable(
        first,
        size,
        np.array([*working, size], np.int64),
        np.cumsum(before),
        _next_meetings([p for p in working if days[p] in meetings], size) if meetings else None,
    )


def _next_meetings(places: list[int], size: int) -> Places:
    """For each place the next of these from it on; behind the last one, `size`."""
    known = np.array([*places, size], np.int64)
    return known[np.searchsorted(known, np.arange(size + 1))]
