"""The tables of versioned pages."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from wiki.database import Base


class Category(Base):
    """A shelf of the category tree, with names in both languages."""

    __tablename__ = "categories"

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"), index=True)
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    name_ru: Mapped[str] = mapped_column(String(100))
    name_en: Mapped[str] = mapped_column(String(100))
    position: Mapped[int] = mapped_column(default=0)
    template_ru: Mapped[str] = mapped_column(Text, default="")
    template_en: Mapped[str] = mapped_column(Text, default="")
    archived_at: Mapped[datetime | None]


class CategoryStamp(Base):
    """One row: a number that grows with every change of categories or their fields."""

    __tablename__ = "category_stamp"

    id: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[int]


class FactField(Base):
    """A typed field that the pages of a category (and of those below it) carry."""

    __tablename__ = "fact_fields"
    __table_args__ = (UniqueConstraint("category_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("categories.id"))
    key: Mapped[str] = mapped_column(String(60))
    label_ru: Mapped[str] = mapped_column(String(100))
    label_en: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(20))
    unit: Mapped[str] = mapped_column(String(20), default="")
    choices: Mapped[list[Any]] = mapped_column(JSON, default=list)
    required: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    archived_at: Mapped[datetime | None]


class Page(Base):
    """The identity of a page; what it says stands in its revisions.

    Title, category and `archived` repeat the current revision so that lists need no join.
    `stamp` grows with every change a reader could see; it makes the ETag. `room` names the room
    that the page is a part of and is listed in ("client": the notes of a dossier); most have none.
    """

    __tablename__ = "pages"
    __table_args__ = (
        Index(
            "uq_pages_title",
            "audience",
            "language",
            "title_folded",
            unique=True,
            sqlite_where=text("NOT archived"),
            postgresql_where=text("NOT archived"),
        ),
        Index(None, "category_id", "title_folded"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    audience: Mapped[str] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(2))
    title: Mapped[str] = mapped_column(String(250))
    title_folded: Mapped[str] = mapped_column(String(300))
    slug: Mapped[str] = mapped_column(String(80))
    category_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"))
    twin_group: Mapped[int | None] = mapped_column(index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    archived: Mapped[bool] = mapped_column(default=False)
    current_revision_id: Mapped[int | None] = mapped_column(
        ForeignKey("revisions.id", use_alter=True)
    )
    current_number: Mapped[int] = mapped_column(default=0)
    room: Mapped[str | None] = mapped_column(String(20))
    source_path: Mapped[str | None] = mapped_column(String(500), index=True)
    source_text_hash: Mapped[str | None] = mapped_column(String(64))
    stamp: Mapped[int] = mapped_column(default=1)
    open_comments: Mapped[int] = mapped_column(default=0)
    html_stale: Mapped[bool] = mapped_column(default=False, index=True)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime] = mapped_column(index=True)


class Revision(Base):
    """One whole state of a page; never changed. Only its rendering may be made anew."""

    __tablename__ = "revisions"
    __table_args__ = (UniqueConstraint("page_id", "number"), Index(None, "author_id", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"))
    number: Mapped[int]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(300), default="")
    base_number: Mapped[int | None]
    save_key: Mapped[str | None] = mapped_column(String(36), unique=True)
    title: Mapped[str] = mapped_column(String(250))
    body: Mapped[str] = mapped_column(Text)
    size: Mapped[int]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    tags: Mapped[list[Any]] = mapped_column(JSON)
    category_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"))
    archived: Mapped[bool] = mapped_column(default=False)
    line_authors: Mapped[list[Any]] = mapped_column(JSON)
    html: Mapped[str] = mapped_column(Text)
    toc: Mapped[list[Any]] = mapped_column(JSON)
    plain_text: Mapped[str] = mapped_column(Text)
    notice: Mapped[str | None] = mapped_column(String(300))
    renderer_version: Mapped[int] = mapped_column(index=True)


class PageTitle(Base):
    """A title a page had before; links by it still lead to the page."""

    __tablename__ = "page_titles"
    __table_args__ = (UniqueConstraint("page_id", "title_folded"), Index(None, "title_folded"))

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"))
    title_folded: Mapped[str] = mapped_column(String(300))
    until: Mapped[datetime]


class PageLink(Base):
    """A `[[Title]]` in the current text of a page and the page it means, kept by identity."""

    __tablename__ = "page_links"
    __table_args__ = (UniqueConstraint("from_page_id", "title_folded"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    from_page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"))
    title_folded: Mapped[str] = mapped_column(String(300), index=True)
    title_typed: Mapped[str] = mapped_column(String(300))
    to_page_id: Mapped[int | None] = mapped_column(ForeignKey("pages.id"), index=True)


class PageTag(Base):
    """A tag of the current revision, folded for finding."""

    __tablename__ = "page_tags"
    __table_args__ = (UniqueConstraint("page_id", "tag_folded"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"))
    tag: Mapped[str] = mapped_column(String(60))
    tag_folded: Mapped[str] = mapped_column(String(60), index=True)


class PageFile(Base):
    """An attachment that some revision of a page refers to."""

    __tablename__ = "page_files"
    __table_args__ = (UniqueConstraint("page_id", "attachment_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"))
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachments.id"), index=True)
    current: Mapped[bool] = mapped_column(default=True)


class Editing(Base):
    """Somebody has the edit form of a page open; renewed every few seconds."""

    __tablename__ = "editing"

    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    seen_at: Mapped[datetime]
