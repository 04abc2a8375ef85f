"""One thing that the finished runs of a path teach, as it is kept and shown."""

from dataclasses import dataclass
from enum import StrEnum

from dossiers.approvals.kinds import StepKind
from dossiers.approvals.purchases import Condition
from dossiers.approvals.steps import Duration


class LessonKind(StrEnum):
    """What a lesson proposes to correct."""

    SKIPPED = "skipped"
    EXTRA = "extra"
    ORDER = "order"
    BESIDE = "beside"
    AMOUNT = "amount"
    CONDITION = "condition"
    DURATION = "duration"
    SIGNER = "signer"


@dataclass(frozen=True, slots=True)
class Lesson:
    """One thing to correct, seen in `seen` of `of` runs.

    `other` is the step that it is compared with. `after` and `before` say where the step stands,
    `condition`, `duration` and `position_id` what the step would say, `step_kind` what a new one
    is.
    """

    key: str
    kind: LessonKind
    step: str
    title: str
    seen: int
    of: int
    other: str = ""
    other_title: str = ""
    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    condition: Condition | None = None
    duration: Duration | None = None
    was: Duration | None = None
    position_id: int | None = None
    step_kind: StepKind | None = None
