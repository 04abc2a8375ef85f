"""Words that are spelt like another word, among all words of a segment.

A word of `k` slips (letters dropped, added, changed, neighbours swapped) differs from the right
one in at most `2k` kinds of letters and in `k` letters of length. So the set of letters of each
word as 64 bits and its length leave few words to compare, and are read all at once. Of the words
that remain only so many are compared that no spelling costs more than a few milliseconds.
"""

from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA, Levenshtein

from search.whoosh_engine.vocabulary import Vocabulary

_MOST_SLIPS = 5
"""A word that is like none is looked for with more slips: up to half of it, never more."""
_SHORTEST_HALF = 6
"""Half of fewer letters is in too many words."""
_MOST_COMPARED = 3_000
_LETTERS = np.uint64(63)
_ONE = np.uint64(1)
_FIRST_LETTER = 0.25
"""A slip in the first letter counts so much more: people seldom miss it."""
_MILD = 0.4
"""Two letters swapped, a letter doubled or not, or one that sounds alike counts so much less."""
_SOUND_ALIKE = "ао еи еэ иы яе яи йи ую бп вф гк дт жш зс шщ гх гв ьъ цс щч"
_SOUND_ALIKE += " ae ei ao ou iy ck cs sz kq vw fv dt bp gj mn"
_ALIKE = frozenset(map(frozenset, _SOUND_ALIKE.split()))


class Spelt(NamedTuple):
    """A word and how like it is to the one asked for, 0 to 1."""

    likeness: float
    word: str


def most_slips(word: str) -> int:
    """How many slips may be in a word of this length."""
    return 1 if len(word) <= 4 else 2 if len(word) <= 8 else 3


class Spelling:
    """Finds words by their spelling in one vocabulary, whoever may see their documents."""

    def __init__(self, words: Vocabulary) -> None:
        self._words = words

    def near(self, word: str) -> list[Spelt]:
        """All words within the number of slips that the word's length allows."""
        slips = most_slips(word)
        return self._within(word, slips, 2 * slips)

    def far(self, word: str) -> list[Spelt]:
        """The words within slips in half of the letters, for a word that is hardly to be read."""
        slips = min(_MOST_SLIPS, len(word) // 2)
        return self._within(word, slips, slips + 2) if len(word) >= _SHORTEST_HALF else []

    def _within(self, word: str, slips: int, most_kinds: int) -> list[Spelt]:
        """Words with at most so many slips, and as many kinds of letters that only one has."""
        letters, lengths = self._shapes
        kinds = np.bitwise_count(letters ^ _letter_set(word))
        apart = np.abs(lengths.astype(np.int16) - len(word))
        fits = np.flatnonzero((apart <= slips) & (kinds <= most_kinds))
        if len(fits) > _MOST_COMPARED:
            order = np.argsort(kinds[fits] + apart[fits], kind="stable")
            fits = fits[order[:_MOST_COMPARED]]
        others = [self._words[place].decode() for place in fits.tolist()]
        found = process.extract(
            word, others, scorer=OSA.distance, score_cutoff=slips, limit=len(others)
        )
        return [Spelt(_likeness(word, other, distance), other) for other, distance, _place in found]

    @cached_property
    def _shapes(self) -> tuple[NDArray[np.uint64], NDArray[np.uint8]]:
        """The set of letters and the length of each word."""
        texts = np.frombuffer(self._words.texts, np.uint8)
        if not len(texts):
            return np.zeros(0, np.uint64), np.zeros(0, np.uint8)
        firsts = np.flatnonzero((texts & 0xC0) != 0x80)
        letters = np.frombuffer(bytes(self._words.texts).decode().encode("utf-32-le"), "<u4")
        starts = np.searchsorted(firsts, self._words.ends[:-1])
        lengths = np.diff(starts, append=len(letters))
        bits = _ONE << (letters.astype(np.uint64) & _LETTERS)
        return np.bitwise_or.reduceat(bits, starts), lengths.clip(max=255).astype(np.uint8)


def _letter_set(word: str) -> np.uint64:
    found = 0
    for letter in word:
        found |= 1 << (ord(letter) & 63)
    return np.uint64(found)


def _likeness(word: str, other: str, distance: float) -> float:
    slips = (
        distance + _FIRST_LETTER * (word[:1] != other[:1]) - _MILD * _mild(word, other, distance)
    )
    return max(0.0, 1.0 - slips / max(len(word), len(other)))


def _mild(word: str, other: str, distance: float) -> int:
    """How many of the slips are of the mild kinds."""
    edits = Levenshtein.editops(word, other)
    swapped = len(edits) - int(distance)
    return swapped + sum(_is_mild(word, other, *edit) for edit in edits.as_list())


def _is_mild(word: str, other: str, kind: str, at: int, at_other: int) -> bool:
    if kind == "replace":
        return frozenset((word[at], other[at_other])) in _ALIKE
    text, place = (word, at) if kind == "delete" else (other, at_other)
    return text[place] in (text[place - 1 : place] + text[place + 1 : place + 2])
