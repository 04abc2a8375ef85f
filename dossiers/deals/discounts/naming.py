"""Who and what the groups of a report are: one colleague of several sources, merged clients."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.deals.discounts.measures import Ints
from dossiers.deals.homes import homes_of
from dossiers.deals.models import DealOwner, ProductName
from dossiers.people.models import Person
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.pages.models import Page

Named = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Sellers:
    """The sellers of all sources: a colleague's number, or below zero a seller's own."""

    keys: Mapping[int, int]
    names: Named

    def of(self, owners: Ints) -> Ints:
        """The keys of a column of sellers; zero stays nobody."""
        return mapped(owners, lambda owner: self.keys.get(owner, 0))


def sellers_of(session: Session) -> Sellers:
    """All sellers, in one statement."""
    wanted = select(DealOwner.id, DealOwner.name, User.id, User.name).outerjoin(
        User, User.id == DealOwner.user_id
    )
    keys, names = {}, {}
    for owner, called, user, name in session.execute(wanted):
        keys[owner] = user or -owner
        names[keys[owner]] = name or called
    return Sellers(keys, names)


def homes_in(session: Session, clients: Ints) -> Ints:
    """The column with the clients into which others were merged, in one statement."""
    merged = select(Client.id, Client.merged_into_id).where(Client.merged_into_id.is_not(None))
    into: dict[int, int] = dict(session.execute(merged).all())  # type: ignore[arg-type]
    return mapped(clients, lambda ident: _home(into, ident)) if into else clients


def _home(into: Mapping[int, int], ident: int) -> int:
    seen = {ident}
    while ident in into and into[ident] not in seen:
        ident = into[ident]
        seen.add(ident)
    return ident


def mapped(column: Ints, key_of: Callable[[int], int]) -> Ints:
    """The column with each number replaced."""
    numbers, places = np.unique(column, return_inverse=True)
    return np.array([key_of(number) for number in numbers.tolist()], dtype=np.int64)[places]


def client_names(session: Session, idents: Collection[int]) -> Named:
    """The names of clients whose deals the reader has been found to see."""
    return {ident: home.name for ident, home in homes_of(session, idents).items()}


def product_names(session: Session, actor: Actor, keys: Collection[int]) -> Named:
    """Titles of pages that the reader may see; else the names that the sources have."""
    pages, own = [k for k in keys if k > 0], [-k for k in keys if k < 0]
    called = select(ProductName.page_id, ProductName.id, ProductName.name).where(
        ProductName.page_id.in_(pages) | ProductName.id.in_(own)
    )
    found = {page or -ident: name for page, ident, name in session.execute(called)}
    titles = select(Page.id, Page.title).where(
        Page.id.in_(pages), Page.audience.in_(actor.audiences)
    )
    return found | dict(session.execute(titles).all())


def person_names(session: Session, idents: Collection[int]) -> Named:
    """The names of people in deals that the reader has been found to see."""
    wanted = select(Person.id, Person.name).where(Person.id.in_(idents))
    return dict(session.execute(wanted).all())
