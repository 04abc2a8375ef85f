"""The table of the texts inside files."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from wiki.database import Base


class State(StrEnum):
    """How far the reading of a file is."""

    WAITING = "waiting"
    READ = "read"
    UNREADABLE = "unreadable"


class FileText(Base):
    """The text of one content; made from the file at any time, so it is in no backup.

    `tries` are those that have begun and not yet ended, so that a file which ends its reader
    does not do so for ever. `reason` says why there is no text, or only a part of it.
    """

    __tablename__ = "file_texts"
    __table_args__ = (Index(None, "state", "wanted_at"), {"info": {"disposable": True}})

    sha256: Mapped[str] = mapped_column(String(64), ForeignKey("blobs.sha256"), primary_key=True)
    state: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str | None] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text, default="")
    tries: Mapped[int] = mapped_column(default=0)
    extractor_version: Mapped[int]
    wanted_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
