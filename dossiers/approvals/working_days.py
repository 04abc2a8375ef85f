"""Working days of a client: those of its country, without the weeks in which nothing is decided.

Public holidays and working days that were moved to a Saturday come from the library `holidays`.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from datetime import MAXYEAR, MINYEAR, date
from functools import cache, lru_cache
from typing import Annotated

from holidays import HolidayBase, country_holidays
from holidays.registry import EntityLoader
from pydantic import Field

from dossiers.approvals.plain import Ordered
from wiki.errors import Refusal

DayOfYear = tuple[Annotated[int, Field(ge=1, le=12)], Annotated[int, Field(ge=1, le=31)]]
"""Month and day."""

#: Farther than these years nothing is looked for: a calendar without any working day is a mistake.
_FARTHEST = 12


@dataclass(frozen=True, slots=True)
class Frozen:
    """Days of each year on which the client decides nothing, both ends included.

    From (month, day) to (month, day); a stretch may lead over New Year.
    """

    start: DayOfYear
    end: DayOfYear

    def __contains__(self, day: date) -> bool:
        place = (day.month, day.day)
        if self.start <= self.end:
            return self.start <= place <= self.end
        return place >= self.start or place <= self.end


@dataclass(frozen=True, slots=True)
class Meetings:
    """A committee that meets on one weekday: each week, or the n-th ones of a month.

    `weekday` counts from Monday, 0. `nths` are 1 to 5; empty means every week. With `counted_from`,
    a day on which it met, it meets every second week only.
    """

    weekday: Annotated[int, Field(ge=0, le=6)]
    nths: Ordered[Annotated[int, Field(ge=1, le=5)]] = frozenset()
    counted_from: date | None = None

    def __contains__(self, day: date) -> bool:
        if day.weekday() != self.weekday:
            return False
        if self.counted_from is not None and _weeks_between(self.counted_from, day) % 2:
            return False
        return not self.nths or (day.day - 1) // 7 + 1 in self.nths


def _weeks_between(one: date, other: date) -> int:
    """How many Mondays lie between the weeks of two days."""
    return ((other.toordinal() - 1) // 7) - ((one.toordinal() - 1) // 7)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The working days of a country ("RU", "DE"; empty: Monday to Friday) without frozen ones."""

    country: str = ""
    frozen: tuple[Frozen, ...] = field(default=())

    def __contains__(self, day: date) -> bool:
        return self.between(day, day) == 1

    def without(self, frozen: tuple[Frozen, ...]) -> "WorkingDays":
        """The same calendar without these days of each year, too."""
        return replace(self, frozen=self.frozen + frozen) if frozen else self

    def on_or_after(self, day: date, meetings: Meetings | None = None) -> date:
        """The first working day from that day on (and on which the committee meets).

        A meeting that falls on a free day is not made up for. Raises `Refusal` when there is none.
        """
        return self._forth(day, 1, meetings)

    def on_or_before(self, day: date, meetings: Meetings | None = None) -> date:
        """The last working day up to that day (and on which the committee meets)."""
        return self._back(day, 1, meetings)

    def after(self, day: date, count: int) -> date:
        """The day on which work of `count` working days ends that begins on `day`.

        Work of one day ends on the day it begins; a beginning on a free day waits for the next
        working day. Nothing to do ends on `day` itself.
        """
        return self._forth(day, count, None) if count > 0 else day

    def before(self, day: date, count: int) -> date:
        """The last day on which such work must begin to end by `day`."""
        return self._back(day, count, None) if count > 0 else day

    def between(self, start: date, end: date) -> int:
        """How many working days there are from `start` to `end`, both included."""
        if end < start:
            return 0
        years = (_days(self, None, year) for year in range(start.year, end.year + 1))
        return sum(bisect_right(days, end) - bisect_left(days, start) for days in years)

    def _forth(self, day: date, count: int, meetings: Meetings | None) -> date:
        for year in range(day.year, min(day.year + _FARTHEST, MAXYEAR) + 1):
            days = _days(self, meetings, year)
            place = bisect_left(days, day) + count - 1
            if place < len(days):
                return days[place]
            count = place - len(days) + 1
        raise _no_day()

    def _back(self, day: date, count: int, meetings: Meetings | None) -> date:
        for year in range(day.year, max(day.year - _FARTHEST, MINYEAR) - 1, -1):
            days = _days(self, meetings, year)
            place = bisect_right(days, day) - count
            if place >= 0:
                return days[place]
            count = -place
        raise _no_day()


def _no_day() -> Refusal:
    return Refusal(
        "This calendar has no day on which the step could happen. Nothing was changed. "
        "Shorten the frozen weeks, or choose other days for the meetings."
    )


@cache
def known_countries() -> frozenset[str]:
    """The two-letter codes of the countries whose holidays are known."""
    # Names alone: to list them with their regions would load the calendars of them all.
    return frozenset(EntityLoader.get_country_codes(include_aliases=False))


@cache
def last_known_year(country: str) -> int | None:
    """The last year of which we know to which days free days were moved.

    Later years may not be decreed yet, or nothing is moved there any more; they are counted by the
    holidays that the law names for every year. `None` for a country in which no decree moves any.
    """
    if country not in known_countries():
        return None
    known = country_holidays(country)
    moved = getattr(known, "special_public_holidays", {})
    return max(moved, default=None) if hasattr(known, "substituted_label") else None


@lru_cache(2048)
def _days(calendar: WorkingDays, meetings: Meetings | None, year: int) -> tuple[date, ...]:
    """The working days of a year (on which the committee meets) in their order."""
    if meetings is not None:
        return tuple(day for day in _days(calendar, None, year) if day in meetings)
    days = _workdays(calendar.country, year)
    if not calendar.frozen:
        return days
    return tuple(day for day in days if not any(day in one for one in calendar.frozen))


@lru_cache(512)
def _workdays(country: str, year: int) -> tuple[date, ...]:
    """All working days of a year in a country; Monday to Friday where nothing is known of it."""
    first = date(year, 1, 1).toordinal()
    last = date(year, 12, 31).toordinal()
    days = (date.fromordinal(number) for number in range(first, last + 1))
    if country not in known_countries():
        return tuple(day for day in days if day.weekday() < 5)
    known: HolidayBase = country_holidays(country, years=[year])
    return tuple(day for day in days if known.is_working_day(day))
