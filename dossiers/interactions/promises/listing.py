"""Promises as lists show them: those that are due, of all clients that somebody may see."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVarTuple

from sqlalchemy import CTE, ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased

from dossiers.clients.models import Client
from dossiers.clients.queries import dossier_ids
from dossiers.interactions.kinds import PromiseState
from dossiers.interactions.models import Promise
from dossiers.people.models import Person
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.errors import Missing

Ts = TypeVarTuple("Ts")

MOST = 500
"""Promises that a list holds at most; those due last are left out beyond it."""


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise in a list: of which client, whose of ours, to or by whom of theirs."""

    promise: Promise
    client_id: int
    client: str
    holder: str
    person: str | None

    @property
    def url(self) -> str:
        """The address of the promise."""
        return f"/promises/{self.promise.id}"


def due_visible_to(
    session: Session, actor: Actor, until: date, holder_id: int | None = None
) -> list[PromiseLine]:
    """Open promises that this colleague looks after, due up to that day, the first due first.

    The actor's own when `holder_id` is `None`; only of clients that the actor may see. One
    statement.
    """
    holder = actor.id if holder_id is None else holder_id
    return lines_visible_to(
        session, actor, Promise.user_id == holder, Promise.due_on <= until, *_OPEN
    )


def due_count(session: Session, actor: Actor, until: date) -> int:
    """How many open promises of ours the actor looks after that are due up to that day."""
    mine = (Promise.user_id == actor.id, Promise.by_us.is_(True), Promise.due_on <= until, *_OPEN)
    wanted = _visible(actor, select(func.count(Promise.id)), *mine)
    return session.scalar(wanted) or 0


class Whose(StrEnum):
    """Which open promises to list."""

    MINE = "mine"
    THEIRS = "theirs"
    HANDED = "handed"
    TEAM = "team"


def open_visible_to(session: Session, actor: Actor, whose: Whose) -> list[PromiseLine]:
    """Open promises, the first due first.

    What I promised, what they promised me, what others gave me, or all that one may see.
    """
    own = Promise.user_id == actor.id
    where = {
        Whose.MINE: (own, Promise.by_us.is_(True)),
        Whose.THEIRS: (own, Promise.by_us.is_(False)),
        Whose.HANDED: (own, Promise.created_by.is_distinct_from(actor.id)),
        Whose.TEAM: (),
    }
    return lines_visible_to(session, actor, *where[whose], *_OPEN)


def promise_visible_to(session: Session, actor: Actor, promise_id: int) -> PromiseLine:
    """One promise. Raises `Missing` for absent and unseen alike."""
    found = lines_visible_to(session, actor, Promise.id == promise_id)
    if not found:
        raise Missing()
    return found[0]


def lines_of(session: Session, actor: Actor, client_id: int) -> list[PromiseLine]:
    """All promises of a dossier but those taken back, the first due first."""
    here = Promise.client_id.in_(dossier_ids(client_id))
    return lines_visible_to(session, actor, here, Promise.state != PromiseState.TAKEN_BACK)


_OPEN = (Promise.state == PromiseState.OPEN,)


def lines_visible_to(
    session: Session, actor: Actor, *where: ColumnElement[bool]
) -> list[PromiseLine]:
    """The promises of which all this is true, of clients that the actor may see; one statement.

    The first due first.
    """
    columns = select(Promise, _HOME.id, _HOME.name, User.name, Person.name)
    wanted = (
        _visible(actor, columns, *where)
        .join(User, User.id == Promise.user_id)
        .outerjoin(Person, Person.id == Promise.person_id)
        .order_by(Promise.due_on, Promise.id)
        .limit(MOST)
    )
    return [PromiseLine(*row) for row in session.execute(wanted)]


_HOME = aliased(Client)
# Not the bare columns: by their indexes SQLite would walk nearly all clients for each promise.
_IS_HOME = func.coalesce(_HOME.merged_into_id, 0) == 0
_AUDIENCE = func.coalesce(_HOME.audience, "")


def _visible(actor: Actor, wanted: Select[*Ts], *where: ColumnElement[bool]) -> Select[*Ts]:
    """The statement for promises of which this is true, in dossiers that the actor may see."""
    chain = _merged()
    return (
        wanted.select_from(Promise)
        .outerjoin(chain, chain.c.own == Promise.client_id)
        .join(_HOME, _HOME.id == func.coalesce(chain.c.here, Promise.client_id))
        .where(*where, _IS_HOME, _AUDIENCE.in_(actor.audiences))
    )


def _merged() -> CTE:
    """Merged client's id (`own`) → all into which it was merged (`here`)."""
    is_merged = Client.merged_into_id.is_not(None)
    start = select(Client.id.label("own"), Client.merged_into_id.label("here")).where(is_merged)
    chain = start.cte("promise_homes", recursive=True)
    further = select(chain.c.own, Client.merged_into_id).join(chain, Client.id == chain.c.here)
    return chain.union(further.where(is_merged))
