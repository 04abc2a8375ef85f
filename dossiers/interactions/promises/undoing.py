"""Taking deeds with promises back, and doing them again, as any other deed of a dossier."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from dossiers.approvals.paths.belonging import check_belongs
from dossiers.facts.models import Change
from dossiers.interactions.kinds import PromiseDeed
from dossiers.interactions.models import Promise, PromiseEvent
from dossiers.interactions.promises.services import (
    ENDED,
    HANDED,
    MADE,
    MOVED,
    REOPENED,
    REWORDED,
)
from dossiers.interactions.promises.settling import events_in_force, settle_promise
from dossiers.people.editing.aftermath import follow, is_in_force
from wiki.accounts.actor import Actor
from wiki.errors import Clash


def init() -> None:
    """Let every deed with a promise be taken back."""
    for action in (MADE, ENDED, MOVED, HANDED, REOPENED, REWORDED):
        follow(action, _turned)


def _turned(session: Session, _actor: Actor, first: Change, undo: Change) -> None:
    """The event of the deed is taken back, or holds again; the promise says what the rest says."""
    of_deed = select(PromiseEvent.promise_id).where(PromiseEvent.change_id == first.id)
    promise = session.scalars(select(Promise).where(Promise.id.in_(of_deed))).one()
    check_belongs(session, undo.client_id, promise.client_id)
    holds = is_in_force(session, undo)
    if not holds:
        _check_nothing_after(session, promise, first)
    session.execute(
        update(PromiseEvent)
        .where(PromiseEvent.change_id == first.id)
        .values(taken_back_in=None if holds else undo.id)
    )
    settle_promise(session, promise)


def _check_nothing_after(session: Session, promise: Promise, first: Change) -> None:
    events = events_in_force(session, promise.id)
    made = [event for event in events if event.change_id == first.id]
    if made and made[0].deed is PromiseDeed.MADE and len(events) > 1:
        raise Clash(
            "Something became of this promise since, so it cannot be taken back by itself. Nothing "
            "was changed. Take back first what became of it."
        )
