"""What goes in and out of the JSON API of deals. Amounts are texts in both directions."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
)

from dossiers.clients.api_shapes import RowNumber
from dossiers.deals.api_values import (
    Amount,
    Clean,
    Currency,
    Day,
    Identity,
    Kind,
    Moment,
    Percent,
    Raw,
    Text40,
    Text100,
    Text250,
    Text300,
)
from dossiers.deals.kinds import DealKind, Origin

MOST_AT_ONCE = 1_000


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
    phone: Annotated[str, Clean, StringConstraints(max_length=60)] = ""
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
    probability_scale: Annotated[str, Clean, StringConstraints(max_length=20)] | None = Field(
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
