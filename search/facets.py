"""Facets: the hits counted by kind, category, client, owner, language, period and tag."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import LazyString
from sqlalchemy.orm import Session

from search.assembly import Search
from search.documents import FACETS
from search.engine import Counts
from wiki import clock
from wiki.locale import _l, language

MOST_VALUES = 12
_EPOCH = date(1970, 1, 1)

PERIODS: Mapping[str, int] = {"week": 7, "month": 31, "quarter": 92, "year": 366}
"""The periods to choose from, with the days they go back from today."""

FACET_NAMES: Mapping[str, LazyString] = {
    "kind": _l("Kind"),
    "category": _l("Category"),
    "client": _l("Client"),
    "owner": _l("Owner"),
    "language": _l("Language"),
    "tag": _l("Tag"),
    "period": _l("Changed"),
}
_PERIOD_NAMES: Mapping[str, LazyString] = {
    "week": _l("in the last week"),
    "month": _l("in the last month"),
    "quarter": _l("in the last quarter"),
    "year": _l("in the last year"),
}
_LANGUAGE_NAMES: Mapping[str, LazyString] = {"ru": _l("Russian"), "en": _l("English")}


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet: how the address says it, how the reader reads it, how many hits."""

    code: str
    name: str
    count: int
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with its values, the most frequent first."""

    code: str
    name: str
    values: tuple[Value, ...]


def period_start(period: str) -> date | None:
    """The first day of one of `PERIODS`; `None` for anything else."""
    days = PERIODS.get(period)
    return clock.now().date() - timedelta(days=days) if days else None


def facets_of(
    session: Session, search: Search, counts: Counts, marks: Collection[str]
) -> tuple[Facet, ...]:
    """The facets that help to choose: those with more than one value, or with a chosen one.

    `counts` are those of an answer, `marks` what its question demands. In the reader's language.
    """
    found = [_facet(session, search, code, counts.get(code, {}), marks) for code in FACETS]
    found.append(_periods(counts.get("day", {})))
    return tuple(f for f in found if len(f.values) > 1 or any(v.chosen for v in f.values))


def _facet(
    session: Session, search: Search, code: str, counts: Mapping[str, int], marks: Collection[str]
) -> Facet:
    chosen = {mark.partition("=")[2] for mark in marks if mark.startswith(f"{code}=")}
    most = sorted(counts, key=lambda value: (value not in chosen, -counts[value], value))
    values = most[:MOST_VALUES]
    names = _names(session, search, code, values)
    return Facet(
        code,
        str(FACET_NAMES[code]),
        tuple(Value(v, names[v], counts[v], v in chosen) for v in values if v in names),
    )


def _names(session: Session, search: Search, code: str, values: Sequence[str]) -> Mapping[str, str]:
    if code == "kind":
        return {kind: _kind_name(search, kind) for kind in values}
    if code == "language":
        return {value: str(_LANGUAGE_NAMES.get(value, value)) for value in values}
    if code == "tag":
        return {value: value for value in values}
    numbers = [int(value) for value in values if value.isdecimal()]
    tell = search.names.get(code)
    known = tell(session, numbers) if tell and numbers else {}
    return {str(number): label.in_language(language()) for number, label in known.items()}


def _kind_name(search: Search, kind: str) -> str:
    for one in search.all_indexes():
        if kind in one.sources.kinds():
            return one.sources.label(kind)
    return kind


def _periods(by_day: Mapping[str, int]) -> Facet:
    """How many hits changed within each period; periods that add nothing are left out."""
    values: list[Value] = []
    for code, name in _PERIOD_NAMES.items():
        start = period_start(code) or _EPOCH
        first = (start - _EPOCH).days
        count = sum(n for day, n in by_day.items() if int(day) >= first)
        if count and (not values or count > values[-1].count):
            values.append(Value(code, str(name), count))
    return Facet("period", str(FACET_NAMES["period"]), tuple(values))
