"""Writing promises: giving one, keeping or breaking it, moving it, handing it to a colleague.

Every deed locks the client's row and adds an event; nothing that became of a promise is changed.
"""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.approvals.runs.evidence import check_acting
from dossiers.clients.deeds import begin_deed
from dossiers.clients.models import Client
from dossiers.clients.queries import dossier_ids, locked_client
from dossiers.facts.models import Change
from dossiers.interactions.kinds import PromiseDeed, PromiseState
from dossiers.interactions.models import Interaction, Promise, PromiseEvent
from dossiers.interactions.promises.holders import holder_named
from dossiers.interactions.promises.queries import promise_in
from dossiers.interactions.promises.rules import (
    check_due,
    check_ended,
    check_happened,
    check_made,
    check_open,
    said_of,
    what_of,
    why_of,
)
from dossiers.interactions.promises.settling import events_in_force, settle_promise
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.errors import Missing

MADE = "make promise"
ENDED = "end promise"
MOVED = "move promise"
HANDED = "hand promise"
REOPENED = "reopen promise"
REWORDED = "reword promise"


@dataclass(frozen=True, slots=True)
class Wish:
    """A promise to be written down: by us or by them, what, until when.

    `user_id` is the colleague who keeps it, or who looks after one of theirs; the author when
    `None`. `made_on` is, when `None`, the day of the contact in which it was given, else today.
    """

    by_us: bool
    what: str
    due_on: date
    user_id: int | None = None
    person_id: int | None = None
    interaction_id: int | None = None
    made_on: date | None = None


@dataclass(frozen=True, slots=True)
class _Event:
    deed: PromiseDeed
    on: date
    words: str = ""
    due_on: date | None = None
    user_id: int | None = None


def make_promise(session: Session, actor: Actor, client_id: int, wish: Wish) -> Promise:
    """Write down a promise, as a deed of its own.

    Raises `Missing` for a person or contact that is not of the dossier, `Forbidden`, and `Refusal`
    for empty or too long words, a day before it was given, a colleague who cannot look after it.
    """
    client = locked_client(session, actor, client_id)
    what, made_on = what_of(wish.what), _made_on(session, actor, client, wish)
    check_made(made_on, clock.today(actor.time_zone))
    check_due(wish.due_on, made_on)
    user_id = wish.user_id or actor.id
    holder_named(session, client, user_id)
    check_acting(session, client.id, None, wish.person_id)
    promise = _row(actor, client, wish, what, user_id, made_on)
    session.add(promise)
    session.flush()
    event = _Event(PromiseDeed.MADE, made_on, what, wish.due_on, user_id)
    _write(session, actor, client, promise, MADE, event)
    return promise


def _made_on(session: Session, actor: Actor, client: Client, wish: Wish) -> date:
    """The day on which it was given; the contact must be of the dossier."""
    today = clock.today(actor.time_zone)
    if wish.interaction_id is None:
        return wish.made_on or today
    wanted = select(Interaction.happened_at).where(
        Interaction.id == wish.interaction_id, Interaction.client_id.in_(dossier_ids(client.id))
    )
    moment = session.scalar(wanted)
    if moment is None:
        raise Missing("There is no such contact in this dossier. Nothing was changed.")
    return wish.made_on or min(moment.astimezone(ZoneInfo(actor.time_zone)).date(), today)


def _row(
    actor: Actor, client: Client, wish: Wish, what: str, user_id: int, made_on: date
) -> Promise:
    return Promise(
        client_id=client.id,
        interaction_id=wish.interaction_id,
        by_us=wish.by_us,
        user_id=user_id,
        person_id=wish.person_id,
        what=what,
        due_on=wish.due_on,
        state=PromiseState.OPEN,
        made_on=made_on,
        created_at=clock.now(),
        created_by=actor.id,
    )


def end_promise(
    session: Session,
    actor: Actor,
    client_id: int,
    promise_id: int,
    kept: bool = True,
    result: str = "",
    on: date | None = None,
) -> Change:
    """The promise was kept, with its result, or broken, which asks for the reason.

    The same sent twice by the same person is done once. Raises `Clash` when it has ended before,
    `Refusal` for a day to come or before it was given.
    """
    client, promise = _opened(session, actor, client_id, promise_id)
    today = clock.today(actor.time_zone)
    on, words = on or today, said_of(result) if kept else why_of(result)
    deed = PromiseDeed.DONE if kept else PromiseDeed.BROKEN
    if (same := _sent_before(session, actor, promise, deed, words)) is not None:
        return same
    check_open(promise.state)
    check_happened(on, promise.made_on, today)
    event = _Event(deed, on, words)
    return _write(session, actor, client, promise, ENDED, event, kept=kept, said=words)


