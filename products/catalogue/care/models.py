"""The tables of fact care."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from wiki.database import Base


class FieldLife(Base):
    """For how many days a fact of that field is good after somebody verified it."""

    __tablename__ = "field_lives"

    field_id: Mapped[int] = mapped_column(ForeignKey("fact_fields.id"), primary_key=True)
    days: Mapped[int | None]


class FactCare(Base):
    """One fact of one page as it stands: its owner and until when it is verified.

    Without an owner of its own it is the page's owner who looks after it.
    """

    __tablename__ = "fact_cares"
    __table_args__ = (Index(None, "verified_until"),)

    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    verified_until: Mapped[date | None]
    verified_at: Mapped[datetime | None]
    verified_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    value: Mapped[str] = mapped_column(String(1000), default="")


class FactVerification(Base):
    """Somebody said that a fact is right as it stood in that version; only ever added to."""

    __tablename__ = "fact_verifications"
    __table_args__ = (Index(None, "page_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"))
    key: Mapped[str] = mapped_column(String(60))
    revision: Mapped[int]
    value: Mapped[str] = mapped_column(String(1000))
    until: Mapped[date | None]
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class Contradiction(Base):
    """Two places that give one quantity of one product with different numbers.

    `places` are both places with their words. Somebody may say that it is none.
    """

    __tablename__ = "contradictions"
    __table_args__ = (Index(None, "key", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120))
    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"), index=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("pages.id"), index=True)
    quantity: Mapped[str] = mapped_column(String(120))
    places: Mapped[list[Any]] = mapped_column(JSON)
    found_at: Mapped[datetime]
    gone_at: Mapped[datetime | None]
    is_none: Mapped[bool] = mapped_column(default=False)
    word: Mapped[str] = mapped_column(String(300), default="")
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
