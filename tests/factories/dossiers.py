"""Clients and charts for tests, written as people write them."""

from datetime import date

from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.clients.rules import audience_of
from dossiers.facts.models import Confidence, Source
from dossiers.facts.writing import Evidence
from dossiers.people.editing.employments import Appointment, appoint
from dossiers.people.editing.pen import Pen, open_dossier
from dossiers.people.editing.persons import person_called
from dossiers.people.editing.positions import Wanted, add_position
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.pages.addresses import slug_of
from wiki.rendering.titles import fold_title

SEEN = Evidence(Source.MEETING, Confidence.SURE)
FOUNDED = date(2020, 1, 1)
"""The day since which everything in a test's dossier is true, unless the test says otherwise."""


def make_client(
    session: Session, actor: Actor, name: str = "Romashka", restricted: bool = False
) -> Client:
    """A client of the actor's team, as a bare row."""
    now = clock.now()
    client = Client(
        name=name,
        name_folded=fold_title(name),
        slug=slug_of(name),
        tags=[],
        team_id=actor.team_id,
        restricted=restricted,
        audience=audience_of(restricted, actor.team_id),
        created_at=now,
        changed_at=now,
    )
    session.add(client)
    session.flush()
    return client


def pen_of(session: Session, actor: Actor, client: Client, day: date = FOUNDED) -> Pen:
    """A pen for the client's dossier, for facts that are true from that day on."""
    return open_dossier(session, actor, client.id, day, SEEN)


def seat(pen: Pen, title: str, manager_id: int | None = None, name: str = "") -> int:
    """A position under a manager, held by a person of that name when one is given."""
    position_id = add_position(pen, Wanted(title), manager_id)[1]
    if name:
        appoint(pen, position_id, person_called(pen, name), Appointment())
    return position_id


def person_id_of(pen: Pen, name: str) -> int:
    """The number of the person of that name at the pen's client, made when there is nobody."""
    return person_called(pen, name).id
