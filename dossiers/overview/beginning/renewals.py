"""Renewals for the first page of directors: at risk by money, begun too late, to be signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import CTE, ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from dossiers.overview.homes import homes_visible_to
from dossiers.renewals.calendar.colours import is_doubted, is_late
from dossiers.renewals.calendar.queries import day_column
from dossiers.renewals.kinds import OVER, ReviewState
from dossiers.renewals.models import Contract, Review
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.money import sum_parts, whole_sum

SHOWN = 6


class RenewalLine(NamedTuple):
    """A contract in a list of a first page."""

    id: int
    number: str
    value: Decimal | None
    currency: str
    start_by: date | None
    ends_on: date | None
    client_id: int
    client: str
    owner: str | None


@dataclass(frozen=True, slots=True)
class Renewals:
    """The first of them, how many there are, and what they come to by currency."""

    rows: Sequence[RenewalLine]
    count: int
    sums: Sequence[tuple[str, Decimal]]


def at_risk_visible_to(session: Session, actor: Actor) -> Renewals:
    """Renewals that are at risk, by their state or in somebody's opinion; the most money first."""
    return _found(session, actor, is_doubted(), Contract.value.desc().nulls_last())


def late_visible_to(session: Session, actor: Actor, today: date) -> Renewals:
    """Renewals that the calendar calls late, the latest first."""
    return _found(session, actor, is_late(today), day_column)


def _found(
    session: Session, actor: Actor, condition: ColumnElement[bool], order: ColumnElement[Any]
) -> Renewals:
    """Two statements."""
    homes = homes_visible_to(actor)
    running = condition, Contract.archived.is_(False), Contract.state.not_in(OVER)
    wanted = _columns(homes).where(*running).order_by(order, Contract.id).limit(SHOWN)
    high, low = sum_parts(Contract.value)
    summed = select(Contract.currency, func.count(), high, low).where(*running)
    own = summed.join(homes, homes.c.own == Contract.client_id).group_by(Contract.currency)
    sums = [(row[0], row[1], whole_sum(*row[2:])) for row in session.execute(own)]
    worth = [(currency, value) for currency, _count, value in sums if value is not None]
    return Renewals(
        [RenewalLine._make(row) for row in session.execute(wanted)] if sums else (),
        sum(count for _currency, count, _value in sums),
        sorted(worth, key=lambda one: -one[1]),
    )


def _columns(homes: CTE) -> Select[*tuple[Any, ...]]:
    columns = Contract.id, Contract.number, Contract.value, Contract.currency
    days = Contract.start_by, Contract.ends_on
    return (
        select(*columns, *days, homes.c.home, homes.c.name, User.name)
        .join(homes, homes.c.own == Contract.client_id)
        .outerjoin(User, User.id == Contract.owner_id)
    )


class ReviewLine(NamedTuple):
    """A review that waits for its signature."""

    id: int
    client_id: int
    client: str
    opened_at: Any


def reviews_to_sign_visible_to(session: Session, actor: Actor) -> Sequence[ReviewLine]:
    """The open reviews, the oldest first."""
    homes = homes_visible_to(actor)
    wanted = (
        select(Review.id, homes.c.home, homes.c.name, Review.opened_at)
        .join(homes, homes.c.own == Review.client_id)
        .where(Review.state == ReviewState.OPEN)
        .order_by(Review.opened_at)
        .limit(SHOWN)
    )
    return [ReviewLine._make(row) for row in session.execute(wanted)]
