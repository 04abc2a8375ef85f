"""What goes in and out of the JSON API of clients."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from dossiers.clients.card import LONGEST_LEGAL_NAME, LONGEST_NAME
from dossiers.clients.kinds import Duty, State
from dossiers.facts.models import Confidence, Source

LARGEST = 2**31 - 1
RowNumber = Annotated[int, Field(ge=1, le=LARGEST)]
_LONGEST_NOTE = 500


class SaidIn(BaseModel):
    """Since when something is so, and where it is known from."""

    model_config = ConfigDict(extra="forbid")

    since: date | None = Field(default=None, description="Empty: since today")
    always: bool = Field(default=False, description="It was never otherwise: corrects a mistake")
    source: Source = Source.COLLEAGUE
    confidence: Confidence = Confidence.SURE
    learned_on: date | None = None
    note: str = Field(default="", max_length=_LONGEST_NOTE)


class CardIn(SaidIn):
    """Fields of the card; what is left out stays as it is."""

    name: str = Field(default="", max_length=4 * LONGEST_NAME)
    legal_name: str = Field(default="", max_length=4 * LONGEST_LEGAL_NAME)
    country: str = Field(default="", description="Two letters: RU", max_length=2)
    tax_number: str = Field(default="", max_length=100)
    domains: list[str] = Field(default_factory=list, max_length=100)
    segment: str = ""
    region: str = ""
    tags: list[str] = Field(default_factory=list, max_length=100)
    state: State = State.ACTIVE
    parent: RowNumber | None = None
    team: RowNumber | None = None
    restricted: bool = False
    same_name: bool = Field(default=False, description="It is another client of the same name")

    def changes(self) -> dict[str, Any]:
        """The fields that were sent, by their codes."""
        said = {*SaidIn.model_fields, "same_name", "page"}
        sent = {name: getattr(self, name) for name in self.model_fields_set - said}
        return {n: tuple(v) if isinstance(v, list) else v for n, v in sent.items()}


class NewClientIn(CardIn):
    """A client to be made; without a team it belongs to one's own."""

    page: RowNumber | None = Field(default=None, description="A page to take for its notes")


class ClientsQuery(BaseModel):
    """Which clients to list; `before` is the `next` of the answer before."""

    state: State | None = Field(default=None, description="Empty: all but archived ones")
    segment: str = ""
    region: str = ""
    team: RowNumber | None = None
    manager: RowNumber | None = None
    mine: bool = False
    text: str = Field(default="", max_length=200)
    sort: Literal["name", "newest"] = "name"
    before: str | None = Field(default=None, max_length=400)
    limit: int = Field(default=50, ge=1, le=200)


class MomentQuery(BaseModel):
    """The day in the world, and the day of our knowledge."""

    on: date | None = None
    known: date | None = None


class DutyIn(SaidIn):
    """What a colleague does for the client from now on; without a duty, nothing any more."""

    user: RowNumber
    duty: Duty | None = None


class ClientLineOut(BaseModel):
    """A client in a list."""

    id: int
    name: str
    state: State
    segment: str
    region: str
    tags: list[str]
    restricted: bool
    team: str | None
    lead: str | None = Field(description="Who is responsible")
    changed_at: datetime
    url: str


class ClientsOut(BaseModel):
    """A part of the list; `next` is the `before` of the next part."""

    clients: list[ClientLineOut]
    next: str | None


class FactOut(BaseModel):
    """One field of the card, with what it is known from."""

    value: Any
    since: date | None
    until: date | None
    source: Source
    confidence: Confidence
    learned_on: date
    note: str
    recorded_at: datetime
    recorded_by: str | None


class ManagerOut(BaseModel):
    """A colleague who looks, or looked, after the client."""

    user: int
    name: str
    duty: Duty
    since: date | None
    until: date | None
    source: Source


class ManagersOut(BaseModel):
    """Everybody who ever looked after the client, the newest first."""

    managers: list[ManagerOut]


class ClientOut(BaseModel):
    """A client with the card of a moment; a parent that one may not see is left out."""

    id: int
    url: str
    version: int
    change: int = Field(description="The newest change of the dossier")
    may_edit: bool
    merged_into: int | None
    notes: str | None = Field(description="The address of the notes page")
    on: date
    known: date | None
    card: dict[str, FactOut]
    managers: list[ManagerOut]


class ChangedOut(BaseModel):
    """What became of a change; `change` is empty when it was so already."""

    id: int
    change: int | None
    version: int
    notice: str | None = None
