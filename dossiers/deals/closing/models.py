"""The tables of close reasons: the list of the director, and what was said of deals."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from dossiers.deals.kinds import DealKind
from dossiers.facts.models import choice_of
from wiki.database import Base


class CloseReason(Base):
    """A reason for which deals are won or lost; the director's list. Codes of old ones stay."""

    __tablename__ = "close_reasons"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name_ru: Mapped[str] = mapped_column(String(100))
    name_en: Mapped[str] = mapped_column(String(100))
    kind: Mapped[DealKind | None] = mapped_column(choice_of(DealKind))
    rank: Mapped[int] = mapped_column(default=0)
    archived: Mapped[bool] = mapped_column(default=False)


class DealClosing(Base):
    """Why a deal was won or lost, and the client's own words; the newest one holds."""

    __tablename__ = "deal_closings"
    __table_args__ = (Index(None, "deal_id", "is_newest", "reason_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    deal_id: Mapped[int] = mapped_column(ForeignKey("deals.id"))
    reason_id: Mapped[int] = mapped_column(ForeignKey("close_reasons.id"), index=True)
    words: Mapped[str] = mapped_column(String(2000), default="")
    competitor: Mapped[str] = mapped_column(String(200), default="")
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    is_newest: Mapped[bool] = mapped_column(default=True)
