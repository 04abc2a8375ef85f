"""How often each step was before each other one, counted over all runs at once.

One was before another when it was done before the other began; that it was opened again later is no
matter. As runs know the first and the last day of each step, steps that overlap are seen to be done
side by side. Days do not tell the order of two steps that began on one day on which one of them was
done.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dossiers.approvals.lessons.traces import Point, Visit

Counts = NDArray[np.int64]
#: More events than any run has.
_MANY = 2**20


@dataclass(frozen=True, slots=True)
class Pairs:
    """How often each step was wholly before each other, and how often their days told it.

    Where the days of no run tell it, what was written down first was first. `_places` says in
    which row and column of the counts a step stands.
    """

    _places: Mapping[str, int]
    _forth: Counts
    _told: Counts
    _written: Counts
    _both: Counts

    def both(self, one: str, other: str) -> int:
        """How many runs tell of the two."""
        return self._at(self._told, one, other) or self._at(self._both, one, other)

    def forth(self, one: str, other: str) -> int:
        """In how many of those the first was done before the other began."""
        told = self._at(self._told, one, other)
        return self._at(self._forth if told else self._written, one, other)

    def together(self, one: str, other: str) -> int:
        """How many runs had both."""
        return self._at(self._both, one, other)

    def surely_forth(self, one: str, other: str) -> int:
        """In how many runs the days say that the first was done before the other began."""
        return self._at(self._forth, one, other)

    def known(self) -> list[tuple[str, str]]:
        """All pairs that any run had, both ways."""
        codes = list(self._places)
        return [(codes[i], codes[j]) for i, j in np.argwhere(self._both).tolist() if i != j]

    def _at(self, counts: Counts, one: str, other: str) -> int:
        row, column = self._places.get(one), self._places.get(other)
        return 0 if row is None or column is None else int(counts[row, column])


def pairs_of(runs: Iterable[Mapping[str, Visit]]) -> Pairs:
    """All pairs of steps of these runs."""
    every = list(runs)
    places = {code: place for place, code in enumerate({c: None for one in every for c in one})}
    forth, told, written, both = np.zeros((4, len(places), len(places)), np.int64)
    for visits in every:
        rows = np.array([places[code] for code in visits], np.int64)
        here = np.ix_(rows, rows)
        is_told, is_before = _compared(list(visits.values()))
        both[here] += 1
        told[here] += is_told
        written[here] += is_before
        forth[here] += is_told & is_before
    return Pairs(places, forth, told, written, both)


def _compared(visits: list[Visit]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether the days of each two tell their order, and whether the first was before the second.

    The second of these is within one day as things were written down.
    """
    began = np.array([_number(visit.began) for visit in visits], np.int64)
    done = np.array([_number(visit.done) for visit in visits], np.int64)
    has_begun, day = began >= 0, began // _MANY
    same_day = (day[:, None] == day) & has_begun[:, None] & has_begun
    at_once = (done >= 0) & (done // _MANY == day)
    is_before = (done >= 0)[:, None] & has_begun & (done[:, None] < began)
    return ~(same_day & (at_once[:, None] | at_once)), is_before


def _number(point: Point | None) -> int:
    """One number that grows with the day, and within a day as things were written down."""
    return -1 if point is None else point[0].toordinal() * _MANY + point[1]
