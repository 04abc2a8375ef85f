"""The tables of watching and notices."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from wiki.database import Base

UNREAD = text("read_at IS NULL")


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
    """News for one person about one page; shown in the application and in the daily mail.

    Further news of the same topic ("changes" or "comments") before it was read is added to the
    same row: `news` counts it, `from_number` stays the version known to the reader.
    """

    __tablename__ = "notices"
    __table_args__ = (
        Index(None, "user_id", "read_at"),
        Index(None, "user_id", "at"),
        Index(
            "uq_notices_unread",
            "user_id",
            "page_id",
            "topic",
            unique=True,
            sqlite_where=UNREAD,
            postgresql_where=UNREAD,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"), index=True)
    topic: Mapped[str] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(20))
    from_number: Mapped[int]
    revision_number: Mapped[int]
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    news: Mapped[int] = mapped_column(default=1)
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    mailed_at: Mapped[datetime | None]


class DailyMail(Base):
    """The last day for which a person's daily letter is done with, in the person's zone."""

    __tablename__ = "daily_mails"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    last_day: Mapped[date]
