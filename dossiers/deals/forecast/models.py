"""The table of what the open deals were expected to bring."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from wiki.database import Base
from wiki.money import Money


class PipelineForecast(Base):
    """What the open deals were expected to bring in a month, as worked out on a day."""

    __tablename__ = "pipeline_forecasts"
    __table_args__ = (Index(None, "made_on", "month", "currency", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    made_on: Mapped[date]
    month: Mapped[date]
    currency: Mapped[str] = mapped_column(String(3))
    low: Mapped[Decimal] = mapped_column(Money)
    likely: Mapped[Decimal] = mapped_column(Money)
    high: Mapped[Decimal] = mapped_column(Money)
    basis: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
