"""Contracts as a CSV file that can be imported again, made in parts so that memory stays flat."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.approvals.models import ApprovalPath
from dossiers.clients.models import Client
from dossiers.deals.homes import Home, homes_of
from dossiers.facts.writing import in_parts
from dossiers.renewals.contracts.products import Product, products_visible_to, shown_of
from dossiers.renewals.contracts.queries import Wanted, narrowed
from dossiers.renewals.models import Contract
from wiki.accounts.actor import Actor
from wiki.accounts.queries import names_of
from wiki.pages.models import Page
from wiki.tables.cells import MARK, csv_line

_AT_ONCE = 500
COLUMNS = (
    "client", "dossier", "number", "subject", "starts_on", "ends_on", "value", "currency",
    "notice_days", "renews_months", "index_clause", "owner", "path", "products", "state",
    "predecessor",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Names:
    homes: Mapping[int, Home]
    owners: Mapping[int, str]
    paths: Mapping[int, str]
    products: dict[int, Product]
    twins: frozenset[str]
    numbers: Mapping[int, str]


def exported_clients(session: Session, actor: Actor, wanted: Wanted) -> set[int]:
    """The clients whose contracts such a file holds: the history keeps that they were taken out."""
    rows = select(Contract.client_id).join(Client, Client.id == Contract.client_id)
    here = narrowed(rows, actor, wanted).distinct()
    return {home.id for home in homes_of(session, session.scalars(here)).values()}


def contracts_csv(session: Session, actor: Actor, wanted: Wanted) -> Iterator[str]:
    """The contracts that fit, the oldest first, as pieces of text with a mark at the beginning."""
    yield MARK + csv_line(COLUMNS)
    after = 0
    while rows := _part(session, actor, wanted, after):
        after = rows[-1].id
        names = _names(session, actor, rows)
        yield "".join(csv_line(_cells(one, names)) for one in rows)
        session.expunge_all()


def _part(session: Session, actor: Actor, wanted: Wanted, after: int) -> Sequence[Contract]:
    rows = select(Contract).join(Client, Client.id == Contract.client_id)
    rows = narrowed(rows, actor, wanted).where(Contract.id > after).order_by(Contract.id)
    return session.scalars(rows.limit(_AT_ONCE)).all()


def _names(session: Session, actor: Actor, rows: Sequence[Contract]) -> _Names:
    paths = {one.path_id for one in rows if one.path_id}
    before = {one.predecessor_id for one in rows if one.predecessor_id}
    subjects = select(ApprovalPath.id, ApprovalPath.subject).where(ApprovalPath.id.in_(paths))
    numbers = select(Contract.id, Contract.number).where(
        Contract.id.in_(before), Contract.archived.is_(False)
    )
    products = products_visible_to(session, actor, (p for one in rows for p in one.products))
    return _Names(
        homes_of(session, (one.client_id for one in rows)),
        names_of(session, (one.owner_id for one in rows)),
        dict(session.execute(subjects).all()),
        products,
        titles_twice(session, actor, (one.title for one in products.values())),
        dict(session.execute(numbers).all()),
    )


def titles_twice(session: Session, actor: Actor, titles: Iterable[str]) -> frozenset[str]:
    """Those of these titles that several pages have, which the actor may see."""
    counted: Counter[str] = Counter()
    for some in in_parts(sorted(set(titles))):
        seen = select(Page.title).where(Page.title.in_(some), Page.audience.in_(actor.audiences))
        counted.update(session.scalars(seen))
    return frozenset(title for title, count in counted.items() if count > 1)


def _cells(one: Contract, names: _Names) -> list[str]:
    home = names.homes.get(one.client_id)
    owner = names.owners.get(one.owner_id or 0, "")
    products = shown_of(names.products, one.products)
    called = [p.url if p.title in names.twins or ";" in p.title else p.title for p in products]
    return [
        home.name if home else "",
        home.url if home else "",
        one.number,
        one.subject,
        one.starts_on.isoformat(),
        one.ends_on.isoformat() if one.ends_on else "",
        f"{one.value:f}" if one.value is not None else "",
        one.currency,
        str(one.notice_days),
        str(one.renews_months or ""),
        one.index_clause,
        owner,
        names.paths.get(one.path_id or 0, ""),
        "; ".join(called),
        one.state.value,
        names.numbers.get(one.predecessor_id or 0, ""),
    ]
