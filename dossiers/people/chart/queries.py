"""Reading a chart. The caller has found the client with `client_visible_to`.

A chart takes a constant number of statements, on plain tables: the largest has ten thousand seats.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.facts.asking import Moment, at
from dossiers.facts.models import Confidence, Dated, Source
from dossiers.people.chart.snapshot import (
    Acquaintance,
    Chart,
    Holder,
    Known,
    Line,
    Seat,
    Standing,
    Tie,
)
from dossiers.people.kinds import (
    VALUES_OF,
    Aspect,
    Coverage,
    InfluenceKind,
    Level,
    LineKind,
    NameKind,
    PositionKind,
    Role,
)
from dossiers.people.models import (
    Employment,
    Influence,
    Judgement,
    Person,
    PersonName,
    PositionFact,
    Relationship,
    SideLine,
    SolidLine,
)
from wiki.accounts.models import User

_Rows = Iterable[Sequence[Any]]


def chart_of(session: Session, client_id: int, moment: Moment, deal: str = "") -> Chart:
    """The chart of a client at a moment; `deal` puts what is set for that deal before the rest."""
    holders, unplaced = _holders(session, client_id, moment)
    return Chart(
        client_id=client_id,
        day=moment.day,
        seats=_seats(session, client_id, moment, holders),
        unplaced=unplaced,
        lines=tuple(_lines(session, client_id, moment)),
        ties=tuple(_ties(session, client_id, moment)),
        standings=_standings(session, client_id, moment, deal),
        acquaintances=tuple(_acquaintances(session, client_id, moment)),
    )


def seats_of(session: Session, client_id: int, moment: Moment) -> Chart:
    """Only positions, lines and holders: enough to compare and to type; a part of `chart_of`."""
    holders, unplaced = _holders(session, client_id, moment)
    seats = _seats(session, client_id, moment, holders)
    lines = tuple(_lines(session, client_id, moment))
    return Chart(client_id, moment.day, seats, unplaced, lines)


def _known(row: Any) -> Known:
    return Known(Source(row[-4]), Confidence(row[-3]), row[-2], row[-1])


def _rows(
    session: Session, table: type[Dated], client_id: int, moment: Moment, names: tuple[str, ...]
) -> _Rows:
    """The named columns of the rows that hold at the moment, then those that make a `Known`."""
    columns = [getattr(table, name) for name in (*names, *_KNOWN)]
    wanted = select(*columns).where(table.client_id == client_id, at(table, moment))
    return session.execute(wanted)


_KNOWN = ("source", "confidence", "valid_from", "learned_on")


def _holders(
    session: Session, client_id: int, moment: Moment
) -> tuple[Mapping[int, list[Holder]], tuple[Holder, ...]]:
    """Who holds which position, and those of whom no position is known."""
    wanted = (
        select(
            Employment.position_id,
            Employment.person_id,
            PersonName.name,
            Person.name,
            Employment.main,
            Employment.acting,
            Employment.source,
            Employment.confidence,
            Employment.valid_from,
            Employment.learned_on,
        )
        .join(Person, Person.id == Employment.person_id)
        .outerjoin(
            PersonName,
            (PersonName.person_id == Employment.person_id)
            & (PersonName.kind == NameKind.FULL)
            & at(PersonName, moment),
        )
        .where(Employment.client_id == client_id, at(Employment, moment))
        .order_by(Employment.acting, Employment.id)
    )
    seated: dict[int, list[Holder]] = defaultdict(list)
    unplaced = []
    for row in session.execute(wanted):
        holder = Holder(row[1], row[2] or row[3], row[4], row[5], _known(row))
        if row[0] is None:
            unplaced.append(holder)
        else:
            seated[row[0]].append(holder)
    return seated, tuple(unplaced)


def _seats(
    session: Session, client_id: int, moment: Moment, holders: Mapping[int, list[Holder]]
) -> dict[int, Seat]:
    managers = {
        row[0]: (row[1], _known(row))
        for row in _rows(
            session, SolidLine, client_id, moment, ("from_position_id", "to_position_id")
        )
    }
    names = ("position_id", "title", "unit", "kind", "code", "is_known", "rank")
    seats = {}
    for row in _rows(session, PositionFact, client_id, moment, names):
        ident, title, unit, kind, code, is_known, rank = row[:7]
        manager, line = managers.get(ident, (None, None))
        seats[ident] = Seat(
            ident, title, unit, PositionKind(kind), code, is_known, rank, _known(row),
            manager, line, tuple(holders.get(ident, ())),
        )  # fmt: skip
    return seats


def _lines(session: Session, client_id: int, moment: Moment) -> Iterable[Line]:
    names = ("from_position_id", "to_position_id", "kind")
    for row in _rows(session, SideLine, client_id, moment, names):
        yield Line(row[0], row[1], LineKind(row[2]), _known(row))


def _ties(session: Session, client_id: int, moment: Moment) -> Iterable[Tie]:
    names = ("from_person_id", "to_person_id", "kind", "strength", "both_ways", "note")
    for row in _rows(session, Influence, client_id, moment, names):
        one, other, kind, strength, both_ways, note = row[:6]
        yield Tie(one, other, InfluenceKind(kind), strength, both_ways, note, _known(row))


def _standings(session: Session, client_id: int, moment: Moment, deal: str) -> dict[int, Standing]:
    """What is set for the deal hides, aspect by aspect, what is set for the whole client."""
    found: dict[int, dict[Aspect, dict[str, list[Any]]]] = {}
    for row in _rows(
        session, Judgement, client_id, moment, ("person_id", "aspect", "deal", "value")
    ):
        if row[2] in ("", deal):
            aspects = found.setdefault(row[0], {})
            aspects.setdefault(Aspect(row[1]), {}).setdefault(row[2], []).append(row)
    return {person: _standing(aspects, deal) for person, aspects in found.items()}


def _standing(aspects: Mapping[Aspect, Mapping[str, list[Any]]], deal: str) -> Standing:
    values: dict[str, Any] = {}
    known = {}
    for aspect, by_deal in aspects.items():
        rows = by_deal.get(deal) or by_deal.get("", [])
        codes = [VALUES_OF[aspect](row[3]) for row in rows]
        known[aspect.value] = max((_known(row) for row in rows), key=lambda k: k.learned_on)
        if aspect is Aspect.ROLE:
            values["roles"] = tuple(sorted(codes, key=list(Role).index))
        else:
            values[aspect.value] = codes[0]
    of_deal = {a.value for a, by_deal in aspects.items() if deal and deal in by_deal}
    return Standing(**values, known=known, of_deal=frozenset(of_deal))


def _acquaintances(session: Session, client_id: int, moment: Moment) -> Iterable[Acquaintance]:
    names = ("user_id", "person_id", "coverage", "level", "wanted", "wanted_by", "evidence")
    rows = list(_rows(session, Relationship, client_id, moment, names))
    ours = {row[0] for row in rows}
    users = dict(session.execute(select(User.id, User.name).where(User.id.in_(ours))).all())
    for row in rows:
        yield Acquaintance(
            row[0], users[row[0]], row[1], Coverage(row[2]),
            Level(row[3]) if row[3] else None, Level(row[4]) if row[4] else None,
            row[5], row[6], _known(row),
        )  # fmt: skip
