"""A month as weeks of days, with what falls on each."""

from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from dossiers.renewals.calendar.queries import Renewal

#: In one day; the rest is a link to the list of that day.
MOST_OF_A_DAY = 5


class What(StrEnum):
    """What a contract has on a day."""

    START = "start"
    NOTICE = "notice"
    END = "end"


class Mark(NamedTuple):
    """Something that falls on a day."""

    what: What
    renewal: Renewal


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the month's weeks; `is_outside` when it belongs to another month."""

    day: date
    is_outside: bool
    marks: Sequence[Mark]
    more: int


def marks_of(renewal: Renewal) -> Iterator[tuple[date, Mark]]:
    """The days of one renewal."""
    days = (
        (What.START, renewal.start_by),
        (What.NOTICE, renewal.notice_by),
        (What.END, renewal.ends_on),
    )
    for what, day in days:
        if day is not None:
            yield day, Mark(what, renewal)


def weeks_of(month: date, renewals: Iterable[Renewal]) -> list[list[Day]]:
    """The weeks of a month from Monday on; on each day beginnings stand before ends."""
    falls: dict[date, list[Mark]] = defaultdict(list)
    for renewal in renewals:
        for day, mark in marks_of(renewal):
            falls[day].append(mark)
    weeks = Calendar().monthdatescalendar(month.year, month.month)
    return [[_day(one, month, falls.get(one, [])) for one in week] for week in weeks]


def _day(day: date, month: date, marks: list[Mark]) -> Day:
    if day.month != month.month:
        return Day(day, True, (), 0)
    marks.sort(key=lambda mark: list(What).index(mark.what))
    return Day(day, False, marks[:MOST_OF_A_DAY], len(marks) - len(marks[:MOST_OF_A_DAY]))


def last_of(month: date) -> date:
    """The last day of a month."""
    return next_month(month) - timedelta(days=1)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return (month + timedelta(days=31)).replace(day=1)


def month_before(month: date) -> date:
    """The first day of the month before."""
    return (month - timedelta(days=1)).replace(day=1)
