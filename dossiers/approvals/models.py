"""The tables of approval paths. Versions, confirmations and events are only ever added to."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from dossiers.approvals.kinds import RunState, StepKind, StepState
from dossiers.facts.kinds import Source
from dossiers.facts.models import choice_of
from wiki.database import Base
from wiki.money import Money


class ApprovalPath(Base):
    """The identity of a path: by which way a client decides on purchases of one kind.

    `newest` is the number of its newest version. `lessons` is what its finished runs taught when
    the last one ended; `None` before.
    """

    __tablename__ = "approval_paths"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    subject: Mapped[str] = mapped_column(String(200))
    subject_folded: Mapped[str] = mapped_column(String(250))
    newest: Mapped[int] = mapped_column(default=0)
    archived: Mapped[bool] = mapped_column(default=False)
    lessons: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class PathVersion(Base):
    """A path as somebody saved it: the whole document, since when it is so, and why it changed.

    `restored` is the number of the version that it brings back.
    """

    __tablename__ = "approval_path_versions"
    __table_args__ = (Index(None, "path_id", "number", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    path_id: Mapped[int] = mapped_column(ForeignKey("approval_paths.id"))
    number: Mapped[int]
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    valid_from: Mapped[date]
    why: Mapped[str] = mapped_column(String(300), default="")
    restored: Mapped[int | None]
    saved_at: Mapped[datetime]
    saved_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    change_id: Mapped[int] = mapped_column(ForeignKey("dossier_changes.id"), index=True)


class PathPosition(Base):
    """A position that acts at a step of the newest version of a path, or stands in there."""

    __tablename__ = "approval_path_positions"

    path_id: Mapped[int] = mapped_column(ForeignKey("approval_paths.id"), primary_key=True)
    step: Mapped[str] = mapped_column(String(12), primary_key=True)
    position_id: Mapped[int] = mapped_column(
        ForeignKey("positions.id"), primary_key=True, index=True
    )
    stands_in: Mapped[bool] = mapped_column(primary_key=True)


class PathConfirmation(Base):
    """Somebody at the client said that a version is right; one of ours wrote it down.

    The person may be one of the chart, or only a name. A confirmation that was taken back stays.
    """

    __tablename__ = "approval_path_confirmations"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("approval_path_versions.id"), index=True)
    told_on: Mapped[date]
    told_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    told_by: Mapped[str] = mapped_column(String(200), default="")
    source: Mapped[Source] = mapped_column(choice_of(Source))
    note: Mapped[str] = mapped_column(String(500), default="")
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    change_id: Mapped[int] = mapped_column(ForeignKey("dossier_changes.id"), index=True)
    taken_back_in: Mapped[int | None] = mapped_column(ForeignKey("dossier_changes.id"))


class ApprovalRun(Base):
    """A path as one deal walks it, by the version that held when it began.

    `deal` is its name, as judgements for one deal have it. `managers_date` is when the manager
    expects the signature, `wanted_on` when it is wanted. `compared` is what differed from the
    path, and `fitness` how well the run fitted it (0 to 1), both set when the run ends.
    """

    __tablename__ = "approval_runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    path_id: Mapped[int] = mapped_column(ForeignKey("approval_paths.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("approval_path_versions.id"))
    deal: Mapped[str] = mapped_column(String(100))
    amount: Mapped[Decimal | None] = mapped_column(Money)
    currency: Mapped[str] = mapped_column(String(3), default="")
    categories: Mapped[list[Any]] = mapped_column(JSON, default=list)
    tags: Mapped[list[Any]] = mapped_column(JSON, default=list)
    new_vendor: Mapped[bool] = mapped_column(default=False)
    personal_data: Mapped[bool] = mapped_column(default=False)
    began_on: Mapped[date]
    wanted_on: Mapped[date | None]
    managers_date: Mapped[date | None]
    state: Mapped[RunState] = mapped_column(choice_of(RunState), index=True)
    ended_on: Mapped[date | None]
    compared: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    fitness: Mapped[float | None]
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    change_id: Mapped[int] = mapped_column(ForeignKey("dossier_changes.id"), index=True)
    taken_back_in: Mapped[int | None] = mapped_column(ForeignKey("dossier_changes.id"))


class RunEvent(Base):
    """Something that happened to a step of a run on a day; never changed, only taken back.

    A step that the path does not know has a code of its own, and says here what it is.
    `step` is empty for what happened to the run as a whole: given up (skipped), on again (running).
    `position_id` and `person_id` are who really acted, when that is known.
    """

    __tablename__ = "approval_run_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("approval_runs.id"), index=True)
    step: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(200), default="")
    kind: Mapped[StepKind | None] = mapped_column(choice_of(StepKind))
    state: Mapped[StepState] = mapped_column(choice_of(StepState))
    happened_on: Mapped[date]
    position_id: Mapped[int | None] = mapped_column(ForeignKey("positions.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    note: Mapped[str] = mapped_column(String(1000), default="")
    mail: Mapped[str] = mapped_column(String(300), default="")
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachments.id"))
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    change_id: Mapped[int] = mapped_column(ForeignKey("dossier_changes.id"), index=True)
    taken_back_in: Mapped[int | None] = mapped_column(ForeignKey("dossier_changes.id"))


class SignatureForecast(Base):
    """When a signature was expected, as it was worked out on a day; kept to be compared later.

    The days are those by which one, five and nine of ten walks had ended.
    """

    __tablename__ = "signature_forecasts"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("approval_runs.id"), index=True)
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_on: Mapped[date]
    early: Mapped[date]
    likely: Mapped[date]
    late: Mapped[date]
    managers_date: Mapped[date | None]
    basis: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class LessonDecision(Base):
    """What somebody decided about one thing that the runs teach: taken into a version, or not.

    `lesson` is the stable name of the lesson within its path.
    """

    __tablename__ = "approval_lesson_decisions"
    __table_args__ = (Index(None, "path_id", "lesson"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    path_id: Mapped[int] = mapped_column(ForeignKey("approval_paths.id"))
    lesson: Mapped[str] = mapped_column(String(120))
    accepted: Mapped[bool]
    version_id: Mapped[int | None] = mapped_column(ForeignKey("approval_path_versions.id"))
    decided_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    change_id: Mapped[int] = mapped_column(ForeignKey("dossier_changes.id"), index=True)
    taken_back_in: Mapped[int | None] = mapped_column(ForeignKey("dossier_changes.id"))
