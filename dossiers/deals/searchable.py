"""Deals as documents: found by number, title, company, products and contacts, within sight.

A deal of a client that was merged into another is found by the readers of the other; one without a
client by those who decide whose it is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import CTE, Row, insert, literal, select
from sqlalchemy.orm import Session, aliased

from dossiers.clients.models import Client
from dossiers.deals.homes import Home, homes_of
from dossiers.deals.matching.kinds import Kind
from dossiers.deals.models import Deal, DealCompany, DealContact, DealLine, DealOwner, ProductName
from search.documents import Document, Key, Label, Source
from search.languages import language_of
from wiki import clock
from wiki.accounts.actor import EDITORS
from wiki.accounts.models import User
from wiki.locale import _l
from wiki.outbox import OutboxRow

DEAL = "deal"
_MOST_WORDS = 60
"""Products and contacts of one deal that are looked at; no deal of people has more."""


@dataclass(frozen=True, slots=True)
class _Named:
    """A deal with the names of company and seller; the company only when it may be told."""

    deal: Deal
    home: Home | None
    company: str
    owner: Label | None


def load_deals(session: Session, idents: Sequence[int]) -> list[Document]:
    """The documents of these deals, in four statements."""
    named = _named(session, idents)
    products = _products(session, idents)
    contacts = _contacts(session, idents)
    return [
        _document(one, products.get(one.deal.id, ()), contacts.get(one.deal.id, ()))
        for one in named
    ]


def _named(session: Session, idents: Sequence[int]) -> list[_Named]:
    wanted = (
        select(Deal, DealCompany.name, DealCompany.client_id, DealOwner.name, User.id, User.name)
        .outerjoin(DealCompany, DealCompany.id == Deal.company_id)
        .outerjoin(DealOwner, DealOwner.id == Deal.owner_id)
        .outerjoin(User, User.id == DealOwner.user_id)
        .where(Deal.id.in_(idents))
    )
    rows = session.execute(wanted).all()
    homes = homes_of(session, (row[0].client_id for row in rows))
    found = []
    for deal, company, of, _seller, user_id, user in rows:
        home = homes.get(deal.client_id or 0)
        told = company if company and of in (None, deal.client_id) else ""
        owner = Label(user_id, user, user) if user_id else None
        found.append(_Named(deal, home, told, owner))
    return found


def _products(session: Session, idents: Sequence[int]) -> Mapping[int, list[str]]:
    wanted = (
        select(DealLine.deal_id, ProductName.name)
        .join(ProductName, ProductName.id == DealLine.product_id)
        .where(DealLine.deal_id.in_(idents))
        .order_by(DealLine.deal_id, DealLine.number)
    )
    return _grouped(session.execute(wanted))


def _contacts(session: Session, idents: Sequence[int]) -> Mapping[int, list[str]]:
    wanted = select(DealContact.deal_id, DealContact.name).where(DealContact.deal_id.in_(idents))
    ordered = wanted.order_by(DealContact.deal_id, DealContact.number)
    return _grouped(session.execute(ordered))


def _grouped(rows: Iterable[Row[int, str]]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = {}
    for ident, name in rows:
        found.setdefault(ident, []).append(name)
    return found


def _document(one: _Named, products: Sequence[str], contacts: Sequence[str]) -> Document:
    deal, home = one.deal, one.home
    title = deal.title or deal.external_id
    about = (one.company, deal.pipeline, deal.stage, *products[:_MOST_WORDS])
    return Document(
        kind=DEAL,
        ident=deal.id,
        title=title,
        body=", ".join(dict.fromkeys(text for text in about if text)),
        url=f"/deals/{deal.id}",
        audience=home.audience if home else EDITORS,
        language=language_of(title),
        changed_at=deal.changed_at,
        client=Label(home.id, home.name, home.name) if home else None,
        owner=one.owner,
        names=(deal.external_id,) if deal.title else (),
        facts=tuple(name for name in contacts[:_MOST_WORDS] if name),
        until=deal.gone_at,
        place=deal.stage,
    )


def deal_idents(session: Session) -> Iterable[int]:
    """The numbers of all deals."""
    return session.scalars(select(Deal.id).order_by(Deal.id))


def deals_naming(session: Session, client_ids: Sequence[int]) -> Iterator[Key]:
    """The deals whose documents name these clients, or are seen by their readers.

    Those of clients that were merged into them among these.
    """
    own = select(Client.id).where(Client.id.in_(client_ids)).cte(recursive=True)
    merged = select(Client.id).join(own, Client.merged_into_id == own.c.id)
    here = select(own.union(merged).c.id)
    for ident in session.scalars(select(Deal.id).where(Deal.client_id.in_(here))):
        yield Key(DEAL, ident)


def find_anew_after(session: Session, kind: Kind, ids: Sequence[int]) -> None:
    """Whose a seller is was decided: deals are found by the colleague, in one statement."""
    if kind is not Kind.SELLER:
        return
    at = clock.now()
    deals = select(literal(DEAL), Deal.id, literal(at, OutboxRow.at.type)).where(
        Deal.owner_id.in_(ids)
    )
    session.execute(insert(OutboxRow).from_select(["kind", "ident", "at"], deals))


_home = aliased(Client)


def _merged() -> CTE:
    """Clients that were merged into another, with all to which they lead."""
    start = select(Client.id.label("own"), Client.merged_into_id.label("here"))
    chain = start.where(Client.merged_into_id.is_not(None)).cte("deals_led", recursive=True)
    further = select(chain.c.own, Client.merged_into_id).join(chain, Client.id == chain.c.here)
    return chain.union(further.where(Client.merged_into_id.is_not(None)))


_LED = _merged()
#: In three, so that the few merged clients cost the others nothing.
_SIGHT = (
    select(Deal.id.label("ident"), Client.audience.label("audience"))
    .join(Client, Client.id == Deal.client_id)
    .where(Client.merged_into_id.is_(None))
    .union_all(
        select(Deal.id, _home.audience)
        .join(_LED, _LED.c.own == Deal.client_id)
        .join(_home, _home.id == _LED.c.here)
        .where(_home.merged_into_id.is_(None)),
        select(Deal.id, literal(EDITORS)).where(Deal.client_id.is_(None)),
    )
)
DEALS = Source(DEAL, _l("Deals"), load_deals, deal_idents, _l("Deal"), _SIGHT)
