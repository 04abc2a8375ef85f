"""Marks that come late: a company's tax number or domain, a seller's address.

They are taken over where they were not said before, and while nobody knows who it is; a name that
is known or decided is never taken from whom it means by what a later record says.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from dossiers.deals.matching.kinds import SUBJECTS, Kind
from dossiers.deals.matching.waiting import match_rows
from dossiers.deals.models import DealSource
from dossiers.facts.writing import in_parts

Marks = Mapping[str, str]
"""Column → what is said; empty when it is not."""


def fill_in(
    session: Session,
    source: DealSource,
    kind: Kind,
    said: Iterable[tuple[str, Marks]],
    seen: set[tuple[str, str, str]],
) -> None:
    """Take over marks by the keys of rows; `seen` are those that were looked at in this load."""
    wanted: dict[str, dict[str, str]] = {}
    for key, marks in said:
        for column, text in marks.items():
            if text and (key, column, text) not in seen:
                seen.add((key, column, text))
                wanted.setdefault(key, {}).setdefault(column, text)
    filled: list[int] = []
    for some in in_parts(wanted):
        filled += _fill(session, source, kind, {key: wanted[key] for key in some})
    if filled:
        match_rows(session, kind, filled)


def _fill(
    session: Session, source: DealSource, kind: Kind, wanted: Mapping[str, Marks]
) -> list[int]:
    subject = SUBJECTS[kind]
    table = subject.table
    waiting = select(table).where(
        table.source_id == source.id,
        table.key.in_(wanted),
        subject.waits,
        table.decided_at.is_(None),
    )
    rows: list[dict[str, Any]] = []
    for row in session.scalars(waiting):
        new = {c: t for c, t in wanted[row.key].items() if not getattr(row, c)}
        if new:
            rows.append({"id": row.id, **{c: getattr(row, c) for c in wanted[row.key]}, **new})
    for columns in {tuple(sorted(row)) for row in rows}:
        session.execute(update(table), [row for row in rows if tuple(sorted(row)) == columns])
    return [row["id"] for row in rows]
