"""The order of hits, the same on every run: what is equal is ordered by key."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.engine import Hit
from search.whoosh_engine.postings import Numbers
from search.whoosh_engine.view import View


def first_by(view: View, numbers: Numbers, count: int, worths: Sequence[NDArray[Any]]) -> Numbers:
    """The first `count` of these documents, by the least of each of the worths in turn."""
    chosen = _within_edge(worths[0], count)
    numbers, worths = numbers[chosen], [worth[chosen] for worth in worths]
    key = (view.column("ident")[numbers], view.kind_codes[numbers])
    return numbers[np.lexsort((*key, *reversed(worths)))[:count]]


def hits(
    view: View, numbers: Numbers, scores: NDArray[np.floating] | None = None
) -> tuple[Hit, ...]:
    """These documents as hits."""
    changed = view.column("changed")
    return tuple(
        Hit(
            view.key(number),
            float(scores[number]) if scores is not None else 1.0,
            int(changed[number]),
        )
        for number in numbers.tolist()
    )


def _within_edge(worth: NDArray[Any], count: int) -> Any:
    """Those among the `count` least, and all that equal the last of them."""
    if count >= len(worth):
        return slice(None)
    if not count:
        return slice(0)
    return np.flatnonzero(worth <= np.partition(worth, count - 1)[count - 1])
