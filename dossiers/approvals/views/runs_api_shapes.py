"""What a program may say of a run, and what it is told."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from dossiers.approvals.kinds import RunState, StepKind, StepState
from dossiers.approvals.plain import Amount, Code, Currency, Line
from dossiers.approvals.runs.rules import LONGEST_DEAL, LONGEST_MAIL, LONGEST_NOTE, LONGEST_TITLE
from wiki.pages.api_shapes import RowNumber


class Which(StrEnum):
    """Which runs to list."""

    OPEN = "open"
    ENDED = "ended"


class RunsQuery(BaseModel):
    """Open runs, the latest first, or those that ended, the last first; of one path."""

    state: Which = Which.OPEN
    path: RowNumber | None = None


class _Said(BaseModel):
    model_config = ConfigDict(extra="forbid")


class RunIn(_Said):
    """A run to begin. Without `amount` nobody knows what is paid; without `began` it is today.

    `wanted` is the wanted day of the signature, `expected` the day on which the manager expects
    it. `version` is that of the path; without it, the one in force on the first day.
    """

    deal: str = Field(max_length=LONGEST_DEAL)
    amount: Amount | None = None
    currency: Currency = ""
    categories: list[RowNumber] = Field(default=[], max_length=50)
    tags: list[Line] = Field(default=[], max_length=30)
    new_vendor: bool = False
    personal_data: bool = False
    began: date | None = None
    wanted: date | None = None
    expected: date | None = None
    version: RowNumber | None = None


class MoveIn(_Said):
    """What happened to a step of a run; without `on`, today.

    A step that the path does not know has no `step` but a `title`. `back_to` is the step to which
    the work goes back. `seen` is the newest event of the run that the author knew of: when
    something happened to the step since, nothing is written and the answer is 409.
    """

    step: Code | None = None
    state: StepState
    on: date | None = None
    title: str = Field(default="", max_length=LONGEST_TITLE)
    kind: StepKind | None = None
    position: RowNumber | None = None
    person: RowNumber | None = None
    note: str = Field(default="", max_length=LONGEST_NOTE)
    mail: str = Field(default="", max_length=LONGEST_MAIL)
    file: RowNumber | None = None
    back_to: Code | None = None
    seen: int | None = Field(default=None, ge=0, le=2**31 - 1)


class TurnIn(_Said):
    """When and why a run is given up, or goes on; without `on`, today."""

    on: date | None = None
    note: str = Field(default="", max_length=LONGEST_NOTE)


class TurnOut(BaseModel):
    """A step before which the decision stands, since when, and by when it is usually done."""

    step: str
    title: str
    state: StepState
    since: date | None
    days: int
    due: date | None
    late: int
    ours: bool


class RunOut(BaseModel):
    """A run and where it stands; `late` and `past_wanted` are working days."""

    id: int
    path: int
    subject: str
    deal: str
    amount: Decimal | None
    currency: str
    state: RunState
    began: date
    ended: date | None
    wanted: date | None
    manager: date | None
    planned: date | None
    expected: date | None
    late: int
    past_wanted: int
    done: int
    total: int
    turns: list[TurnOut]


class RunsOut(BaseModel):
    """Runs of a client."""

    runs: list[RunOut]


class StepOut(BaseModel):
    """How far one step is; `early` are steps that were not done when it began."""

    step: str
    title: str
    kind: StepKind | None
    state: StepState
    began: date | None
    ended: date | None
    returned: int
    extra: bool
    positions: list[int]
    position: int | None
    person: int | None
    early: list[str]


class EventOut(BaseModel):
    """What was written down; `step` is empty for the whole run. `change` takes it back."""

    id: int
    step: str
    title: str
    state: StepState
    on: date
    person: int | None
    note: str
    mail: str
    file: str
    recorded: datetime
    by: str
    change: int


class WholeRunOut(RunOut):
    """A run with its steps and events, as they happened; `seen` is the newest event."""

    version: int
    categories: list[int]
    tags: list[str]
    new_vendor: bool
    personal_data: bool
    steps: list[StepOut]
    events: list[EventOut]
    seen: int
