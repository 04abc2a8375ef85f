"""Renewals for the first page of directors: at risk by money, begun too late, to be signed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from dossiers.overview.due import ENDED, NOT_BEGUN
from dossiers.overview.homes import homes_visible_to
from dossiers.renewals.kinds import RenewalState, ReviewState, Verdict
from dossiers.renewals.models import Contract, Opinion, Review
from wiki.accounts.actor import Actor
from wiki.accounts.models import User

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
    """The largest of them, how many there are, and what they come to by currency."""

    rows: Sequence[RenewalLine]
    count: int
    sums: Sequence[tuple[str, Decimal]]


def at_risk_visible_to(session: Session, actor: Actor) -> Renewals:
    """Renewals that are at risk, by their state or in somebody's newest opinion; one statement."""
    doubted = select(Opinion.contract_id).where(
        Opinion.is_newest, Opinion.verdict.in_((Verdict.AT_RISK, Verdict.LOST))
    )
    risk = or_(Contract.state == RenewalState.AT_RISK, Contract.id.in_(doubted))
    rows = _lines(session, actor, risk)
    return _summed(sorted(rows, key=lambda one: -(one.value or Decimal(0))))


def late_visible_to(session: Session, actor: Actor, today: date) -> Renewals:
    """Renewals that should have begun inside the client and have not; one statement."""
    late = Contract.start_by < today, Contract.state.in_(NOT_BEGUN)
    return _summed(_lines(session, actor, *late))


def _lines(
    session: Session, actor: Actor, *conditions: ColumnElement[bool]
) -> list[RenewalLine]:  # fmt: skip
    wanted = _open_contracts(actor).where(*conditions).order_by(Contract.start_by, Contract.id)
    return [RenewalLine._make(row) for row in session.execute(wanted)]


def _open_contracts(actor: Actor) -> Select[*tuple[Any, ...]]:
    homes = homes_visible_to(actor)
    columns = Contract.id, Contract.number, Contract.value, Contract.currency
    days = Contract.start_by, Contract.ends_on
    return (
        select(*columns, *days, homes.c.home, homes.c.name, User.name)
        .join(homes, homes.c.own == Contract.client_id)
        .outerjoin(User, User.id == Contract.owner_id)
        .where(Contract.archived.is_(False), Contract.state.not_in(ENDED))
    )


def _summed(rows: Sequence[RenewalLine]) -> Renewals:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        if row.value is not None:
            sums[row.currency] += row.value
    return Renewals(rows[:SHOWN], len(rows), sorted(sums.items(), key=lambda one: -one[1]))


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
