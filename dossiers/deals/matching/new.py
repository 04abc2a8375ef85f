"""Finding out who new companies, sellers and products of a source are, by keys alone.

Likeness never decides: what no key settles waits for a person. What a person decided of a name in
one source holds for the same name in another, unless tax numbers or addresses say that it is
another one. What somebody has put back to wait is left alone.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from dossiers.clients.models import Client, ClientDomain
from dossiers.deals.kinds import Matched
from dossiers.deals.matching.earlier import NOBODY, Earlier, earlier_companies, earlier_names
from dossiers.deals.matching.keys import are_other_firms, domain_key, tax_forms, tax_key
from dossiers.deals.models import DealCompany, DealOwner, DealSource, ProductName
from dossiers.facts.writing import in_parts
from wiki.accounts.models import User
from wiki.pages.models import Page, PageTitle
from wiki.rendering.titles import fold_title

Found = dict[str, int]
"""A key → the one thing that it means; keys that mean two are left out."""


def match_companies(session: Session, _source: DealSource | None, ids: Sequence[int]) -> list[int]:
    """By tax number, then by domain, then by exact name, each only when it means one client.

    A weaker key does not count where the tax numbers differ. The rows that are known now.
    """
    rows = _undecided(session, DealCompany, DealCompany.client_id, ids)
    folded = {row.name_folded for row in rows}
    taxes = _clients_by_tax_number(session, rows)
    domains = _clients_by_domain(session, {domain_key(row.domain) for row in rows})
    names = _clients_by_name(session, folded)
    earlier = earlier_companies(session, folded)
    numbers = _tax_numbers(session, {*domains.values(), *names.values()})

    def fits(row: DealCompany, client: int | None) -> int | None:
        other = client is None or are_other_firms(row.tax_number, numbers.get(client, ""))
        return None if other else client

    for row in rows:
        _settle(
            row,
            "client_id",
            (taxes.get(tax_key(row.tax_number)), Matched.TAX),
            (fits(row, domains.get(domain_key(row.domain))), Matched.DOMAIN),
            (_agreed(earlier, row.name_folded, row.tax_number), Matched.PERSON),
            (fits(row, names.get(row.name_folded)), Matched.NAME),
        )
    return _known(session, rows)


def match_owners(session: Session, _source: DealSource | None, ids: Sequence[int]) -> list[int]:
    """By e-mail address, then by exact name of an active colleague. The rows known now."""
    rows = _undecided(session, DealOwner, DealOwner.user_id, ids)
    people = session.execute(
        select(User.id, User.email_folded, User.name).where(User.deactivated_at.is_(None))
    ).all()
    mails = _alone((mail, ident) for ident, mail, _name in people)
    names = _alone((fold_title(name), ident) for ident, _mail, name in people)
    earlier = earlier_names(session, DealOwner, DealOwner.user_id, DealOwner.email) if rows else {}
    for row in rows:
        folded = fold_title(row.name)
        _settle(
            row,
            "user_id",
            (mails.get(row.email.casefold()), Matched.DOMAIN),
            (_agreed(earlier, folded, row.email.casefold()), Matched.PERSON),
            (names.get(folded), Matched.NAME),
        )
    return _known(session, rows)


def match_products(session: Session, _source: DealSource | None, ids: Sequence[int]) -> list[int]:
    """By the exact title of one page, now or before it was renamed. The rows known now."""
    rows = _undecided(session, ProductName, ProductName.page_id, ids)
    folded = {fold_title(row.name) for row in rows}
    now, before = _pages(session, folded), _former_pages(session, folded)
    earlier = earlier_names(session, ProductName, ProductName.page_id) if rows else {}
    for row in rows:
        name = fold_title(row.name)
        _settle(
            row,
            "page_id",
            (_agreed(earlier, name, ""), Matched.PERSON),
            (now.get(name), Matched.NAME),
            (before.get(name), Matched.NAME),
        )
    return _known(session, rows)


def _undecided(session: Session, table: Any, target: Any, ids: Sequence[int]) -> list[Any]:
    wanted = (target.is_(None), table.is_nobody.is_(False), table.decided_at.is_(None))
    rows: list[Any] = []
    for some in in_parts(ids):
        rows += session.scalars(select(table).where(table.id.in_(some), *wanted)).all()
    return rows


def _settle(row: Any, column: str, *answers: tuple[int | None, Matched]) -> None:
    """The first answer there is."""
    ident, how = next(((i, how) for i, how in answers if i is not None), (None, None))
    if ident == NOBODY:
        row.is_nobody, row.matched = True, how
    elif ident is not None:
        setattr(row, column, ident)
        row.matched = how


def _known(session: Session, rows: Iterable[Any]) -> list[int]:
    session.flush()
    return [row.id for row in rows if row.matched is not None]


def _agreed(earlier: Earlier, name: str, mark: str) -> int | None:
    """What was decided of a name, where all who may be the same agree."""
    found = {
        target
        for target, other in (earlier.get(name, ()) if name else ())
        if not (mark and other and tax_key(mark) != tax_key(other))
    }
    return found.pop() if len(found) == 1 else None


def _clients_by_tax_number(session: Session, rows: Iterable[DealCompany]) -> Found:
    forms = {form for row in rows for form in tax_forms(row.tax_number)}
    pairs: list[tuple[str, int]] = []
    for some in in_parts(sorted(forms - {""})):
        wanted = select(Client.tax_number, Client.id).where(
            Client.tax_number.in_(some), Client.merged_into_id.is_(None)
        )
        pairs += [(tax_key(number), ident) for number, ident in session.execute(wanted)]
    return _alone(pairs)


def _clients_by_name(session: Session, names: set[str]) -> Found:
    return _unique(
        session,
        names,
        lambda some: select(Client.name_folded, Client.id).where(
            Client.name_folded.in_(some), Client.merged_into_id.is_(None)
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


def _tax_numbers(session: Session, clients: set[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for some in in_parts(sorted(clients)):
        wanted = select(Client.id, Client.tax_number).where(Client.id.in_(some))
        found |= dict(session.execute(wanted).all())
    return found


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


def _unique(session: Session, keys: set[str], ask: Any) -> Found:
    pairs: list[tuple[str, int]] = []
    for some in in_parts(sorted(keys - {""})):
        wanted: Select[str, int] = ask(some)
        pairs += [(key, ident) for key, ident in session.execute(wanted)]
    return _alone(pairs)


def _alone(pairs: Iterable[tuple[str, int]]) -> Found:
    found: dict[str, set[int]] = {}
    for key, ident in pairs:
        if key:
            found.setdefault(key, set()).add(ident)
    return {key: min(idents) for key, idents in found.items() if len(idents) == 1}
