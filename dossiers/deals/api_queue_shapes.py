"""What goes in and out of the JSON API of the queue of deals."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from dossiers.clients.api_shapes import RowNumber
from dossiers.deals.kinds import Matched
from dossiers.deals.matching.kinds import Kind
from dossiers.deals.matching.likeness import Why


class QueueQuery(BaseModel):
    """What to list: what waits with most deals first, or what is decided, the newest first."""

    of: Kind = Kind.COMPANY
    state: Literal["waiting", "decided"] = "waiting"
    text: str = Field(default="", max_length=200, description="A part of the name, of decided ones")
    page: int = Field(default=1, ge=1, le=1_000_000)


class DecisionIn(BaseModel):
    """Just one of these: the number of the client, page or colleague, or one of the words."""

    model_config = ConfigDict(extra="forbid")

    target: RowNumber | None = None
    nobody: bool = Field(default=False, description="It is none of ours")
    new_client: bool = Field(default=False, description="Make a client of what is known")
    waits: bool = Field(default=False, description="Let it wait for a decision again")
    only_if_waiting: bool = Field(
        default=True, description="Refuse (409) when somebody has decided already"
    )


class QueueSumOut(BaseModel):
    """What the deals come to in one currency."""

    currency: str
    amount: str


class SuggestionOut(BaseModel):
    """One of ours that may be meant; nothing is applied by itself.

    `exact`: a key says so, of this one alone. `apart`: most likely another one.
    """

    target: int
    name: str
    whys: list[Why]
    exact: bool
    apart: bool
    may_decide: bool


class QueueLineOut(BaseModel):
    """A company, product or seller of a source, with its deals that one may see."""

    id: int
    name: str
    source: str
    details: list[str] = Field(description="Tax number, domain, address and the like")
    deals: int
    amounts: list[QueueSumOut]
    newest: int | None
    target: int | None
    target_name: str | None
    nobody: bool
    matched: Matched | None
    decided_at: datetime | None
    decided_by: str | None
    suggestions: list[SuggestionOut]


class QueueOut(BaseModel):
    """A page of the list."""

    lines: list[QueueLineOut]
    page: int
    pages: int
    total: int


class DecidedOut(BaseModel):
    """What was decided: how many deals moved, and in how many other sources it holds, too."""

    id: int
    name: str
    target: int | None
    nobody: bool
    deals: int
    others: int
    change: int | None = Field(
        description="The change in the client's dossier, if one is concerned"
    )


class WhoseIn(BaseModel):
    """The client to whom a deal is given alone; null lets it be its company's again."""

    model_config = ConfigDict(extra="forbid")

    client: RowNumber | None


class WhoseOut(BaseModel):
    """What became of it; `change` is empty when it was so already."""

    id: int
    client: int | None
    pinned: bool
    change: int | None
