"""The chart as one JSON document: what the drawing, the API and programs of others read."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dossiers.facts.kinds import ALWAYS
from dossiers.people.chart.snapshot import (
    Acquaintance,
    Chart,
    Holder,
    Known,
    Line,
    Seat,
    Standing,
    Tie,
)

_Json = dict[str, Any]


def document_of(chart: Chart) -> _Json:
    """The chart as plain JSON values.

    Positions stand in the order of the drawing, the manager before the reports. What is false,
    empty or not known is left out, so that ten thousand positions stay small. `age` is in days
    since the fact was learnt.
    """
    writer = _Writer(chart)
    return {
        "client": chart.client_id,
        "on": chart.day.isoformat(),
        "positions": [writer.seat(seat) for seat in _managers_first(chart)],
        "unplaced": [writer.holder(holder) for holder in chart.unplaced],
        "lines": [writer.line(line) for line in chart.lines],
        "influences": [writer.tie(tie) for tie in chart.ties],
    }


def _managers_first(chart: Chart) -> Sequence[Seat]:
    below = chart.below()
    found: list[Seat] = []
    level = below.get(None, [])
    while level:
        found += level
        level = [seat for manager in level for seat in below.get(manager.id, ())]
    return found


class _Writer:
    """Writes the parts of one chart."""

    def __init__(self, chart: Chart) -> None:
        self._day = chart.day
        self._seats = chart.seats
        self._standings = chart.standings
        self._known_by = _by_person(chart.acquaintances)

    def seat(self, seat: Seat) -> _Json:
        """One position with its holders."""
        shown: _Json = {
            "id": seat.id,
            "title": seat.title,
            "unit": seat.unit,
            "kind": seat.kind,
            "code": seat.code,
            "manager": seat.manager_id if seat.manager_id in self._seats else None,
            "unknown": not seat.is_known,
            "vacant": seat.is_vacant,
            "guess": seat.known.is_guess,
            "lineGuess": seat.line is not None and seat.line.is_guess,
            "age": self._age(seat.known),
            "holders": [self.holder(holder) for holder in seat.holders],
        }
        return _saying(shown)

    def holder(self, holder: Holder) -> _Json:
        """Somebody, what we think of them and who of ours knows them."""
        shown: _Json = {
            "person": holder.person_id,
            "name": holder.name,
            "acting": holder.acting,
            "additional": not holder.main,
            **self._known(holder.known),
            **_standing(self._standings.get(holder.person_id)),
            "coverage": self._known_by.get(holder.person_id, []),
        }
        return _saying(shown)

    def line(self, line: Line) -> _Json:
        """A line beside the solid ones, between positions."""
        ends = {"from": line.from_id, "to": line.to_id, "kind": line.kind}
        return ends | self._known(line.known)

    def tie(self, tie: Tie) -> _Json:
        """An influence line, between persons."""
        ends = {"from": tie.from_id, "to": tie.to_id, "kind": tie.kind, "strength": tie.strength}
        return ends | {"bothWays": tie.both_ways, "note": tie.note} | self._known(tie.known)

    def _known(self, known: Known) -> _Json:
        return {
            "since": day_or_none(known.since),
            "guess": known.is_guess,
            "source": known.source,
            "age": self._age(known),
        }

    def _age(self, known: Known) -> int:
        return max(0, (self._day - known.learned_on).days)


def _saying(shown: _Json) -> _Json:
    """Only what says something; the age always does."""
    return {name: value for name, value in shown.items() if value or name == "age"}


def _by_person(acquaintances: Sequence[Acquaintance]) -> Mapping[int, list[_Json]]:
    found: dict[int, list[_Json]] = {}
    for one in acquaintances:
        said = {"user": one.user_id, "name": one.user, "coverage": one.coverage, "level": one.level}
        found.setdefault(one.person_id, []).append(said)
    return found


def _standing(standing: Standing | None) -> _Json:
    if standing is None:
        return {}
    return {
        "roles": list(standing.roles),
        "attitude": standing.attitude,
        "power": standing.power,
        "orientation": standing.orientation,
        "ofDeal": sorted(standing.of_deal),
    }


def day_or_none(day: date) -> str | None:
    """The day as ISO text; `None` when nobody knows since when."""
    return None if day == ALWAYS else day.isoformat()
