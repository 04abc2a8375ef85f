"""How like two sentences are, by their words in their order and by their letters."""

import re
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Indel, LCSseq

_WORD = re.compile(r"\w+")
_STEM = 5
_SHORT = 3
_FEWEST = 3
_BY_CHANCE = 0.45
"""Unrelated sentences of one language share about so many of their letters."""


class Words(NamedTuple):
    """A sentence: what makes it the same as another, its words without endings, all of them."""

    key: str
    telling: tuple[str, ...]
    all: tuple[str, ...]

    @classmethod
    def of(cls, sentence: str) -> "Words":
        """The words of a sentence."""
        return _words(sentence)

    def share_in(self, other: "Words") -> float:
        """Which share of the words stand in another sentence, in their order."""
        return LCSseq.similarity(self.all, other.all) / len(self.all) if self.all else 0.0


def likeness(one: Words, other: Words) -> float:
    """0 for nothing in common, 1 for the same; a half of a split sentence is near to 1."""
    if not one.all or not other.all:
        return float(one.key == other.key)
    words = max(_ordered(one.all, other.all), _ordered(one.telling, other.telling))
    letters = Indel.normalized_similarity(one.key[:1_000], other.key[:1_000])
    letters = max(0.0, letters - _BY_CHANCE) / (1 - _BY_CHANCE)
    return max(words, (words + letters) / 2, letters * 0.95, _within(one, other))


def _ordered(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    return 2 * LCSseq.similarity(one, other) / (len(one) + len(other)) if one and other else 0.0


def _within(one: Words, other: Words) -> float:
    """A sentence that was split or joined: all telling words of the shorter are in the longer."""
    short, long = sorted((one.telling, other.telling), key=len)
    if len(short) < _FEWEST or len(short) < len(long) / 4:
        return 0.0
    share = LCSseq.similarity(short, long) / len(short)
    return 0.9 * share if share >= 0.75 else 0.0


@lru_cache(4_096)
def _words(sentence: str) -> Words:
    found = _WORD.findall(sentence.casefold())
    stems = tuple(word[:_STEM] for word in found)
    telling = tuple(word[:_STEM] for word in found if len(word) > _SHORT or word.isdigit())
    return Words(" ".join(found) or sentence, telling, stems)
