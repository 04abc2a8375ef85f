"""Both questions of a dossier: how was it on that day, and what did we believe on that day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_

from dossiers.facts.models import NEVER, Dated

S = TypeVar("S", bound=Select)  # type: ignore[type-arg]


@dataclass(frozen=True, slots=True)
class Moment:
    """A day in the world and a moment of our knowledge; `known` is `None` for what we know now."""

    day: date
    known: datetime | None = None


def believed(table: type[Dated], known: datetime | None = None) -> ColumnElement[bool]:
    """The rows of the table that we believed at that moment, whatever day they are about."""
    if known is None:
        return table.superseded_at == NEVER
    return and_(table.recorded_at <= known, table.superseded_at > known)


def true_on(table: type[Dated], day: date) -> ColumnElement[bool]:
    """The rows of the table that are about that day."""
    return and_(table.valid_from <= day, table.valid_to > day)


def at(table: type[Dated], moment: Moment) -> ColumnElement[bool]:
    """The rows that are about the moment's day, as we believed then."""
    return and_(believed(table, moment.known), true_on(table, moment.day))


def end_of(day: date, zone: str) -> datetime:
    """The last moment of that day in a time zone: "what did we believe on that day"."""
    midnight = datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(zone))
    return midnight - timedelta(microseconds=1)
