"""The tables of saved searches."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wiki.database import Base


class SavedSearch(Base):
    """A search that a person keeps: `query` is what stands behind the `?` of its address.

    What changed after `told_since` is news; `looked_at` is when the worker last looked for some.
    """

    __tablename__ = "saved_searches"
    __table_args__ = (Index(None, "telling", "looked_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    query: Mapped[str] = mapped_column(Text)
    telling: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime]
    told_since: Mapped[datetime]
    looked_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]


class SavedSearchHit(Base):
    """A thing that fits a saved search, in its state of `changed_at`; a later state is news again.

    Only kind and number are kept: title and sight are those of the moment when it is shown.
    """

    __tablename__ = "saved_search_hits"
    __table_args__ = (
        UniqueConstraint("saved_search_id", "kind", "ident"),
        Index(None, "saved_search_id", "found_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    saved_search_id: Mapped[int] = mapped_column(ForeignKey("saved_searches.id"))
    kind: Mapped[str] = mapped_column(String(20))
    ident: Mapped[int]
    changed_at: Mapped[datetime]
    found_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    mailed_at: Mapped[datetime | None]
