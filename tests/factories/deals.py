"""Deals for tests, as sources say them."""

from dataclasses import replace

from sqlalchemy.orm import Session

from dossiers.deals.applying.naming import Names
from dossiers.deals.applying.writing import Counts, Written, apply_records
from dossiers.deals.kinds import SourceKind
from dossiers.deals.models import DealSource
from dossiers.deals.record import DealRecord
from wiki import clock

EVERYTHING = frozenset(DealRecord.__slots__) - {"external_id", "said", "updated_at"}


def make_source(
    session: Session, name: str = "CRM", kind: SourceKind = SourceKind.API
) -> DealSource:
    """A source of deals."""
    source = DealSource(name=name, kind=kind, created_at=clock.now())
    session.add(source)
    session.flush()
    return source


def says(external_id: str, **fields: object) -> DealRecord:
    """A record that says these fields and no others."""
    updated_at = fields.pop("updated_at", None)
    record = DealRecord(external_id, frozenset(fields), **fields)  # type: ignore[arg-type]
    return replace(record, updated_at=updated_at)  # type: ignore[arg-type]


def apply(session: Session, source: DealSource, *records: DealRecord) -> Counts:
    """Write the records as one load."""
    return apply_records(session, Names(source), records, Written())
