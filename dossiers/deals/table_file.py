"""The listed deals as a CSV file, made in parts so that memory stays flat."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from dossiers.deals.homes import Home, homes_of
from dossiers.deals.listing import Wanted, conditions
from dossiers.deals.models import Deal, DealCompany, DealLine, DealOwner, DealSource, ProductName
from dossiers.deals.queries import company_shown
from dossiers.people.transfer.cells import harmless
from wiki.accounts.actor import Actor

_AT_ONCE = 500
MARK = "\ufeff"
COLUMNS = (
    "source", "external_id", "title", "client", "company", "kind", "pipeline", "stage", "amount",
    "currency", "probability", "began_on", "planned_on", "closed_on", "owner", "products",
    "list_total", "discount", "outside_policy", "loss_reason", "gone",
)  # fmt: skip


def deals_csv(session: Session, actor: Actor, wanted: Wanted) -> Iterator[str]:
    """The deals that fit, the newest first, as pieces of text with a mark at the beginning.

    Cells that a spreadsheet would take for formulas are quoted with an apostrophe.
    """
    yield MARK + _lines([COLUMNS])
    before: int | None = None
    while rows := _part(session, actor, wanted, before):
        before = rows[-1][0].id
        homes = homes_of(session, (deal.client_id for deal, *_names in rows))
        products = _products(session, [deal.id for deal, *_names in rows])
        yield _lines(_cells(deal, names, homes, products) for deal, *names in rows)
        session.expunge_all()


def exported_clients(session: Session, actor: Actor, wanted: Wanted) -> set[int]:
    """The clients whose deals such a file holds: the history keeps that they were taken out."""
    here = select(Deal.client_id).where(*conditions(actor, wanted), Deal.client_id.is_not(None))
    return {home.id for home in homes_of(session, session.scalars(here.distinct())).values()}


def _part(session: Session, actor: Actor, wanted: Wanted, before: int | None) -> Sequence[Any]:
    statement = (
        select(Deal, DealCompany.name, DealOwner.name, DealSource.name)
        .join(DealSource, DealSource.id == Deal.source_id)
        .outerjoin(DealCompany, and_(DealCompany.id == Deal.company_id, company_shown(actor)))
        .outerjoin(DealOwner, DealOwner.id == Deal.owner_id)
        .where(*conditions(actor, wanted))
        .order_by(Deal.id.desc())
        .limit(_AT_ONCE)
    )
    if before is not None:
        statement = statement.where(Deal.id < before)
    return session.execute(statement).all()


def _products(session: Session, deals: Sequence[int]) -> Mapping[int, list[str]]:
    wanted = (
        select(DealLine.deal_id, ProductName.name)
        .join(ProductName, ProductName.id == DealLine.product_id)
        .where(DealLine.deal_id.in_(deals))
        .order_by(DealLine.deal_id, DealLine.number)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for ident, name in session.execute(wanted):
        found[ident].append(name)
    return found


def _cells(
    deal: Deal,
    names: Sequence[str | None],
    homes: Mapping[int, Home],
    products: Mapping[int, list[str]],
) -> list[str]:
    home = homes.get(deal.client_id or 0)
    company, owner, source = names
    told: Mapping[str, object] = {
        "source": source,
        "client": home.name if home else "",
        "company": company,
        "owner": owner,
        "products": "; ".join(products.get(deal.id, ())),
        "outside_policy": "1" if deal.is_outside_policy else "",
        "gone": "1" if deal.gone_at else "",
    }
    return [_cell(told[n] if n in told else getattr(deal, n)) for n in COLUMNS]


def _cell(value: object) -> str:
    """Figures and days of ours are plain; every text is made harmless."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else harmless(str(value))


def _lines(rows: Iterable[Iterable[str]]) -> str:
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()
