"""Values as Tryton writes them in JSON: dates, moments and decimals are objects with a tag."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from wiki.pages.content import SURROGATE, one_line

_PARTS = ("year", "month", "day", "hour", "minute", "second", "microsecond")
_FOUR = Decimal("0.0001")
_LARGEST = Decimal(10) ** 14
_EARLIEST, _LATEST = 1900, 2200


def moment_in(value: Any) -> datetime | None:
    """The moment, which Tryton keeps in UTC without saying so. Raises `ValueError`."""
    if value is None:
        return None
    parts = _tagged(value, "datetime")
    year, month, day, hour, minute, second, rest = (int(parts[name]) for name in _PARTS)
    return datetime(year, month, day, hour, minute, second, rest, UTC)


def moment_out(moment: datetime) -> Mapping[str, Any]:
    """The moment as Tryton reads it."""
    moment = moment.astimezone(UTC)
    return {"__class__": "datetime", **{name: getattr(moment, name) for name in _PARTS}}


def day_in(value: Any) -> date | None:
    """The day. Raises `ValueError`, also for one that is a slip: no report could hold it."""
    if value is None:
        return None
    parts = _tagged(value, "date")
    if not _EARLIEST <= int(parts["year"]) <= _LATEST:
        raise ValueError("the day lies before 1900 or after 2200")
    return date(int(parts["year"]), int(parts["month"]), int(parts["day"]))


def amount_in(value: Any) -> Decimal | None:
    """The amount exactly. Raises `ValueError` when it has more than four decimals."""
    number = _number(value)
    if number is not None and number != number.quantize(_FOUR):
        raise ValueError(f"{number} has more than four decimals")
    return number


def rounded_in(value: Any) -> Decimal | None:
    """The number with at most four decimals, as what Tryton keeps as a float may have more."""
    number = _number(value)
    return None if number is None else number.quantize(_FOUR)


def text_in(value: Any, longest: int) -> str:
    """The text in one line and without what a database cannot keep; empty when there is none."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError("a text was expected")
    return one_line(value.replace("\0", " "))[:longest]


def plain(value: Any) -> Any:
    """The value as it came, with numbers as text where a float would lose something."""
    if isinstance(value, Mapping):
        return {str(name): plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [plain(part) for part in value]
    if isinstance(value, str):
        return SURROGATE.sub("\ufffd", value.replace("\0", " "))
    return str(value) if isinstance(value, Decimal) else value


def _number(value: Any) -> Decimal | None:
    if value is None:
        return None
    if isinstance(value, Mapping):
        value = str(_tagged(value, "Decimal")["decimal"])
    elif isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("a number was expected")
    number = Decimal(value)
    if not number.is_finite() or abs(number) >= _LARGEST:
        raise ValueError("a number is too large")
    return number


def _tagged(value: Any, tag: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping) or value.get("__class__") != tag:
        raise ValueError(f"a {tag} was expected")
    return value
