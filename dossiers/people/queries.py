"""Reading people; everything shown to a person asks for the person first.

Somebody is seen by whoever sees a client at which they work or worked.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.facts.models import NEVER
from dossiers.people.models import Employment, Person, PositionFact
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.errors import Missing


def person_visible_to(session: Session, actor: Actor, person_id: int) -> Person:
    """The person, or the one they were merged into. Raises `Missing` for absent and unseen."""
    person = session.get(Person, person_id)
    seen = {person_id}
    while person and person.merged_into_id and person.merged_into_id not in seen:
        seen.add(person.merged_into_id)
        person = session.get(Person, person.merged_into_id)
    if person is None or not _is_seen(session, actor, person.id):
        raise Missing()
    return person


def _is_seen(session: Session, actor: Actor, person_id: int) -> bool:
    works = exists().where(
        Employment.person_id == person_id,
        Employment.superseded_at == NEVER,
        Employment.client_id == Client.id,
        Client.audience.in_(actor.audiences),
    )
    return bool(session.scalar(select(works)))


class Dossier(NamedTuple):
    """A client at which somebody works or worked, as the reader may see it."""

    id: int
    name: str
    team_id: int | None


def dossiers_of(session: Session, actor: Actor, person_id: int) -> Sequence[Dossier]:
    """The clients that the actor sees at which the person ever worked; the newest place first."""
    wanted = (
        select(Client.id, Client.name, Client.team_id)
        .join(Employment, Employment.client_id == Client.id)
        .where(
            Employment.person_id == person_id,
            Employment.superseded_at == NEVER,
            Client.audience.in_(actor.audiences),
        )
        .order_by(Employment.valid_to.desc(), Employment.valid_from.desc(), Employment.id.desc())
    )
    return list(dict.fromkeys(Dossier(*row) for row in session.execute(wanted)))


def check_position_of(session: Session, client_id: int, position_id: int) -> None:
    """Raise `Missing` unless the position ever stood in that client's chart.

    Nor does one that stands in another's now: a merge that was taken back gave it back to a client
    that the reader may not see.
    """
    mine = PositionFact.position_id == position_id
    stood = exists().where(mine, PositionFact.client_id == client_id)
    moved = exists().where(
        mine, PositionFact.client_id != client_id, PositionFact.superseded_at == NEVER
    )
    if not session.scalar(select(stood & ~moved)):
        raise Missing()


def colleagues(session: Session) -> Sequence[tuple[int, str]]:
    """Number and name of all who may sign in, by name: whoever may know somebody."""
    wanted = select(User.id, User.name).where(User.deactivated_at.is_(None)).order_by(User.name)
    return [(row.id, row.name) for row in session.execute(wanted)]
