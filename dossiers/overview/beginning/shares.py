"""How much each manager has: clients, whom of them they spoke with, promises, contracts, value."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from dossiers.clients.kinds import State
from dossiers.clients.models import Assignment, Client
from dossiers.facts.asking import Moment, at
from dossiers.facts.present import present_day
from dossiers.interactions.kinds import PromiseState
from dossiers.interactions.models import Interaction, Promise
from dossiers.overview.homes import homes_visible_to, stands_alone
from dossiers.renewals.kinds import OVER
from dossiers.renewals.models import Contract
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.money import sum_parts, whole_sum


@dataclass
class Share:
    """What one manager looks after; `spoken` are clients with a contact lately."""

    user_id: int
    name: str
    clients: int = 0
    spoken: int = 0
    promises: int = 0
    overdue: int = 0
    contracts: int = 0
    value: dict[str, Decimal] = field(default_factory=dict)

    @property
    def coverage(self) -> int:
        """The part of the clients that were spoken with, in percent."""
        return round(100 * self.spoken / self.clients) if self.clients else 0


def shares_visible_to(
    session: Session, actor: Actor, today: date, since: datetime
) -> Sequence[Share]:
    """All who look after clients that the reader may see, those with most first; four statements.

    A client counts for everybody who has a duty for it.
    """
    names = {row.id: row.name for row in session.execute(select(User.id, User.name))}
    found: dict[int, Share] = {}

    def share(user_id: int) -> Share:
        return found.setdefault(user_id, Share(user_id, names.get(user_id, "")))

    for user_id, clients, spoken in session.execute(_clients(actor, since)):
        share(user_id).clients, share(user_id).spoken = clients, spoken
    for user_id, promises, overdue in session.execute(_promises(actor, today)):
        share(user_id).promises, share(user_id).overdue = promises, overdue
    for user_id, currency, count, high, low in session.execute(_contracts(actor)):
        share(user_id).contracts += count
        worth = whole_sum(high, low)
        if worth is not None:
            share(user_id).value[currency] = worth
    return sorted(found.values(), key=lambda one: (-one.clients, -one.contracts, one.name))


def totals_of(shares: Sequence[Share]) -> dict[str, Decimal]:
    """Currency → the value of all contracts, to see each share of it."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for one in shares:
        for currency, worth in one.value.items():
            found[currency] += worth
    return dict(found)


def _clients(actor: Actor, since: datetime) -> Select[*tuple[Any, ...]]:
    homes = homes_visible_to(actor)
    spoken = (
        select(homes.c.home.label("home"))
        .join(Interaction, Interaction.client_id == homes.c.own)
        .where(Interaction.taken_back_in.is_(None), Interaction.happened_at >= since)
        .distinct()
        .subquery()
    )
    return (
        select(
            Assignment.user_id,
            func.count(Client.id.distinct()),
            func.count(spoken.c.home.distinct()),
        )
        .join(Client, Client.id == Assignment.client_id)
        .outerjoin(spoken, spoken.c.home == Client.id)
        .where(at(Assignment, Moment(present_day())), Client.audience.in_(actor.audiences))
        .where(stands_alone(), Client.state != State.ARCHIVED)
        .group_by(Assignment.user_id)
    )


def _promises(actor: Actor, today: date) -> Select[*tuple[Any, ...]]:
    homes = homes_visible_to(actor)
    overdue = case((Promise.due_on < today, 1), else_=0)
    return (
        select(Promise.user_id, func.count(), func.sum(overdue))
        .join(homes, homes.c.own == Promise.client_id)
        .where(Promise.state == PromiseState.OPEN, Promise.by_us)
        .group_by(Promise.user_id)
    )


def _contracts(actor: Actor) -> Select[*tuple[Any, ...]]:
    homes = homes_visible_to(actor)
    high, low = sum_parts(Contract.value)
    return (
        select(Contract.owner_id, Contract.currency, func.count(), high, low)
        .join(homes, homes.c.own == Contract.client_id)
        .where(Contract.archived.is_(False), Contract.state.not_in(OVER))
        .where(Contract.owner_id.is_not(None))
        .group_by(Contract.owner_id, Contract.currency)
    )
