"""Whom or what a waiting row may be: only clients, pages and colleagues that the actor may see.

Nothing here is applied by itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.models import Client, ClientDomain
from dossiers.clients.rules import may_edit
from dossiers.deals.matching.keys import domain_key
from dossiers.deals.matching.kinds import SUBJECTS, Kind
from dossiers.deals.matching.likeness import (
    Likeness,
    Ours,
    Shelf,
    Theirs,
    Why,
    firms_alike,
    people_alike,
    titles_alike,
)
from dossiers.deals.matching.rows import visible_rows
from dossiers.deals.models import Deal, DealContact
from dossiers.people.duplicates.names import firm_of
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.pages.models import Page
from wiki.rendering.titles import fold_title

_MOST_CONTACTS = 5_000


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One of ours that may be meant, and why.

    `known_as` is what the same source calls it already, which speaks for another one. `may_decide`
    is off for a client of another team. `is_exact`: a key says so, of this one alone.
    """

    ident: int
    name: str
    url: str
    whys: tuple[Why, ...]
    is_exact: bool
    is_another_firm: bool
    known_as: str
    may_decide: bool
    detail: str = ""

    @property
    def is_apart(self) -> bool:
        """Whether it is more likely another one: shown apart, never with one click."""
        sure = self.is_exact or Why.TAX_SLIP in self.whys
        return self.is_another_firm or (bool(self.known_as) and not sure)


@dataclass(frozen=True, slots=True)
class _Named:
    """How one of ours is shown."""

    name: str
    url: str
    may_decide: bool = True
    detail: str = ""


def suggestions_visible_to(
    session: Session, actor: Actor, kind: Kind, rows: Sequence[Any]
) -> dict[int, list[Suggestion]]:
    """Suggestions for rows of one kind, by their numbers, in a constant number of statements."""
    if not rows:
        return {}
    make = {Kind.COMPANY: _clients, Kind.PRODUCT: _pages, Kind.SELLER: _colleagues}[kind]
    shelf, named = make(session, actor)
    marks = _marks(session, kind, rows)
    alike = {row.id: shelf.alike(_theirs(row, marks.get(row.id, ()))) for row in rows}
    used = {one.ident for found in alike.values() for one in found}
    known = _known_as(session, actor, kind, rows, used)
    return {
        row.id: [
            _suggestion(one, alike[row.id], named[one.ident], known.get((row.source_id, one.ident)))
            for one in alike[row.id]
        ]
        for row in rows
    }


def _suggestion(
    one: Likeness, all_alike: Sequence[Likeness], named: _Named, known_as: str | None
) -> Suggestion:
    alone = sum(other.is_exact for other in all_alike) == 1
    return Suggestion(
        one.ident,
        named.name,
        named.url,
        one.whys,
        one.is_exact and alone,
        one.is_another_firm,
        known_as or "",
        named.may_decide,
        named.detail,
    )


def _theirs(row: Any, marks: Iterable[str]) -> Theirs:
    return Theirs(row.name, getattr(row, "tax_number", ""), frozenset(marks))


def _clients(session: Session, actor: Actor) -> tuple[Shelf, Mapping[int, _Named]]:
    seen = Client.audience.in_(actor.audiences), Client.merged_into_id.is_(None)
    columns = (Client.id, Client.name, Client.legal_name, Client.tax_number, Client.team_id)
    domains: dict[int, list[str]] = {}
    pairs = select(ClientDomain.client_id, ClientDomain.domain).join(Client).where(*seen)
    for ident, domain in session.execute(pairs):
        domains.setdefault(ident, []).append(domain)
    rows = session.execute(select(*columns).where(*seen)).all()
    ours = [Ours(i, (name, legal), tax, domains.get(i, ())) for i, name, legal, tax, _ in rows]
    named = {
        ident: _Named(name, f"/clients/{ident}", may_edit(actor, team), tax)
        for ident, name, _legal, tax, team in rows
    }
    return Shelf(ours, _firm, firms_alike, Why.DOMAIN), named


