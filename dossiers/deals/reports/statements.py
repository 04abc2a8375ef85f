"""Statements that put closed deals together in the database, within sight.

Deals that are gone at their source are not counted: so the sums are those of the source.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Subquery,
    and_,
    case,
    exists,
    func,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import aliased

from dossiers.clients.models import Client
from dossiers.deals.closing.models import DealClosing
from dossiers.deals.kinds import DealKind
from dossiers.deals.models import Deal, DealLine, DealOwner, ProductName
from dossiers.deals.queries import visible_deals
from dossiers.deals.reports.asking import By, Wanted
from dossiers.deals.reports.periods import Span
from dossiers.deals.reports.tallies import Tally
from wiki.accounts.actor import Actor
from wiki.money import sum_parts

DECIDED = (DealKind.WON, DealKind.LOST)
_BILLION = 10**9

_amount = type_coerce(Deal.amount, BigInteger)
_listed = type_coerce(Deal.list_total, BigInteger)
_has_price = and_(_listed > 0, _amount.is_not(None))
_at_list = case((_has_price, _listed), else_=func.abs(_amount))


def counted(*keys: Any) -> Select[Any]:
    """A statement that puts deals together by these keys; rows are what `cell` takes."""
    return (
        select(
            Deal.kind,
            *keys,
            func.count(),
            func.count(_amount),
            func.count(case((_has_price, 1))),
            *sum_parts(_amount),
            *sum_parts(_at_list),
        )
        .select_from(Deal)
        .group_by(Deal.kind, *keys)
    )


def cell(row: Sequence[Any]) -> tuple[Any, Tally]:
    """Keys and figures of a row of `counted`; one key is by itself, several are a tuple."""
    kind, *keys, deals, said, priced, high, low, list_high, list_low = row
    key = keys[0] if len(keys) == 1 else tuple(keys)
    return key, _tally(kind, deals, said, priced, (high, low, list_high, list_low))


def _tally(kind: DealKind, deals: int, said: int, priced: int, sums: Sequence[Any]) -> Tally:
    if kind is DealKind.LOST:
        return Tally(lost=deals)
    high, low, list_high, list_low = (int(part or 0) for part in sums)
    amount, at_list = high * _BILLION + low, list_high * _BILLION + list_low
    return Tally(deals, 0, said, priced, amount, at_list)


def plain_columns() -> tuple[Any, ...]:
    """Amount and list price of a deal, in ten-thousandths."""
    return _amount, _listed


def decided(actor: Actor, wanted: Wanted, *spans: Span) -> list[ColumnElement[bool]]:
    """The conditions for deals that were won or lost within these days, and fit the filters."""
    days = [Deal.closed_on.between(span.first, span.last) for span in spans]
    return [
        Deal.kind.in_(DECIDED),
        or_(*days) if len(days) > 1 else days[0],
        *reported(actor, wanted),
    ]


def reported(actor: Actor, wanted: Wanted) -> list[ColumnElement[bool]]:
    """The conditions for deals that one may see, that are there, and that fit the filters."""
    return [visible_deals(actor), Deal.gone_at.is_(None), *_fitting(wanted)]


def _fitting(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.seller:
        found.append(Deal.owner_id.in_(_same_seller(wanted.seller)))
    if wanted.product:
        found.append(_sells(wanted.product))
    for name in ("segment", "region"):
        if value := getattr(wanted, name):
            homes = homes_of_deals()
            found.append(Deal.client_id.in_(select(homes.c.own).where(homes.c[name] == value)))
    return found


def _same_seller(owner_id: int) -> Select[int]:
    """The seller, and the same colleague as other sources call them."""
    colleague = select(DealOwner.user_id).where(DealOwner.id == owner_id).scalar_subquery()
    return select(DealOwner.id).where(or_(DealOwner.id == owner_id, DealOwner.user_id == colleague))


def _sells(product: str) -> ColumnElement[bool]:
    number = int(product.removeprefix("n"))
    column = ProductName.id if product.startswith("n") else ProductName.page_id
    names = select(ProductName.id).where(column == number)
    return exists().where(DealLine.deal_id == Deal.id, DealLine.product_id.in_(names))


def homes_of_deals() -> Subquery:
    """Segment and region of every client; of a merged one those of the client it became."""
    columns = (Client.segment, Client.region)
    direct = select(Client.id.label("own"), *columns).where(Client.merged_into_id.is_(None))
    merged = select(Client.id.label("own"), Client.merged_into_id.label("here"))
    chain = merged.where(Client.merged_into_id.is_not(None)).cte(recursive=True)
    further = select(chain.c.own, Client.merged_into_id).join(chain, Client.id == chain.c.here)
    chain = chain.union(further.where(Client.merged_into_id.is_not(None)))
    home = aliased(Client)
    led = (
        select(chain.c.own, home.segment, home.region)
        .join(home, home.id == chain.c.here)
        .where(home.merged_into_id.is_(None))
    )
    return direct.union_all(led).subquery()


def grouped(by: By, *keys: Any) -> Select[Any]:
    """A statement by these keys and by what `by` means in a deal; not for products."""
    if by is By.REASON:
        newest = and_(DealClosing.deal_id == Deal.id, DealClosing.is_newest)
        return counted(*keys, DealClosing.reason_id).outerjoin(DealClosing, newest)
    return counted(*keys, Deal.client_id if by in (By.SEGMENT, By.REGION) else Deal.owner_id)
