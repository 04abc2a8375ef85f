"""The tables of learning."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Enum, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from products.onboarding.kinds import GapState, MarkState, QuestionKind
from wiki.database import Base


def _choice(kind: type[QuestionKind] | type[MarkState] | type[GapState]) -> Enum:
    return Enum(
        kind,
        native_enum=False,
        length=20,
        create_constraint=False,
        values_callable=lambda members: [member.value for member in members],
    )


class ReadingPath(Base):
    """An ordered way through pages and questions, for a role or a team; `newest` is its version.

    Without role and team it is for whomever somebody puts on it.
    """

    __tablename__ = "reading_paths"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    purpose: Mapped[str] = mapped_column(String(500), default="")
    role: Mapped[str | None] = mapped_column(String(20))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))
    newest: Mapped[int] = mapped_column(default=0)
    archived: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class ReadingPathVersion(Base):
    """A reading path as somebody saved it: its items, in their order, each with a stable code."""

    __tablename__ = "reading_path_versions"

    path_id: Mapped[int] = mapped_column(ForeignKey("reading_paths.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    items: Mapped[list[Any]] = mapped_column(JSON)
    why: Mapped[str] = mapped_column(String(300), default="")
    saved_at: Mapped[datetime]
    saved_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class Enrolment(Base):
    """Somebody walks a reading path from a first day on, with a mentor."""

    __tablename__ = "enrolments"
    __table_args__ = (Index(None, "path_id", "user_id", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    path_id: Mapped[int] = mapped_column(ForeignKey("reading_paths.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    mentor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    began_on: Mapped[date]
    ended_on: Mapped[date | None]
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class Reading(Base):
    """Which version of a page somebody has confirmed last; what came before is in the history."""

    __tablename__ = "readings"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"), primary_key=True, index=True)
    revision: Mapped[int]
    at: Mapped[datetime]
    by_questions: Mapped[bool] = mapped_column(default=False)


class ReadingConfirmation(Base):
    """One confirmation that somebody has read a version; only ever added to."""

    __tablename__ = "reading_confirmations"
    __table_args__ = (Index(None, "user_id", "page_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"))
    revision: Mapped[int]
    at: Mapped[datetime]
    attempt_id: Mapped[int | None] = mapped_column(ForeignKey("question_attempts.id"))


class RevisionWeight(Base):
    """Whether a version changed something that must be read again, and why.

    An editor may overrule the rule with a word why.
    """

    __tablename__ = "revision_weights"

    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    material: Mapped[bool]
    reasons: Mapped[list[Any]] = mapped_column(JSON, default=list)
    overruled: Mapped[bool] = mapped_column(default=False)
    word: Mapped[str] = mapped_column(String(300), default="")
    by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]


class PageToRead(Base):
    """What lists of reading need of a page: its newest material version, and how long it takes."""

    __tablename__ = "pages_to_read"

    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"), primary_key=True)
    material: Mapped[int] = mapped_column(default=1)
    material_at: Mapped[datetime]
    seconds: Mapped[int] = mapped_column(default=60)


class CheckQuestion(Base):
    """A question about a page. `place` is the sentence or fact that holds the answer."""

    __tablename__ = "check_questions"
    __table_args__ = (Index(None, "page_id", "archived"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"))
    kind: Mapped[QuestionKind] = mapped_column(_choice(QuestionKind))
    fact_key: Mapped[str | None] = mapped_column(String(60))
    words: Mapped[str] = mapped_column(String(500))
    answers: Mapped[list[Any]] = mapped_column(JSON)
    place: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    revision: Mapped[int]
    archived: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class QuestionAttempt(Base):
    """Somebody answered the questions of a page; the answers stay as they were given."""

    __tablename__ = "question_attempts"
    __table_args__ = (Index(None, "user_id", "page_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"))
    revision: Mapped[int]
    asked: Mapped[list[Any]] = mapped_column(JSON)
    given: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    right: Mapped[int] = mapped_column(default=0)
    passed: Mapped[bool | None]
    begun_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class UnclearMark(Base):
    """A sentence that somebody does not understand, with their question.

    `quote`, `before` and `after` find the sentence again when the page is edited; `gone_since` is
    the version in which it is no more.
    """

    __tablename__ = "unclear_marks"
    __table_args__ = (Index(None, "page_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"))
    revision: Mapped[int]
    quote: Mapped[str] = mapped_column(String(1000))
    before: Mapped[str] = mapped_column(String(300), default="")
    after: Mapped[str] = mapped_column(String(300), default="")
    now: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    gone_since: Mapped[int | None]
    question: Mapped[str] = mapped_column(String(1000))
    state: Mapped[MarkState] = mapped_column(_choice(MarkState))
    answer: Mapped[str] = mapped_column(String(2000), default="")
    asked_at: Mapped[datetime]
    asked_by: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class Gap(Base):
    """A question that no page answered, asked of whoever looks after the category."""

    __tablename__ = "gaps"

    id: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(String(500))
    language: Mapped[str] = mapped_column(String(2))
    category_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"), index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    state: Mapped[GapState] = mapped_column(_choice(GapState))
    page_id: Mapped[int | None] = mapped_column(ForeignKey("pages.id"))
    answer: Mapped[str] = mapped_column(String(1000), default="")
    asked_at: Mapped[datetime]
    asked_by: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
