"""Deals, as what a contact was about."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.clients.queries import dossier_ids
from dossiers.deals.kinds import DealKind
from dossiers.deals.models import Deal
from dossiers.deals.queries import visible_deals
from dossiers.interactions.contacts.topics import About, know_topics
from dossiers.interactions.kinds import TopicKind
from wiki.accounts.actor import Actor

_MOST = 50


def init() -> None:
    """Let contacts be about deals."""
    know_topics(TopicKind.DEAL, deals_of)


def deals_of(
    session: Session, actor: Actor, client: Client, refs: Collection[int] | None
) -> Sequence[About]:
    """Deals of the dossier: those of these numbers, or the open ones, newest first."""
    wanted = select(Deal.id, Deal.title).where(
        Deal.client_id.in_(dossier_ids(client.id)), visible_deals(actor)
    )
    narrowed = (
        wanted.where(Deal.kind == DealKind.OPEN, Deal.gone_at.is_(None)).limit(_MOST)
        if refs is None
        else wanted.where(Deal.id.in_(refs))
    )
    rows = session.execute(narrowed.order_by(Deal.id.desc()))
    return [About(TopicKind.DEAL, ident, title, f"/deals/{ident}") for ident, title in rows]
