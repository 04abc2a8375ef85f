"""Expressions of the house glossary inside a question."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from search.parsing.vocabulary import COMMON_TERMS
from search.questions import Slot, Way
from search.synonyms import Synonyms

SYNONYM = 0.8
"""Worth of another expression of the same meaning."""
PIECE = 0.5
"""Worth of one word alone of an expression of several."""
_MOST = 8

Terms = tuple[str, ...]
_Others = Mapping[Terms, tuple[Way, ...]]


@lru_cache(8)
def _others(synonyms: Synonyms) -> _Others:
    """Each expression with the ways to say it otherwise."""
    found: dict[Terms, dict[Terms, None]] = {}
    for group in synonyms.groups:
        for one in group:
            ways = (_telling(other) for other in group if other != one)
            found.setdefault(one, {}).update(dict.fromkeys(ways))
    return {one: tuple(Way(terms, SYNONYM) for terms in ways) for one, ways in found.items()}


def _telling(terms: Terms) -> Terms:
    """The words of an expression that are no words of grammar, if there are any."""
    return tuple(dict.fromkeys(t for t in terms if t not in COMMON_TERMS)) or terms


@lru_cache(8)
def _longest(synonyms: Synonyms) -> int:
    return max((len(one) for group in synonyms.groups for one in group), default=0)


def with_synonyms(
    slots: Sequence[Slot], words: Sequence[tuple[str, int | None]], synonyms: Synonyms
) -> tuple[Slot, ...]:
    """The slots, those of one expression made one slot that is also found by its synonyms.

    `words` are the terms of the question in order, each with the number of its slot. One word
    of an expression goes on to find alone, for less.
    """
    made: list[Slot | None] = list(slots)
    # Asked for once: to look up a whole glossary costs a walk through all of it.
    known, longest, place = _others(synonyms), _longest(synonyms), 0
    while known and place < len(words):
        place += _replace(made, words[place : place + longest], known)
    return tuple(slot for slot in made if slot is not None)


def _replace(
    slots: list[Slot | None], words: Sequence[tuple[str, int | None]], known: _Others
) -> int:
    """Join the slots of the longest expression that begins here; how many words it took."""
    for length in range(len(words), 0, -1):
        numbers = list(dict.fromkeys(n for _term, n in words[:length] if n is not None))
        held = [slot for number in numbers if (slot := slots[number]) is not None]
        ways = _ways(tuple(term for term, _number in words[:length]), held, known)
        if ways and len(held) == len(numbers):
            slots[numbers[0]] = _joined(held, ways)
            for number in numbers[1:]:
                slots[number] = None
            return length
    return 1


def _ways(terms: Terms, held: Sequence[Slot], known: _Others) -> tuple[Way, ...]:
    """Other ways to say these words; a word also by another spelling of its own."""
    spelt = [terms]
    if len(held) == 1 and len(terms) == 1:
        spelt += [way.terms for way in held[0].ways if way.weight == 1]
    return next((known[one] for one in spelt if one in known), ()) if held else ()


def _joined(held: Sequence[Slot], ways: Sequence[Way]) -> Slot:
    if len(held) == 1:
        return Slot((*held[0].ways, *ways[:_MOST]))
    asked = tuple(dict.fromkeys(term for slot in held for term in slot.ways[0].terms))
    pieces = (Way(way.terms, way.weight * PIECE) for slot in held for way in slot.ways)
    return Slot((Way(asked), *ways[:_MOST], *pieces))
