"""What must never stand in a dossier, looked for row by row in all that is believed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.facts.models import NEVER, Dated
from dossiers.facts.periods import Period
from dossiers.people.editing.cycles import check_whole_chart
from dossiers.people.models import FACT_TABLES, Employment, PositionFact, SideLine, SolidLine
from wiki.errors import Refusal

_ON_POSITIONS: dict[type[Dated], tuple[str, ...]] = {
    SolidLine: ("from_position_id", "to_position_id"),
    SideLine: ("from_position_id", "to_position_id"),
    Employment: ("position_id",),
}


def faults_of(session: Session, client_id: int) -> list[str]:
    """Two answers to one question, a circle, or something that hangs on a position not there."""
    believed = {table: _believed(session, client_id, table) for table in FACT_TABLES}
    faults = [fault for table, rows in believed.items() for fault in _twice(table, rows)]
    stands = _stretches(believed[PositionFact])
    for table, names in _ON_POSITIONS.items():
        faults += _hanging(table, names, believed[table], stands)
    try:
        check_whole_chart(session, client_id)
    except Refusal as refusal:
        faults.append(f"a circle: {refusal}")
    return faults


def _believed(session: Session, client_id: int, table: type[Dated]) -> list[dict[str, Any]]:
    columns = table.__table__.c  # type: ignore[attr-defined]
    own = (columns.client_id == client_id, columns.superseded_at == NEVER)
    wanted = select(columns).where(*own).order_by(columns.valid_from)
    return [dict(row) for row in session.connection().execute(wanted).mappings()]


def _twice(table: type[Dated], rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    by_key: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_key[tuple(row[name] for name in table.KEY)].append(row)
    for key, some in by_key.items():
        for one, other in pairwise(some):
            if one["valid_to"] > other["valid_from"]:
                yield f"two answers in {table.__name__} {key} on {other['valid_from']}"


def _stretches(rows: Iterable[dict[str, Any]]) -> dict[int, list[Period]]:
    """Position → the stretches of days on which it is there, put together where they touch."""
    found: dict[int, list[Period]] = defaultdict(list)
    for row in rows:
        some, start = found[row["position_id"]], row["valid_from"]
        if some and some[-1].end == start:
            start = some.pop().start
        some.append(Period(start, row["valid_to"]))
    return found


def _hanging(
    table: type[Dated],
    names: Iterable[str],
    rows: Iterable[dict[str, Any]],
    stands: dict[int, list[Period]],
) -> Iterator[str]:
    for row in rows:
        days = Period(row["valid_from"], row["valid_to"])
        for name in names:
            there = stands.get(row[name], [])
            if row[name] is not None and not any(days.with_(p) == days for p in there):
                yield f"{table.__name__} of {days} hangs on position {row[name]}, there {there}"
