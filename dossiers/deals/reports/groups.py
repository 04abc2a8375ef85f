"""Deals put together by reason, product, seller and so on, with the names of these."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, case, select
from sqlalchemy.orm import Session

from dossiers.deals.closing.models import CloseReason
from dossiers.deals.models import Deal, DealOwner, ProductName
from dossiers.deals.reports.asking import By, Wanted
from dossiers.deals.reports.periods import Span
from dossiers.deals.reports.products import by_product
from dossiers.deals.reports.statements import cell, decided, grouped, homes_of_deals
from dossiers.deals.reports.tallies import NOTHING, Tally
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.pages.models import Page


@dataclass(frozen=True, slots=True)
class Group:
    """The deals of one reason, product …: those of the period and of the one compared with.

    `key` narrows a report to it in an address; empty for what no address narrows to. A name of
    `None` means deals that have none.
    """

    key: str
    name: str | None
    now: Tally
    then: Tally

    @property
    def difference(self) -> int:
        """By how much its sum rose, in ten-thousandths."""
        return self.now.amount - self.then.amount


_Label = tuple[str, str | None]
"""Key and name."""
_NONE: _Label = ("", None)
_Found = Mapping[tuple[int, Any], Tally]
"""By "is of the later period" and the key in the database."""
_Labels = Callable[[Session, Actor, Collection[Any]], dict[Any, _Label]]


def groups_visible_to(
    session: Session, actor: Actor, by: By, wanted: Wanted, spans: tuple[Span, Span], currency: str
) -> list[Group]:
    """The groups of these two times in one currency, the largest first; three statements at most.

    Their sums are together those of all the deals.
    """
    now, then = spans
    later = case((Deal.closed_on >= now.first, 1), else_=0)
    conditions = [*decided(actor, wanted, now, then), Deal.currency == currency]
    if by is By.PRODUCT:
        found: _Found = by_product(session, later, conditions)
    else:
        found = _put_together(session.execute(grouped(by, later).where(*conditions)))
    labels = _LABELS[by](session, actor, {key for _flag, key in found if key is not None})
    return _in_order(by, _labelled(found, labels))


def _put_together(rows: Iterable[Any]) -> _Found:
    """Won and lost deals of the same key come in two rows."""
    found: dict[tuple[int, Any], Tally] = defaultdict(lambda: NOTHING)
    for key, tally in map(cell, rows):
        found[key] += tally
    return found


def _labelled(found: _Found, labels: Mapping[Any, _Label]) -> Iterator[Group]:
    """Things of one label are one group: a colleague with two names, a product with two."""
    times: dict[_Label, list[Tally]] = defaultdict(lambda: [NOTHING, NOTHING])
    for (flag, key), part in found.items():
        times[labels.get(key, _NONE)][flag] += part
    for (key, name), (then, now) in times.items():
        yield Group(key, name, now, then)


def _in_order(by: By, groups: Iterable[Group]) -> list[Group]:
    def place(group: Group) -> tuple[object, ...]:
        deals = group.now.closed + group.then.closed
        first = -deals if by is By.REASON else -group.now.amount
        return group.name is None, first, -deals, group.name or ""

    return sorted(groups, key=place)


def _reasons(session: Session, actor: Actor, keys: Collection[int]) -> dict[Any, _Label]:
    columns = (CloseReason.id, CloseReason.name_ru, CloseReason.name_en)
    rows = session.execute(select(*columns).where(CloseReason.id.in_(keys)))
    return {ident: ("", ru if actor.language == "ru" else en) for ident, ru, en in rows}


def _products(session: Session, actor: Actor, keys: Collection[int]) -> dict[Any, _Label]:
    seen = and_(Page.id == ProductName.page_id, Page.audience.in_(actor.audiences))
    wanted = (
        select(ProductName.id, ProductName.name, Page.id, Page.title)
        .outerjoin(Page, seen)
        .where(ProductName.id.in_(keys))
    )
    return {
        ident: (str(page_id), title) if page_id else (f"n{ident}", name)
        for ident, name, page_id, title in session.execute(wanted)
    }


def _sellers(session: Session, _actor: Actor, keys: Collection[int]) -> dict[Any, _Label]:
    wanted = (
        select(DealOwner.id, DealOwner.name, DealOwner.key, User.id, User.name)
        .outerjoin(User, User.id == DealOwner.user_id)
        .where(DealOwner.id.in_(keys))
        .order_by(DealOwner.id)
    )
    first: dict[int, int] = {}
    found: dict[Any, _Label] = {}
    for ident, name, key, user_id, colleague in session.execute(wanted):
        one = first.setdefault(user_id, ident) if user_id else ident
        found[ident] = (str(one), colleague or name or key)
    return found


def _of_owner(column: Any) -> _Labels:
    def labels(session: Session, _actor: Actor, keys: Collection[int]) -> dict[Any, _Label]:
        rows = session.execute(select(DealOwner.id, column).where(DealOwner.id.in_(keys)))
        return {ident: ("", text or None) for ident, text in rows}

    return labels


def _of_client(name: str) -> _Labels:
    def labels(session: Session, _actor: Actor, keys: Collection[int]) -> dict[Any, _Label]:
        homes = homes_of_deals()
        rows = session.execute(select(homes.c.own, homes.c[name]))
        return {ident: (text, text or None) for ident, text in rows if ident in keys}

    return labels


_LABELS: Mapping[By, _Labels] = {
    By.REASON: _reasons,
    By.PRODUCT: _products,
    By.SELLER: _sellers,
    By.HEAD: _of_owner(DealOwner.manager),
    By.OFFICE: _of_owner(DealOwner.office),
    By.SEGMENT: _of_client("segment"),
    By.REGION: _of_client("region"),
}
