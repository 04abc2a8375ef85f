"""Days of each year as one types them: one stretch a line, such as 20.12–10.01."""

import re

from dossiers.approvals.working_days import DayOfYear, Frozen
from wiki.errors import Refusal
from wiki.pages.content import one_line

_STRETCH = re.compile(r"(\d{1,2})[./](\d{1,2})\.? ?(?:[-–—] ?(\d{1,2})[./](\d{1,2})\.?)?", re.ASCII)
_LAST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def frozen_typed(text: str) -> tuple[Frozen, ...]:
    """The stretches of the lines; one day alone is a stretch, too. Raises `Refusal`."""
    lines = (one_line(line) for line in text.splitlines())
    return tuple(_stretch(line) for line in lines if line)


def frozen_as_typed(frozen: tuple[Frozen, ...]) -> str:
    """The lines that `frozen_typed` reads."""
    return "\n".join(f"{_written(one.start)}–{_written(one.end)}" for one in frozen)


def _written(day: DayOfYear) -> str:
    return f"{day[1]:02}.{day[0]:02}"


def _stretch(line: str) -> Frozen:
    found = _STRETCH.fullmatch(line)
    if found is None:
        raise _unreadable(line)
    day, month, last_day, last_month = found.groups()
    start = _day(day, month, line)
    return Frozen(start, _day(last_day, last_month, line) if last_day else start)


def _day(day: str, month: str, line: str) -> DayOfYear:
    number = int(month)
    if not 1 <= number <= 12 or not 1 <= int(day) <= _LAST[number - 1]:
        raise _unreadable(line)
    return number, int(day)


def _unreadable(line: str) -> Refusal:
    return Refusal(
        "«%(line)s» is no stretch of days. Write the first and the last day with their months, "
        "such as 20.12–10.01.",
        line=line[:60],
    )
