"""Single values as the JSON API of deals takes them: amounts as texts, days, moments, kinds."""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from dossiers.deals.kinds import DealKind
from wiki.pages.content import SURROGATE, one_line

_LONGEST_RAW = 20_000
_AMOUNT = re.compile(r"-?[0-9]{1,14}(\.[0-9]{1,4})?")
_EARLIEST, _LATEST = 1900, 2200


def _text(value: Any) -> Any:
    return one_line(value) if isinstance(value, str) else value


def _amount(value: Any) -> Any:
    if value is None:
        return None
    if not isinstance(value, str) or not _AMOUNT.fullmatch(value):
        raise PydanticCustomError("amount", "not an amount")
    return Decimal(value)


def _percent(value: Decimal) -> Decimal:
    if not 0 <= value <= 100:
        raise PydanticCustomError("percent", "not in percent")
    return value


def _day(value: Any) -> Any:
    if value is None:
        return None
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        raise PydanticCustomError("day", "not a day")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("day", "not a day") from None
    return _within(day)


def _moment(value: Any) -> Any:
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or moment.utcoffset() is None:
        raise PydanticCustomError("moment", "not a moment")
    return _within(moment)


def _within(when: Any) -> Any:
    if not _EARLIEST <= when.year <= _LATEST:
        raise PydanticCustomError("years", "not in our time")
    return when


def _kind(value: Any) -> Any:
    if value is not None and value not in list(DealKind):
        raise PydanticCustomError("kind", "no kind")
    return DealKind(value) if value is not None else None


def _raw(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if any(isinstance(one, float) for one in _leaves(value)):
        raise PydanticCustomError("float", "a number with a point")
    text = json.dumps(value, ensure_ascii=False)
    if len(text) > _LONGEST_RAW:
        raise PydanticCustomError("raw", "too long")
    if SURROGATE.search(text) or "\\u0000" in text:
        raise PydanticCustomError("letters", "letters that cannot be kept")
    return value


def _leaves(value: Any) -> Iterator[Any]:
    """Everything that is in it, however deep; depth is bounded where JSON is read."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield key
            yield from _leaves(one)
    elif isinstance(value, list):
        for one in value:
            yield from _leaves(one)
    else:
        yield value


Clean = BeforeValidator(_text)
Text40 = Annotated[str, Clean, StringConstraints(max_length=40)]
Text100 = Annotated[str, Clean, StringConstraints(max_length=100)]
Text250 = Annotated[str, Clean, StringConstraints(max_length=250)]
Text300 = Annotated[str, Clean, StringConstraints(max_length=300)]
Identity = Annotated[str, Clean, StringConstraints(min_length=1, max_length=100)]
Currency = Annotated[str, Clean, StringConstraints(pattern=r"^([A-Z]{3})?$")]
_EXACT = WithJsonSchema(
    {"type": "string", "pattern": f"^{_AMOUNT.pattern}$", "examples": ["1200.50"]}
)
Amount = Annotated[Decimal, BeforeValidator(_amount), _EXACT]
Percent = Annotated[Decimal, BeforeValidator(_amount), AfterValidator(_percent), _EXACT]
Day = Annotated[date, BeforeValidator(_day)]
Moment = Annotated[
    datetime, BeforeValidator(_moment), WithJsonSchema({"type": "string", "format": "date-time"})
]
Kind = Annotated[DealKind, BeforeValidator(_kind)]
Raw = Annotated[dict[str, Any], BeforeValidator(_raw)]
