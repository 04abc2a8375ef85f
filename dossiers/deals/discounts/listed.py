"""Deals with their discounts and grounds, in pages: behind a figure, and those without one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from dossiers.deals.discounts.columns import Wanted, conditions
from dossiers.deals.discounts.models import DiscountGround
from dossiers.deals.homes import Home, homes_of
from dossiers.deals.kinds import DealKind
from dossiers.deals.models import Deal, DealContact, DealOwner
from dossiers.deals.queries import visible_deals
from wiki.accounts.actor import Actor
from wiki.accounts.models import User

PAGE = 50


class State(StrEnum):
    """Which deals of the list: of those outside the policy, those to which something is lacking."""

    WITHOUT = "without"
    UNAPPROVED = "unapproved"
    OUTSIDE = "outside"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class ListWanted:
    """The deals of a report, of every kind when `kind` is not said, and which of them."""

    deals: Wanted
    state: State = State.WITHOUT
    any_kind: bool = True
    ground: str = ""
    contact: int | None = None


class DiscountLine(NamedTuple):
    """A deal in the list."""

    id: int
    external_id: str
    title: str
    kind: DealKind | None
    amount: Decimal | None
    currency: str
    list_total: Decimal | None
    discount: Decimal | None
    allowed: Decimal | None
    is_outside_policy: bool
    closed_on: date | None
    client_id: int | None
    seller: str | None
    ground: str | None
    asked_by: str | None
    approved_by: str | None
    home: Home | None = None

    @property
    def name(self) -> str:
        """What it is called: its title, or its number there."""
        return self.title or self.external_id


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of the list, which one it is of how many, and how many deals there are."""

    rows: Sequence[DiscountLine]
    number: int
    count: int
    total: int


def list_visible_to(session: Session, actor: Actor, wanted: ListWanted, number: int) -> ListPage:
    """A page of the list, the largest discounts first, in three statements."""
    asked = _conditions(actor, wanted)
    base = select(func.count()).select_from(Deal).outerjoin(DiscountGround, _newest())
    total = session.scalar(base.where(*asked)) or 0
    count = max(1, -(-total // PAGE))
    number = min(max(1, number), count)
    statement = (
        select(*_columns())
        .select_from(Deal)
        .outerjoin(DiscountGround, _newest())
        .outerjoin(DealOwner, DealOwner.id == Deal.owner_id)
        .outerjoin(User, User.id == DiscountGround.approved_by_id)
        .where(*asked)
        .order_by(Deal.discount.desc().nulls_last(), Deal.id.desc())
    )
    found = session.execute(statement.limit(PAGE).offset((number - 1) * PAGE)).all()
    rows = [DiscountLine(*row) for row in found]
    homes = homes_of(session, (row.client_id for row in rows))
    shown = [row._replace(home=homes.get(row.client_id or 0)) for row in rows]
    return ListPage(shown, number, count, total)


def _columns() -> tuple[Any, ...]:
    return (
        Deal.id, Deal.external_id, Deal.title, Deal.kind, Deal.amount, Deal.currency,
        Deal.list_total, Deal.discount, Deal.allowed, Deal.is_outside_policy, Deal.closed_on,
        Deal.client_id, DealOwner.name, DiscountGround.ground, DiscountGround.asked_by, User.name,
    )  # fmt: skip


def _newest() -> ColumnElement[bool]:
    return and_(DiscountGround.deal_id == Deal.id, DiscountGround.is_newest.is_(True))


def _conditions(actor: Actor, wanted: ListWanted) -> list[ColumnElement[bool]]:
    found = conditions(actor, wanted.deals)
    if wanted.any_kind:
        found = [visible_deals(actor), *found[2:]]
    found += _state(wanted.state)
    if wanted.ground:
        found.append(DiscountGround.ground == wanted.ground)
    if wanted.contact is not None:
        named = DealContact.person_id == wanted.contact
        found.append(exists().where(DealContact.deal_id == Deal.id, named))
    return found


def _state(state: State) -> list[ColumnElement[bool]]:
    outside = Deal.is_outside_policy.is_(True)
    match state:
        case State.WITHOUT:
            return [outside, DiscountGround.id.is_(None)]
        case State.UNAPPROVED:
            return [outside, DiscountGround.approved_by_id.is_(None)]
        case State.OUTSIDE:
            return [outside]
    return [or_(Deal.discount.is_not(None), DiscountGround.id.is_not(None))]
