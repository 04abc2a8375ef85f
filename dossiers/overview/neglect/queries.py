"""Clients without a contact for long and without a next date, with their open deals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import CTE, ColumnElement, case, exists, func, or_, select
from sqlalchemy.orm import Session

from dossiers.clients.kinds import State
from dossiers.clients.models import Client
from dossiers.deals.kinds import DealKind
from dossiers.deals.models import Deal
from dossiers.interactions.kinds import PromiseState
from dossiers.interactions.models import Interaction, Promise
from dossiers.overview.homes import homes_visible_to
from wiki.accounts.actor import Actor

MOST = 300


@dataclass(frozen=True, slots=True)
class Neglected:
    """A client nobody has spoken with since `last` (`None`: never), and how many open deals."""

    client_id: int
    client: str
    last: datetime | None
    deals: int


def neglected_visible_to(
    session: Session, actor: Actor, mine: bool, today: date, since: datetime
) -> Sequence[Neglected]:
    """Those longest without a contact first, at most `MOST`, in one statement.

    Former clients and those that are newer than `since` are left out. A day on which one wants to
    speak again and a promise that is not yet due are next dates.
    """
    homes = homes_visible_to(actor, mine=mine)
    talks, deals = _talks(homes, today), _deals(homes)
    wanted = (
        select(Client.id, Client.name, talks.c.last, func.coalesce(deals.c.deals, 0))
        .join(homes, (homes.c.own == Client.id) & (homes.c.home == Client.id))
        .outerjoin(talks, talks.c.home == Client.id)
        .outerjoin(deals, deals.c.home == Client.id)
        .where(Client.state.not_in((State.ARCHIVED, State.FORMER)), Client.created_at < since)
        .where(or_(talks.c.last.is_(None), talks.c.last < since))
        .where(func.coalesce(talks.c.ahead, 0) == 0, ~_promised(homes, today))
        .order_by(talks.c.last.is_not(None), talks.c.last, Client.id)
        .limit(MOST)
    )
    return [Neglected(*row) for row in session.execute(wanted)]


def _talks(homes: CTE, today: date) -> CTE:
    ahead = case((Interaction.next_on >= today, 1), else_=0)
    last = func.max(Interaction.happened_at).label("last")
    return (
        select(homes.c.home, last, func.max(ahead).label("ahead"))
        .join(Interaction, Interaction.client_id == homes.c.own)
        .where(Interaction.taken_back_in.is_(None))
        .group_by(homes.c.home)
        .cte("talks")
    )


def _deals(homes: CTE) -> CTE:
    return (
        select(homes.c.home, func.count().label("deals"))
        .join(Deal, Deal.client_id == homes.c.own)
        .where(Deal.kind == DealKind.OPEN, Deal.gone_at.is_(None))
        .group_by(homes.c.home)
        .cte("open_deals")
    )


def _promised(homes: CTE, today: date) -> ColumnElement[bool]:
    other = homes.alias("promised")
    return exists().where(
        other.c.home == Client.id,
        Promise.client_id == other.c.own,
        Promise.state == PromiseState.OPEN,
        Promise.due_on >= today,
    )
