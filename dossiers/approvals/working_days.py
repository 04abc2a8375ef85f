"""Working days of a client: those of its country, without the weeks in which nothing is decided.

Public holidays and working days that were moved to a Saturday come from the library `holidays`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Annotated

from holidays import HolidayBase, country_holidays, list_supported_countries
from pydantic import Field

from dossiers.approvals.plain import Ordered
from wiki.errors import Refusal

DayOfYear = tuple[Annotated[int, Field(ge=1, le=12)], Annotated[int, Field(ge=1, le=31)]]
"""Month and day."""

_DAY = timedelta(days=1)
#: Farther than this nothing is looked for: a calendar without any working day is a mistake.
_FARTHEST = 366 * 12


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
        return _is_workday(self.country, day) and not any(day in one for one in self.frozen)

    def without(self, frozen: tuple[Frozen, ...]) -> "WorkingDays":
        """The same calendar without these days of each year, too."""
        return replace(self, frozen=self.frozen + frozen) if frozen else self

    def on_or_after(self, day: date, meetings: Meetings | None = None) -> date:
        """The first working day from that day on (and on which the committee meets).

        A meeting that falls on a free day is not made up for. Raises `Refusal` when there is none.
        """
        return next(self._working(day, _DAY, meetings))

    def on_or_before(self, day: date, meetings: Meetings | None = None) -> date:
        """The last working day up to that day (and on which the committee meets)."""
        return next(self._working(day, -_DAY, meetings))

    def after(self, day: date, count: int) -> date:
        """The day on which work of `count` working days ends that begins on `day`.

        Work of one day ends on the day it begins; a beginning on a free day waits for the next
        working day. Nothing to do ends on `day` itself.
        """
        if count <= 0:
            return day
        days = self._working(day, _DAY, None)
        return [next(days) for _day in range(count)][-1]

    def before(self, day: date, count: int) -> date:
        """The last day on which such work must begin to end by `day`."""
        if count <= 0:
            return day
        days = self._working(day, -_DAY, None)
        return [next(days) for _day in range(count)][-1]

    def between(self, start: date, end: date) -> int:
        """How many working days there are from `start` to `end`, both included."""
        days = (end - start).days + 1
        return sum(start + timedelta(days=number) in self for number in range(max(0, days)))

    def _working(self, day: date, step: timedelta, meetings: Meetings | None) -> Iterator[date]:
        for _far in range(_FARTHEST):
            if day in self and (meetings is None or day in meetings):
                yield day
            day += step
        raise Refusal(
            "This calendar has no day on which the step could happen. Nothing was changed. "
            "Shorten the frozen weeks, or choose other days for the meetings."
        )


def known_countries() -> frozenset[str]:
    """The two-letter codes of the countries whose holidays are known."""
    return frozenset(list_supported_countries())


def _is_workday(country: str, day: date) -> bool:
    if not country:
        return day.weekday() < 5
    return day in _workdays(country, day.year)


@lru_cache(256)
def _workdays(country: str, year: int) -> frozenset[date]:
    """All working days of a year in a country."""
    known: HolidayBase = country_holidays(country, years=[year])
    first = date(year, 1, 1)
    days = (first + timedelta(days=number) for number in range(366))
    return frozenset(day for day in days if day.year == year and known.is_working_day(day))
