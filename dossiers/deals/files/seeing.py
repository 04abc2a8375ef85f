"""Counting on behalf of somebody: a deal that they may not see looks like one that is not there.

Else whoever sends a file with a made-up amount would learn from "same" what a deal of a restricted
client is worth. What is said of its company is neither counted nor written, see guarding.
"""

from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

from dossiers.deals.applying.writing import Counts
from dossiers.deals.guarding import hidden_among, kept_there
from dossiers.deals.record import DealRecord
from wiki.accounts.actor import Actor

Count = Callable[[Sequence[DealRecord]], Counts]


def counted_for(
    session: Session, actor: Actor, source_id: int, records: Sequence[DealRecord], count: Count
) -> Counts:
    """What `count` says of the records, as this person may know it."""
    hidden = hidden_among(session, actor, source_id, {record.external_id for record in records})
    counts = count([record for record in records if record.external_id not in hidden])
    unseen = [record for record in records if record.external_id in hidden]
    if unseen:
        count([kept_there(record) for record in unseen])
        counts.created += len(hidden)
        counts.same += len(unseen) - len(hidden)
    return counts
