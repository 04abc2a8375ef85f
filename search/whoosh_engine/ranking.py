"""How well documents fit a question: BM25 of each field, added up, over arrays of postings.

Robertson, Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), §3. Their
BM25F adds the frequencies of all fields before saturation; then a word in the title leaves hardly
anything to win for the text below it, and among answers to like questions that decides: measured
by `make bench-search`, adding saturated fields finds better. Our own, because Whoosh takes an
empty filter for no filter and walks posting by posting. Rarity and average lengths are counted in
the scope only, so that scores say nothing of what is hidden.
"""

from math import log

import numpy as np
from numpy.typing import NDArray

from search.questions import Slot, Way
from search.whoosh_engine.reach import Reach

WEIGHTS = {"title": 4.0, "labels": 0.5, "body": 1.0}
SATURATION = {"title": 1.2, "labels": 1.2, "body": 1.5}
LENGTH_SHARE = {"title": 0.6, "labels": 0.0, "body": 0.7}
ALL_WORDS = 0.2
"""A document with all words of the question gets this share more than its sum of scores."""
SAME_NAME = 20.0
"""Added when the question is a whole name, so that an exact name comes first."""

Scores = NDArray[np.float32]


def rank(reach: Reach, slots: tuple[Slot, ...]) -> tuple[Scores, NDArray[np.int16]]:
    """For each document of the index its score, and how many slots it holds."""
    scores = np.zeros(reach.view.size, np.float32)
    held = np.zeros(reach.view.size, np.int16)
    for slot in slots:
        worth = _worth(reach, slot)
        scores += worth
        held += worth > 0
    share = (held - 1).clip(0).astype(np.float32) / np.float32(max(len(slots) - 1, 1))
    return scores * (1 + np.float32(ALL_WORDS) * share), held


def rarity(reach: Reach, holding: int) -> float:
    """How much it says to hold a term that so many of the reached documents hold."""
    return log(1 + (reach.count - holding + 0.5) / (holding + 0.5))


def _worth(reach: Reach, slot: Slot) -> Scores:
    """The slot's worth in each document: that of its best way."""
    if len(slot.ways) == 1:
        return _worth_of_way(reach, slot.ways[0])
    best = np.zeros(reach.view.size, np.float32)
    for way in slot.ways:
        np.maximum(best, _worth_of_way(reach, way), out=best)
    return best


def _worth_of_way(reach: Reach, way: Way) -> Scores:
    found = [_presence(reach, term) for term in dict.fromkeys(way.terms)]
    everywhere = np.logical_and.reduce([present > 0 for present in found])
    worth = np.zeros(reach.view.size, np.float32)
    numbers = np.flatnonzero(everywhere)
    for present in found if len(numbers) else ():
        gain = rarity(reach, int(np.count_nonzero(present))) * way.weight
        worth[numbers] += np.float32(gain) * present[numbers]
    return worth


def _presence(reach: Reach, term: str) -> Scores:
    """How much each reached document holds the term: its saturated frequencies in all fields."""
    view = reach.view
    found = np.zeros(view.size, np.float32)
    for field, weight in WEIGHTS.items():
        numbers, often = view.postings(field, term)
        if len(numbers):
            share, average = LENGTH_SHARE[field], reach.averages[field]
            norms = SATURATION[field] * (1 - share + share / average * view.column(field)[numbers])
            most = weight * (SATURATION[field] + 1)
            found[numbers] += (most * often / (often + norms)).astype(np.float32)
    return np.where(reach.mask, found, np.float32(0))
