"""Reading forecasts that were kept. The caller has found the client with `client_visible_to`."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dossiers.approvals.forecast.calibration import Forecast
from dossiers.approvals.kinds import RunState
from dossiers.approvals.models import ApprovalRun, SignatureForecast

MOST_ROWS = 200


class Proved(NamedTuple):
    """A run that was signed, and the first forecast that was made of it."""

    run_id: int
    deal: str
    forecast: Forecast


def forecasts_of(session: Session, run_id: int) -> Sequence[SignatureForecast]:
    """All forecasts of a run, as they were made: one for each day, the oldest first."""
    wanted = select(SignatureForecast).where(SignatureForecast.run_id == run_id)
    newest = wanted.order_by(SignatureForecast.made_on.desc()).limit(MOST_ROWS)
    return list(reversed(session.scalars(newest).all()))


def newest_forecast(session: Session, run_id: int) -> SignatureForecast | None:
    """The forecast that was made last."""
    wanted = select(SignatureForecast).where(SignatureForecast.run_id == run_id)
    return session.scalar(wanted.order_by(SignatureForecast.made_on.desc()).limit(1))


def proved_first(session: Session, path_id: int, limit: int = MOST_ROWS) -> list[Proved]:
    """The signed runs of a path, the newest first, with their first forecasts; one statement.

    A forecast of the day of the signature is none.
    """
    first = (
        select(func.min(SignatureForecast.id))
        .join(ApprovalRun, ApprovalRun.id == SignatureForecast.run_id)
        .where(ApprovalRun.path_id == path_id)
        .group_by(SignatureForecast.run_id)
    )
    said = (
        SignatureForecast.made_on,
        SignatureForecast.early,
        SignatureForecast.likely,
        SignatureForecast.late,
        SignatureForecast.managers_date,
    )
    wanted = (
        select(ApprovalRun.id, ApprovalRun.deal, ApprovalRun.ended_on, *said)
        .join(SignatureForecast, SignatureForecast.run_id == ApprovalRun.id)
        .where(SignatureForecast.id.in_(first), SignatureForecast.made_on < ApprovalRun.ended_on)
        .where(ApprovalRun.state == RunState.SIGNED, ApprovalRun.taken_back_in.is_(None))
        .order_by(ApprovalRun.ended_on.desc(), ApprovalRun.id.desc())
        .limit(limit)
    )
    return [
        Proved(ident, deal, Forecast(made, early, likely, late, own, ended))
        for ident, deal, ended, made, early, likely, late, own in session.execute(wanted)
        if ended is not None
    ]
