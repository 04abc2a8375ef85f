"""Columns that every dated fact has, and the changes that facts are written by."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, Enum, ForeignKey, String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from dossiers.facts.kinds import ALWAYS, FOREVER, NEVER, Confidence, Source
from wiki.database import Base

__all__ = [
    "ALWAYS",
    "FOREVER",
    "NEVER",
    "Change",
    "Confidence",
    "Dated",
    "Source",
    "choice_of",
]


def choice_of(kind: type[StrEnum]) -> Enum:
    """A column that keeps the codes of an enumeration as plain text."""
    return Enum(
        kind,
        native_enum=False,
        length=20,
        create_constraint=False,
        values_callable=lambda members: [member.value for member in members],
    )


class Change(Base):
    """One deed of one person in one dossier: everything it wrote is taken back together.

    `words` are the names that the list of changes shows, as they were at that moment.
    """

    __tablename__ = "dossier_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    action: Mapped[str] = mapped_column(String(40))
    words: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("dossier_changes.id"), unique=True)


class Dated:
    """A fact, with what was true when, what we believed when, and where we know it from.

    It is true in the world in [`valid_from`, `valid_to`), and we believed so in [`recorded_at`,
    `superseded_at`). `learned_on` is the day the source said so; it stays when a later change cuts
    the row, so the age of a fact is counted from it. `KEY` names the columns of which only one row
    can be true at once; `VALUES` those that say what is true. `client_id` is the dossier the fact
    stands in.
    """

    KEY: ClassVar[tuple[str, ...]]
    VALUES: ClassVar[tuple[str, ...]]

    id: Mapped[int] = mapped_column(primary_key=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date]
    recorded_at: Mapped[datetime]
    superseded_at: Mapped[datetime]
    learned_on: Mapped[date]
    source: Mapped[Source] = mapped_column(choice_of(Source))
    confidence: Mapped[Confidence] = mapped_column(choice_of(Confidence))
    note: Mapped[str] = mapped_column(String(500), default="")

    @declared_attr
    def client_id(cls) -> Mapped[int]:  # noqa: N805 - SQLAlchemy gives the class
        """The dossier the fact stands in."""
        return mapped_column(ForeignKey("clients.id"), index=True)

    @declared_attr
    def recorded_by(cls) -> Mapped[int | None]:  # noqa: N805
        """Who wrote it down; `None` is the system."""
        return mapped_column(ForeignKey("users.id"))

    @declared_attr
    def change_id(cls) -> Mapped[int]:  # noqa: N805
        """The change that opened the row."""
        return mapped_column(ForeignKey("dossier_changes.id"), index=True)

    @declared_attr
    def superseded_in(cls) -> Mapped[int | None]:  # noqa: N805
        """The change that closed the row."""
        return mapped_column(ForeignKey("dossier_changes.id"), index=True)
