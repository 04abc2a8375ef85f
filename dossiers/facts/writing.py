"""Writing dated facts: what was believed of those days is closed, and the new is opened.

Rows are read and written in bulk, so that one edit and an import of ten thousand rows go the same
way, in a number of statements that does not grow with the rows (per thousand of them).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from dossiers.facts.models import NEVER, Change, Confidence, Dated, Source
from dossiers.facts.periods import EVER, Period
from wiki import clock

T = TypeVar("T")
_AT_ONCE = 500

Values = Mapping[str, Any]
_Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact is known from, how surely, since which day we know it, and a note."""

    source: Source
    confidence: Confidence = Confidence.SURE
    learned_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """What is to be believed from now on of the days of `period`; `values=None` is "not so"."""

    key: Values
    values: Values | None
    period: Period = EVER
    evidence: Evidence | None = None


@dataclass(slots=True)
class _Piece:
    """A stretch of days of one key: a row of the database (`row_id`), or one to be written."""

    period: Period
    columns: dict[str, Any]
    row_id: int | None = None


def begin_change(
    session: Session, actor_id: int | None, client_id: int, action: str, **words: object
) -> Change:
    """Begin a change of a dossier; facts are written under it."""
    change = Change(
        client_id=client_id, actor_id=actor_id, at=clock.now(), action=action, words=words
    )
    session.add(change)
    session.flush()
    return change


def write_facts(
    session: Session,
    change: Change,
    table: type[Dated],
    facts: Iterable[Fact],
    evidence: Evidence,
) -> int:
    """Believe these facts from now on, in their order; the number of rows opened or closed.

    `evidence` holds for facts without their own. What is believed already, with the same evidence,
    is left as it is. `key` and `values` of each fact name the columns in `table.KEY` and
    `table.VALUES`.
    """
    written = 0
    remaining = iter(facts)
    while some := list(islice(remaining, _AT_ONCE)):
        written += _write_some(session, change, table, some, evidence)
    return written


def _write_some(
    session: Session, change: Change, table: type[Dated], facts: Sequence[Fact], evidence: Evidence
) -> int:
    known = _live(session, table, facts)
    touched = {_key(table, fact): list(known[_key(table, fact)]) for fact in facts}
    for fact in facts:
        key = _key(table, fact)
        touched[key] = list(_after(touched[key], fact, _columns(change, fact, evidence)))
    kept = {piece.row_id for pieces in touched.values() for piece in pieces if piece.row_id}
    closed = [p.row_id for key in touched for p in known[key] if p.row_id not in kept]
    opened = [p for pieces in touched.values() for p in pieces if p.row_id is None]
    close_rows(session, change, table, [row_id for row_id in closed if row_id])
    open_rows(session, change, table, [{**p.columns, **_days(p.period)} for p in opened])
    return len(closed) + len(opened)


def _key(table: type[Dated], fact: Fact) -> _Key:
    return tuple(fact.key[name] for name in table.KEY)


def _live(
    session: Session, table: type[Dated], facts: Sequence[Fact]
) -> Mapping[_Key, list[_Piece]]:
    """What is believed now of the keys of these facts."""
    first = table.KEY[0]
    wanted = {fact.key[first] for fact in facts}
    columns = table.__table__.c  # type: ignore[attr-defined]
    statement = select(columns).where(columns.superseded_at == NEVER, columns[first].in_(wanted))
    found: dict[_Key, list[_Piece]] = defaultdict(list)
    for row in session.connection().execute(statement).mappings():
        piece = _piece(row)
        found[tuple(row[name] for name in table.KEY)].append(piece)
    return found


_OWN = ("id", "valid_from", "valid_to", "recorded_at", "superseded_at", "superseded_in")


def _piece(row: Mapping[Any, Any]) -> _Piece:
    columns = {str(name): value for name, value in row.items() if name not in _OWN}
    return _Piece(Period(row["valid_from"], row["valid_to"]), columns, row["id"])


def _columns(change: Change, fact: Fact, general: Evidence) -> dict[str, Any] | None:
    if fact.values is None:
        return None
    evidence = fact.evidence or general
    return {
        "client_id": change.client_id,
        **fact.key,
        **fact.values,
        "learned_on": evidence.learned_on or change.at.date(),
        "source": evidence.source,
        "confidence": evidence.confidence,
        "note": evidence.note,
    }


def _after(
    pieces: Iterable[_Piece], fact: Fact, columns: dict[str, Any] | None
) -> Iterator[_Piece]:
    """The pieces of a key when the fact is believed, too."""
    if fact.period.is_empty:
        yield from pieces
        return
    said = False
    for piece in pieces:
        if not piece.period.meets(fact.period):
            yield piece
        elif columns and _says(piece, columns) and _covers(piece.period, fact.period):
            said = True
            yield piece
        else:
            for rest in piece.period.without(fact.period):
                yield _Piece(rest, piece.columns)
    if columns and not said:
        yield _Piece(fact.period, columns)


def _covers(outer: Period, inner: Period) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _says(piece: _Piece, columns: Mapping[str, Any]) -> bool:
    return all(piece.columns.get(name) == value for name, value in columns.items())


def _days(period: Period) -> dict[str, date]:
    return {"valid_from": period.start, "valid_to": period.end}


def close_rows(session: Session, change: Change, table: type[Dated], ids: Sequence[int]) -> None:
    """Stop believing these rows."""
    columns = table.__table__.c  # type: ignore[attr-defined]
    for some in in_parts(ids):
        session.execute(
            update(table)
            .where(columns.id.in_(some))
            .values(superseded_at=change.at, superseded_in=change.id)
            .execution_options(synchronize_session=False)
        )


def open_rows(
    session: Session, change: Change, table: type[Dated], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Believe these rows from now on; whoever did the change has written them down."""
    stamped = [{**row, **_stamp(change)} for row in rows]
    if stamped:
        session.execute(insert(table), stamped)


def _stamp(change: Change) -> dict[str, int | datetime | None]:
    return {
        "recorded_at": change.at,
        "recorded_by": change.actor_id,
        "superseded_at": NEVER,
        "superseded_in": None,
        "change_id": change.id,
    }


def in_parts(items: Iterable[T], size: int = _AT_ONCE) -> Iterator[list[T]]:
    """The items in lists of at most `size`: databases limit the values of one statement."""
    remaining = iter(items)
    while some := list(islice(remaining, size)):
        yield some


@dataclass(slots=True)
class Sheet:
    """Facts of several tables collected for one change, written together table by table."""

    facts: dict[type[Dated], list[Fact]] = field(default_factory=dict)

    def add(self, table: type[Dated], fact: Fact) -> None:
        """Put one fact on the sheet."""
        self.facts.setdefault(table, []).append(fact)

    def write(self, session: Session, change: Change, evidence: Evidence) -> int:
        """Write all of them; the number of rows opened or closed."""
        return sum(
            write_facts(session, change, table, facts, evidence)
            for table, facts in self.facts.items()
        )
