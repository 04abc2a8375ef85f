"""What the editor, or a program, may ask of a path: one shape for each kind of edit."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from dossiers.approvals.plain import Code

Plain = dict[str, Any]
Codes = Annotated[list[Code], Field(min_length=1, max_length=100)]
Values = dict[str, Annotated[list[Annotated[str, Field(max_length=20_000)]], Field(max_length=500)]]
"""What stands in the fields of the form of a step."""


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Put(_Asked):
    """Where a step goes; `step` is the other one, it goes between `firsts` and `seconds`."""

    where: Literal["first", "last", "after", "beside", "between"]
    step: Code | None = None
    firsts: Codes | None = None
    seconds: Codes | None = None


class AddStep(_Asked):
    """A new step; its code and what it waits for are given by its place."""

    do: Literal["add"]
    put: Put
    step: Plain


class ChangeStep(_Asked):
    """Another content of the step of that code; what it waits for stays."""

    do: Literal["change"]
    step: Plain


class FillStep(_Asked):
    """The same, as the fields of its form say it."""

    do: Literal["fill"]
    code: Code
    values: Values


class RemoveStep(_Asked):
    """Without that step; what waited for it waits for those before it."""

    do: Literal["remove"]
    code: Code


class MoveStep(_Asked):
    """That step, somewhere else."""

    do: Literal["move"]
    code: Code
    put: Put


class JoinSteps(_Asked):
    """The second waits for the first."""

    do: Literal["join"]
    first: Code
    second: Code


class PartSteps(_Asked):
    """The second ones wait no longer for the first ones."""

    do: Literal["part"]
    firsts: Codes
    seconds: Codes


class SetPath(_Asked):
    """Another currency of amounts, or other days on which nothing is decided."""

    do: Literal["path"]
    currency: str = ""
    frozen: Annotated[str, Field(max_length=500)] = ""


Edit = Annotated[
    AddStep | ChangeStep | FillStep | RemoveStep | MoveStep | JoinSteps | PartSteps | SetPath,
    Field(discriminator="do"),
]


class DrawIn(_Asked):
    """A path, perhaps with one edit that is to be done before it is drawn."""

    document: Plain
    edit: Edit | None = None
    way: Literal["down", "across"] = "down"


class DrawnOut(BaseModel):
    """The path after the edit, drawn; `step` is the code of the one that the edit was about.

    `flaws` are sentences, `numbers` and `fields` are by code; `fields` is what the form of each
    step shows.
    """

    document: Plain
    drawing: Plain
    flaws: list[str]
    numbers: dict[str, str]
    fields: dict[str, Values]
    frozen: str
    step: str


class Place(_Asked):
    """A field of a step that two people changed; without a step, one of the path."""

    step: Code | Literal[""] = ""
    field: Annotated[str, Field(max_length=20)] = ""


class SaveIn(_Asked):
    """A new version of a path; `base` is the number of the version that it was made from.

    After a clash (409), `over` is the number of the newest version that came with it: ours is
    taken wherever both changed the same, but theirs in the places that `theirs` names.
    """

    document: Plain
    base: Annotated[int, Field(ge=1, lt=2**31)]
    valid_from: date | None = None
    why: str = ""
    over: Annotated[int, Field(ge=1, lt=2**31)] | None = None
    theirs: Annotated[list[Place], Field(max_length=3_000)] = []


class SavedOut(BaseModel):
    """The number of the new version; `merged` tells that somebody else had saved meanwhile."""

    number: int
    document: Plain
    merged: bool


class SuggestQuery(BaseModel):
    """What somebody typed to find a position."""

    q: Annotated[str, Field(max_length=200)] = ""


class SeatOut(BaseModel):
    """A position that may act; `committee` are the labels of all seats of its committee."""

    id: int
    label: str
    committee: list[str]
    body: str


class SeatsOut(BaseModel):
    """Positions that fit what was typed."""

    seats: list[SeatOut]
