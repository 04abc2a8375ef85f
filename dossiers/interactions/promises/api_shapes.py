"""What a program may say of a promise, and what it is told."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from dossiers.interactions.contacts.api_shapes import SomebodyOut
from dossiers.interactions.kinds import PromiseDeed, PromiseState
from dossiers.interactions.promises.listing import Whose
from dossiers.interactions.promises.rules import LONGEST
from wiki.pages.api_shapes import RowNumber


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PromiseIn(_In):
    """A promise, by us or by them. `colleague`, `person` and `contact` are numbers.

    Without `colleague` it is you; without `made` it is the day of the contact, else today.
    """

    by_us: bool = True
    what: str = Field(min_length=1, max_length=LONGEST)
    due: date
    colleague: RowNumber | None = None
    person: RowNumber | None = None
    contact: RowNumber | None = None
    made: date | None = None


class EndIn(_In):
    """The promise was kept, with its result, or not, which asks for the reason; empty: today."""

    kept: bool = True
    words: str = Field(default="", max_length=LONGEST)
    on: date | None = None


class MoveIn(_In):
    """Until when instead, and why."""

    due: date
    why: str = Field(min_length=1, max_length=LONGEST)


class HandIn(_In):
    """Which colleague looks after it instead."""

    colleague: RowNumber
    why: str = Field(default="", max_length=LONGEST)


class PromisesQuery(BaseModel):
    """Whose open promises: what I promised, what they promised me, given to me, all I may see."""

    only: Whose = Whose.MINE


class PromiseOut(BaseModel):
    """A promise as it stands; `colleague` is ours, who keeps it or looks after one of theirs."""

    id: int
    client: int
    client_name: str
    by_us: bool
    what: str
    due: date
    state: PromiseState
    made: date
    ended: date | None
    colleague: SomebodyOut
    person: SomebodyOut | None
    contact: int | None


class EventOut(BaseModel):
    """What became of a promise: when, by whom, in which words, to which day or colleague."""

    deed: PromiseDeed
    on: date
    words: str
    by: str | None
    due: date | None
    colleague: str | None
    taken_back: bool


class ToldPromiseOut(PromiseOut):
    """A promise with all that became of it, the first first."""

    events: list[EventOut]


class PromisesOut(BaseModel):
    """Promises, the first due first; at most 500."""

    promises: list[PromiseOut]
