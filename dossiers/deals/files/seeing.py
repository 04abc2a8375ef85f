"""Counting on behalf of somebody: a deal that they may not see looks like one that is not there.

Else whoever sends a file with a made-up amount would learn from "same" what a deal of a restricted
client is worth.
"""

from collections.abc import Callable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.deals.applying.writing import Counts
from dossiers.deals.models import Deal
from dossiers.deals.queries import visible_deals
from dossiers.deals.record import DealRecord
from dossiers.facts.writing import in_parts
from wiki.accounts.actor import Actor

Count = Callable[[Sequence[DealRecord]], Counts]


def counted_for(
    session: Session, actor: Actor, source_id: int, records: Sequence[DealRecord], count: Count
) -> Counts:
    """What `count` says of the records, as this person may know it."""
    hidden = _hidden(session, actor, source_id, {record.external_id for record in records})
    counts = count([record for record in records if record.external_id not in hidden])
    unseen = [record for record in records if record.external_id in hidden]
    if unseen:
        count(unseen)
        counts.created += len(hidden)
        counts.same += len(unseen) - len(hidden)
    return counts


def _hidden(session: Session, actor: Actor, source_id: int, idents: set[str]) -> set[str]:
    hidden: set[str] = set()
    for some in in_parts(sorted(idents)):
        wanted = select(Deal.external_id).where(
            Deal.source_id == source_id, Deal.external_id.in_(some), ~visible_deals(actor)
        )
        hidden |= set(session.scalars(wanted))
    return hidden
