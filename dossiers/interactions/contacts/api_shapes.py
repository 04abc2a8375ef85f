"""What a program may say of a contact, and what it is told."""

from datetime import date, datetime

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from dossiers.interactions.contacts.rules import (
    LONGEST_NUMBER,
    LONGEST_TEXT,
    MOST_PEOPLE,
    MOST_TOPICS,
)
from dossiers.interactions.kinds import Door, InteractionKind, TopicKind
from wiki.pages.api_shapes import RowNumber


class TopicIn(BaseModel):
    """A deal, run or contract of the dossier, by its number here."""

    model_config = ConfigDict(extra="forbid")

    kind: TopicKind
    number: RowNumber


class ContactIn(BaseModel):
    """A contact to note. `colleagues` and `persons` are numbers; without colleagues it is you.

    `number` is the contact's number in your program: the same one sent again changes nothing.
    """

    model_config = ConfigDict(extra="forbid")

    kind: InteractionKind
    at: AwareDatetime
    text: str = Field(default="", max_length=LONGEST_TEXT * 2)
    persons: list[RowNumber] = Field(default=[], max_length=MOST_PEOPLE)
    colleagues: list[RowNumber] = Field(default=[], max_length=MOST_PEOPLE)
    topics: list[TopicIn] = Field(default=[], max_length=MOST_TOPICS)
    next: date | None = None
    number: str | None = Field(default=None, min_length=1, max_length=LONGEST_NUMBER)


class ContactsQuery(BaseModel):
    """Which contacts: of a kind, with a person; `before` is the `next` of the part before."""

    kind: InteractionKind | None = None
    person: RowNumber | None = None
    since: date | None = None
    until: date | None = None
    before: str = Field(default="", max_length=60)


class SomebodyOut(BaseModel):
    """Somebody who took part."""

    id: int
    name: str


class ContactOut(BaseModel):
    """A contact; `version` is that of its text, `taken_back` whether it left the log."""

    id: int
    client: int
    kind: InteractionKind
    at: datetime
    door: Door
    number: str | None
    text: str
    html: str
    version: int
    persons: list[SomebodyOut]
    colleagues: list[SomebodyOut]
    next: date | None
    taken_back: bool


class ContactsOut(BaseModel):
    """A part of the log, the newest first; `next` leads to the part after it."""

    contacts: list[ContactOut]
    next: str | None
