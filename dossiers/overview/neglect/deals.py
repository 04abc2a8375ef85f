"""Open deals of which nobody has spoken for long, although one speaks with their client."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import CTE, ColumnElement, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from dossiers.deals.kinds import DealKind
from dossiers.deals.models import Deal, DealOwner
from dossiers.interactions.kinds import PromiseState, TopicKind
from dossiers.interactions.models import Interaction, Promise, Topic
from dossiers.overview.homes import homes_visible_to, looked_after
from dossiers.overview.neglect.queries import MOST
from wiki.accounts.actor import Actor


@dataclass(frozen=True, slots=True)
class NeglectedDeal:
    """An open deal in the dossier of that client."""

    deal_id: int
    deal: str
    client_id: int
    client: str


def neglected_deals_visible_to(
    session: Session, actor: Actor, mine: bool, today: date, since: datetime
) -> Sequence[NeglectedDeal]:
    """Those known longest first, at most `MOST`, in one statement; not those newer than `since`.

    A contact is about every deal of its client, unless it says that it was about others. With
    `mine` they are deals of which the reader is the seller, or whose client the reader looks after.
    """
    homes = homes_visible_to(actor)
    wanted = (
        select(Deal.id, Deal.title, homes.c.home, homes.c.name)
        .join(homes, homes.c.own == Deal.client_id)
        .where(Deal.kind == DealKind.OPEN, Deal.gone_at.is_(None), Deal.first_seen_at < since)
        .where(~_spoken_of(homes, today, since), ~_promised(homes, today))
        .order_by(Deal.first_seen_at, Deal.id)
        .limit(MOST)
    )
    if mine:
        wanted = wanted.where(_is_of(actor, homes))
    return [NeglectedDeal(*row) for row in session.execute(wanted)]


def _spoken_of(homes: CTE, today: date, since: datetime) -> ColumnElement[bool]:
    """Since that moment, or one wants to speak again on a day to come."""
    other = homes.alias("spoken_homes")
    return exists().where(
        other.c.home == homes.c.home,
        Interaction.client_id == other.c.own,
        Interaction.taken_back_in.is_(None),
        or_(Interaction.happened_at >= since, Interaction.next_on >= today),
        _is_about(Interaction.id),
    )


def _promised(homes: CTE, today: date) -> ColumnElement[bool]:
    other = homes.alias("promise_homes")
    return exists().where(
        other.c.home == homes.c.home,
        Promise.client_id == other.c.own,
        Promise.state == PromiseState.OPEN,
        Promise.due_on >= today,
        or_(Promise.interaction_id.is_(None), _is_about(Promise.interaction_id)),
    )


def _is_about(interaction: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    """The contact names this deal, or no deal."""
    named, other = aliased(Topic), aliased(Topic)
    own = exists().where(
        named.interaction_id == interaction, named.kind == TopicKind.DEAL, named.ref == Deal.id
    )
    others = exists().where(other.interaction_id == interaction, other.kind == TopicKind.DEAL)
    return or_(~others.correlate_except(other), own.correlate_except(named))


def _is_of(actor: Actor, homes: CTE) -> ColumnElement[bool]:
    sold = exists().where(DealOwner.id == Deal.owner_id, DealOwner.user_id == actor.id)
    after = homes.c.home.in_(looked_after(actor.id))
    return or_(sold, after)
