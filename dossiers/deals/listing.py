"""The list of deals: filtered, sorted, in pages, with exact sums for each currency."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select
from sqlalchemy.orm import Session

from dossiers.clients.queries import dossier_ids
from dossiers.deals.homes import Home, homes_of
from dossiers.deals.kinds import DealKind
from dossiers.deals.models import Deal, DealCompany, DealLine, DealOwner, DealSource, ProductName
from dossiers.deals.queries import company_shown, seen_clients, visible_deals
from wiki.accounts.actor import Actor
from wiki.money import sum_parts, whole_sum
from wiki.pages.models import Page
from wiki.rendering.titles import fold_title

PAGE = 50
SORTS = ("close", "soon", "amount", "changed", "title")
WITHOUT = ("client", "company")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which deals to list, and in which order.

    `owner` is a seller as a source calls them, `product` the page of a product, `without` one of
    `WITHOUT`. The period is that of the close, planned while the deal is under way.
    """

    kind: DealKind | None = None
    pipeline: str = ""
    stage: str = ""
    owner: int | None = None
    client: int | None = None
    product: int | None = None
    source: int | None = None
    closed_from: date | None = None
    closed_until: date | None = None
    outside: bool = False
    without: str = ""
    gone: bool = False
    mine: bool = False
    text: str = ""
    sort: str = "close"


class ListedDeal(NamedTuple):
    """One deal in a list; `home` is the client in whose dossier it is shown."""

    id: int
    external_id: str
    title: str
    amount: Decimal | None
    currency: str
    pipeline: str
    stage: str
    kind: DealKind | None
    planned_on: date | None
    closed_on: date | None
    discount: Decimal | None
    is_outside_policy: bool
    gone_at: datetime | None
    changed_at: datetime
    client_id: int | None
    company: str | None
    owner: str | None
    source: str
    home: Home | None = None

    @property
    def url(self) -> str:
        """Its address."""
        return f"/deals/{self.id}"

    @property
    def name(self) -> str:
        """What it is called: its title, or its number there."""
        return self.title or self.external_id

    @property
    def close(self) -> date | None:
        """When it was closed, or is planned to be."""
        return self.closed_on or self.planned_on


class Sum(NamedTuple):
    """How many deals there are of one kind in one currency, and what they come to.

    `amount` is `None` when no deal says its amount; `unsaid` are those that do not.
    """

    kind: DealKind | None
    currency: str
    deals: int
    amount: Decimal | None
    unsaid: int


@dataclass(frozen=True, slots=True)
class DealsPage:
    """One page of the list: its deals, which page it is of how many."""

    rows: Sequence[ListedDeal]
    number: int
    count: int
    total: int


