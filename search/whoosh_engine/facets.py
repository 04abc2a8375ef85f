"""How many of the hits have which mark, and how many changed on which day."""

from collections import Counter
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from search.documents import FACETS
from search.whoosh_engine.leaf import Leaf
from search.whoosh_engine.view import Mask, View

MOST_VALUES = 30
"""Only the most frequent values of a facet are told."""
_DAY = 86_400


def counts(view: View, hits: Mask) -> Mapping[str, Mapping[str, int]]:
    """Facet → value → how many hits have it, the most frequent first, and the days."""
    found: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
    base = max(view.leaves, key=lambda leaf: leaf.size, default=None)
    if base and base.marks:
        _count(view, base, hits, found)
    told = {facet: dict(_most(values)) for facet, values in found.items()}
    return {**told, "day": _days(view, hits)}


def _count(view: View, base: Leaf, hits: Mask, found: dict[str, Counter[str]]) -> None:
    """Count by the places of marks in the largest segment; what is not in it, by name."""
    sums = np.zeros(len(base.marks), np.int64)
    for leaf, offset in view.parts():
        often, places = _often(leaf, hits[offset : offset + leaf.size]), leaf.marks_in(base)
        known = places >= 0
        sums[places[known]] += often[known]
        for place in np.flatnonzero(~known & (often > 0)).tolist():
            facet, _, value = leaf.marks[place].partition("=")
            found[facet][value] += int(often[place])
    for facet, values in found.items():
        first, after = base.marks_of(facet)
        for place in _largest(sums, first, after).tolist():
            values[base.marks[place].partition("=")[2]] += int(sums[place])


def _often(leaf: Leaf, hits: Mask) -> NDArray[np.int64]:
    """For each mark of the segment, how many of the hits have it."""
    marks = leaf.vocabulary("marks")
    if marks is None:
        return np.zeros(0, np.int64)
    until = np.cumsum(hits[marks.numbers(0, len(marks))])
    often: NDArray[np.int64] = np.diff(np.concatenate([[0], until])[marks.starts])
    return often


def _largest(sums: NDArray[np.int64], first: int, after: int) -> NDArray[np.int64]:
    """The places of the largest sums; equal ones in the order of the marks."""
    places = np.argsort(-sums[first:after], kind="stable")[:MOST_VALUES] + first
    return places[sums[places] > 0]


def _most(values: Counter[str]) -> list[tuple[str, int]]:
    return sorted(values.items(), key=lambda item: (-item[1], item[0]))[:MOST_VALUES]


def _days(view: View, hits: Mask) -> Mapping[str, int]:
    days, often = np.unique(view.column("changed")[hits] // _DAY, return_counts=True)
    return {str(day): count for day, count in zip(days.tolist(), often.tolist(), strict=True)}
