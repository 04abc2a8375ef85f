"""The tables of discounts: the policy in its versions, and the grounds of deals."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from wiki.database import Base


class DiscountPolicy(Base):
    """Who may give how much, as one document per version, in force from a day on."""

    __tablename__ = "discount_policies"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    rules: Mapped[list[Any]] = mapped_column(JSON)
    valid_from: Mapped[date]
    why: Mapped[str] = mapped_column(String(300), default="")
    saved_at: Mapped[datetime]
    saved_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class DiscountGround(Base):
    """Why a deal has its discount, who asked for it and who approved it; the newest one holds."""

    __tablename__ = "discount_grounds"

    id: Mapped[int] = mapped_column(primary_key=True)
    deal_id: Mapped[int] = mapped_column(ForeignKey("deals.id"), index=True)
    ground: Mapped[str] = mapped_column(String(40), index=True)
    words: Mapped[str] = mapped_column(String(1000), default="")
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    asked_by: Mapped[str] = mapped_column(String(200), default="")
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    is_newest: Mapped[bool] = mapped_column(default=True)
