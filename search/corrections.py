"""What an unknown word of a question may have meant, judged by the words of the reader's index."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import log

import Stemmer
from rapidfuzz.distance import OSA

from search.engine import Near
from search.lemmas import fold, is_word, term_of
from search.slips import other_layout
from search.sounds import sound_of
from search.transliteration import transliterations
from search.wordbook import Wordbook

MOST = 4
"""So many words may stand for one."""
LEAST_LIKENESS = 0.5
"""Half of the letters wrong; less is another word."""
LEAST_OF_A_REAL_WORD = 0.65
"""A word of the dictionary is seldom a bad slip."""
SURE_LIKENESS = 0.74
"""From here on the person is told the other word."""
BESIDE_THE_BEST = 0.12
"""Words that much less like than the best one are no rivals."""
SHARPNESS = 2.0
"""How fast the worth of a like word falls with its likeness."""
TRANSLITERATED = 0.9
NEARER_HERE = 0.85
"""A word so like one of its own alphabet is a slip («пелмени»), not that word in the other."""
JOINED = 0.9
A_REAL_WORD = 0.5
"""Worth of words like one that the dictionary knows: it may be meant although nobody wrote it."""

_ASKED_FOR = 12
_SHORTEST = 3
_SHORTEST_LIKE = 4
_SHORTEST_SPLIT, _SHORTEST_PIECE = 8, 4
_RARITY = 0.01
"""Of two equally like words the more frequent one; never against one letter's difference."""
_ENDINGS = 0.97
"""A likeness of stems is worth a little less than one of whole words."""
_SOUNDS = 0.97
"""A likeness of sounds counts half, for few slips are made by ear."""


@dataclass(frozen=True, slots=True)
class Meant:
    """Folded words that may stand for the typed one, their worth, and whether to say so.

    `told` is how it is said, when not by these words.
    """

    words: tuple[str, ...]
    weight: float
    sure: bool = True
    told: str | None = None

    @property
    def terms(self) -> tuple[str, ...]:
        """Their terms."""
        return tuple(term_of(word) for word in self.words)


def meanings(look: Wordbook, word: str) -> tuple[Meant, ...]:
    """What a folded word that is nowhere in the index may mean, the likeliest first."""
    if len(word) < _SHORTEST or not word.replace("'", "").isalpha():
        return ()
    abroad = _transliterated(look, word)
    if abroad and _best(_nearest(look, word)) < NEARER_HERE:
        return tuple(abroad)
    return tuple((*_like(look, word), *abroad) or _split(look, word))


def joined(look: Wordbook, first: str, second: str) -> str:
    """The one word that was typed in two, if the index has it."""
    whole = first + second
    plain = len(whole) > _SHORTEST_PIECE and whole.isalpha()
    return whole if plain and look.count(term_of(whole)) else ""


def _transliterated(look: Wordbook, word: str) -> list[Meant]:
    """Its spelling in the other alphabet, when it is a word of the index."""
    known = {spelling: look.count(term_of(spelling)) for spelling in transliterations(word)}
    best = max(known, key=lambda spelling: known[spelling], default="")
    return [Meant((best,), TRANSLITERATED)] if best and known[best] else []


def _like(look: Wordbook, word: str) -> list[Meant]:
    """The words spelt like it, or like it in the other alphabet; one for each term."""
    own = _nearest(look, word)
    found = own if _best(own) >= SURE_LIKENESS else max([own, *_abroad(look, word)], key=_best)
    if not found:
        return []
    share, least = (A_REAL_WORD, LEAST_OF_A_REAL_WORD) if is_word(word) else (1.0, LEAST_LIKENESS)
    least = max(least, found[0][1] - BESIDE_THE_BEST)
    return [
        Meant((near,), share * likeness**SHARPNESS, share == 1 and likeness >= SURE_LIKENESS)
        for near, likeness in found[:MOST]
        if likeness >= least
    ]


def _abroad(look: Wordbook, word: str) -> Iterator[list[tuple[str, float]]]:
    """The words like what it is in the other alphabet, or in the other keyboard layout."""
    spellings = (*transliterations(word)[:2], fold(other_layout(word)))
    return (_nearest(look, spelling) for spelling in spellings if spelling.isalpha())


def _best(found: list[tuple[str, float]]) -> float:
    return found[0][1] if found else 0.0


def _nearest(look: Wordbook, word: str) -> list[tuple[str, float]]:
    """The nearest words with their likeness, the best first, one for each term."""
    if len(word) < _SHORTEST_LIKE:
        return []
    nears = ((near, _likeness(word, near)) for near in look.nearest(word, _ASKED_FOR))
    ordered = sorted(
        nears, key=lambda one: (-one[1] - _RARITY * log(1 + one[0].count), one[0].word)
    )
    found: dict[str, tuple[str, float]] = {}
    for near, likeness in ordered:
        found.setdefault(term_of(near.word), (near.word, likeness))
    return list(found.values())


def _likeness(word: str, near: Near) -> float:
    """How alike the words are, their stems (another ending is no slip) or their sounds."""
    stems = OSA.normalized_similarity(stem(word), stem(near.word))
    sounds = OSA.normalized_similarity(sound_of(word), sound_of(near.word))
    return max(near.likeness, _ENDINGS * stems, (near.likeness + _SOUNDS * sounds) / 2)


@lru_cache(20_000)
def stem(word: str) -> str:
    """A folded word without its ending, by the alphabet alone: no dictionary knows a slip."""
    return str(Stemmer.Stemmer("english" if word.isascii() else "russian").stemWord(word))


def _split(look: Wordbook, word: str) -> list[Meant]:
    """Two known words typed without a blank; the rarer of the two as frequent as can be."""
    if len(word) < _SHORTEST_SPLIT:
        return []
    pairs = {(word[:at], word[at:]): 0 for at in _places(word)}
    for first, second in pairs:
        if known := look.count(term_of(second)):
            pairs[first, second] = min(known, look.count(term_of(first)))
    best = max(pairs, key=lambda pair: pairs[pair], default=None)
    return [Meant(best, JOINED)] if best and pairs[best] else []


def _places(word: str) -> Iterator[int]:
    return iter(range(_SHORTEST_PIECE, len(word) - _SHORTEST_PIECE + 1))
