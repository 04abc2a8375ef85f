"""What a program may ask of a chart: one shape for each kind of edit."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from dossiers.facts.models import Confidence, Source
from dossiers.people.editing.positions import Reports
from dossiers.people.kinds import (
    Aspect,
    Coverage,
    EndReason,
    InfluenceKind,
    Level,
    LineKind,
    PositionKind,
)
from wiki.pages.api_shapes import RowNumber


class _Edit(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AddPosition(_Edit):
    """A new position under a manager or at the top, held by `person` or somebody of that `name`."""

    kind: Literal["add_position"]
    manager: RowNumber | None = None
    title: str
    unit: str = ""
    position_kind: PositionKind = PositionKind.MEMBER
    is_known: bool = True
    person: RowNumber | None = None
    name: str = ""
    acting: bool = False


class ChangePosition(_Edit):
    """Another title, unit, kind or number; what is left out stays."""

    kind: Literal["change_position"]
    position: RowNumber
    title: str | None = None
    unit: str | None = None
    position_kind: PositionKind | None = None
    code: str | None = None
    is_known: bool | None = None


class MovePosition(_Edit):
    """Another manager; `null` is the top."""

    kind: Literal["move_position"]
    position: RowNumber
    manager: RowNumber | None


class OrderPosition(_Edit):
    """The place among the reports of the same manager: smaller numbers first."""

    kind: Literal["order"]
    position: RowNumber
    rank: int


class RemovePosition(_Edit):
    """End a position; its reports are lifted one level, come to the top, or end with it.

    `instead` is the position that acts in its place in approval paths, or "nobody": not known yet.
    """

    kind: Literal["remove_position"]
    position: RowNumber
    reports: Reports = Reports.LIFT
    instead: RowNumber | Literal["nobody"] | None = None


class DrawLine(_Edit):
    """A dotted line, or that of an assistant."""

    kind: Literal["draw_line"]
    from_: RowNumber = Field(alias="from")
    to: RowNumber
    line: LineKind


class RemoveLine(_Edit):
    """Take such a line away."""

    kind: Literal["remove_line"]
    from_: RowNumber = Field(alias="from")
    to: RowNumber
    line: LineKind


class Appoint(_Edit):
    """Let somebody hold a position; `predecessor`: "stays", or why others no longer hold it."""

    kind: Literal["appoint"]
    position: RowNumber
    person: RowNumber | None = None
    name: str = ""
    acting: bool = False
    main: bool = True
    predecessor: EndReason | Literal["stays"] = "stays"


class EndEmployment(_Edit):
    """Somebody no longer holds a position, or (without one) no longer works there."""

    kind: Literal["end_employment"]
    person: RowNumber
    position: RowNumber | None = None
    reason: EndReason


class Judge(_Edit):
    """A role, the attitude, the weight or the motive of somebody."""

    kind: Literal["judge"]
    person: RowNumber
    aspect: Aspect
    value: str
    deal: str = ""


class Unjudge(_Edit):
    """We no longer know that; of several roles `value` names which."""

    kind: Literal["unjudge"]
    person: RowNumber
    aspect: Aspect
    value: str = ""
    deal: str = ""


class DrawTie(_Edit):
    """An influence line between two people."""

    kind: Literal["tie"]
    from_: RowNumber = Field(alias="from")
    to: RowNumber
    influence: InfluenceKind
    strength: int = 2
    both_ways: bool = False


class RemoveTie(_Edit):
    """Take an influence line away."""

    kind: Literal["untie"]
    from_: RowNumber = Field(alias="from")
    to: RowNumber
    influence: InfluenceKind


class Acquaint(_Edit):
    """How well one of ours knows somebody."""

    kind: Literal["acquaint"]
    user: RowNumber
    person: RowNumber
    coverage: Coverage
    level: Level | None = None
    wanted: Level | None = None
    wanted_by: date | None = None
    evidence: str = ""


Edit = (
    AddPosition
    | ChangePosition
    | MovePosition
    | OrderPosition
    | RemovePosition
    | DrawLine
    | RemoveLine
    | Appoint
    | EndEmployment
    | Judge
    | Unjudge
    | DrawTie
    | RemoveTie
    | Acquaint
)


class EditIn(_Edit):
    """One edit, the newest change that its author had seen, and where it is known from.

    `on` is the day from which it is true; without it, today.
    """

    base: RowNumber | None = None
    on: date | None = None
    source: Source = Source.COLLEAGUE
    confidence: Confidence = Confidence.SURE
    learned_on: date | None = None
    note: str = Field(default="", max_length=500)
    edit: Annotated[Edit, Field(discriminator="kind")]


class UndoIn(_Edit):
    """The change to take back."""

    change: RowNumber
    base: RowNumber | None = None


class OtherOut(BaseModel):
    """What somebody else did since the base."""

    who: str
    at: str
    what: str


class EditedOut(BaseModel):
    """The change that was made; to take it back, send its number to `undo`."""

    change: int
    version: int
    position: int | None = None
    person: int | None = None
    others: list[OtherOut]


class VersionOut(BaseModel):
    """How far the dossier is, and what others did since `base`."""

    change: int
    version: int
    others: list[OtherOut]


class UseOut(BaseModel):
    """Something that needs a position, by its name and where it is read."""

    name: str
    address: str


class UsesOut(BaseModel):
    """What needs the position itself, and what needs it or one below it."""

    position: list[UseOut]
    branch: list[UseOut]


class DayQuery(BaseModel):
    """On which day; without it, today."""

    on: date | None = None


class VersionQuery(BaseModel):
    """The newest change that the asker has seen."""

    base: RowNumber | None = None


class ChartQuery(BaseModel):
    """Which day, what was known on which day, and for which deal."""

    on: date | None = None
    known: date | None = None
    deal: str = Field(default="", max_length=100)


class ChartOut(BaseModel):
    """The chart of a day; positions with the manager first, what says nothing is left out."""

    model_config = ConfigDict(extra="allow")

    client: int
    name: str
    version: int
    change: int
    mayEdit: bool  # noqa: N815 - as scripts write it
    on: str
    known: str | None
    positions: list[dict[str, object]]
    unplaced: list[dict[str, object]]
    lines: list[dict[str, object]]
    influences: list[dict[str, object]]
