"""Reading what the light needs, for one client or a whole list, in as many statements."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import Session

from dossiers.facts.asking import Moment, at
from dossiers.facts.models import Confidence, Source
from dossiers.people.insight.light import Decider, Light, light_of
from dossiers.people.insight.weights import APPROVING, RELATIONSHIP_FROM, is_at_least
from dossiers.people.kinds import Aspect, Attitude, Coverage, Role
from dossiers.people.models import Employment, Judgement, Person, Relationship

#: Client and person.
_Whom = tuple[int, int]
_CODES = [role.value for role in APPROVING]
_ENOUGH = [one for one in Coverage if is_at_least(one, RELATIONSHIP_FROM)]


def lights_of(session: Session, client_ids: Collection[int], day: date) -> dict[int, Light]:
    """Client id → how its dossier stands on that day, in three statements.

    The caller shows only clients that the reader may see.
    """
    found = deciders_of(session, client_ids, Moment(day)) if client_ids else {}
    return {ident: light_of(ident, found.get(ident, ())) for ident in client_ids}


def deciders_of(
    session: Session, client_ids: Collection[int], moment: Moment
) -> Mapping[int, Sequence[Decider]]:
    """Client id → everybody who says yes or no there, in three statements."""
    attitudes = _attitudes(session, client_ids, moment)
    ours = _ours(session, client_ids, moment)
    roles: dict[_Whom, dict[Role, bool]] = defaultdict(dict)
    names = {}
    for client, person, name, value, source, confidence in session.execute(
        _approving(client_ids, moment)
    ):
        guessed = source is Source.GUESS or confidence is Confidence.GUESS
        roles[client, person][Role(value)] = guessed
        names[person] = name
    found: dict[int, list[Decider]] = defaultdict(list)
    for (client, person), known in roles.items():
        guesses = frozenset(role for role, guessed in known.items() if guessed)
        whom = (client, person)
        found[client].append(
            Decider(
                person, names[person], frozenset(known), guesses,
                attitudes.get(whom), ours.get(whom, 0),
            )
        )  # fmt: skip
    return found


def _approving(
    client_ids: Collection[int], moment: Moment
) -> Select[int, int, str, str, Source, Confidence]:
    """The roles of those who say yes or no and work there on that day."""
    works = exists().where(
        Employment.person_id == Judgement.person_id,
        Employment.client_id == Judgement.client_id,
        at(Employment, moment),
    )
    return (
        select(
            Judgement.client_id,
            Judgement.person_id,
            Person.name,
            Judgement.value,
            Judgement.source,
            Judgement.confidence,
        )
        .join(Person, Person.id == Judgement.person_id)
        .where(_judged(client_ids, Aspect.ROLE, moment), Judgement.value.in_(_CODES), works)
        .order_by(Judgement.person_id)
    )


def _judged(client_ids: Collection[int], aspect: Aspect, moment: Moment) -> ColumnElement[bool]:
    return and_(
        Judgement.client_id.in_(client_ids),
        Judgement.aspect == aspect,
        Judgement.deal == "",
        at(Judgement, moment),
    )


def _attitudes(
    session: Session, client_ids: Collection[int], moment: Moment
) -> dict[_Whom, Attitude]:
    wanted = select(Judgement.client_id, Judgement.person_id, Judgement.value)
    rows = session.execute(wanted.where(_judged(client_ids, Aspect.ATTITUDE, moment)))
    return {(client, person): Attitude(value) for client, person, value in rows}


def _ours(session: Session, client_ids: Collection[int], moment: Moment) -> dict[_Whom, int]:
    """How many of ours have a relationship with whom."""
    wanted = (
        select(Relationship.client_id, Relationship.person_id, func.count())
        .where(
            Relationship.client_id.in_(client_ids),
            Relationship.coverage.in_(_ENOUGH),
            at(Relationship, moment),
        )
        .group_by(Relationship.client_id, Relationship.person_id)
    )
    return {(client, person): count for client, person, count in session.execute(wanted)}
