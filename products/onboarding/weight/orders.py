"""Whether two sentences of the same words say the same in another order."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from products.onboarding.weight import forms
from products.onboarding.weight.lexing import Token, TokenKind
from products.onboarding.weight.words import BINDING, PREPOSITIONS

_LOOSE = frozenset(["now", "today", "here", "often", "also", "daily", "soon", "later"])
_CELL = "|"
_FIXED = frozenset([TokenKind.NUMBER, TokenKind.DATE, TokenKind.CODE, TokenKind.SIGN])


def same_but_for_order(old: Sequence[Token], new: Sequence[Token], language: str) -> bool:
    """Whether only the order of words differs, and in a way that cannot say something else.

    Figures stay in their order; what binds («не», «для», «только») stays before its word; a name
    stays behind its word. In a comparison, a table and an English sentence, places say what is
    meant.
    """
    if Counter(t.key for t in old) != Counter(t.key for t in new):
        return False
    if _fixed(old) != _fixed(new) or Counter(_bound(old)) != Counter(_bound(new)):
        return False
    if any(token.key == _CELL or forms.compares(token.key) for token in old):
        return False
    return _exchanged(old, new) if language == "en" else _free(old, new)


def _fixed(tokens: Sequence[Token]) -> list[str]:
    return [token.key for token in tokens if token.kind in _FIXED]


def _bound(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    for token, after in zip_longest(tokens, tokens[1:]):
        following = after.key if after else ""
        if token.key in BINDING or token.kind in _FIXED or token.kind is TokenKind.UNIT:
            yield token.key, following
        if after and after.name:
            yield token.key, following


def _free(old: Sequence[Token], new: Sequence[Token]) -> bool:
    """Russian: nouns of which only the place says what they do keep their order."""
    return _unclear(old) == _unclear(new)


def _unclear(tokens: Sequence[Token]) -> list[str]:
    return [token.key for token in tokens if forms.subject_or_object(token.key)]


def _exchanged(old: Sequence[Token], new: Sequence[Token]) -> bool:
    """English: two neighbours of a list, or a time or place put first or last."""
    start = _common_start(old, new)
    end = _common_start(old[start:][::-1], new[start:][::-1])
    one, other = old[start : len(old) - end], new[start : len(new) - end]
    keys, moved = [t.key for t in one], [t.key for t in other]
    for cut in range(1, len(one)):
        if keys[cut:] + keys[:cut] == moved:
            place = len(one) - cut
            return (
                (one[cut].joined and other[place].joined) or _loose(one[:cut]) or _loose(one[cut:])
            )
    return False


def _loose(part: Sequence[Token]) -> bool:
    first = part[0].key
    return first in PREPOSITIONS or (len(part) == 1 and (first in _LOOSE or first.endswith("ly")))


def _common_start(old: Sequence[Token], new: Sequence[Token]) -> int:
    for place, (one, other) in enumerate(zip(old, new, strict=False)):
        if one.key != other.key:
            return place
    return min(len(old), len(new))
