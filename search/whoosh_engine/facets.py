"""How many of the hits have which mark, and how many changed on which day."""

from collections import Counter
from collections.abc import Mapping

import numpy as np

from search.documents import FACETS
from search.whoosh_engine.view import Mask, View

MOST_VALUES = 30
"""Only the most frequent values of a facet are told."""
_DAY = 86_400


def counts(view: View, hits: Mask) -> Mapping[str, Mapping[str, int]]:
    """Facet → value → how many hits have it, the most frequent first, and the days."""
    found: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
    for leaf, offset in view.parts():
        marks = leaf.vocabulary("marks")
        if marks is None:
            continue
        chosen = hits[offset : offset + leaf.size][marks.numbers(0, len(marks))]
        sums = np.cumsum(np.concatenate([[0], chosen]))[marks.starts]
        often = np.diff(sums)
        for place in np.flatnonzero(often).tolist():
            facet, _, value = marks[place].decode().partition("=")
            found[facet][value] += int(often[place])
    told = {facet: dict(_most(values)) for facet, values in found.items()}
    return {**told, "day": _days(view, hits)}


def _most(values: Counter[str]) -> list[tuple[str, int]]:
    return sorted(values.items(), key=lambda item: (-item[1], item[0]))[:MOST_VALUES]


def _days(view: View, hits: Mask) -> Mapping[str, int]:
    days, often = np.unique(view.column("changed")[hits] // _DAY, return_counts=True)
    return {str(day): count for day, count in zip(days.tolist(), often.tolist(), strict=True)}
