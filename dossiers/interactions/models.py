"""The tables of the contact log and of promises."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dossiers.facts.models import choice_of
from dossiers.interactions.kinds import (
    Door,
    InteractionKind,
    PromiseDeed,
    PromiseState,
    TopicKind,
)
from wiki.database import Base


class Interaction(Base):
    """Once we spoke with a client. `summary` is the first line of its newest text, for lists.

    `external_id` is its number in the file, program or mailbox that it came from, and makes
    writing the same again change nothing. `next_on` is the day on which one wants to speak again.
    """

    __tablename__ = "interactions"
    __table_args__ = (
        Index(None, "client_id", "happened_at"),
        Index(None, "door", "external_id", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    kind: Mapped[InteractionKind] = mapped_column(choice_of(InteractionKind))
    happened_at: Mapped[datetime]
    summary: Mapped[str] = mapped_column(String(200), default="")
    newest: Mapped[int] = mapped_column(default=0)
    next_on: Mapped[date | None]
    door: Mapped[Door] = mapped_column(choice_of(Door))
    external_id: Mapped[str | None] = mapped_column(String(250))
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    change_id: Mapped[int] = mapped_column(ForeignKey("dossier_changes.id"), index=True)
    taken_back_in: Mapped[int | None] = mapped_column(ForeignKey("dossier_changes.id"))


class InteractionText(Base):
    """What was said, as somebody wrote it down; each saving is a version of its own."""

    __tablename__ = "interaction_texts"

    interaction_id: Mapped[int] = mapped_column(ForeignKey("interactions.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime]
    saved_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    change_id: Mapped[int] = mapped_column(ForeignKey("dossier_changes.id"), index=True)


class QuotedPage(Base):
    """A page that a text of an interaction leads to, in the revision that was quoted."""

    __tablename__ = "interaction_quotes"

    interaction_id: Mapped[int] = mapped_column(ForeignKey("interactions.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"), primary_key=True, index=True)
    revision: Mapped[int]


class OurPart(Base):
    """A colleague who took part."""

    __tablename__ = "interaction_colleagues"

    interaction_id: Mapped[int] = mapped_column(ForeignKey("interactions.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, index=True)


class TheirPart(Base):
    """Somebody of the client who took part."""

    __tablename__ = "interaction_persons"

    interaction_id: Mapped[int] = mapped_column(ForeignKey("interactions.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), primary_key=True, index=True)


class Topic(Base):
    """A deal, run or contract that an interaction was about; packages above know what `ref` is."""

    __tablename__ = "interaction_topics"
    __table_args__ = (Index(None, "kind", "ref"),)

    interaction_id: Mapped[int] = mapped_column(ForeignKey("interactions.id"), primary_key=True)
    kind: Mapped[TopicKind] = mapped_column(choice_of(TopicKind), primary_key=True)
    ref: Mapped[int] = mapped_column(primary_key=True)


class Promise(Base):
    """Who owes whom what until when, as it stands now; what became of it stands in its events.

    `by_us` tells who promised: our colleague `user_id` to the person `person_id`, or the person to
    the colleague. For a promise of theirs the colleague is who looks after it.
    """

    __tablename__ = "promises"
    __table_args__ = (
        Index(None, "client_id", "state", "due_on"),
        Index(None, "user_id", "state", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    interaction_id: Mapped[int | None] = mapped_column(ForeignKey("interactions.id"), index=True)
    by_us: Mapped[bool]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"), index=True)
    what: Mapped[str] = mapped_column(String(500))
    due_on: Mapped[date]
    state: Mapped[PromiseState] = mapped_column(choice_of(PromiseState))
    made_on: Mapped[date]
    ended_on: Mapped[date | None]
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class PromiseEvent(Base):
    """Something that became of a promise; the promise is what its events say, in their order."""

    __tablename__ = "promise_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    promise_id: Mapped[int] = mapped_column(ForeignKey("promises.id"), index=True)
    deed: Mapped[PromiseDeed] = mapped_column(choice_of(PromiseDeed))
    happened_on: Mapped[date]
    words: Mapped[str] = mapped_column(String(500), default="")
    due_on: Mapped[date | None]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    change_id: Mapped[int] = mapped_column(ForeignKey("dossier_changes.id"), index=True)
    taken_back_in: Mapped[int | None] = mapped_column(ForeignKey("dossier_changes.id"))
