"""Finding deals that were deleted at their source: by the numbers that it has no more."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from dossiers.deals.connectors.problems import PullError, kept_sentence
from dossiers.deals.connectors.visits import count_gone
from dossiers.deals.models import Deal, DealChange, DealLoad
from dossiers.facts.writing import in_parts
from wiki import clock
from wiki.outbox import changed_many

READ_AT_ONCE = 200
FEW = 20
"""Up to so many may vanish at once, whatever their share, without that looking like a mistake."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """Our numbers of deals that are gone, and the source's of those that are back or unknown."""

    gone: Sequence[int]
    back: Sequence[str]
    unknown: Sequence[str]
    doubt: str = ""
    """Why nothing is marked although deals are missing, as a kept sentence."""

    def to_read(self) -> Iterator[Sequence[str]]:
        """Which deals must be read again, some at a time."""
        return in_parts([*self.back, *self.unknown], READ_AT_ONCE)


def look_for_gone(
    session: Session, source_id: int, there: Set[str], began: datetime, believed: bool
) -> Sweep:
    """Compare with what the source has; deals that came since `began` are not judged.

    Unless somebody said that it is so (`believed`), there is doubt when so many are missing that
    the key has rather lost the right to see them.
    """
    wanted = select(Deal.id, Deal.external_id, Deal.gone_at, Deal.first_seen_at).where(
        Deal.source_id == source_id
    )
    ours = session.execute(wanted).all()
    present = [row for row in ours if row.gone_at is None]
    gone = [r.id for r in present if r.external_id not in there and r.first_seen_at < began]
    back = [r.external_id for r in ours if r.gone_at is not None and r.external_id in there]
    unknown = sorted(there - {row.external_id for row in ours}, key=lambda i: (len(i), i))
    if not believed and len(gone) > FEW and len(gone) * 2 > len(present):
        return Sweep([], back, unknown, _doubt(len(gone), len(present)))
    return Sweep(gone, back, unknown)


def _doubt(gone: int, present: int) -> str:
    return kept_sentence(
        PullError(
            "The source shows %(gone)s of %(all)s deals no more. That looks as if the key had lost "
            "the right to see them, so nothing was marked as deleted. Check that right at the "
            "source, or say here that they were deleted.",
            gone=gone,
            all=present,
        )
    )


def keep_sweep(session: Session, visit: DealLoad, found: Sweep) -> None:
    """Mark what is gone, and tell it in the history of the deals."""
    now = clock.now()
    for some in in_parts(found.gone):
        marked = update(Deal).where(Deal.id.in_(some), Deal.gone_at.is_(None))
        session.execute(
            marked.values(gone_at=now, changed_at=now).execution_options(synchronize_session=False)
        )
        session.execute(insert(DealChange), [_change(deal, visit.id, now) for deal in some])
        changed_many(session, "deal", some)
    count_gone(visit, len(found.gone), len(found.back))


def _change(deal_id: int, load_id: int, now: datetime) -> dict[str, Any]:
    fields = {"gone": [None, now.isoformat()]}
    return {"deal_id": deal_id, "at": now, "actor_id": None, "load_id": load_id, "fields": fields}
