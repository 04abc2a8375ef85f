"""A visit to a source: the row that tells what came and what became of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.deals.applying.writing import Counts
from dossiers.deals.connectors.interface import Unreadable
from dossiers.deals.connectors.problems import kept_sentence
from dossiers.deals.kinds import LoadState
from dossiers.deals.models import DealLoad
from wiki import clock

_COUNTS = ("created", "changed", "same", "gone", "back")
MOST_TOLD = 50
"""Deals of one visit that could not be taken over and are named; the others are counted."""


def open_visit(session: Session, source_id: int) -> DealLoad:
    """The visit that is under way, begun when there is none."""
    wanted = select(DealLoad).where(
        DealLoad.source_id == source_id, DealLoad.state == LoadState.WAITING
    )
    visit = session.scalars(wanted.order_by(DealLoad.id.desc()).limit(1)).first()
    if visit is None:
        visit = DealLoad(
            source_id=source_id,
            created_at=clock.now(),
            state=LoadState.WAITING,
            columns={},
            report={"visit": True},
        )
        session.add(visit)
        session.flush()
    return visit


def count(visit: DealLoad, counts: Counts, unreadable: Sequence[Unreadable] = ()) -> None:
    """Add what became of a page."""
    known = visit.report.get("unreadable", [])
    told = [[one.external_id, kept_sentence(one.problem)] for one in unreadable]
    visit.place += counts.created + counts.changed + counts.same + len(unreadable)
    visit.report = {
        **_added(visit.report, created=counts.created, changed=counts.changed, same=counts.same),
        "unreadable": [*known, *told][:MOST_TOLD],
        "unreadable_count": visit.report.get("unreadable_count", 0) + len(unreadable),
    }


def count_gone(visit: DealLoad, gone: int, back: int) -> None:
    """Add what the look for deleted deals found."""
    visit.report = _added(visit.report, gone=gone, back=back)


def end_visit(session: Session, visit: DealLoad, error: str = "") -> None:
    """The visit is over; one that brought nothing new leaves no row."""
    told = ("created", "changed", "gone", "back", "unreadable_count")
    if not error and not any(visit.report.get(name) for name in told):
        session.delete(visit)
        return
    visit.state = LoadState.FAILED if error else LoadState.DONE
    visit.ended_at = clock.now()
    if error:
        visit.report = {**visit.report, "error": error}


def _added(report: Mapping[str, Any], **more: int) -> dict[str, Any]:
    before = {name: report.get(name, 0) for name in _COUNTS}
    return {**report, **before, **{name: before[name] + number for name, number in more.items()}}
