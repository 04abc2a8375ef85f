"""What every decision about a deal leaves behind: what was before, and work for the search."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.deals.models import Deal, DealChange
from dossiers.deals.queries import visible_deals
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.errors import Missing
from wiki.outbox import changed


def locked_deal(session: Session, actor: Actor, deal_id: int) -> Deal:
    """The deal as it is now, locked until the transaction ends.

    Raises `Missing` for absent and unseen alike.
    """
    wanted = select(Deal).where(Deal.id == deal_id, visible_deals(actor))
    anew = wanted.with_for_update().execution_options(populate_existing=True)
    deal = session.scalar(anew)
    if deal is None:
        raise Missing()
    return deal


def note_decision(
    session: Session, actor: Actor, deal: Deal, fields: Mapping[str, Sequence[object]]
) -> None:
    """Keep what was decided about a deal: field → before and after, as JSON values."""
    deal.changed_at = clock.now()
    session.add(
        DealChange(deal_id=deal.id, at=deal.changed_at, actor_id=actor.id, fields=dict(fields))
    )
    changed(session, "deal", deal.id)


def name_of(deal: Deal) -> str:
    """What a deal is called: its title, or its number there."""
    return (deal.title or deal.external_id)[:100]
