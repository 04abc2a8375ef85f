"""Every dated row of a position or a person: what, when, by whom, from where."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.facts.models import FOREVER, NEVER, Confidence, Dated, Source
from dossiers.people.models import (
    Employment,
    Influence,
    Judgement,
    Person,
    PersonContact,
    PersonName,
    PositionFact,
    Relationship,
    SideLine,
    SolidLine,
)
from dossiers.people.reading.past_words import Names, Row, told
from wiki.accounts.actor import Actor
from wiki.accounts.queries import names_of

AT_FIRST = 50
MOST = 2_000


@dataclass(frozen=True)
class PastRow:
    """One row of the facts, told in a sentence."""

    what: str
    client_id: int
    start: date
    end: date
    recorded_at: datetime
    recorded_by: str
    superseded_at: datetime | None
    source: Source
    confidence: Confidence
    learned_on: date
    note: str

    @property
    def has_end(self) -> bool:
        """Whether it is known to end."""
        return self.end < FOREVER


@dataclass(frozen=True)
class Past:
    """The newest written rows first; `more` when older ones were left out."""

    rows: Sequence[PastRow]
    more: bool


Table = type[Dated]
_Where = Mapping[Table, ColumnElement[bool]]


def past_of_position(session: Session, client_id: int, position_id: int, limit: int) -> Past:
    """All that was ever written down about a position of the client."""
    touching = SideLine.from_position_id == position_id, SideLine.to_position_id == position_id
    where: _Where = {
        PositionFact: PositionFact.position_id == position_id,
        SolidLine: SolidLine.from_position_id == position_id,
        SideLine: or_(*touching),
        Employment: Employment.position_id == position_id,
    }
    return _past(session, where, lambda table: table.client_id == client_id, limit)


def past_of_person(session: Session, actor: Actor, person_id: int, limit: int) -> Past:
    """All that was ever written down about a person in dossiers that the actor sees."""
    touching = Influence.from_person_id == person_id, Influence.to_person_id == person_id
    where: _Where = {
        PersonName: PersonName.person_id == person_id,
        PersonContact: PersonContact.person_id == person_id,
        Employment: Employment.person_id == person_id,
        Judgement: Judgement.person_id == person_id,
        Influence: or_(*touching),
        Relationship: Relationship.person_id == person_id,
    }
    seen = select(Client.id).where(Client.audience.in_(actor.audiences))
    return _past(session, where, lambda table: table.client_id.in_(seen), limit)


def _past(
    session: Session,
    where: _Where,
    sight: Callable[[Table], ColumnElement[bool]],
    limit: int,
) -> Past:
    found: list[tuple[Table, Row]] = []
    for table, condition in where.items():
        found += [(table, row) for row in _some(session, table, condition & sight(table), limit)]
    found.sort(key=lambda one: (one[1]["recorded_at"], one[1]["id"]), reverse=True)
    shown = found[:limit]
    names = _names(session, [row for _table, row in shown])
    return Past([_row(table, row, names) for table, row in shown], len(found) > limit)


def _some(
    session: Session, table: Table, condition: ColumnElement[bool], limit: int
) -> Iterable[Row]:
    columns = table.__table__.c  # type: ignore[attr-defined]
    newest = (
        select(columns).where(condition).order_by(columns.recorded_at.desc(), columns.id.desc())
    )
    rows = session.connection().execute(newest.limit(limit + 1)).mappings()
    return [dict(row) for row in rows]


def _names(session: Session, rows: Sequence[Row]) -> Names:
    """Titles and names that the rows speak of, as they are called now; four statements."""
    positions = _numbers(rows, "position_id", "from_position_id", "to_position_id")
    people = _numbers(rows, "person_id", "from_person_id", "to_person_id")
    titles = (
        select(PositionFact.position_id, PositionFact.title)
        .where(PositionFact.position_id.in_(positions))
        .order_by((PositionFact.superseded_at == NEVER), PositionFact.valid_from)
    )
    called = select(Person.id, Person.name).where(Person.id.in_(people))
    clients = select(Client.id, Client.name).where(Client.id.in_(_numbers(rows, "client_id")))
    return Names(
        dict(session.execute(titles).all()),
        dict(session.execute(called).all()),
        names_of(session, _numbers(rows, "recorded_by", "user_id")),
        dict(session.execute(clients).all()),
    )


def _numbers(rows: Sequence[Row], *names: str) -> set[int]:
    return {row[name] for row in rows for name in names if row.get(name) is not None}


def _row(table: Table, row: Row, names: Names) -> PastRow:
    return PastRow(
        told(table, row, names),
        row["client_id"],
        row["valid_from"],
        row["valid_to"],
        row["recorded_at"],
        names.users.get(row["recorded_by"], ""),
        None if row["superseded_at"] == NEVER else row["superseded_at"],
        Source(row["source"]),
        Confidence(row["confidence"]),
        row["learned_on"],
        row["note"],
    )
