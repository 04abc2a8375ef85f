"""All that a dossier says of all days, as plain values: two such are equal when nothing differs."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.models import Assignment, CardFact, Client, ClientDomain
from dossiers.facts.asking import believed
from dossiers.facts.models import Dated
from dossiers.people.models import FACT_TABLES, Person

_BY_THE_WAY = {"id", "recorded_at", "recorded_by", "superseded_at", "superseded_in", "change_id"}
TABLES: tuple[type[Dated], ...] = (*FACT_TABLES, CardFact, Assignment)


def facts(session: Session, table: type[Dated], known: datetime | None = None) -> list[str]:
    """What is believed of a table's things, whoever wrote it down and when."""
    columns = table.__table__.c  # type: ignore[attr-defined]
    rows = session.connection().execute(select(columns).where(believed(table, known))).mappings()
    plain = [{n: v for n, v in row.items() if n not in _BY_THE_WAY} for row in rows]
    return sorted(repr(row) for row in plain)


def everything(session: Session) -> dict[str, Any]:
    """Facts of all tables, and the rows of people and clients that lists show."""
    session.flush()
    found: dict[str, Any] = {table.__name__: facts(session, table) for table in TABLES}
    for table in (Person, Client, ClientDomain):
        columns = [c for c in table.__table__.c if c.name not in ("stamp", "changed_at")]
        rows = session.connection().execute(select(*columns))
        found[table.__name__] = sorted(repr(tuple(row)) for row in rows)
    return found


def twice_true(session: Session) -> list[str]:
    """Keys of which two rows are true on one day: there must be none."""
    wrong = []
    for table in TABLES:
        columns = table.__table__.c  # type: ignore[attr-defined]
        wanted = select(columns).where(believed(table)).order_by(columns.valid_from)
        last: dict[tuple[Any, ...], Any] = {}
        for row in session.connection().execute(wanted).mappings():
            key = tuple(row[name] for name in table.KEY)
            if key in last and row["valid_from"] < last[key]:
                wrong.append(f"{table.__name__}: {key}")
            last[key] = max(row["valid_to"], last.get(key, row["valid_to"]))
    return wrong
