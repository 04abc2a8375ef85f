"""Days and moments in the spellings of all programs.

"03/04/2026" can be read in two ways; what decides is the order that the whole column shows.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from enum import StrEnum

from wiki.errors import Refusal

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
_LONGEST = 60
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ,]+(.+))?")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?: ?г\.?)?(?:[T ,]+(.+))?")
_DAY_NAMED = re.compile(
    r"(\d{1,2})[ .-]+([^\W\d_]{3,})[ .,-]+(\d{4}|\d{2})(?: ?г\.?)?(?:[T ,]+(.+))?"
)
_MONTH_NAMED = re.compile(r"([^\W\d_]{3,})[ .]+(\d{1,2})[ ,]+(\d{4})(?:[T ,]+(.+))?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"(\d{5})(?:\.(\d+))?")
_TIME = re.compile(
    r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)? ?([ap]\.?m\.?)?"
    r" ?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_FIRST_SERIAL = date(1899, 12, 30)
_MONTHS = (
    ("jan", "янв"), ("feb", "фев"), ("mar", "мар"), ("apr", "апр"), ("may", "май", "мая"),
    ("jun", "июн"), ("jul", "июл"), ("aug", "авг"), ("sep", "сен"), ("oct", "окт"),
    ("nov", "ноя"), ("dec", "дек"),
)  # fmt: skip
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}


class Order(StrEnum):
    """Which stands first in a day such as 03/04/2026."""

    DAY = "day"
    MONTH = "month"


@dataclass(slots=True)
class Orders:
    """What the days of a column show of their order."""

    day: int = 0
    month: int = 0
    unclear: int = 0

    def look(self, text: str) -> None:
        """Look at one cell."""
        if len(text) < 6 or text[4] == "-":
            return
        found = _YEAR_LAST.fullmatch(text.strip()[:_LONGEST])
        if found is None:
            return
        first, second = int(found[1]), int(found[3])
        if second > 12 >= first:
            self.month += 1
        elif first > 12 >= second or found[2] == ".":
            self.day += 1
        elif first != second:
            self.unclear += 1

    @property
    def decided(self) -> Order | None:
        """The order that all clear days have; `None` when there are none, or of both sorts."""
        if bool(self.day) == bool(self.month):
            return None
        return Order.DAY if self.day else Order.MONTH


def day_in(text: str, order: Order | None = None) -> date:
    """The day in a cell; `order` is that of its column, once known. Raises `Refusal`."""
    found = _plain_day(text) if len(text) == 10 else None
    return _within(text, found or _parsed(text, order)[0])


def moment_in(text: str, order: Order | None, zone: tzinfo) -> datetime:
    """The moment in a cell, in UTC; one that names no zone is in `zone`. Raises `Refusal`."""
    day, rest = _parsed(text, order)
    clock, own = _time(text, rest) if rest else (time(), None)
    return datetime.combine(_within(text, day), clock, own or zone).astimezone(UTC)


def no_day(text: str) -> Refusal:
    """The sentence for what is no day."""
    return Refusal(
        "“%(text)s” is no day. Write it like 2026-03-31 or 31.03.2026.", text=text[:_LONGEST]
    )


def _plain_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text[4] == "-" else None
    except ValueError:
        return None


def _within(text: str, day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise Refusal(
            "“%(text)s” is outside the years %(first)d to %(last)d.",
            text=text[:_LONGEST],
            first=EARLIEST.year,
            last=LATEST.year,
        )
    return day


def _parsed(text: str, order: Order | None) -> tuple[date, str]:
    """The day and what stands behind it."""
    text = " ".join(text.split())
    if len(text) > _LONGEST or not text.isprintable():
        raise no_day(text)
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(text, found[1], found[3], found[4]), found[5] or ""
    if found := _YEAR_LAST.fullmatch(text):
        month, day = _ordered(text, found, order)
        return _day(text, found[4], month, day), found[5] or ""
    if found := _DAY_NAMED.fullmatch(text):
        return _day(text, found[3], _month(text, found[2]), found[1]), found[4] or ""
    if found := _MONTH_NAMED.fullmatch(text):
        return _day(text, found[3], _month(text, found[1]), found[2]), found[4] or ""
    if found := _COMPACT.fullmatch(text):
        return _day(text, *found.groups()), ""
    return _serial(text), ""


def _ordered(text: str, found: re.Match[str], order: Order | None) -> tuple[str, str]:
    """Month and day."""
    first, second = found[1], found[3]
    if found[2] == ".":
        return second, first
    if order is None:
        order = _clear(text, int(first), int(second))
    return (first, second) if order is Order.MONTH else (second, first)


def _clear(text: str, first: int, second: int) -> Order:
    """The order of a day that can be read in one way only."""
    if second > 12 >= first:
        return Order.MONTH
    if first > 12 or first == second:
        return Order.DAY
    raise Refusal(
        "“%(text)s” can be read in two ways. Say whether the day or the month stands first in "
        "this file.",
        text=text[:_LONGEST],
    )


def _month(text: str, name: str) -> str:
    number = _MONTH.get(name.casefold()[:3])
    if number is None:
        raise no_day(text)
    return str(number)


def _day(text: str, year: str, month: str, day: str) -> date:
    whole = int(year) if len(year) == 4 else 2000 + int(year) - (100 if int(year) > 68 else 0)
    try:
        return date(whole, int(month), int(day))
    except ValueError:
        raise no_day(text) from None


def _serial(text: str) -> date:
    """The number by which a spreadsheet knows a day."""
    found = _SERIAL.fullmatch(text)
    if found is None:
        raise no_day(text)
    return _FIRST_SERIAL + timedelta(days=int(found[1]))


def _time(text: str, rest: str) -> tuple[time, tzinfo | None]:
    found = _TIME.fullmatch(rest)
    if found is None:
        raise no_day(text)
    hour, half = int(found[1]), (found[5] or "").casefold()[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        # More digits than a moment has are cut off, so that the order of moments stays.
        part = int((found[4] or "").ljust(6, "0")[:6])
        return time(hour, int(found[2]), int(found[3] or 0), part), _zone(found[6] or "")
    except ValueError:
        raise no_day(text) from None


def _zone(text: str) -> tzinfo | None:
    if not text:
        return None
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "")
    away = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-away if text[0] == "-" else away)
