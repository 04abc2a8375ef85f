"""What the filters of reports offer: only what stands in deals that one may see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from dossiers.clients.models import Client
from dossiers.deals.choices import MOST
from dossiers.deals.models import Deal, DealLine, DealOwner, ProductName
from dossiers.deals.queries import visible_deals
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.pages.models import Page

_Named = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Choices:
    """The values of the filters with their names; at most `MOST` of each."""

    sellers: _Named
    products: _Named
    segments: _Named
    regions: _Named


def choices_visible_to(session: Session, actor: Actor) -> Choices:
    """The choices in four statements."""
    return Choices(
        _sellers(session, actor),
        _products(session, actor),
        _of_clients(session, actor, Client.segment),
        _of_clients(session, actor, Client.region),
    )


def _sellers(session: Session, actor: Actor) -> _Named:
    """Each colleague once, whatever sources call them."""
    sold = exists().where(Deal.owner_id == DealOwner.id, visible_deals(actor))
    wanted = (
        select(DealOwner.id, DealOwner.name, DealOwner.key, User.id, User.name)
        .outerjoin(User, User.id == DealOwner.user_id)
        .where(sold)
        .order_by(DealOwner.id)
        .limit(MOST)
    )
    found: dict[object, tuple[str, str]] = {}
    for ident, name, key, user_id, colleague in session.execute(wanted):
        found.setdefault(user_id or f"n{ident}", (str(ident), colleague or name or key))
    return _by_name(found.values())


def _products(session: Session, actor: Actor) -> _Named:
    """Pages that one may see; names in sources that have none."""
    sold = exists().where(
        DealLine.product_id == ProductName.id, Deal.id == DealLine.deal_id, visible_deals(actor)
    )
    seen = and_(Page.id == ProductName.page_id, Page.audience.in_(actor.audiences))
    wanted = (
        select(ProductName.id, ProductName.name, Page.id, Page.title)
        .outerjoin(Page, seen)
        .where(sold)
        .limit(MOST)
    )
    found = {
        str(page_id) if page_id else f"n{ident}": title or name
        for ident, name, page_id, title in session.execute(wanted)
    }
    return _by_name(found.items())


def _of_clients(session: Session, actor: Actor, column: InstrumentedAttribute[str]) -> _Named:
    has_deals = exists().where(Deal.client_id == Client.id)
    seen = (Client.audience.in_(actor.audiences), Client.merged_into_id.is_(None))
    wanted = select(column).where(column != "", *seen, has_deals).distinct()
    return _by_name((name, name) for name in session.scalars(wanted.limit(MOST)))


def _by_name(found: Iterable[tuple[str, str]]) -> _Named:
    return sorted(found, key=lambda one: one[1].casefold())
