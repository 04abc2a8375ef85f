"""Which source is to be asked next."""

from datetime import timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from dossiers.deals.connectors.interface import connector_kinds
from dossiers.deals.models import DealSource, PullState
from wiki import clock

REST = timedelta(seconds=15)
"""However often a source hints that there is something, it is not asked oftener than this."""
SWEEP_EVERY = timedelta(hours=24)
USUAL_MINUTES = 5
LONGEST_MINUTES = 1440


def next_due(session: Session, source_id: int | None = None) -> int | None:
    """The source that has waited longest, among all or of this number; `None` when none is due."""
    now = clock.now()
    hinted = and_(
        PullState.wanted,
        PullState.failures == 0,
        or_(PullState.tried_at.is_(None), PullState.tried_at <= now - REST),
    )
    due = or_(PullState.next_at.is_(None), PullState.next_at <= now, hinted)
    wanted = (
        select(DealSource.id)
        .join(PullState, PullState.source_id == DealSource.id)
        .where(DealSource.kind.in_(connector_kinds()), DealSource.paused.is_(False), due)
        .order_by(PullState.tried_at.is_not(None), PullState.tried_at, DealSource.id)
        .limit(1)
    )
    if source_id is not None:
        wanted = wanted.where(DealSource.id == source_id)
    return session.scalar(wanted)


def pause_between(source: DealSource) -> timedelta:
    """How long a source is left alone after a visit without failure."""
    return timedelta(minutes=int(source.settings.get("minutes", USUAL_MINUTES)))
