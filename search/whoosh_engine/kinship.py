"""A bonus for documents whose words are spelt like the asked ones: the same form, a kindred word.

Terms join all forms of a word and part words of one root («оплата», «оплатить»). Here the words
as written count: how long the beginning is that they share with an asked word, next to the lengths
of both. Terms decide what is found; kinship only tells apart what was found. Words with one
beginning stand side by side in the vocabulary, so all of them are read at once.
"""

from collections.abc import Iterator, Sequence
from math import ceil

import numpy as np

from search.whoosh_engine.ranking import Scores, rarity
from search.whoosh_engine.reach import Reach
from search.whoosh_engine.view import Mask
from search.whoosh_engine.vocabulary import Vocabulary

KINSHIP = 0.2
"""What the most kindred document gains, next to the best score."""
LEAST = 0.6
"""Words with less in common (2 × shared beginning / both lengths) are not kindred."""
SHORTEST = 4
_SHORTEST_BEGINNING = 3
_LONGEST = 64
_MOST_WORDS = 32
_FIELDS = ("words", "title_words")
"""Words of the title stand in both and count twice."""


def add_kinship(reach: Reach, spelt: Sequence[str], found: Mask, scores: Scores) -> None:
    """Add the bonus to the scores of the found documents."""
    kin = np.zeros(len(scores), np.float32)
    for word in dict.fromkeys(spelt[:_MOST_WORDS]):
        if SHORTEST <= len(word) <= _LONGEST:
            kin += _of_word(reach, word)
    kin[~found] = 0
    if (most := kin.max(initial=0)) > 0:
        scores += kin * np.float32(KINSHIP * scores[found].max() / most)


def _of_word(reach: Reach, word: str) -> Scores:
    """How kindred each reached document is to a word, in rarities."""
    found = [_likeness(reach, field, word) for field in _FIELDS]
    holding = int(np.count_nonzero(found[0]))
    return np.float32(rarity(reach, holding)) * (found[0] ** 2 + found[1] ** 2)


def _likeness(reach: Reach, field: str, word: str) -> Scores:
    """The likeness, 0 to 1, of the most kindred word of each reached document."""
    best = np.zeros(reach.view.size, np.float32)
    for leaf, offset in reach.view.parts():
        if words := leaf.vocabulary(field):
            for first, after, shared in _kindred(words, word):
                alike = 2 * shared / (len(word) + words.lengths_of(first, after))
                counts = np.diff(words.starts[first : after + 1])
                alike = np.where(alike >= LEAST, alike, 0).astype(np.float32)
                numbers = words.numbers(first, after) + offset
                np.maximum.at(best, numbers, np.repeat(alike, counts))
    return np.where(reach.mask, best, np.float32(0))


def _kindred(words: Vocabulary, word: str) -> Iterator[tuple[int, int, int]]:
    """Places of words, and how many letters they share with this one: the most shared first."""
    least = max(_SHORTEST_BEGINNING, ceil(LEAST * len(word) / (2 - LEAST)))
    known = (0, 0)
    for shared in range(len(word), least - 1, -1):
        first, after = words.beginning(word[:shared].encode("utf-8", "replace"))
        if known == (0, 0) and first < after:
            yield first, after, shared
            known = (first, after)
        elif known != (0, 0):
            yield from ((a, b, shared) for a, b in ((first, known[0]), (known[1], after)) if a < b)
            known = (first, after)
