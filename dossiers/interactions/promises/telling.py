"""Deeds with promises that a colleague hears of at once, by a letter in the same transaction.

For the doors at which one person does one deed; what a file brings in goes by the services.
"""

from datetime import date

from sqlalchemy.orm import Session

from dossiers.clients.queries import locked_client
from dossiers.facts.models import Change
from dossiers.interactions.models import Promise
from dossiers.interactions.promises.letters import News, Telling, tell_holder
from dossiers.interactions.promises.queries import promise_in
from dossiers.interactions.promises.services import Wish, hand_promise, make_promise, move_promise
from wiki.accounts.actor import Actor


def make_and_tell(session: Session, actor: Actor, client_id: int, wish: Wish, base: str) -> Promise:
    """`make_promise`; a colleague who is to look after it hears of it."""
    promise = make_promise(session, actor, client_id, wish)
    tell_holder(session, actor, promise.id, Telling(News.GIVEN, base))
    return promise


def hand_and_tell(
    session: Session, actor: Actor, client_id: int, promise_id: int, to: int, why: str, base: str
) -> Change:
    """`hand_promise`; the colleague hears of it, once also when it is sent twice."""
    before = _locked(session, actor, client_id, promise_id).user_id
    change = hand_promise(session, actor, client_id, promise_id, to, why)
    if before != to:
        tell_holder(session, actor, promise_id, Telling(News.GIVEN, base, why))
    return change


def move_and_tell(
    session: Session,
    actor: Actor,
    client_id: int,
    promise_id: int,
    due_on: date,
    why: str,
    base: str,
) -> Change:
    """`move_promise`; the colleague who looks after it hears of it when another moved it."""
    before = _locked(session, actor, client_id, promise_id).due_on
    change = move_promise(session, actor, client_id, promise_id, due_on, why)
    if before != due_on:
        tell_holder(session, actor, promise_id, Telling(News.MOVED, base, why))
    return change


def _locked(session: Session, actor: Actor, client_id: int, promise_id: int) -> Promise:
    """Read under the lock: of two who send the same, the second sees what the first did."""
    return promise_in(session, locked_client(session, actor, client_id).id, promise_id)
