"""Finding out who new companies, sellers and products of a source are, by keys alone.

Likeness never decides: what no key settles waits for a person. What a person decided of a name in
one source holds for the same name in another.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from dossiers.clients.models import Client, ClientDomain
from dossiers.deals.kinds import Matched
from dossiers.deals.models import Deal, DealCompany, DealOwner, DealSource, ProductName
from dossiers.facts.writing import in_parts
from wiki.accounts.models import User
from wiki.pages.models import Page, PageTitle
from wiki.rendering.titles import fold_title

Found = dict[str, int]
"""A key → the one thing that it means; keys that mean two are left out."""


def match_companies(session: Session, source: DealSource, ids: Sequence[int]) -> None:
    """By tax number, then by domain, then by exact name, each only when it means one client."""
    wanted = select(DealCompany).where(DealCompany.id.in_(ids))
    rows = [row for row in session.scalars(wanted) if row.client_id is None and not row.is_nobody]
    taxes = _clients_by(session, Client.tax_number, {row.tax_number for row in rows})
    domains = _clients_by_domain(session, {row.domain for row in rows})
    folded = {row.name_folded for row in rows}
    decided = _decided(session, DealCompany, DealCompany.name_folded, folded)
    names = _clients_by(session, Client.name_folded, folded)
    for row in rows:
        _settle(
            row,
            "client_id",
            (taxes.get(row.tax_number), Matched.TAX),
            (domains.get(row.domain), Matched.DOMAIN),
            (decided.get(row.name_folded), Matched.PERSON),
            (names.get(row.name_folded), Matched.NAME),
        )
    session.flush()


def match_owners(session: Session, source: DealSource, ids: Sequence[int]) -> None:
    """By e-mail address, then by exact name of an active colleague."""
    wanted = select(DealOwner).where(DealOwner.id.in_(ids))
    rows = [row for row in session.scalars(wanted) if row.user_id is None and not row.is_nobody]
    people = session.execute(
        select(User.id, User.email_folded, User.name).where(User.deactivated_at.is_(None))
    ).all()
    mails = _alone((mail, ident) for ident, mail, _name in people)
    names = _alone((fold_title(name), ident) for ident, _mail, name in people)
    keys = {row.key for row in rows}
    decided = _decided(session, DealOwner, DealOwner.key, keys)
    for row in rows:
        _settle(
            row,
            "user_id",
            (mails.get(row.email.casefold()), Matched.DOMAIN),
            (decided.get(row.key), Matched.PERSON),
            (names.get(fold_title(row.name)), Matched.NAME),
        )
    session.flush()


def match_products(session: Session, source: DealSource, ids: Sequence[int]) -> None:
    """By the exact title of one page, now or before it was renamed."""
    wanted = select(ProductName).where(ProductName.id.in_(ids))
    rows = [row for row in session.scalars(wanted) if row.page_id is None and not row.is_nobody]
    folded = {fold_title(row.name) for row in rows}
    now, before = _pages(session, folded), _former_pages(session, folded)
    decided = _decided(session, ProductName, ProductName.key, {row.key for row in rows})
    for row in rows:
        name = fold_title(row.name)
        _settle(
            row,
            "page_id",
            (decided.get(row.key), Matched.PERSON),
            (now.get(name), Matched.NAME),
            (before.get(name), Matched.NAME),
        )
    session.flush()


def _settle(row: Any, column: str, *answers: tuple[int | None, Matched]) -> None:
    """The first answer there is."""
    ident, how = next(((i, how) for i, how in answers if i is not None), (None, None))
    if ident is not None:
        setattr(row, column, ident)
        row.matched = how


def _clients_by(session: Session, column: Any, keys: set[str]) -> Found:
    return _unique(
        session,
        keys,
        lambda some: select(column, Client.id).where(
            column.in_(some), Client.merged_into_id.is_(None)
        ),
    )


def _clients_by_domain(session: Session, domains: set[str]) -> Found:
    return _unique(
        session,
        domains,
        lambda some: select(ClientDomain.domain, ClientDomain.client_id).where(
            ClientDomain.domain.in_(some)
        ),
    )


def _pages(session: Session, titles: set[str]) -> Found:
    return _unique(
        session,
        titles,
        lambda some: select(Page.title_folded, Page.id).where(
            Page.title_folded.in_(some), Page.archived.is_(False), Page.room.is_(None)
        ),
    )


def _former_pages(session: Session, titles: set[str]) -> Found:
    return _unique(
        session,
        titles,
        lambda some: (
            select(PageTitle.title_folded, PageTitle.page_id)
            .join(Page, Page.id == PageTitle.page_id)
            .where(PageTitle.title_folded.in_(some), Page.archived.is_(False), Page.room.is_(None))
        ),
    )


_TARGETS: Mapping[Any, str] = {
    DealCompany: "client_id",
    DealOwner: "user_id",
    ProductName: "page_id",
}


def _decided(session: Session, table: Any, column: Any, keys: set[str]) -> Found:
    """What people decided of the same names elsewhere, where they agree."""
    target = getattr(table, _TARGETS[table])
    return _unique(
        session,
        keys,
        lambda some: select(column, target).where(
            column.in_(some), table.matched == Matched.PERSON, target.is_not(None)
        ),
    )


def _unique(session: Session, keys: set[str], ask: Any) -> Found:
    pairs: list[tuple[str, int]] = []
    for some in in_parts(sorted(keys - {""})):
        wanted: Select[str, int] = ask(some)
        pairs += [(key, ident) for key, ident in session.execute(wanted)]
    return _alone(pairs)


def _alone(pairs: Iterable[tuple[str, int]]) -> Found:
    found: dict[str, set[int]] = defaultdict(set)
    for key, ident in pairs:
        found[key].add(ident)
    return {key: min(idents) for key, idents in found.items() if len(idents) == 1}


def give_clients(session: Session, companies: Sequence[int]) -> None:
    """Bring the deals of these companies in step with whom the companies are."""
    from_companies = (
        select(DealCompany.client_id).where(DealCompany.id == Deal.company_id).scalar_subquery()
    )
    session.execute(
        update(Deal)
        .where(Deal.company_id.in_(companies), Deal.pinned.is_(False))
        .values(client_id=from_companies)
        .execution_options(synchronize_session=False)
    )
