"""The products of a deal, each with the version of its page that held on the deal's day.

The version is asked for anew each time: who a product is may be decided long after the deal came,
and what the page said on a day never changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dossiers.deals.models import Deal, DealLine, ProductName
from wiki.accounts.actor import Actor
from wiki.pages.addresses import page_url
from wiki.pages.models import Page, Revision


@dataclass(frozen=True, slots=True)
class PageThen:
    """The page of a product: which version held on the deal's day; `None` when it is younger.

    `now` is the number of its present version, `since` the day of the version then.
    """

    id: int
    url: str
    title: str
    category: int | None
    now: int
    number: int | None
    since: datetime | None

    @property
    def then_url(self) -> str:
        """The address of the page as it was on the deal's day."""
        return f"/pages/{self.id}/revisions/{self.number}"


@dataclass(frozen=True, slots=True)
class LineShown:
    """A product of a deal; `page` is `None` while nobody knows its page, or for one not seen."""

    name: str
    list_price: Decimal | None
    price: Decimal | None
    quantity: Decimal | None
    page: PageThen | None

    @property
    def discount(self) -> Decimal | None:
        """In percent of the list price, to one decimal; `None` when a price is not known."""
        if self.list_price is None or self.price is None or self.list_price <= 0:
            return None
        return ((1 - self.price / self.list_price) * 100).quantize(Decimal("0.1"))


def lines_shown(session: Session, actor: Actor, deal: Deal, day: date) -> list[LineShown]:
    """The products in the order of the source, in three statements."""
    wanted = (
        select(DealLine, ProductName.name, ProductName.page_id)
        .join(ProductName, ProductName.id == DealLine.product_id)
        .where(DealLine.deal_id == deal.id)
        .order_by(DealLine.number)
    )
    rows = session.execute(wanted).all()
    pages = _pages(session, actor, {page_id for _line, _name, page_id in rows if page_id}, day)
    return [
        LineShown(name, one.list_price, one.price, one.quantity, pages.get(page_id or 0))
        for one, name, page_id in rows
    ]


def day_of(deal: Deal, today: date) -> date:
    """The day whose versions count: when the deal was closed, else today."""
    return deal.closed_on or today


def _pages(session: Session, actor: Actor, idents: set[int], day: date) -> Mapping[int, PageThen]:
    columns = (Page.id, Page.slug, Page.title, Page.category_id, Page.current_number)
    wanted = select(*columns).where(Page.id.in_(idents), Page.audience.in_(actor.audiences))
    then = _then(session, idents, day, actor.time_zone)
    found = {}
    for ident, slug, title, category, now in session.execute(wanted):
        number, since = then.get(ident, (None, None))
        url = page_url(ident, slug)
        found[ident] = PageThen(ident, url, title, category, now, number, since)
    return found


def _then(
    session: Session, idents: set[int], day: date, zone: str
) -> Mapping[int, tuple[int, datetime]]:
    """The number and moment of the version of each page at the end of that day."""
    end = datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(zone))
    newest = (
        select(Revision.page_id, func.max(Revision.number).label("number"))
        .where(Revision.page_id.in_(idents), Revision.at < end)
        .group_by(Revision.page_id)
        .subquery()
    )
    wanted = select(Revision.page_id, Revision.number, Revision.at).join(
        newest,
        (Revision.page_id == newest.c.page_id) & (Revision.number == newest.c.number),
    )
    return {ident: (number, at) for ident, number, at in session.execute(wanted)}
