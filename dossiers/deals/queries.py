"""Which deals a person may see. Every list, count, sum, report and export of deals asks here.

A deal is seen by whoever may see its client; one of a client that was merged into another, by
whoever may see the other. One without a client waits for a decision: it is seen by those who may
edit dossiers, and by nobody else. What is gone at its source is still seen, and marked.
"""

from sqlalchemy import ColumnElement, CompoundSelect, or_, select
from sqlalchemy.orm import Session, aliased

from dossiers.clients.models import Client
from dossiers.deals.models import Deal, DealCompany
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission, may
from wiki.errors import Missing


def visible_deals(actor: Actor) -> ColumnElement[bool]:
    """The condition for a statement that reads deals on behalf of the actor."""
    of_clients = Deal.client_id.in_(seen_clients(actor))
    if not may(actor, Permission.EDIT_DOSSIERS):
        return of_clients
    # In this order the clients are looked up only when a deal has one.
    return or_(Deal.client_id.is_(None), of_clients)


def seen_clients(actor: Actor) -> CompoundSelect[int]:
    """The numbers of clients that the actor may see, with those that were merged into them."""
    seen = Client.audience.in_(actor.audiences), Client.merged_into_id.is_(None)
    merged = select(Client.id.label("own"), Client.merged_into_id.label("here"))
    chain = merged.where(Client.merged_into_id.is_not(None)).cte(recursive=True)
    further = select(chain.c.own, Client.merged_into_id).join(chain, Client.id == chain.c.here)
    chain = chain.union(further.where(Client.merged_into_id.is_not(None)))
    home = aliased(Client)
    leads_here = (
        select(chain.c.own)
        .join(home, home.id == chain.c.here)
        .where(home.audience.in_(actor.audiences), home.merged_into_id.is_(None))
    )
    return select(Client.id).where(*seen).union_all(leads_here)


def company_shown(actor: Actor) -> ColumnElement[bool]:
    """The condition under which the company of a deal may be named beside it.

    A deal that was given to another client may have the company of a client that one cannot see.
    """
    own = DealCompany.client_id == Deal.client_id
    seen = DealCompany.client_id.in_(seen_clients(actor))
    return or_(DealCompany.client_id.is_(None), own, seen)


def deal_visible_to(session: Session, actor: Actor, deal_id: int) -> Deal:
    """The deal. Raises `Missing` for absent and unseen alike."""
    deal = session.scalar(select(Deal).where(Deal.id == deal_id, visible_deals(actor)))
    if deal is None:
        raise Missing()
    return deal
