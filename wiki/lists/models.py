"""The tables of lists: files on their way, and what their columns mean."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from wiki.database import Base


class ListLoad(Base):
    """A list on its way in: what was sent, how it is read, what became of it.

    `choice` holds columns and settings. The content is forgotten when it was written; the refused
    rows are kept as CSV. Only who sent a list can see it.
    """

    __tablename__ = "list_loads"

    id: Mapped[int] = mapped_column(primary_key=True)
    sort: Mapped[str] = mapped_column(String(20))
    created_by: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime]
    file_name: Mapped[str] = mapped_column(String(250))
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    encoding: Mapped[str] = mapped_column(String(20), default="")
    choice: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[str] = mapped_column(String(10))
    report: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    refused: Mapped[str] = mapped_column(Text, default="")
    ended_at: Mapped[datetime | None]


class ImportMapping(Base):
    """Which column of a file means what; remembered by name, shared by the company."""

    __tablename__ = "import_mappings"

    id: Mapped[int] = mapped_column(primary_key=True)
    target: Mapped[str] = mapped_column(String(20), index=True)
    name: Mapped[str] = mapped_column(String(100))
    columns: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    used_at: Mapped[datetime]
