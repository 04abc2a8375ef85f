"""Whom and what one may choose when a contact is noted: the likely ones first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.clients.provenance import managers_at
from dossiers.facts.asking import Moment
from dossiers.interactions.contacts.queries import met_since
from dossiers.interactions.contacts.reading import Named
from dossiers.interactions.contacts.topics import About, topics_in_use
from dossiers.people.insight.queries import deciders_of
from dossiers.people.reading.names import people_here
from wiki.accounts.actor import Actor
from wiki.accounts.queries import active_people

MOST_OFFERED = 300
_FEW = 8
_LATELY = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Choices:
    """`likely` people and colleagues stand as boxes to tick; all of them are suggested.

    Likely are those who were met last, then those who have a say.
    """

    likely: Sequence[Named]
    people: Sequence[str]
    colleagues: Sequence[Named]
    others: Sequence[Named]
    topics: Sequence[About]


def choices_for(session: Session, actor: Actor, client: Client, today: date) -> Choices:
    """What the form offers for a client, in a fixed number of statements."""
    people = people_here(session, client.id, MOST_OFFERED)
    met = met_since(session, client.id, today - _LATELY, actor.time_zone)
    found = deciders_of(session, [client.id], Moment(today))
    deciding = {one.person_id for one in found.get(client.id, ())}
    by_day = sorted(
        people, key=lambda one: (met.get(one.id, date.min), one.id in deciding), reverse=True
    )
    likely = [Named(one.id, one.text) for one in by_day[:_FEW]]
    names = [one.text for one in people]
    labels = [one.numbered if names.count(one.text) > 1 else one.text for one in people]
    ours = {actor.id, *(one.user_id for one in managers_at(session, client.id, Moment(today)))}
    active = [Named(*one) for one in active_people(session)]
    return Choices(
        likely,
        labels,
        [one for one in active if one.id in ours],
        [one for one in active if one.id not in ours],
        topics_in_use(session, actor, client),
    )
