"""Taking a change back: rows it opened are closed, rows it closed are opened again."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.facts.models import NEVER, Change, Dated
from dossiers.facts.periods import Period
from dossiers.facts.writing import begin_change, close_rows, in_parts, open_rows
from wiki.errors import Clash

_NEW_EACH_TIME = (
    "id",
    "recorded_at",
    "recorded_by",
    "superseded_at",
    "superseded_in",
    "change_id",
)


def undo_change(
    session: Session, actor_id: int, change: Change, tables: Iterable[type[Dated]]
) -> Change:
    """Take the change back; to redo it, take the returned change back.

    Raises `Clash` when it was taken back before, or when something it wrote has been changed
    since: then the newer change must be taken back first.
    """
    if session.scalar(select(Change.id).where(Change.undoes_id == change.id)):
        raise Clash("This change was taken back before. Nothing was changed.")
    words = {"of": change.action, **change.words, "again": _is_again(change)}
    undo = begin_change(session, actor_id, change.client_id, "undo", **words)
    undo.undoes_id = change.id
    for table in tables:
        _undo_in(session, change, undo, table)
    session.flush()
    return undo


def _is_again(change: Change) -> bool:
    """Whether taking this change back does the first deed again."""
    return change.action == "undo" and not change.words["again"]


def _undo_in(session: Session, change: Change, undo: Change, table: type[Dated]) -> None:
    columns = table.__table__.c  # type: ignore[attr-defined]
    opened, closed = columns.change_id == change.id, columns.superseded_in == change.id
    # Rows that the change itself opened and closed were never believed.
    lasting = columns.superseded_in.is_distinct_from(change.id)
    written = _rows(session, table, opened & lasting)
    taken = _rows(session, table, closed & (columns.change_id != change.id))
    own = {row["id"] for row in written}
    if any(row["superseded_at"] != NEVER for row in written) or _is_taken(
        session, table, taken, own
    ):
        raise Clash(
            "This cannot be taken back any more, because what it wrote has been changed since. "
            "Nothing was changed. Take the newer change back first, or write it down anew."
        )
    close_rows(session, undo, table, list(own))
    again = [{n: v for n, v in row.items() if n not in _NEW_EACH_TIME} for row in taken]
    open_rows(session, undo, table, again)


def _is_taken(
    session: Session, table: type[Dated], rows: Sequence[dict[str, Any]], own: set[int]
) -> bool:
    """Whether something else is believed by now of the days and keys of these rows."""
    columns = table.__table__.c  # type: ignore[attr-defined]
    first = table.KEY[0]
    for some in in_parts({row[first] for row in rows}):
        live = _rows(session, table, (columns.superseded_at == NEVER) & columns[first].in_(some))
        days = [(_key(table, row), _days(row)) for row in live if row["id"] not in own]
        if _overlap(table, rows, days):
            return True
    return False


def _overlap(
    table: type[Dated],
    rows: Sequence[dict[str, Any]],
    days: Sequence[tuple[tuple[Any, ...], Period]],
) -> bool:
    by_key: dict[tuple[Any, ...], list[Period]] = {}
    for key, period in days:
        by_key.setdefault(key, []).append(period)
    return any(_days(row).meets(p) for row in rows for p in by_key.get(_key(table, row), ()))


def _key(table: type[Dated], row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in table.KEY)


def _days(row: dict[str, Any]) -> Period:
    return Period(row["valid_from"], row["valid_to"])


def _rows(session: Session, table: type[Dated], where: Any) -> Sequence[dict[str, Any]]:
    statement = select(table.__table__.c).where(where)  # type: ignore[attr-defined]
    return [dict(row) for row in session.connection().execute(statement).mappings()]
