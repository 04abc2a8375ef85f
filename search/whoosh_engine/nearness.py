"""A bonus for documents in which neighbouring words of the question stand close together."""

from itertools import islice, pairwise

import numpy as np
from numpy.typing import NDArray

from search.questions import Slot
from search.whoosh_engine.conditions import WITH_PLACES
from search.whoosh_engine.ranking import Scores, rarity
from search.whoosh_engine.reach import Reach

MOST_CANDIDATES = 100
"""Places are read for so many of the best documents only."""
NEARNESS = 1.5
"""What two neighbours side by side in the right order are worth, in rarities of the commoner."""
FARTHEST = 12
"""Words apart from each other by more places are not near."""
BACKWARDS = 0.4
"""The share that remains when their order is turned around."""
_MOST_PAIRS = 16


def closeness(reach: Reach, slots: tuple[Slot, ...], best: NDArray[np.int64]) -> Scores:
    """The bonus of each of these (ascending) document numbers."""
    among = reach.view.mask(best)
    terms = [slot.ways[0].terms[0] for slot in slots if slot.ways and slot.ways[0].terms]
    bonus = np.zeros(len(best), np.float32)
    places = {
        (field, term): reach.view.places(field, term, among)
        for field in WITH_PLACES
        for term in dict.fromkeys(terms)
    }
    for first, second in islice(pairwise(terms), _MOST_PAIRS):
        if first == second:
            continue
        near = [_near(places[field, first], places[field, second], best) for field in WITH_PLACES]
        bonus += np.float32(NEARNESS * _commoner(reach, first, second)) * np.maximum(*near)
    return bonus


def _commoner(reach: Reach, *terms: str) -> float:
    held = [int(np.count_nonzero(reach.holding(("title", "body"), term))) for term in terms]
    return rarity(reach, max(held))


def _near(first: NDArray[np.int64], second: NDArray[np.int64], best: NDArray[np.int64]) -> Scores:
    """For each document 1 where the second follows the first at once, less the farther apart."""
    near = np.zeros(len(best), np.float32)
    if len(first) and len(second):
        after = np.searchsorted(second, first, side="right")
        following = second[after.clip(max=len(second) - 1)]
        preceding = second[(after - 1).clip(0)]
        _note(near, best, first, following - first, 1.0)
        _note(near, best, first, first - preceding, BACKWARDS)
    return near


def _note(
    near: Scores,
    best: NDArray[np.int64],
    places: NDArray[np.int64],
    apart: NDArray[np.int64],
    share: float,
) -> None:
    fits = (apart > 0) & (apart <= FARTHEST)
    which = np.searchsorted(best, places[fits] >> 32)
    np.maximum.at(near, which, (share / apart[fits]).astype(np.float32))
