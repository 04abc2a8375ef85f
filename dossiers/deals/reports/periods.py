"""Months, quarters and years: which one a day is in, the one before, how an address names it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Unit(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}
_CODES = {
    Unit.MONTH: re.compile(r"(\d{4})-(\d\d)"),
    Unit.QUARTER: re.compile(r"(\d{4})-Q([1-4])"),
    Unit.YEAR: re.compile(r"(\d{4})()"),
}
_FIRST_YEAR, _LAST_YEAR = 1900, 9000


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A month, a quarter or a year, by its first day."""

    first: date
    unit: Unit

    @property
    def last(self) -> date:
        """Its last day."""
        return self.moved(1).first - timedelta(days=1)

    @property
    def code(self) -> str:
        """How addresses and programs name it: "2017-11", "2017-Q4", "2017"."""
        if self.unit is Unit.YEAR:
            return f"{self.first.year:04}"
        if self.unit is Unit.QUARTER:
            return f"{self.first.year:04}-Q{self.quarter}"
        return f"{self.first:%Y-%m}"

    @property
    def quarter(self) -> int:
        """The quarter of the year in which it begins, 1 to 4."""
        return (self.first.month - 1) // 3 + 1

    def moved(self, count: int) -> "Period":
        """The period so many later, or earlier for less than zero."""
        months = self.first.year * 12 + self.first.month - 1 + count * MONTHS[self.unit]
        return Period(date(months // 12, months % 12 + 1, 1), self.unit)

    def year_before(self) -> "Period":
        """The same period of the year before."""
        return self.moved(-12 // MONTHS[self.unit])

    def holds(self, day: date) -> bool:
        """Whether the day lies in it."""
        return period_of(day, self.unit) == self


def period_of(day: date, unit: Unit) -> Period:
    """The period of that length in which the day lies."""
    months = MONTHS[unit]
    return Period(date(day.year, (day.month - 1) // months * months + 1, 1), unit)


def parse_period(text: str, unit: Unit) -> Period | None:
    """The period that such a code names; `None` for one that nobody made."""
    match = _CODES[unit].fullmatch(text) if text.isascii() else None
    if match is None or not _FIRST_YEAR <= int(match[1]) <= _LAST_YEAR:
        return None
    number = int(match[2] or 1)
    if unit is Unit.QUARTER:
        number = number * 3 - 2
    return Period(date(int(match[1]), number, 1), unit) if 1 <= number <= 12 else None


def row_of(last: Period, count: int) -> Iterator[Period]:
    """So many periods in their order, of which this is the last."""
    return (last.moved(step) for step in range(1 - count, 1))


@dataclass(frozen=True, slots=True)
class Span:
    """Days from the first to the last, both of them in it."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def spans_of(period: Period, before: Period, today: date) -> tuple[Span, Span]:
    """The days to compare: while a period goes on, as many days of the earlier one."""
    now = Span(period.first, min(period.last, max(today, period.first)))
    if now.last == period.last:
        return now, Span(before.first, before.last)
    days = now.last - now.first
    return now, Span(before.first, min(before.first + days, before.last))
