"""What is thought of people at a client, and who of ours knows them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.facts.asking import Moment, at
from dossiers.people.chart.snapshot import Acquaintance, Known
from dossiers.people.kinds import Aspect, Coverage, InfluenceKind, Level, Role
from dossiers.people.models import Influence, Judgement, Person, Relationship
from dossiers.people.reading.known import known_columns, known_from
from wiki.accounts.models import User


@dataclass(frozen=True)
class Judged:
    """One opinion of a person; `deal` is empty for the client as a whole."""

    person_id: int
    aspect: Aspect
    value: str
    deal: str
    note: str
    known: Known


def judged_at(
    session: Session, client_id: int, person_ids: Sequence[int], moment: Moment
) -> dict[int, list[Judged]]:
    """By person what is thought of them: in the order of the roles, deals last; one statement."""
    wanted = select(
        Judgement.person_id,
        Judgement.aspect,
        Judgement.value,
        Judgement.deal,
        Judgement.note,
        *known_columns(Judgement),
    ).where(
        Judgement.client_id == client_id,
        Judgement.person_id.in_(person_ids),
        at(Judgement, moment),
    )
    found: dict[int, list[Judged]] = {}
    rows: Iterable[Sequence[Any]] = session.execute(wanted)
    for row in rows:
        judged = Judged(row[0], Aspect(row[1]), row[2], row[3], row[4], known_from(row))
        found.setdefault(judged.person_id, []).append(judged)
    for opinions in found.values():
        opinions.sort(key=_order)
    return found


_ROLES = list(Role)


def _order(judged: Judged) -> tuple[str, int, str]:
    role = judged.aspect is Aspect.ROLE
    return judged.deal, _ROLES.index(Role(judged.value)) if role else -1, judged.aspect.value


def acquaintances_at(
    session: Session, client_id: int, person_ids: Sequence[int], moment: Moment
) -> dict[int, list[Acquaintance]]:
    """By person how well ours know them, whoever knows them best first; one statement."""
    wanted = (
        select(
            Relationship.user_id,
            User.name,
            Relationship.person_id,
            Relationship.coverage,
            Relationship.level,
            Relationship.wanted,
            Relationship.wanted_by,
            Relationship.evidence,
            *known_columns(Relationship),
        )
        .join(User, User.id == Relationship.user_id)
        .where(
            Relationship.client_id == client_id,
            Relationship.person_id.in_(person_ids),
            at(Relationship, moment),
        )
        .order_by(User.name, User.id)
    )
    found: dict[int, list[Acquaintance]] = {}
    rows: Iterable[Sequence[Any]] = session.execute(wanted)
    for row in rows:
        user_id, user, person_id, coverage, level, wanted_level, by, evidence = row[:8]
        shown = Acquaintance(
            user_id, user, person_id, Coverage(coverage),
            Level(level) if level else None, Level(wanted_level) if wanted_level else None,
            by, evidence, known_from(row),
        )  # fmt: skip
        found.setdefault(shown.person_id, []).append(shown)
    for ours in found.values():
        ours.sort(key=lambda one: -_COVERAGES.index(one.coverage))
    return found


_COVERAGES = list(Coverage)


@dataclass(frozen=True)
class TieShown:
    """What the person is to another, or (`inward`) the other to the person."""

    other_id: int
    other: str
    kind: InfluenceKind
    strength: int
    both_ways: bool
    inward: bool
    note: str
    known: Known


def ties_of(session: Session, client_id: int, person_id: int, day: date) -> Sequence[TieShown]:
    """The ties of a person at a client on a day; one statement."""
    touching = (Influence.from_person_id == person_id) | (Influence.to_person_id == person_id)
    other = (Person.id == Influence.from_person_id) | (Person.id == Influence.to_person_id)
    wanted = (
        select(
            Influence.from_person_id,
            Person.id,
            Person.name,
            Influence.kind,
            Influence.strength,
            Influence.both_ways,
            Influence.note,
            *known_columns(Influence),
        )
        .join(Person, other & (Person.id != person_id))
        .where(Influence.client_id == client_id, touching, at(Influence, Moment(day)))
        .order_by(Influence.strength.desc(), Influence.id)
    )
    rows: Iterable[Sequence[Any]] = session.execute(wanted)
    found = []
    for row in rows:
        from_id, other_id, name, kind, strength, both_ways, note = row[:7]
        inward = from_id != person_id
        found.append(
            TieShown(
                other_id, name, InfluenceKind(kind), strength, both_ways, inward, note,
                known_from(row),
            )
        )  # fmt: skip
    return found
