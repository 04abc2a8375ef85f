"""A promise's row says what its events in force say; written anew after each of them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.interactions.models import Promise, PromiseEvent
from dossiers.interactions.promises.rules import Happened, Standing, standing_of
from wiki.outbox import changed


def events_in_force(session: Session, promise_id: int) -> list[PromiseEvent]:
    """What became of the promise and was not taken back, as it was written down."""
    wanted = select(PromiseEvent).where(
        PromiseEvent.promise_id == promise_id, PromiseEvent.taken_back_in.is_(None)
    )
    # Anew, for what another statement marked as taken back is to be seen.
    anew = wanted.order_by(PromiseEvent.id).execution_options(populate_existing=True)
    return list(session.scalars(anew))


def happened(event: PromiseEvent) -> Happened:
    """The event as plain values."""
    return Happened(event.deed, event.happened_on, event.words, event.due_on, event.user_id)


def settle_promise(session: Session, promise: Promise) -> None:
    """Let the row say what the events say."""
    session.flush()
    events = events_in_force(session, promise.id)
    first = Standing(promise.what, promise.due_on, promise.user_id)
    now = standing_of([happened(event) for event in events], first)
    promise.what, promise.due_on, promise.user_id = now.what, now.due_on, now.user_id
    promise.state, promise.ended_on = now.state, now.ended_on
    session.flush()
    changed(session, "promise", promise.id)