def move_promise(
    session: Session, actor: Actor, client_id: int, promise_id: int, due_on: date, why: str
) -> Change:
    """The promise is due on another day, for a reason. Raises `Clash`, `Refusal`."""
    client, promise = _opened(session, actor, client_id, promise_id)
    words = why_of(why)
    if promise.due_on == due_on:
        same = _sent_before(session, actor, promise, PromiseDeed.MOVED, words)
        if same is not None:
            return same
    check_open(promise.state)
    check_due(due_on, promise.made_on)
    event = _Event(PromiseDeed.MOVED, clock.today(actor.time_zone), words, due_on)
    days = {"was": promise.due_on.isoformat(), "to": due_on.isoformat()}
    return _write(session, actor, client, promise, MOVED, event, said=words, **days)


def hand_promise(
    session: Session, actor: Actor, client_id: int, promise_id: int, user_id: int, why: str = ""
) -> Change:
    """Another colleague keeps the promise, or looks after one of theirs.

    Raises `Clash` when it has ended, `Refusal` for a colleague who cannot work in the dossier.
    """
    client, promise = _opened(session, actor, client_id, promise_id)
    words, name = said_of(why), holder_named(session, client, user_id)
    if promise.user_id == user_id:
        same = _sent_before(session, actor, promise, PromiseDeed.HANDED, words)
        if same is not None:
            return same
    check_open(promise.state)
    event = _Event(PromiseDeed.HANDED, clock.today(actor.time_zone), words, user_id=user_id)
    return _write(session, actor, client, promise, HANDED, event, colleague=name, said=words)


def reopen_promise(
    session: Session, actor: Actor, client_id: int, promise_id: int, why: str
) -> Change:
    """The promise had not ended after all. Raises `Clash` when it is open."""
    client, promise = _opened(session, actor, client_id, promise_id)
    words = why_of(why)
    check_ended(promise.state)
    event = _Event(PromiseDeed.REOPENED, clock.today(actor.time_zone), words)
    return _write(session, actor, client, promise, REOPENED, event, said=words)


def reword_promise(
    session: Session, actor: Actor, client_id: int, promise_id: int, what: str
) -> Change | None:
    """What was promised, in better words; `None` when these are its words already."""
    client, promise = _opened(session, actor, client_id, promise_id)
    words = what_of(what)
    if words == promise.what:
        return None
    check_open(promise.state)
    event = _Event(PromiseDeed.REWORDED, clock.today(actor.time_zone), words)
    return _write(session, actor, client, promise, REWORDED, event, to=words)


def _opened(
    session: Session, actor: Actor, client_id: int, promise_id: int
) -> tuple[Client, Promise]:
    client = locked_client(session, actor, client_id)
    return client, promise_in(session, client.id, promise_id)


def _sent_before(
    session: Session, actor: Actor, promise: Promise, deed: PromiseDeed, words: str
) -> Change | None:
    """The deed itself when the same person sent the same twice, as a finger that taps twice."""
    events = events_in_force(session, promise.id)
    last = events[-1] if events else None
    if last is None or (last.deed, last.words, last.recorded_by) != (deed, words, actor.id):
        return None
    return session.get_one(Change, last.change_id)


def _write(
    session: Session,
    actor: Actor,
    client: Client,
    promise: Promise,
    action: str,
    event: _Event,
    **words: object,
) -> Change:
    told = {"what": promise.what, "by_us": promise.by_us, "ident": promise.id, **words}
    change = begin_deed(session, actor, client, action, **told)
    row = PromiseEvent(
        promise_id=promise.id,
        deed=event.deed,
        happened_on=event.on,
        words=event.words,
        due_on=event.due_on,
        user_id=event.user_id,
        recorded_at=change.at,
        recorded_by=change.actor_id,
        change_id=change.id,
    )
    session.add(row)
    settle_promise(session, promise)
    return change