def page_visible_to(
    session: Session, actor: Actor, wanted: Wanted, sums: Sequence[Sum], number: int
) -> DealsPage:
    """A page of the list in two statements; `sums` tell how many there are."""
    total = sum(one.deals for one in sums)
    count = max(1, -(-total // PAGE))
    number = min(max(1, number), count)
    statement = _lines(actor).where(*conditions(actor, wanted)).order_by(*_order(wanted.sort))
    rows = session.execute(statement.limit(PAGE).offset((number - 1) * PAGE)).all()
    return DealsPage(listed(session, rows), number, count, total)


def listed(session: Session, rows: Sequence[Any]) -> list[ListedDeal]:
    """Rows of `listed_columns` with the clients in whose dossiers they are shown."""
    lines = [ListedDeal(*row) for row in rows]
    homes = homes_of(session, (line.client_id for line in lines))
    return [line._replace(home=homes.get(line.client_id or 0)) for line in lines]


def sums_visible_to(session: Session, actor: Actor, wanted: Wanted) -> list[Sum]:
    """What the deals come to by currency and kind, won ones first; exact, in one statement."""
    unsaid = func.count() - func.count(Deal.amount)
    high, low = sum_parts(Deal.amount)
    statement = (
        select(Deal.kind, Deal.currency, func.count(), high, low, unsaid)
        .select_from(Deal)
        .where(*conditions(actor, wanted))
        .group_by(Deal.kind, Deal.currency)
    )
    found = [
        Sum(kind, currency, deals, whole_sum(high, low), unsaid)
        for kind, currency, deals, high, low, unsaid in session.execute(statement)
    ]
    places = {DealKind.WON: 0, DealKind.OPEN: 1, DealKind.LOST: 2, None: 3}
    return sorted(found, key=lambda one: (one.currency, places[one.kind]))


def _lines(actor: Actor) -> Select[*tuple[Any, ...]]:
    return (
        select(*listed_columns())
        .join(DealSource, DealSource.id == Deal.source_id)
        .outerjoin(DealCompany, and_(DealCompany.id == Deal.company_id, company_shown(actor)))
        .outerjoin(DealOwner, DealOwner.id == Deal.owner_id)
    )


def listed_columns() -> tuple[Any, ...]:
    """The columns of a listed deal, of a statement that joins source, company and owner."""
    return (
        Deal.id, Deal.external_id, Deal.title, Deal.amount, Deal.currency, Deal.pipeline,
        Deal.stage, Deal.kind, Deal.planned_on, Deal.closed_on, Deal.discount,
        Deal.is_outside_policy, Deal.gone_at, Deal.changed_at, Deal.client_id, DealCompany.name,
        DealOwner.name, DealSource.name,
    )  # fmt: skip


_close = func.coalesce(Deal.closed_on, Deal.planned_on)


def _order(sort: str) -> tuple[Any, ...]:
    last: dict[str, Any] = {
        "close": _close.desc().nulls_last(),
        "soon": _close.asc().nulls_last(),
        "amount": Deal.amount.desc().nulls_last(),
        "changed": Deal.changed_at.desc(),
        "title": Deal.title.asc(),
    }
    return last.get(sort, last["close"]), Deal.id.desc()


def conditions(actor: Actor, wanted: Wanted) -> list[ColumnElement[bool]]:
    """The conditions of the filters, sight first."""
    found = [visible_deals(actor)]
    equal = (
        (Deal.kind, wanted.kind),
        (Deal.pipeline, wanted.pipeline),
        (Deal.stage, wanted.stage),
        (Deal.owner_id, wanted.owner),
        (Deal.source_id, wanted.source),
    )
    found += [column == value for column, value in equal if value]
    if wanted.client is not None:
        found.append(Deal.client_id.in_(dossier_ids(wanted.client)))
    if wanted.product is not None:
        found.append(_sells(wanted.product))
    if wanted.mine:
        found.append(Deal.owner_id.in_(_sellers_who_are(actor)))
    return [*found, *_period(wanted), *_marks(wanted), *_words(actor, wanted.text)]


def _sells(page_id: int) -> ColumnElement[bool]:
    group = select(Page.twin_group).where(Page.id == page_id).scalar_subquery()
    own = select(Page.id).where(or_(Page.id == page_id, Page.twin_group == group))
    names = select(ProductName.id).where(ProductName.page_id.in_(own))
    return exists().where(DealLine.deal_id == Deal.id, DealLine.product_id.in_(names))


def _sellers_who_are(actor: Actor) -> Select[int]:
    return select(DealOwner.id).where(DealOwner.user_id == actor.id)


def _period(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.closed_from is not None:
        found.append(_close >= wanted.closed_from)
    if wanted.closed_until is not None:
        found.append(_close <= wanted.closed_until)
    return found


def _marks(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.outside:
        found.append(Deal.is_outside_policy.is_(True))
    if wanted.gone:
        found.append(Deal.gone_at.is_not(None))
    if wanted.without == "client":
        found.append(Deal.client_id.is_(None))
    if wanted.without == "company":
        found.append(Deal.company_id.is_(None))
    return found


def _words(actor: Actor, text: str) -> list[ColumnElement[bool]]:
    """The whole is the number of a deal, or each word stands in its title or company."""
    if not text:
        return []
    named = and_(*(_has(actor, word) for word in text[:200].split()))
    return [or_(Deal.external_id == text[:100], named)]


def _has(actor: Actor, word: str) -> ColumnElement[bool]:
    # No database folds all letters alike, and a title is kept as the source writes it.
    ways = dict.fromkeys((word, word.lower(), word.upper(), word.capitalize()))
    titled = (Deal.title.contains(way, autoescape=True) for way in ways)
    folded = fold_title(word)
    called = select(DealCompany.id).where(
        DealCompany.name_folded.contains(folded, autoescape=True),
        or_(DealCompany.client_id.is_(None), DealCompany.client_id.in_(seen_clients(actor))),
    )
    return or_(*titled, Deal.company_id.in_(called) if folded else false())
