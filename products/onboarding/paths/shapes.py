"""What programs send about paths and get back."""

from datetime import date

from pydantic import BaseModel, Field

from products.onboarding.kinds import ItemKind
from products.onboarding.paths.heads import LONGEST_PURPOSE, LONGEST_TITLE, LONGEST_WHY, Head
from products.onboarding.paths.rules import MOST_ITEMS, Item
from wiki.accounts.actor import Role
from wiki.pages.api_shapes import RowNumber

_LARGEST = 2**31 - 1


class ItemIn(BaseModel):
    """One place: a page to read, its questions to pass, or the title of a page to be written."""

    code: str = Field(min_length=1, max_length=20, pattern=r"^[A-Za-z0-9_-]+$")
    kind: ItemKind
    page: int | None = Field(default=None, ge=1, le=_LARGEST)
    title: str = Field(default="", max_length=200)
    due_day: int | None = None
    after: list[str] = Field(default=[], max_length=MOST_ITEMS)

    def item(self) -> Item:
        """The same as an item; a page has no title of its own."""
        to_write = self.kind is ItemKind.PLACEHOLDER
        return Item(
            self.code,
            self.kind,
            None if to_write else self.page,
            " ".join(self.title.split()) if to_write else "",
            self.due_day,
            tuple(dict.fromkeys(self.after)),
        )


class HeadIn(BaseModel):
    """What a path is called, what for, and for whom."""

    title: str = Field(max_length=LONGEST_TITLE)
    purpose: str = Field(default="", max_length=LONGEST_PURPOSE)
    role: Role | None = None
    team: int | None = Field(default=None, ge=1, le=_LARGEST)

    def head(self) -> Head:
        """The same as a head."""
        return Head(self.title, self.purpose, self.role, self.team)


class NewPathIn(HeadIn):
    """A new path with its first version."""

    items: list[ItemIn] = Field(default=[], max_length=2 * MOST_ITEMS)


class ItemsIn(BaseModel):
    """The items as they are to be, and the number of the version that they were made from."""

    items: list[ItemIn] = Field(max_length=2 * MOST_ITEMS)
    base: int = Field(ge=1, le=_LARGEST)
    why: str = Field(default="", max_length=LONGEST_WHY)


class EnrolIn(BaseModel):
    """Whom to put on the path: people by number, or all of a role, or of a team."""

    users: list[RowNumber] = Field(default=[], max_length=1000)
    role: Role | None = None
    team: int | None = Field(default=None, ge=1, le=_LARGEST)
    mentor: int | None = Field(default=None, ge=1, le=_LARGEST)
    began_on: date | None = None


class ItemOut(BaseModel):
    """One place; `name` is what it is called for the reader, `state` whether it can be read."""

    code: str
    kind: str
    page: int | None
    title: str
    name: str
    state: str
    due_day: int | None
    after: list[str]


class PathOut(BaseModel):
    """A path with the items of one version."""

    id: int
    title: str
    purpose: str
    role: str | None
    team: int | None
    archived: bool
    newest: int
    version: int
    seconds: int
    items: list[ItemOut]


class PathLineOut(BaseModel):
    """A path without its items."""

    id: int
    title: str
    purpose: str
    role: str | None
    team: int | None
    archived: bool
    newest: int


class PathsOut(BaseModel):
    """Paths by their titles."""

    paths: list[PathLineOut]


class VersionOut(BaseModel):
    """Who saved a version when and why."""

    number: int
    why: str
    saved_at: str
    saved_by: str


class VersionsOut(BaseModel):
    """All versions, the newest first."""

    versions: list[VersionOut]


class SavedOut(BaseModel):
    """The newest version of a path after a deed; `merged`: joined with what others saved."""

    id: int
    version: int
    merged: bool


class WalkerOut(BaseModel):
    """Somebody on a path."""

    id: int
    user: int
    name: str
    left: bool
    mentor: str
    began_on: str
    ended_on: str | None


class PeopleOut(BaseModel):
    """Who is or was on a path, by name."""

    people: list[WalkerOut]


class PathQuery(BaseModel):
    """Which version; without one the newest."""

    version: int | None = Field(default=None, ge=1, le=_LARGEST)


class PathsQuery(BaseModel):
    """Those in use, or those in the archive."""

    archived: bool = False
