"""Made-up clients with charts of many positions, written in bulk; the same for every run."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.facts.models import Confidence, Source
from dossiers.facts.periods import since
from dossiers.facts.writing import Evidence, Fact, Sheet
from dossiers.people.editing.pen import Pen, open_dossier
from dossiers.people.kinds import (
    VALUES_OF,
    Aspect,
    Coverage,
    InfluenceKind,
    LineKind,
    NameKind,
    PositionKind,
)
from dossiers.people.models import (
    Employment,
    Influence,
    Judgement,
    Person,
    PersonName,
    Position,
    PositionFact,
    Relationship,
    SideLine,
    SolidLine,
)
from wiki import clock
from wiki.accounts.actor import EVERYONE, Actor
from wiki.rendering.titles import fold_title

FOUNDED = date(2025, 1, 10)
SEED = 20_260_301
_UNITS = ("Дирекция", "Закупки", "Финансы", "Производство", "Склад", "Право", "ИТ", "Сбыт")
_RANKS = ("Директор", "Начальник отдела", "Старший специалист", "Специалист")
_FIRST = ("Анна", "Борис", "Вера", "Глеб", "Дарья", "Егор", "Жанна", "Захар", "Инна", "Кирилл")
_LAST = ("Климова", "Ветров", "Соколова", "Орлов", "Лебедева", "Зимин", "Рощина", "Гаврилов")


@dataclass(frozen=True)
class Made:
    """A client with its chart; `positions` in the order in which they were made."""

    client_id: int
    positions: list[int]
    persons: list[int]


def make_chart(session: Session, actor: Actor, name: str, size: int, day: date = FOUNDED) -> Made:
    """A client with `size` positions, eight reports to a manager, nine of ten seats held."""
    pen = open_dossier(
        session, actor, empty_client(session, actor, name).id, day, Evidence(Source.DOCUMENT)
    )
    random = Random(SEED + size)  # made-up people
    positions = _identities(session, Position, [{"created_at": clock.now()}] * size)
    persons = _people(session, random, size)
    sheet = Sheet()
    for number, position in enumerate(positions):
        manager = positions[(number - 1) // 8] if number else None
        _put_seat(sheet, random, number, position, manager, day)
    _put_people(sheet, pen, random, positions, persons)
    sheet.write(session, pen.begin("import people"), pen.evidence)
    return Made(pen.client.id, positions, list(persons))


def empty_client(session: Session, actor: Actor, name: str) -> Client:
    """A client of the actor's team, of whom nothing is known."""
    now = clock.now()
    client = Client(
        name=name, name_folded=fold_title(name), slug="client", tags=[], team_id=actor.team_id,
        restricted=False, audience=EVERYONE, created_at=now, changed_at=now,
    )  # fmt: skip
    session.add(client)
    session.flush()
    return client


def _identities(
    session: Session, table: type[Position | Person], rows: list[dict[str, object]]
) -> list[int]:
    made = session.scalars(insert(table).returning(table.id, sort_by_parameter_order=True), rows)
    return list(made)


def _people(session: Session, random: Random, size: int) -> dict[int, str]:
    names = [f"{random.choice(_LAST)} {random.choice(_FIRST)} {n}" for n in range(size * 9 // 10)]
    rows: list[dict[str, object]] = [
        {"name": name, "name_folded": fold_title(name), "created_at": clock.now()} for name in names
    ]
    return dict(zip(_identities(session, Person, rows), names, strict=True))


def _put_seat(
    sheet: Sheet, random: Random, number: int, position: int, manager: int | None, day: date
) -> None:
    depth = min(len(str(number)) - 1, len(_RANKS) - 1)
    values = {
        "title": f"{_RANKS[depth]} {number}",
        "unit": random.choice(_UNITS),
        "kind": PositionKind.HEAD if depth < 2 else PositionKind.MEMBER,
        "code": f"P{number:05}",
        "is_known": True,
        "rank": number,
    }
    sheet.add(PositionFact, Fact({"position_id": position}, values, since(day)))
    if manager is not None:
        line = Fact({"from_position_id": position}, {"to_position_id": manager}, since(day))
        sheet.add(SolidLine, line)


def _put_people(
    sheet: Sheet, pen: Pen, random: Random, positions: list[int], persons: dict[int, str]
) -> None:
    period, client = since(pen.day), pen.client.id
    for position, (person, name) in zip(positions, persons.items(), strict=False):
        key = {"person_id": person, "client_id": client, "position_id": position}
        held = {"main": True, "acting": random.random() < 0.05, "end_reason": None}
        sheet.add(Employment, Fact(key, held, period))
        named = {"person_id": person, "kind": NameKind.FULL, "slot": ""}
        sheet.add(PersonName, Fact(named, {"name": name}))
        if random.random() < 0.2:
            _judge(sheet, random, client, person, pen.day)
    for one, other in _pairs(random, list(persons), len(persons) // 20):
        key = {
            "from_person_id": one, "to_person_id": other, "client_id": client,
            "kind": random.choice(list(InfluenceKind)),
        }  # fmt: skip
        sheet.add(Influence, Fact(key, {"strength": 2, "both_ways": False}, period))
    for one, other in _pairs(random, positions, len(positions) // 50):
        key = {"from_position_id": one, "to_position_id": other, "kind": LineKind.DOTTED}
        sheet.add(SideLine, Fact(key, {}, period))
    for person in random.sample(list(persons), len(persons) // 20):
        key = {"person_id": person, "client_id": client, "user_id": pen.actor.id}
        known = {
            "coverage": random.choice(list(Coverage)), "level": None, "wanted": None,
            "wanted_by": None, "evidence": "",
        }  # fmt: skip
        sheet.add(Relationship, Fact(key, known, period))


def _judge(sheet: Sheet, random: Random, client: int, person: int, day: date) -> None:
    for aspect in Aspect:
        value = random.choice(list(VALUES_OF[aspect])).value
        key = {
            "person_id": person, "client_id": client, "deal": "", "aspect": aspect,
            "slot": value if aspect is Aspect.ROLE else "",
        }  # fmt: skip
        sure = random.choice(list(Confidence))
        learned = day + timedelta(days=random.randrange(400))
        said = Evidence(Source.MEETING, sure, learned)
        sheet.add(Judgement, Fact(key, {"value": value}, since(day), said))


def _pairs(random: Random, idents: list[int], count: int) -> Iterator[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    while len(found) < count:
        one, other = random.sample(idents, 2)
        found.add((one, other))
    yield from sorted(found)


def client_called(session: Session, name: str) -> int | None:
    """The number of the client that an earlier run made."""
    return session.scalar(select(Client.id).where(Client.name == name))
