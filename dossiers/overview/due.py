"""What is due, from every package that keeps a date: one list, the most urgent first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, exists, select
from sqlalchemy.orm import Session, aliased

from dossiers.deals.kinds import DealKind
from dossiers.deals.models import Deal
from dossiers.interactions.kinds import PromiseState
from dossiers.interactions.models import Interaction, Promise
from dossiers.renewals.calendar.colours import NOT_BEGUN
from dossiers.renewals.kinds import OVER, FollowUpState, RenewalState, ReviewState
from dossiers.renewals.models import Contract, FollowUp, Review
from dossiers.renewals.reviews.queries import given

_MOST = 30


class DueKind(StrEnum):
    """What is to be done by the day."""

    START = "start"
    NOTICE = "notice"
    END = "end"
    OURS = "ours"
    THEIRS = "theirs"
    SPEAK = "speak"
    FOLLOW_UP = "follow_up"
    DEAL = "deal"


@dataclass(frozen=True, slots=True)
class Due:
    """Something due on a day; `what` are somebody's own words, such as a promise or a number."""

    day: date
    kind: DueKind
    what: str
    client_id: int
    client: str
    address: str


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose dates: of the dossiers in `homes`, up to a day; of one colleague when named."""

    homes: CTE
    until: date
    user_id: int | None = None


def due_within(session: Session, reach: Reach, deals: bool = False) -> list[Due]:
    """All that is due up to the day, the earliest first; six statements, seven with deals."""
    found = [
        *_contract_days(session, reach, DueKind.START, Contract.start_by),
        *_contract_days(session, reach, DueKind.NOTICE, Contract.notice_by),
        *_contract_days(session, reach, DueKind.END, Contract.ends_on),
        *_promises(session, reach),
        *_talks(session, reach),
        *_follow_ups(session, reach),
        *(_deals(session, reach) if deals else ()),
    ]
    return sorted(found, key=lambda one: (one.day, one.kind))


def _contract_days(session: Session, reach: Reach, kind: DueKind, column: Any) -> list[Due]:
    """A day of the contracts whose renewal is not over; the start only while nobody has begun."""
    homes = reach.homes
    states = NOT_BEGUN if kind is DueKind.START else _under_way()
    wanted = (
        select(column, Contract.number, homes.c.home, homes.c.name, Contract.id)
        .join(homes, homes.c.own == Contract.client_id)
        .where(Contract.state.in_(states), Contract.archived.is_(False), column <= reach.until)
    )
    if reach.user_id is not None:
        wanted = wanted.where(Contract.owner_id == reach.user_id)
    rows = session.execute(wanted.order_by(column).limit(_MOST))
    return [_due(kind, row, f"/contracts/{row.id}") for row in rows]


def _under_way() -> Sequence[RenewalState]:
    return [state for state in RenewalState if state not in OVER]


def _promises(session: Session, reach: Reach) -> list[Due]:
    wanted = _of(reach, Promise, Promise.due_on, Promise.what).add_columns(Promise.by_us)
    wanted = wanted.where(Promise.state == PromiseState.OPEN)
    if reach.user_id is not None:
        wanted = wanted.where(Promise.user_id == reach.user_id)
    rows = session.execute(wanted.order_by(Promise.due_on).limit(_MOST))
    return [
        _due(DueKind.OURS if row.by_us else DueKind.THEIRS, row, f"/promises/{row.id}")
        for row in rows
    ]


def _talks(session: Session, reach: Reach) -> list[Due]:
    """Days on which one wanted to speak again, unless one has spoken on or after that day."""
    wanted = _of(reach, Interaction, Interaction.next_on, Interaction.summary)
    wanted = wanted.where(Interaction.taken_back_in.is_(None), ~_spoken_since())
    if reach.user_id is not None:
        wanted = wanted.where(Interaction.created_by == reach.user_id)
    rows = session.execute(wanted.order_by(Interaction.next_on).limit(_MOST))
    return [_due(DueKind.SPEAK, row, f"/contacts/{row.id}") for row in rows]


def _spoken_since() -> ColumnElement[bool]:
    later = aliased(Interaction)
    return exists().where(
        later.client_id == Interaction.client_id,
        later.taken_back_in.is_(None),
        later.id != Interaction.id,
        later.happened_at >= Interaction.next_on,
    )


def _follow_ups(session: Session, reach: Reach) -> list[Due]:
    """Of signed reviews only: until then a director may still change them."""
    wanted = _of(reach, FollowUp, FollowUp.due_on, FollowUp.what)
    wanted = wanted.join(Review, Review.id == FollowUp.review_id)
    wanted = wanted.where(FollowUp.state == FollowUpState.OPEN, given())
    wanted = wanted.where(Review.state == ReviewState.SIGNED)
    if reach.user_id is not None:
        wanted = wanted.where(FollowUp.user_id == reach.user_id)
    rows = session.execute(wanted.order_by(FollowUp.due_on).limit(_MOST))
    return [_due(DueKind.FOLLOW_UP, row, "/follow-ups") for row in rows]


def _deals(session: Session, reach: Reach) -> list[Due]:
    wanted = _of(reach, Deal, Deal.planned_on, Deal.title)
    wanted = wanted.where(Deal.kind == DealKind.OPEN, Deal.gone_at.is_(None))
    rows = session.execute(wanted.order_by(Deal.planned_on).limit(_MOST))
    return [_due(DueKind.DEAL, row, f"/deals/{row.id}") for row in rows]


def _of(reach: Reach, table: Any, day: Any, what: Any) -> Select[*tuple[Any, ...]]:
    homes = reach.homes
    return (
        select(day, what, homes.c.home, homes.c.name, table.id)
        .join(homes, homes.c.own == table.client_id)
        .where(day <= reach.until)
    )


def _due(kind: DueKind, row: Any, address: str) -> Due:
    return Due(row[0], kind, row[1], row.home, row.name, address)
