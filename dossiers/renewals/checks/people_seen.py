"""Reading the people that the checks look at, for a list of clients in as many statements."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from dossiers.approvals.answers.queries import managers_of
from dossiers.facts.asking import Moment, at
from dossiers.facts.models import Confidence, Source
from dossiers.interactions.models import Interaction, TheirPart
from dossiers.people.insight.weights import ON_OUR_SIDE
from dossiers.people.kinds import Aspect, Attitude, Role
from dossiers.people.models import Employment, Judgement, Person, SolidLine
from dossiers.renewals.checks.ground import Buyer, Supporter

Homes = Mapping[int, int]
Attitudes = Mapping[int, Mapping[int, Attitude]]


def attitudes_of(session: Session, homes: Homes, moment: Moment) -> Attitudes:
    """Home → person → how they stand to us, in one statement."""
    found: dict[int, dict[int, Attitude]] = defaultdict(dict)
    wanted = _judged(homes, Aspect.ATTITUDE, moment)
    for client, person, _name, value, _source, _sure in session.execute(wanted):
        found[homes[client]][person] = Attitude(value)
    return found


def buyers_of(session: Session, homes: Homes, moment: Moment) -> dict[int, tuple[Buyer, ...]]:
    """Home → its economic buyers with the day on which one last met them, in two statements."""
    wanted = _judged(homes, Aspect.ROLE, moment).where(Judgement.value == Role.ECONOMIC_BUYER)
    rows = session.execute(wanted).all()
    met = _last_met(session, homes, {row[1] for row in rows}, moment.day)
    found: dict[int, dict[int, Buyer]] = defaultdict(dict)
    for client, person, name, _value, source, sure in rows:
        home = homes[client]
        guess = source is Source.GUESS or sure is Confidence.GUESS
        found[home][person] = Buyer(person, name, guess, met.get((home, person)))
    return {home: tuple(people.values()) for home, people in found.items()}


def supporters_of(
    session: Session, homes: Homes, attitudes: Attitudes, moment: Moment
) -> dict[int, tuple[Supporter, ...]]:
    """Home → who is on our side, with the levels on which they sit, in two statements."""
    friends = {
        person
        for people in attitudes.values()
        for person, attitude in people.items()
        if attitude in ON_OUR_SIDE
    }
    wanted = (
        select(Employment.client_id, Employment.person_id, Person.name, Employment.position_id)
        .join(Person, Person.id == Employment.person_id)
        .where(Employment.client_id.in_(homes), Employment.person_id.in_(friends))
        .where(at(Employment, moment))
    )
    rows = session.execute(wanted.order_by(Employment.id)).all()
    above = managers_of(session, {row[3] for row in rows if row[3] is not None} or {0}, moment)
    found: dict[int, dict[int, Supporter]] = defaultdict(dict)
    for client, person, name, position in rows:
        home = homes[client]
        if attitudes.get(home, {}).get(person) not in ON_OUR_SIDE:
            continue
        level = set() if position is None else {len(above.get(position, ()))}
        before = found[home].get(person, Supporter(person, name))
        found[home][person] = Supporter(person, name, before.levels | level)
    return {home: tuple(people.values()) for home, people in found.items()}


def ages_of(session: Session, homes: Homes, moment: Moment) -> dict[int, Counter[int]]:
    """Home → days ago → how many facts on holders and managers were heard then; two statements."""
    found: dict[int, Counter[int]] = defaultdict(Counter)
    for table in (Employment, SolidLine):
        wanted = (
            select(table.client_id, table.learned_on, func.count())
            .where(table.client_id.in_(homes), at(table, moment))
            .group_by(table.client_id, table.learned_on)
        )
        for client, learned_on, count in session.execute(wanted):
            found[homes[client]][max(0, (moment.day - learned_on).days)] += count
    return found


def _judged(homes: Homes, aspect: Aspect, moment: Moment) -> Select[*tuple[Any, ...]]:
    """What is judged of those who work there."""
    works = exists().where(
        Employment.person_id == Judgement.person_id,
        Employment.client_id == Judgement.client_id,
        at(Employment, moment),
    )
    return (
        select(
            Judgement.client_id, Judgement.person_id, Person.name, Judgement.value,
            Judgement.source, Judgement.confidence,
        )
        .join(Person, Person.id == Judgement.person_id)
        .where(Judgement.client_id.in_(homes), Judgement.aspect == aspect, Judgement.deal == "")
        .where(at(Judgement, moment), works)
        .order_by(Judgement.id)
    )  # fmt: skip


def _last_met(
    session: Session, homes: Homes, people: Collection[int], day: date
) -> dict[tuple[int, int], date]:
    wanted = (
        select(Interaction.client_id, TheirPart.person_id, func.max(Interaction.happened_at))
        .join(TheirPart, TheirPart.interaction_id == Interaction.id)
        .where(Interaction.client_id.in_(homes), TheirPart.person_id.in_(people))
        .where(Interaction.taken_back_in.is_(None))
        .group_by(Interaction.client_id, TheirPart.person_id)
    )
    found: dict[tuple[int, int], date] = {}
    for client, person, moment in session.execute(wanted):
        key = (homes[client], person)
        found[key] = max(found.get(key, date.min), min(moment.date(), day))
    return found
