"""What goes in and out of the JSON API of pages."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

Fact = str | bool | dict[str, Any]

LARGEST = 2**31 - 1
RowNumber = Annotated[int, Field(ge=1, le=LARGEST)]


def _of_our_time(moment: datetime) -> datetime:
    if not 1900 <= moment.year < 3000:
        raise ValueError("the year must be between 1900 and 2999")
    return moment


Moment = Annotated[AwareDatetime, AfterValidator(_of_our_time)]


class PageIn(BaseModel):
    """What a page is to say."""

    model_config = ConfigDict(extra="forbid")

    title: str
    body: str = ""
    facts: dict[str, Fact] = Field(default_factory=dict)
    tags: list[str] = Field(default_factory=list, max_length=100)
    category: str | None = Field(default=None, description="The category's word in the address")
    reason: str = ""
    save_key: str | None = Field(
        default=None, description="A UUID: the same request sent twice saves once"
    )


class NewPageIn(PageIn):
    """A page to be created."""

    language: Literal["ru", "en"]


class ChangedPageIn(PageIn):
    """A page to be changed, and the version the text was made from."""

    base_revision: RowNumber


class RestoreIn(BaseModel):
    """Which version to restore, and why."""

    number: RowNumber
    reason: str = ""


class PagesQuery(BaseModel):
    """Which pages to list; `after` is the id of the last page of the answer before."""

    language: Literal["ru", "en"] | None = None
    category: str | None = None
    changed_since: Moment | None = Field(
        default=None, description="A moment with its zone: 2026-03-02T09:00:00Z"
    )
    archived: bool = False
    after: int = Field(default=0, ge=0, le=LARGEST)
    limit: int = Field(default=50, ge=1, le=200)


class HistoryQuery(BaseModel):
    """Which part of the history: versions below `before`."""

    before: RowNumber | None = None
    limit: int = Field(default=50, ge=1, le=200)


class CompareQuery(BaseModel):
    """Which two versions."""

    model_config = ConfigDict(populate_by_name=True)

    since: RowNumber = Field(alias="from")
    to: RowNumber


class PageLineOut(BaseModel):
    """A page in a list."""

    id: int
    title: str
    language: str
    category: str | None
    archived: bool
    revision: int
    changed_at: datetime
    url: str
    path: str | None = Field(description="Where an imported page came from")
    room: str | None = Field(description="client: the notes of a client")


class PagesOut(BaseModel):
    """A part of the list; `next` is the `after` of the next part."""

    pages: list[PageLineOut]
    next: int | None


class PageOut(PageLineOut):
    """A page with everything it says."""

    body: str
    html: str
    facts: dict[str, Fact]
    tags: list[str]
    author: str | None
    reason: str
    stale_facts: dict[str, date] = Field(
        default_factory=dict,
        description="Facts that nobody verified for today, and until when each was verified",
    )


class RevisionLineOut(BaseModel):
    """One version in the history."""

    number: int
    at: datetime
    author: str | None
    kind: str
    reason: str
    title: str
    size: int


class HistoryOut(BaseModel):
    """A part of the history, the newest version first."""

    revisions: list[RevisionLineOut]


class SavedOut(BaseModel):
    """What became of a save."""

    id: int
    revision: int
    url: str
    changed: bool = Field(description="False: the page already said this, no version was made")
    merged: bool = Field(default=False, description="Others had saved meanwhile; both are in it")


class HunkOut(BaseModel):
    """A place that both changed."""

    name: str
    base: Any
    yours: Any
    theirs: Any


class ConflictOut(BaseModel):
    """Nothing was saved: these places must be decided; send the result with the newer base."""

    error: str
    current_revision: int
    conflicts: list[HunkOut]


class BlockOut(BaseModel):
    """A block of text in both versions: pairs of kind (same, added, removed) and text."""

    kind: str
    segments: list[tuple[str, str]]


class CompareOut(BaseModel):
    """What changed between two versions."""

    same: bool
    blocks: list[BlockOut]
    facts: list[dict[str, Any]]
    fields: list[dict[str, Any]]
    tags_added: list[str]
    tags_removed: list[str]
