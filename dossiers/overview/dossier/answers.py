"""What the first screen of a dossier knows: who decides, what is due, promised and missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.clients.queries import dossier_ids
from dossiers.facts.asking import Moment
from dossiers.interactions.contacts.queries import last_contact_of, met_since
from dossiers.interactions.kinds import PromiseState
from dossiers.interactions.models import Promise
from dossiers.overview.due import Due, DueKind, Reach, due_within
from dossiers.overview.homes import homes_visible_to
from dossiers.people.insight.light import Decider, Light, light_of
from dossiers.people.insight.queries import deciders_of
from wiki.accounts.actor import Actor

_AHEAD = timedelta(days=365)
_MET = timedelta(days=365)
_PROMISES = (DueKind.OURS, DueKind.THEIRS)


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers to the six questions, but for the path; `met` is the last day by person."""

    deciders: Sequence[Decider]
    met: Mapping[int, date]
    due: Sequence[Due]
    promises: Sequence[Promise]
    light: Light
    last_contact: date | None


def answers_of(session: Session, actor: Actor, client: Client, today: date) -> Answers:
    """The answers for a client whom the reader may see, in a constant number of statements."""
    deciders = deciders_of(session, [client.id], Moment(today)).get(client.id, ())
    reach = Reach(homes_visible_to(actor, client.id), today + _AHEAD)
    due = due_within(session, reach, deals=True)
    zone = actor.time_zone
    return Answers(
        sorted(deciders, key=lambda one: (not one.is_buyer, -one.ours, one.name)),
        met_since(session, client.id, today - _MET, zone),
        [one for one in due if one.kind not in _PROMISES],
        _open_promises(session, client.id),
        light_of(client.id, deciders),
        last_contact_of(session, [client.id], zone).get(client.id),
    )


def _open_promises(session: Session, client_id: int) -> Sequence[Promise]:
    wanted = select(Promise).where(
        Promise.client_id.in_(dossier_ids(client_id)), Promise.state == PromiseState.OPEN
    )
    ordered = wanted.order_by(Promise.by_us.desc(), Promise.due_on, Promise.id)
    return session.scalars(ordered.limit(50)).all()
