"""From words to slots: each word of a question with the ways in which it may be written."""

import re
from collections.abc import Iterable
from itertools import islice

from search.analysis import Chain, Token, chains
from search.parsing.parsed import Word
from search.parsing.vocabulary import COMMON_TERMS
from search.questions import MOST_WORDS, Slot, Way

UNIT = 0.9
"""Worth of `10 кг` when `10кг` was asked."""
PARTS = 0.5
"""Worth of the parts of a code or address, when it is written otherwise or longer."""

_UNIT = re.compile(r"\d+(?:[.,]\d+)?[^\W\d_]+")


def demanded(text: str) -> tuple[str, ...]:
    """The terms of a phrase, one after the other; of a very long one its beginning."""
    found = (token.term for chain in chains(text) for token in chain.parts)
    return tuple(islice(found, MOST_WORDS))


def limiting(text: str) -> tuple[str, ...]:
    """The terms that a part of a document must hold: a code in one spelling, words as words."""
    found = (chain.wholes[:1] if is_code(chain) else chain.parts for chain in chains(text))
    return tuple(dict.fromkeys(token.term for tokens in found for token in tokens))


def is_code(chain: Chain) -> bool:
    """Whether it is a code, number, address or telephone: asked for as a whole."""
    return any(not whole.word.isalpha() for whole in chain.wholes)


def slots_of(text: str, chain: Chain) -> list[tuple[Token, Slot]]:
    """The slots of what is written together, each with the token that it was asked by."""
    if is_code(chain):
        asked = chain.wholes[0]
        return [(asked, Slot(tuple(_ways_of_code(text, chain))))]
    also = tuple(Way((whole.term,)) for whole in chain.wholes)
    return [
        (part, Slot((Way((part.term,)), *(way for way in also if way.terms != (part.term,)))))
        for part in chain.parts
    ]


def _ways_of_code(text: str, chain: Chain) -> Iterable[Way]:
    for whole in chain.wholes:
        yield Way((whole.term,))
    parts = tuple(dict.fromkeys(part.term for part in chain.parts))
    if len(parts) > 1 and not _is_telephone(chain):
        written = text[chain.wholes[0].start : chain.wholes[0].end]
        yield Way(parts, UNIT if _UNIT.fullmatch(written) else PARTS)


def _is_telephone(chain: Chain) -> bool:
    """Its digits by two and three stand in many texts and mean nothing."""
    return len(chain.wholes) > 1


def is_common(word: Word) -> bool:
    """Whether it is a word of grammar, which counts only beside no others."""
    return word.term in COMMON_TERMS and not word.begins