@lru_cache(50_000)
def _firm(name: str) -> str:
    return firm_of(name)


def _pages(session: Session, actor: Actor) -> tuple[Shelf, Mapping[int, _Named]]:
    wanted = select(Page.id, Page.title).where(
        Page.audience.in_(actor.audiences), Page.archived.is_(False), Page.room.is_(None)
    )
    rows = session.execute(wanted).all()
    named = {ident: _Named(title, f"/pages/{ident}") for ident, title in rows}
    ours = [Ours(ident, (title,)) for ident, title in rows]
    return Shelf(ours, fold_title, titles_alike, Why.NAME), named


def _colleagues(session: Session, _actor: Actor) -> tuple[Shelf, Mapping[int, _Named]]:
    wanted = select(User.id, User.name, User.email_folded).where(User.deactivated_at.is_(None))
    rows = session.execute(wanted).all()
    named = {ident: _Named(name, "", detail=mail) for ident, name, mail in rows}
    ours = [Ours(i, (name,), marks=(mail.partition("@")[0],)) for i, name, mail in rows]
    return Shelf(ours, fold_title, people_alike, Why.MAIL), named


def _marks(session: Session, kind: Kind, rows: Sequence[Any]) -> Mapping[int, set[str]]:
    """Domains of a company and of its people in deals; the name in a seller's address."""
    if kind is Kind.SELLER:
        return {row.id: {row.email.casefold().partition("@")[0]} - {""} for row in rows}
    if kind is Kind.PRODUCT:
        return {}
    found = {row.id: {domain_key(row.domain)} for row in rows}
    wanted = (
        select(Deal.company_id, DealContact.email)
        .join(DealContact, DealContact.deal_id == Deal.id)
        .where(Deal.company_id.in_(found), Deal.client_id.is_(None), DealContact.email != "")
        .distinct()
        .limit(_MOST_CONTACTS)
    )
    for ident, mail in session.execute(wanted):
        if ident is not None and "@" in mail:
            found[ident].add(domain_key(mail))
    return {ident: domains - {""} for ident, domains in found.items()}


def _known_as(
    session: Session, actor: Actor, kind: Kind, rows: Sequence[Any], idents: Iterable[int]
) -> Mapping[tuple[int, int], str]:
    """What a source calls one of ours already: (source, number of ours) → the name."""
    subject = SUBJECTS[kind]
    wanted = select(subject.table.source_id, subject.target, subject.table.name).where(
        subject.target.in_(list(idents)),
        subject.table.source_id.in_({row.source_id for row in rows}),
        visible_rows(actor, kind),
    )
    return {(source, ident): name for source, ident, name in session.execute(wanted)}


def suggestions_by_contacts(
    session: Session, actor: Actor, deal_ids: Sequence[int]
) -> dict[int, list[Suggestion]]:
    """For deals without a company: the clients whose domain stands in their people's addresses."""
    wanted = select(DealContact.deal_id, DealContact.email).where(
        DealContact.deal_id.in_(deal_ids), DealContact.email != ""
    )
    domains: dict[int, set[str]] = {}
    for deal, mail in session.execute(wanted):
        domains.setdefault(deal, set()).add(domain_key(mail))
    every = set().union(*domains.values()) - {""} if domains else set()
    clients = (
        select(ClientDomain.domain, Client.id, Client.name, Client.team_id)
        .join(Client)
        .where(ClientDomain.domain.in_(every), Client.audience.in_(actor.audiences))
        .where(Client.merged_into_id.is_(None))
    )
    found: dict[int, list[Suggestion]] = {}
    for domain, ident, name, team in session.execute(clients):
        one = Suggestion(
            ident, name, f"/clients/{ident}", (Why.DOMAIN,), True, False, "", may_edit(actor, team)
        )
        for deal in (deal for deal, own in domains.items() if domain in own):
            found.setdefault(deal, []).append(one)
    return found
