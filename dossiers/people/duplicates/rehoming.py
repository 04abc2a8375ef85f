"""Giving facts to another person or client, without two being true of one key on one day."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from dossiers.facts.models import NEVER, Change, Dated
from dossiers.facts.periods import Period
from dossiers.facts.writing import close_rows, in_parts, open_rows

Row = Mapping[str, Any]
_Taken = dict[tuple[Any, ...], list[Period]]
#: A row as it stands under the new owner; `None` when it says nothing there.
Mapped = Callable[[Row], dict[str, Any] | None]

_NEW_EACH_TIME = frozenset(
    {"id", "recorded_at", "recorded_by", "superseded_at", "superseded_in", "change_id"}
)


def believed_rows(
    session: Session, table: type[Dated], *where: ColumnElement[bool]
) -> Sequence[Row]:
    """The rows that are believed now and fit, oldest first, as plain values."""
    columns = table.__table__.c  # type: ignore[attr-defined]
    wanted = select(columns).where(columns.superseded_at == NEVER, *where).order_by(columns.id)
    return [dict(row) for row in session.connection().execute(wanted).mappings()]


def rehome(
    session: Session, change: Change, table: type[Dated], rows: Sequence[Row], mapped: Mapped
) -> None:
    """Close the rows and open them again as `mapped` says, each with its source and its days.

    Where the new owner's own rows speak of the same key, those hold and the days are left out;
    what is left out can be read as it was believed before the change.
    """
    own = {row["id"] for row in rows}
    opened = _fitting(session, table, rows, mapped, own)
    close_rows(session, change, table, list(own))
    open_rows(session, change, table, opened)


def copy(
    session: Session, change: Change, table: type[Dated], rows: Sequence[Row], mapped: Mapped
) -> None:
    """The same, but the rows themselves stay believed, too."""
    open_rows(session, change, table, _fitting(session, table, rows, mapped, ()))


def _fitting(
    session: Session,
    table: type[Dated],
    rows: Iterable[Row],
    mapped: Mapped,
    but: Collection[int],
) -> list[dict[str, Any]]:
    wanted = [new for new in map(mapped, rows) if new is not None]
    taken = _taken(session, table, wanted, but)
    return [piece for new in wanted for piece in _pieces(table, new, taken)]


def cut(
    session: Session,
    change: Change,
    table: type[Dated],
    rows: Sequence[Row],
    away: Mapping[int, Sequence[Period]],
) -> None:
    """Take days out of rows, by their numbers."""
    opened = []
    for row in rows:
        left = _without(Period(row["valid_from"], row["valid_to"]), away[row["id"]])
        bare = {name: value for name, value in row.items() if name not in _NEW_EACH_TIME}
        opened += [{**bare, **_days(period)} for period in left]
    close_rows(session, change, table, [row["id"] for row in rows])
    open_rows(session, change, table, opened)


def _pieces(table: type[Dated], new: Row, taken: _Taken) -> list[dict[str, Any]]:
    """The row in as many pieces as are free; they are taken from then on."""
    key = tuple(new[name] for name in table.KEY)
    free = _without(Period(new["valid_from"], new["valid_to"]), taken[key])
    taken[key] += free
    bare = {name: value for name, value in new.items() if name not in _NEW_EACH_TIME}
    return [{**bare, **_days(period)} for period in free]


def _taken(
    session: Session, table: type[Dated], wanted: Iterable[Row], but: Collection[int]
) -> _Taken:
    """Which days of the keys of these rows are spoken for, but by the rows of these numbers."""
    first = table.KEY[0]
    columns = table.__table__.c  # type: ignore[attr-defined]
    found: _Taken = defaultdict(list)
    for some in in_parts({row[first] for row in wanted}):
        for row in believed_rows(session, table, columns[first].in_(some)):
            if row["id"] not in but:
                key = tuple(row[name] for name in table.KEY)
                found[key].append(Period(row["valid_from"], row["valid_to"]))
    return found


def _without(period: Period, away: Iterable[Period]) -> list[Period]:
    left = [period]
    for other in away:
        left = [rest for piece in left for rest in piece.without(other)]
    return left


def _days(period: Period) -> dict[str, Any]:
    return {"valid_from": period.start, "valid_to": period.end}
