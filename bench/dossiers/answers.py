"""The questions one may ask of a chart, answered by the chart and by the oracle's memory."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from bench.dossiers.memory import DAYS, Key, Memory, Said
from bench.dossiers.steps import There
from dossiers.people.chart.snapshot import Chart, Holder, Known

Answers = dict[tuple[str, int], Any]


def charted(chart: Chart, there: There) -> Answers:
    """For each position what it is, who is above it, who holds it, and its dotted lines.

    For each person whether they are there without a place. All with the source, and since when.
    """
    answers: Answers = {}
    for position in there.positions:
        seat = chart.seats.get(position)
        line = (seat.manager_id, _source(seat.line)) if seat and seat.line else None
        answers["is", position] = seat and (seat.title, seat.rank, _source(seat.known))
        answers["manager", position] = line
        answers["holders", position] = {_held(h) for h in seat.holders} if seat else set()
        answers["dotted", position] = {
            (line.to_id, _source(line.known)) for line in chart.lines if line.from_id == position
        }
    placeless = {holder.person_id: holder.name for holder in chart.unplaced}
    for person in there.persons:
        answers["placeless", person] = placeless.get(person)
    return answers


def _held(holder: Holder) -> tuple[Any, ...]:
    return holder.person_id, holder.name, holder.main, holder.acting, _source(holder.known)


def _source(known: Known) -> tuple[Any, ...]:
    return known.source, known.confidence, known.learned_on, known.since


def remembered(memory: Memory, day: int, there: There, start: date) -> Answers:
    """The same from the memory; `start` is the date of day 0."""
    tell = _Teller(memory, min(day, DAYS - 1), start)
    answers: Answers = {}
    for position in there.positions:
        answers["is", position] = tell.one(("seat", position))
        answers["manager", position] = tell.one(("line", position))
        answers["holders", position] = tell.holders(position)
        answers["dotted", position] = tell.dotted(position)
    for person in there.persons:
        answers["placeless", person] = tell.placeless(person)
    return answers


class _Teller:
    def __init__(self, memory: Memory, day: int, start: date) -> None:
        self._memory, self._day, self._start = memory, day, start

    def one(self, key: Key) -> tuple[Any, ...] | None:
        said = self._said(key)
        if said is None:
            return None
        values = said.values if isinstance(said.values, tuple) else (said.values,)
        return (*values, self._source(key, said))

    def holders(self, position: int) -> set[tuple[Any, ...]]:
        found = self._all(lambda key: key[0] == "job" and key[2] == position)
        return {
            (key[1], self._name(key[1]), s.values.main, s.values.acting, self._source(key, s))
            for key, s in found.items()
        }

    def dotted(self, position: int) -> set[tuple[Any, ...]]:
        found = self._all(lambda key: key[:2] == ("side", position))
        return {(key[2], self._source(key, said)) for key, said in found.items()}

    def placeless(self, person: int) -> str | None:
        held = [key[2] for key in self._all(lambda key: key[:2] == ("job", person))]
        return self._name(person) if held == [None] else None

    def _name(self, person: int) -> str:
        said = self._said(("name", person))
        return str(said.values) if said else ""

    def _said(self, key: Key) -> Said | None:
        return self._memory.at(key, self._day) if self._day >= 0 else None

    def _all(self, wanted: Callable[[Key], bool]) -> dict[Key, Said]:
        found = {key: self._said(key) for key in self._memory.days if wanted(key)}
        return {key: said for key, said in found.items() if said}

    def _source(self, key: Key, said: Said) -> tuple[Any, ...]:
        since = self._start + timedelta(days=self._memory.run(key, self._day).start)
        told = said.told
        return told.source, told.confidence, told.learned_on, since
