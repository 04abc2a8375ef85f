"""Keeping each day's forecast of the whole company, so that one sees later how it fared."""

from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.deals.forecast.forecast import Made, make
from dossiers.deals.forecast.models import PipelineForecast
from dossiers.deals.forecast.queries import open_currencies
from dossiers.deals.models import Deal
from wiki import clock
from wiki.database import Database

_ZONE = "UTC"


def keep_due_forecasts(db: Database) -> int:
    """Make and keep the forecasts of today unless they are kept; how many months were written."""
    today = clock.today()
    with db.reading() as session:
        if _is_kept(session, today):
            return 0
        seen = [Deal.gone_at.is_(None)]
        found = {
            currency: make(session, seen, currency, today, _ZONE)
            for currency, _deals in open_currencies(session, seen)
        }
    with db.transaction() as session:
        if _is_kept(session, today):
            return 0
        return sum(_keep(session, today, currency, made) for currency, made in found.items())


def _is_kept(session: Session, today: date) -> bool:
    wanted = select(PipelineForecast.id).where(PipelineForecast.made_on == today).limit(1)
    return session.scalar(wanted) is not None


def _keep(session: Session, today: date, currency: str, made: Made) -> int:
    outlook, overall = made.outlook, made.learnt.overall
    basis = {"deals": outlook.deals, "won": overall.won, "ended": overall.ended}
    for one in outlook.months:
        sums = (Decimal(figure) for figure in (one.low, one.likely, one.high))
        low, likely, high = sums
        session.add(
            PipelineForecast(
                made_on=today,
                month=one.month.first,
                currency=currency,
                low=low,
                likely=likely,
                high=high,
                basis=basis,
            )
        )
    return len(outlook.months)
