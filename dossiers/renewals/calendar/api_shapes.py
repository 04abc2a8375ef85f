"""What goes in and out of the JSON API of renewals. Amounts are texts."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, Field

from dossiers.clients.api_shapes import RowNumber
from dossiers.renewals.calendar.colours import Colour
from dossiers.renewals.kinds import RenewalState


class RenewalsQuery(BaseModel):
    """Which renewals to list; without a colour all but what is done."""

    colour: Literal["", "late", "soon", "calm", "done"] = ""
    manager: RowNumber | None = None
    team: RowNumber | None = None
    client: RowNumber | None = None
    currency: str = Field(default="", pattern=r"^([A-Z]{3})?$")
    least: str = Field(default="", max_length=20, description="The smallest value, as a text")
    since: date | None = None
    until: date | None = None
    mine: bool = False
    offset: int = Field(default=0, ge=0, le=100_000)
    limit: int = Field(default=50, ge=1, le=200)


class MovedOut(BaseModel):
    """A change of the path moved the day by so many working days."""

    at: datetime
    was: date
    working_days: int


class RenewalOut(BaseModel):
    """A contract in the calendar; null is "not known"."""

    contract: int
    url: str
    client: int
    client_name: str
    number: str
    subject: str
    value: str | None
    currency: str
    manager: str | None
    state: RenewalState
    colour: Colour
    start_by: date | None
    notice_by: date | None
    ends_on: date | None
    moved: MovedOut | None


class RenewalsOut(BaseModel):
    """A part of the list, what is too late first; `next` is the `offset` of the next part."""

    renewals: list[RenewalOut]
    next: int | None
