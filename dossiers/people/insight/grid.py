"""Our people against theirs: who knows whom how well, and where more is wanted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dossiers.people.chart.snapshot import Acquaintance, Chart, Standing
from dossiers.people.insight.weights import weights_of
from dossiers.people.kinds import Coverage, Level


@dataclass(frozen=True, slots=True)
class Cell:
    """How well one of ours knows one of theirs; without `known` nobody wrote anything down."""

    user_id: int
    known: Acquaintance | None = None
    today: date = date.min

    @property
    def coverage(self) -> Coverage:
        """How often they met."""
        return self.known.coverage if self.known else Coverage.NONE

    @property
    def shade(self) -> int:
        """From 0 (no contact) to 3 (close contact); beside the words, never instead of them."""
        return list(Coverage).index(self.coverage)

    @property
    def gap(self) -> Level | None:
        """The level that is wanted and not reached."""
        if self.known is None or _step(self.known.wanted) <= _step(self.known.level):
            return None
        return self.known.wanted

    @property
    def is_late(self) -> bool:
        """Whether the day has passed by which more was wanted."""
        day = self.known.wanted_by if self.known else None
        return bool(self.gap and day and day < self.today)


def _step(level: Level | None) -> int:
    return list(Level).index(level) + 1 if level else 0


@dataclass(frozen=True, slots=True)
class Row:
    """One of theirs with the cells of ours, in the order of the grid's columns."""

    person_id: int
    name: str
    titles: str
    standing: Standing
    weight: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The whole grid: our people by number and name, theirs by weight, the heaviest first."""

    ours: tuple[tuple[int, str], ...]
    rows: tuple[Row, ...]


def people_by_weight(chart: Chart, everybody: bool) -> list[int]:
    """The people for the rows, the heaviest first, then as in the chart.

    Without `everybody` only those who have a part in decisions or whom one of ours knows; when
    there are none, all.
    """
    weights = weights_of(chart)
    names = list(weights)
    known = {one.person_id for one in chart.acquaintances}
    has_part = any(chart.standings.get(person) for person in names)
    if not everybody and (has_part or known):
        names = [p for p in names if p in known or (has_part and weights[p])]
    return sorted(names, key=lambda person: -weights[person])


def grid_of(chart: Chart, ours: Mapping[int, str], people: Sequence[int]) -> Grid:
    """The grid of these people of theirs and of ours."""
    known = {(one.person_id, one.user_id): one for one in chart.acquaintances}
    weights, names, titles = weights_of(chart), chart.names, _titles(chart)
    rows = tuple(
        Row(
            person, names[person], ", ".join(titles.get(person, ())),
            chart.standings.get(person, Standing()), weights[person],
            tuple(Cell(user, known.get((person, user)), chart.day) for user in ours),
        )
        for person in people
    )  # fmt: skip
    return Grid(tuple(ours.items()), rows)


def _titles(chart: Chart) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for person, title in _held(chart):
        found.setdefault(person, []).append(title)
    return found


def _held(chart: Chart) -> Iterable[tuple[int, str]]:
    for seat in chart.seats.values():
        for holder in seat.holders:
            yield holder.person_id, seat.title
