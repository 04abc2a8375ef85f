"""What a program may say of a path, and what it is told."""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field

from dossiers.approvals.document import PathDocument
from dossiers.approvals.paths.rules import (
    LONGEST_NAME,
    LONGEST_NOTE,
    LONGEST_REASON,
    LONGEST_SUBJECT,
)
from dossiers.facts.kinds import Source
from wiki.pages.api_shapes import RowNumber


class _Said(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NewPathIn(_Said):
    """A path to be written down; without `valid_from` it is so since today."""

    subject: str = Field(max_length=LONGEST_SUBJECT)
    document: PathDocument
    valid_from: date | None = None
    why: str = Field(default="", max_length=LONGEST_REASON)


class ConfirmationIn(_Said):
    """Somebody at the client said that a version is right: a person of the chart, or a name.

    Without `version` it is the newest, without `on` it was today.
    """

    version: RowNumber | None = None
    on: date | None = None
    person: RowNumber | None = None
    name: str = Field(default="", max_length=LONGEST_NAME)
    source: Source = Source.MEETING
    note: str = Field(default="", max_length=LONGEST_NOTE)


class SubjectIn(_Said):
    """What the path is called from now on."""

    subject: str = Field(max_length=LONGEST_SUBJECT)


class PathsQuery(BaseModel):
    """Whether those in the archive are asked for."""

    archived: bool = False


class PathQuery(BaseModel):
    """The version in force on a day (today by default), or the one of that number."""

    on: date | None = None
    version: RowNumber | None = None


class ConfirmedOut(BaseModel):
    """Who at the client said that it is right, on which day, by which way we know."""

    on: date
    person: int | None
    name: str
    source: Source
    note: str
    recorded_by: str


class PathLineOut(BaseModel):
    """A path: its newest version, the one in force today, who confirmed that, its open runs."""

    id: int
    subject: str
    archived: bool
    newest: int
    in_force: int | None
    confirmed: ConfirmedOut | None
    open_runs: int


class PathsOut(BaseModel):
    """The paths of a client by their subjects."""

    paths: list[PathLineOut]


class ActorOut(BaseModel):
    """A position that a step names, on the day that was asked for."""

    position: int
    title: str
    holder: str | None
    gone: bool


class VersionOut(BaseModel):
    """A version without its steps."""

    number: int
    valid_from: date
    why: str
    restored: int | None
    saved_at: datetime
    saved_by: str
    confirmed: list[ConfirmedOut]


class VersionsOut(BaseModel):
    """All versions, the newest first."""

    versions: list[VersionOut]


class PathOut(BaseModel):
    """A path with one of its versions; `numbers` are those of the steps in every drawing."""

    id: int
    client: int
    subject: str
    archived: bool
    newest: int
    number: int
    valid_from: date
    why: str
    restored: int | None
    saved_at: datetime
    confirmed: ConfirmedOut | None
    document: PathDocument
    numbers: dict[str, str]
    actors: list[ActorOut]


class PathChangedOut(BaseModel):
    """The path after a deed, and the number of the change that takes it back."""

    id: int
    subject: str
    archived: bool
    newest: int
    change: int
