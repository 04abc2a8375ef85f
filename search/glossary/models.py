"""The tables of the glossary."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from wiki.database import Base


class SynonymGroup(Base):
    """Expressions that mean the same in this house; `stamp` grows with every change.

    The explanations say what they mean, to readers of pages; they may be empty.
    """

    __tablename__ = "synonym_groups"

    id: Mapped[int] = mapped_column(primary_key=True)
    expressions: Mapped[list[Any]]
    note: Mapped[str] = mapped_column(String(300))
    explanation_ru: Mapped[str] = mapped_column(String(600), default="")
    explanation_en: Mapped[str] = mapped_column(String(600), default="")
    stamp: Mapped[int] = mapped_column(default=1)
    archived_at: Mapped[datetime | None]


class GlossaryStamp(Base):
    """One row with a word that is new after every change of the glossary."""

    __tablename__ = "glossary_stamp"

    id: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(String(32))
