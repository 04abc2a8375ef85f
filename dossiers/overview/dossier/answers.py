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
from dossiers.renewals.checks.kinds import Check, Result
from dossiers.renewals.checks.rules_now import rules_in_force
from dossiers.renewals.checks.running import checks_of
from dossiers.renewals.checks.seen import Seen
from wiki.accounts.actor import Actor

_AHEAD = timedelta(days=365)
_MET = timedelta(days=365)
_PROMISES = (DueKind.OURS, DueKind.THEIRS)
_WRONG = (Result.BAD, Result.WEAK)
_SAID_BY_LIGHT = (Check.BUYER, Check.SUPPORT)
"""What is missing for green says the same, and names whom to ask."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers to the six questions, but for the path; `met` is the last day by person.

    `wrong` are the checks that are not in order, the bad ones first.
    """

    deciders: Sequence[Decider]
    met: Mapping[int, date]
    due: Sequence[Due]
    promises: Sequence[Promise]
    light: Light
    last_contact: date | None
    wrong: Sequence[Seen]


def answers_of(session: Session, actor: Actor, client: Client, today: date) -> Answers:
    """The answers for a client whom the reader may see, in a constant number of statements."""
    deciders = deciders_of(session, [client.id], Moment(today)).get(client.id, ())
    reach = Reach(homes_visible_to(actor, client.id), today + _AHEAD)
    due = due_within(session, reach, deals=True)
    zone, light = actor.time_zone, light_of(client.id, deciders)
    return Answers(
        sorted(deciders, key=lambda one: (not one.is_buyer, -one.ours, one.name)),
        met_since(session, client.id, today - _MET, zone),
        [one for one in due if one.kind not in _PROMISES],
        _open_promises(session, client.id),
        light,
        last_contact_of(session, [client.id], zone).get(client.id),
        _wrong(session, client.id, today, light),
    )


def _wrong(session: Session, client_id: int, today: date, light: Light) -> Sequence[Seen]:
    seen = checks_of(session, client_id, rules_in_force(session), today)
    said = _SAID_BY_LIGHT if light.points else ()
    wrong = [one for one in seen if one.verdict in _WRONG and one.code not in said]
    return sorted(wrong, key=lambda one: _WRONG.index(one.verdict))


def _open_promises(session: Session, client_id: int) -> Sequence[Promise]:
    wanted = select(Promise).where(
        Promise.client_id.in_(dossier_ids(client_id)), Promise.state == PromiseState.OPEN
    )
    ordered = wanted.order_by(Promise.by_us.desc(), Promise.due_on, Promise.id)
    return session.scalars(ordered.limit(50)).all()
