"""Reading the deals of a report as columns, for one reader and in one statement.

Deals that are gone at their source are not counted, as in the other reports.

The database joins the figures of one day to a text, which costs a fraction of what a hundred
thousand rows would; it walks the rows once, so the texts of a day have the same order.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np
from sqlalchemy import BigInteger, ColumnElement, Select, String, case, cast, func, literal, select
from sqlalchemy import type_coerce as as_type
from sqlalchemy.orm import Session

from dossiers.clients.queries import dossier_ids
from dossiers.deals.discounts.figures import LineFigures, figures_of
from dossiers.deals.discounts.measures import Facts, Ints
from dossiers.deals.discounts.models import DiscountGround
from dossiers.deals.kinds import DealKind
from dossiers.deals.models import Deal, DealContact, DealLine, DealOwner, ProductName
from dossiers.deals.queries import visible_deals
from wiki.accounts.actor import Actor

WITHOUT_GROUND = -1
NEVER = -1
"""The month of a deal without a day."""
_PARTS = 10_000


class By(StrEnum):
    """Into what groups the deals of a report are put."""

    MANAGER = "manager"
    CLIENT = "client"
    PRODUCT = "product"
    GROUND = "ground"
    MONTH = "month"


class Buyer(StrEnum):
    """Who the buyer of a pair is."""

    CLIENT = "client"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Of which deals the report is. `mine` are those whose seller is the reader.

    `seller` is a colleague, or below zero a seller whom nobody knows as one.
    """

    kind: DealKind = DealKind.WON
    since: date | None = None
    until: date | None = None
    currency: str | None = None
    seller: int | None = None
    client: int | None = None
    product: int | None = None
    mine: bool = False

    def in_currency(self, currency: str | None) -> "Wanted":
        """The same for the deals in one currency, or in all."""
        return replace(self, currency=currency)


_close = func.coalesce(Deal.closed_on, Deal.planned_on)


def conditions(actor: Actor, wanted: Wanted) -> list[ColumnElement[bool]]:
    """Which deals, sight first."""
    found = [visible_deals(actor), Deal.kind == wanted.kind, Deal.gone_at.is_(None)]
    day = _day(wanted)
    if wanted.since is not None:
        found.append(day >= wanted.since)
    if wanted.until is not None:
        found.append(day <= wanted.until)
    if wanted.currency is not None:
        found.append(Deal.currency == wanted.currency)
    if wanted.mine:
        found.append(Deal.owner_id.in_(sellers_who_are(actor.id)))
    if wanted.seller is not None:
        found.append(_of_seller(wanted.seller))
    if wanted.client is not None:
        found.append(Deal.client_id.in_(dossier_ids(wanted.client)))
    if wanted.product is not None:
        lines = select(DealLine.deal_id).where(DealLine.product_id.in_(names_of(wanted.product)))
        found.append(Deal.id.in_(lines))
    return found


def sellers_who_are(user_id: int) -> Select[int]:
    """The sellers of all sources who are that colleague."""
    return select(DealOwner.id).where(DealOwner.user_id == user_id)


def names_of(product: int) -> Select[int]:
    """The names of a product: those of its page, or below zero the one name without a page."""
    if product < 0:
        return select(ProductName.id).where(ProductName.id == -product)
    return select(ProductName.id).where(ProductName.page_id == product)


def _of_seller(seller: int) -> ColumnElement[bool]:
    if seller == 0:
        return Deal.owner_id.is_(None)
    return Deal.owner_id == -seller if seller < 0 else Deal.owner_id.in_(sellers_who_are(seller))


def facts_of(session: Session, actor: Actor, wanted: Wanted) -> Facts:
    """The deals of the report whose discount is known."""
    return _read(session, actor, wanted, literal(0), [])


def ground_facts(session: Session, actor: Actor, wanted: Wanted, codes: Sequence[str]) -> Facts:
    """The same with the place of its ground in `codes` as the other of a deal, counted from 1.

    Zero is a deal without a ground, below zero one that has none and is outside the policy.
    """
    newest = (DiscountGround.deal_id == Deal.id) & DiscountGround.is_newest.is_(True)
    places = {code: place for place, code in enumerate(codes, 1)}
    other = case(places, value=DiscountGround.ground, else_=0) if places else literal(0)
    facts = _read(session, actor, wanted, other, [(DiscountGround, newest)])
    without = (facts.other == 0) & (facts.outside == 1)
    return replace(facts, other=np.where(without, WITHOUT_GROUND, facts.other))


