"""What goes in and out of the JSON API of deals. Amounts are texts in both directions."""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from dossiers.clients.api_shapes import RowNumber
from dossiers.deals.kinds import DealKind, Origin
from wiki.pages.content import SURROGATE, one_line

MOST_AT_ONCE = 1_000
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


_Clean = BeforeValidator(_text)
Text40 = Annotated[str, _Clean, StringConstraints(max_length=40)]
Text100 = Annotated[str, _Clean, StringConstraints(max_length=100)]
Text250 = Annotated[str, _Clean, StringConstraints(max_length=250)]
Text300 = Annotated[str, _Clean, StringConstraints(max_length=300)]
Identity = Annotated[str, _Clean, StringConstraints(min_length=1, max_length=100)]
Currency = Annotated[str, _Clean, StringConstraints(pattern=r"^([A-Z]{3})?$")]
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


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class CompanyIn(_In):
    """The company of a deal as the source names it: a name or the source's own number at least."""

    external_id: Text100 = ""
    name: Text250 = ""
    tax_number: Text40 = ""
    domain: Text250 = ""


class SellerIn(_In):
    """Whose deal it is: a name or the source's own number at least."""

    external_id: Text100 = ""
    name: Text100 = ""
    email: Text250 = ""


class DealContactIn(_In):
    """Somebody at the client, with their role in the deal."""

    external_id: Text100 = ""
    name: Text100 = ""
    email: Text250 = ""
    phone: Annotated[str, _Clean, StringConstraints(max_length=60)] = ""
    role: Text100 = ""


class DealLineIn(_In):
    """A product; what is left out is not known."""

    name: Text250
    external_id: Text100 = ""
    list_price: Amount | None = None
    price: Amount | None = None
    quantity: Amount | None = None


class StageIn(_In):
    """The deal was at this stage from that moment on."""

    stage: Identity
    at: Moment
    kind: Kind | None = None


class DealIn(_In):
    """A deal as its source says it.

    A field that is left out is not said and stays as it was; one that is null is known to be empty.
    """

    external_id: Identity
    title: Text250 | None = None
    amount: Amount | None = Field(default=None, description='A text, so that it is exact: "0.10"')
    currency: Currency | None = None
    pipeline: Text100 | None = None
    stage: Text100 | None = None
    kind: Kind | None = None
    probability: Percent | None = Field(default=None, description="0 to 100, as a text")
    probability_scale: Annotated[str, _Clean, StringConstraints(max_length=20)] | None = Field(
        default=None, description="How the source itself counts: 0-1"
    )
    began_on: Day | None = None
    planned_on: Day | None = None
    closed_on: Day | None = None
    owner: SellerIn | None = None
    company: CompanyIn | None = None
    contacts: list[DealContactIn] | None = Field(default=None, max_length=100)
    lines: list[DealLineIn] | None = Field(default=None, max_length=200)
    loss_reason: Text300 | None = None
    stages: list[StageIn] | None = Field(default=None, max_length=200)
    created_at: Moment | None = None
    updated_at: Moment | None = Field(
        default=None, description="Orders what is said of a deal, in whatever order it comes"
    )
    raw: Raw | None = None


class OneDealIn(_In):
    """A deal, and the source that says it; a source that is new is made."""

    source: Identity
    deal: DealIn


class DealsIn(_In):
    """Up to a thousand deals of one source."""

    source: Identity
    deals: list[DealIn] = Field(max_length=MOST_AT_ONCE)


class TakenOut(BaseModel):
    """What became of one deal. `id` is empty for what was refused, or one may not see."""

    external_id: str
    result: Literal["created", "changed", "same", "refused"]
    id: int | None
    error: str | None = Field(description="Why it was refused")


class AllTakenOut(BaseModel):
    """What became of each deal, in the order in which they were sent."""

    results: list[TakenOut]
    created: int
    changed: int
    same: int
    refused: int


class DealsQuery(BaseModel):
    """Which deals to list, by their numbers; `after` is the `next` of the answer before."""

    source: str = Field(default="", max_length=100)
    external_id: str = Field(default="", max_length=100)
    kind: DealKind | None = None
    pipeline: str = Field(default="", max_length=100)
    stage: str = Field(default="", max_length=100)
    client: RowNumber | None = None
    without: Literal["", "client", "company"] = ""
    mine: bool = False
    gone: bool = False
    text: str = Field(default="", max_length=200)
    closed_from: date | None = None
    closed_until: date | None = None
    changed_since: datetime | None = None
    after: RowNumber | None = None
    limit: int = Field(default=50, ge=1, le=200)


class DealOut(BaseModel):
    """A deal in a list; null is "not said"."""

    id: int
    url: str
    source: str
    external_id: str
    title: str
    amount: str | None
    currency: str
    pipeline: str
    stage: str
    kind: DealKind | None
    planned_on: date | None
    closed_on: date | None
    client: int | None
    client_name: str | None
    company: str | None
    owner: str | None
    discount: str | None
    outside_policy: bool
    gone_at: datetime | None
    changed_at: datetime


class DealsOut(BaseModel):
    """A part of the list; `next` is the `after` of the next part."""

    deals: list[DealOut]
    next: int | None


class DealLineOut(BaseModel):
    """A product in a deal; `page` is its page here when one may see it."""

    name: str
    page: int | None
    list_price: str | None
    price: str | None
    quantity: str | None


class DealContactOut(BaseModel):
    """Somebody at the client."""

    name: str
    email: str
    phone: str
    role: str


class StageOut(BaseModel):
    """The deal was at this stage from that moment on; `origin` tells who says so."""

    stage: str
    kind: DealKind | None
    at: datetime
    origin: Origin


class WholeDealOut(DealOut):
    """A deal with all that is known of it."""

    probability: str | None
    probability_scale: str
    began_on: date | None
    loss_reason: str
    pinned: bool = Field(description="It was given to the client alone")
    lines: list[DealLineOut]
    contacts: list[DealContactOut]
    stages: list[StageOut]
    created_there: datetime | None
    updated_there: datetime | None
    first_seen_at: datetime
    raw: dict[str, Any]
