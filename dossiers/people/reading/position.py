"""One position at a moment: what it is, what is above, below and beside it, who holds it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dossiers.facts.asking import Moment, at
from dossiers.facts.models import NEVER
from dossiers.people.chart.snapshot import Holder, Known
from dossiers.people.kinds import LineKind, PositionKind
from dossiers.people.models import PositionFact, SideLine, SolidLine
from dossiers.people.reading.known import holders_at, known_columns, known_from, titles_at

MOST_REPORTS = 200


@dataclass(frozen=True)
class Neighbour:
    """Another position, with those who hold it."""

    id: int
    title: str
    holders: tuple[Holder, ...] = ()


@dataclass(frozen=True)
class Beside:
    """A line beside the chart, to (`outward`) or from another position."""

    other: Neighbour
    kind: LineKind
    outward: bool
    known: Known


@dataclass(frozen=True)
class What:
    """What the position is."""

    title: str
    unit: str
    kind: PositionKind
    code: str
    is_known: bool
    known: Known


@dataclass(frozen=True)
class PositionShown:
    """A position on a day. `what` is `None` when it does not stand in the chart on that day.

    Of its reports at most `MOST_REPORTS` are in `reports`; `below` is their number.
    """

    id: int
    title: str
    what: What | None
    holders: tuple[Holder, ...] = ()
    manager: Neighbour | None = None
    line: Known | None = None
    reports: tuple[Neighbour, ...] = ()
    below: int = 0
    beside: tuple[Beside, ...] = ()

    @property
    def is_vacant(self) -> bool:
        """Whether we know the position and know that nobody holds it."""
        return self.what is not None and self.what.is_known and not self.holders


def position_at(session: Session, position_id: int, moment: Moment) -> PositionShown:
    """Everything about a position at the moment, in a constant number of statements."""
    what = _what(session, position_id, moment)
    if what is None:
        return PositionShown(position_id, _latest_title(session, position_id), None)
    manager_id, line = _manager(session, position_id, moment)
    reports, below = _reports(session, position_id, moment)
    lines = _side_lines(session, position_id, moment)
    others = {line[0] for line in lines} | ({manager_id} if manager_id else set())
    titles = titles_at(session, sorted(others), moment) | dict(reports)
    holders = holders_at(session, [position_id, *titles], moment)
    around = {i: Neighbour(i, t, tuple(holders.get(i, ()))) for i, t in titles.items()}
    return PositionShown(
        position_id,
        what.title,
        what,
        tuple(holders.get(position_id, ())),
        around.get(manager_id) if manager_id else None,
        line,
        tuple(around[ident] for ident, _title in reports),
        below,
        tuple(Beside(around[line[0]], *line[1:]) for line in lines if line[0] in around),
    )


def _what(session: Session, position_id: int, moment: Moment) -> What | None:
    wanted = select(
        PositionFact.title,
        PositionFact.unit,
        PositionFact.kind,
        PositionFact.code,
        PositionFact.is_known,
        *known_columns(PositionFact),
    ).where(PositionFact.position_id == position_id, at(PositionFact, moment))
    row: Sequence[Any] | None = session.execute(wanted).first()
    if row is None:
        return None
    title, unit, kind, code, is_known = row[:5]
    return What(title, unit, PositionKind(kind), code, is_known, known_from(row))


def _latest_title(session: Session, position_id: int) -> str:
    """What it was called last, by what we believe, else by what we once believed."""
    latest = (
        select(PositionFact.title)
        .where(PositionFact.position_id == position_id)
        .order_by((PositionFact.superseded_at == NEVER).desc(), PositionFact.valid_from.desc())
        .limit(1)
    )
    return session.scalar(latest) or ""


def _manager(session: Session, position_id: int, moment: Moment) -> tuple[int | None, Known | None]:
    wanted = select(SolidLine.to_position_id, *known_columns(SolidLine)).where(
        SolidLine.from_position_id == position_id, at(SolidLine, moment)
    )
    row = session.execute(wanted).first()
    return (row[0], known_from(row)) if row else (None, None)


def _reports(
    session: Session, position_id: int, moment: Moment
) -> tuple[Sequence[tuple[int, str]], int]:
    joined = (
        select(PositionFact.position_id, PositionFact.title)
        .join(SolidLine, SolidLine.from_position_id == PositionFact.position_id)
        .where(
            SolidLine.to_position_id == position_id, at(SolidLine, moment), at(PositionFact, moment)
        )
    )
    some = joined.order_by(PositionFact.rank, PositionFact.position_id).limit(MOST_REPORTS)
    number = session.scalar(select(func.count()).select_from(joined.subquery()))
    return [(row.position_id, row.title) for row in session.execute(some)], number or 0


def _side_lines(
    session: Session, position_id: int, moment: Moment
) -> Sequence[tuple[int, LineKind, bool, Known]]:
    touching = (SideLine.from_position_id == position_id) | (SideLine.to_position_id == position_id)
    wanted = (
        select(
            SideLine.from_position_id,
            SideLine.to_position_id,
            SideLine.kind,
            *known_columns(SideLine),
        )
        .where(touching, at(SideLine, moment))
        .order_by(SideLine.id)
    )
    found = []
    for row in session.execute(wanted):
        outward = row[0] == position_id
        found.append((row[1] if outward else row[0], LineKind(row[2]), outward, known_from(row)))
    return found
