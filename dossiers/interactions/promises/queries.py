"""Reading promises: of a dossier now, of a dossier as it was, and those that are due.

Promises of a client that was merged into another stand in the other's dossier. What was taken
back is in no answer, unless asked for.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from dossiers.clients.queries import dossier_ids
from dossiers.facts.models import Change
from dossiers.interactions.kinds import PromiseState
from dossiers.interactions.models import Promise, PromiseEvent
from dossiers.interactions.promises.listing import PromiseLine, due_count, due_visible_to
from dossiers.interactions.promises.rules import Standing, standing_of
from dossiers.interactions.promises.settling import happened
from wiki.accounts.models import User
from wiki.errors import Missing

__all__ = [
    "PromiseLine",
    "PromiseThen",
    "due_count",
    "due_visible_to",
    "events_of",
    "promise_in",
    "promises_at",
    "promises_of",
]


def promises_of(
    session: Session, client_id: int, state: PromiseState | None = None
) -> Sequence[Promise]:
    """The promises of a dossier, the first due first; of one state, or all but those taken back."""
    wanted = select(Promise).where(Promise.client_id.in_(dossier_ids(client_id)))
    if state is None:
        wanted = wanted.where(Promise.state != PromiseState.TAKEN_BACK)
    else:
        wanted = wanted.where(Promise.state == state)
    return session.scalars(wanted.order_by(Promise.due_on, Promise.id)).all()


def promise_in(session: Session, client_id: int, promise_id: int) -> Promise:
    """A promise of the client's dossier, also one taken back. Raises `Missing`."""
    wanted = select(Promise).where(
        Promise.id == promise_id, Promise.client_id.in_(dossier_ids(client_id))
    )
    anew = wanted.execution_options(populate_existing=True)
    promise = session.scalar(anew)
    if promise is None:
        raise Missing()
    return promise


@dataclass(frozen=True, slots=True)
class PromiseThen:
    """A promise as it stood at some moment; `said` is the result or the reason of its end."""

    id: int
    by_us: bool
    what: str
    due_on: date
    user_id: int
    person_id: int | None
    interaction_id: int | None
    state: PromiseState
    made_on: date
    ended_on: date | None
    said: str


def promises_at(session: Session, client_id: int, moment: datetime) -> list[PromiseThen]:
    """The promises of a dossier as one knew them at that moment, the first made first.

    From their events, in two statements; what had been taken back by then is left out.
    """
    wanted = (
        select(Promise, PromiseEvent)
        .join(PromiseEvent, PromiseEvent.promise_id == Promise.id)
        .where(Promise.client_id.in_(dossier_ids(client_id)))
        .where(PromiseEvent.recorded_at <= moment)
        .order_by(PromiseEvent.promise_id, PromiseEvent.id)
    )
    found: dict[int, tuple[Promise, list[PromiseEvent]]] = {}
    for promise, event in session.execute(wanted):
        found.setdefault(promise.id, (promise, []))[1].append(event)
    undone = _undone_at(session, client_id, moment)
    then = [_then(p, [e for e in es if e.change_id not in undone]) for p, es in found.values()]
    return [one for one in then if one.state is not PromiseState.TAKEN_BACK]


def _undone_at(session: Session, client_id: int, moment: datetime) -> Collection[int]:
    """The changes of a dossier that had been taken back at that moment, and not done again."""
    wanted = select(Change.undoes_id, Change.id).where(
        Change.client_id.in_(dossier_ids(client_id)),
        Change.undoes_id.is_not(None),
        Change.at <= moment,
    )
    by_undone = {undone: ident for undone, ident in session.execute(wanted) if undone}
    return {first for first in by_undone if _is_undone(by_undone, first)}


def _is_undone(by_undone: Mapping[int, int], change_id: int) -> bool:
    times, at = 0, by_undone.get(change_id)
    while at is not None:
        times, at = times + 1, by_undone.get(at)
    return times % 2 == 1


def _then(promise: Promise, events: Sequence[PromiseEvent]) -> PromiseThen:
    first = Standing(promise.what, promise.due_on, promise.user_id)
    now = standing_of([happened(event) for event in events], first)
    return PromiseThen(
        promise.id,
        promise.by_us,
        now.what,
        now.due_on,
        now.user_id,
        promise.person_id,
        promise.interaction_id,
        now.state,
        promise.made_on,
        now.ended_on,
        now.said,
    )


def events_of(
    session: Session, promise_id: int
) -> list[tuple[PromiseEvent, str | None, str | None]]:
    """What became of a promise, as it was written down: who wrote it, and to whom it went."""
    author, holder = aliased(User), aliased(User)
    wanted = (
        select(PromiseEvent, author.name, holder.name)
        .outerjoin(author, author.id == PromiseEvent.recorded_by)
        .outerjoin(holder, holder.id == PromiseEvent.user_id)
        .where(PromiseEvent.promise_id == promise_id)
        .order_by(PromiseEvent.id)
    )
    return [(event, by, to) for event, by, to in session.execute(wanted)]
