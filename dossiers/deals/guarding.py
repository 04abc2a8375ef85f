"""What may be written on behalf of somebody over deals that they cannot see.

Saying that such a deal has no company, or another one, would take it out of its restricted client
and show it: that part of a record is left out, and the deal stays where it is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.deals.models import Deal
from dossiers.deals.queries import visible_deals
from dossiers.deals.record import DealRecord
from dossiers.facts.writing import in_parts
from wiki.accounts.actor import Actor


def guarded(
    session: Session, actor: Actor, source_id: int, records: Sequence[DealRecord]
) -> list[DealRecord]:
    """The records without what would take deals from clients that the actor may not see."""
    hidden = hidden_among(session, actor, source_id, {record.external_id for record in records})
    return [kept_there(one) if one.external_id in hidden else one for one in records]


def hidden_among(session: Session, actor: Actor, source_id: int, idents: Iterable[str]) -> set[str]:
    """The deals that are there and that the actor may not see, by their numbers there."""
    hidden: set[str] = set()
    for some in in_parts(sorted(idents)):
        wanted = select(Deal.external_id).where(
            Deal.source_id == source_id, Deal.external_id.in_(some), ~visible_deals(actor)
        )
        hidden |= set(session.scalars(wanted))
    return hidden


def kept_there(record: DealRecord) -> DealRecord:
    """The record without what it says of the company."""
    return replace(record, company=None, said=record.said - {"company"})
