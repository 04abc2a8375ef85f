"""The tables of watching and notices."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wiki.database import Base


class Watch(Base):
    """A person wants to hear of changes to a page, or to all pages of a category and below."""

    __tablename__ = "watches"
    __table_args__ = (
        UniqueConstraint("user_id", "page_id"),
        UniqueConstraint("user_id", "category_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    page_id: Mapped[int | None] = mapped_column(ForeignKey("pages.id"), index=True)
    category_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"), index=True)
    since: Mapped[datetime]


class Notice(Base):
    """News for one person about one page; shown in the application and in the daily mail."""

    __tablename__ = "notices"
    __table_args__ = (Index(None, "user_id", "read_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"))
    kind: Mapped[str] = mapped_column(String(20))
    revision_number: Mapped[int | None]
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    mailed_at: Mapped[datetime | None]