def product_facts(session: Session, actor: Actor, wanted: Wanted) -> Facts:
    """The same once for each product of a deal; the other is its page, or below zero its name."""
    pairs = select(DealLine.deal_id, DealLine.product_id).distinct().subquery()
    joins = [
        (pairs, pairs.c.deal_id == Deal.id),
        (ProductName, ProductName.id == pairs.c.product_id),
    ]
    other = func.coalesce(ProductName.page_id, -ProductName.id)
    return _read(session, actor, wanted, other, joins)


def contact_facts(session: Session, actor: Actor, wanted: Wanted) -> Facts:
    """The same once for each contact of a deal; the other is who that is, zero for nobody known."""
    join = (DealContact, DealContact.deal_id == Deal.id)
    return _read(session, actor, wanted, DealContact.person_id, [join])


def _read(
    session: Session,
    actor: Actor,
    wanted: Wanted,
    other: Any,
    joins: Sequence[tuple[Any, Any]],
) -> Facts:
    asked = [*conditions(actor, wanted), Deal.discount.is_not(None)]
    rows = session.execute(_statement(wanted, other, joins, asked)).all()
    return _facts(rows, _without_amount(session, wanted, other, joins, asked))


def _statement(
    wanted: Wanted, other: Any, joins: Sequence[tuple[Any, Any]], asked: Sequence[Any]
) -> Select[*tuple[Any, ...]]:
    day, total, amount, discount = (_day(wanted), *map(_parts_of, _FIGURES))
    outside = case((Deal.is_outside_policy.is_(True), 1), else_=0)
    numbers = (*_whose(other), total, amount, discount, outside)
    texts = [func.aggregate_strings(cast(number, String), ",") for number in numbers]
    statement = select(day, func.count(), *texts).select_from(Deal)
    for table, condition in joins:
        statement = statement.outerjoin(table, condition)
    return statement.where(*asked, Deal.amount.is_not(None)).group_by(day)


_FIGURES = (Deal.list_total, Deal.amount, Deal.discount)


def _whose(other: Any) -> tuple[Any, ...]:
    return tuple(func.coalesce(one, 0) for one in (Deal.owner_id, Deal.client_id, other))


def _day(wanted: Wanted) -> Any:
    return Deal.closed_on if wanted.kind is not DealKind.OPEN else _close


def _parts_of(column: Any) -> Any:
    return as_type(column, BigInteger)


def _without_amount(
    session: Session,
    wanted: Wanted,
    other: Any,
    joins: Sequence[tuple[Any, Any]],
    asked: Sequence[Any],
) -> list[list[int]]:
    """The few deals that say no amount: what was given for them are the prices of their lines."""
    total, _amount, discount = map(_parts_of, _FIGURES)
    columns = (Deal.id, _day(wanted), *_whose(other), total, discount, Deal.is_outside_policy)
    statement = select(*columns).select_from(Deal)
    for table, condition in joins:
        statement = statement.outerjoin(table, condition)
    rows = session.execute(statement.where(*asked, Deal.amount.is_(None))).all()
    given = _given(session, asked) if rows else {}
    return [
        [owner, client, third, _month(day), total, given[ident], discount, int(outside)]
        for ident, day, owner, client, third, total, discount, outside in rows
        if ident in given
    ]


def _given(session: Session, asked: Sequence[Any]) -> dict[int, int]:
    """What the prices of the lines make, in ten-thousandths, by deal."""
    here = select(Deal.id).where(*asked, Deal.amount.is_(None))
    wanted = select(DealLine.deal_id, DealLine.price, DealLine.quantity)
    lines: dict[int, list[LineFigures]] = defaultdict(list)
    for deal_id, price, quantity in session.execute(wanted.where(DealLine.deal_id.in_(here))):
        lines[deal_id].append(LineFigures(None, price, quantity))
    given = ((ident, figures_of(some, None, True).given) for ident, some in lines.items())
    return {ident: int(amount * _PARTS) for ident, amount in given if amount is not None}


def _facts(rows: Sequence[Any], others: Sequence[Sequence[int]]) -> Facts:
    owner, client, other, *figures = (_numbers(rows, place) for place in range(2, 9))
    counts = [row[1] for row in rows]
    months = np.repeat(np.array([_month(row[0]) for row in rows], dtype=np.int64), counts)
    columns: list[Ints] = [owner, client, other, months, *figures]
    if others:
        more = np.array(others, dtype=np.int64).T
        columns = [np.concatenate(pair) for pair in zip(columns, more, strict=True)]
    return Facts(*columns)


def _numbers(rows: Sequence[Any], place: int) -> Ints:
    text = ",".join(row[place] for row in rows)
    return np.fromstring(text, dtype=np.int64, sep=",") if text else np.zeros(0, dtype=np.int64)


def _month(day: date | None) -> int:
    return NEVER if day is None else day.year * 12 + day.month - 1
