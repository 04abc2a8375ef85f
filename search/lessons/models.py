"""The table of what was asked; it holds no person."""

from datetime import date

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wiki.database import Base


class AskedQuestion(Base):
    """How often a question was asked in the week of that Monday, and how often it led nowhere."""

    __tablename__ = "asked_questions"
    __table_args__ = (UniqueConstraint("week_on", "question"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    week_on: Mapped[date]
    question: Mapped[str] = mapped_column(String(200))
    asked: Mapped[int]
    found_nothing: Mapped[int]
    opened: Mapped[int]
