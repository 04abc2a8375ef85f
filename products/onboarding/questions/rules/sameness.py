"""Whether two answers read the same: `1 000 g` and `1 kg`, «PL-101» typed with a Cyrillic «Р»."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import zip_longest

from products.onboarding.weight.lexing import Token, TokenKind, plain_number, tokens_of
from search.lemmas import fold_code, fold_text, term_of

_SMALLER: dict[str, tuple[str, int | Decimal]] = {
    "t": ("g", 1_000_000),
    "kg": ("g", 1_000),
    "mg": ("g", Decimal("0.001")),
    "l": ("ml", 1_000),
    "km": ("mm", 1_000_000),
    "m": ("mm", 1_000),
    "cm": ("mm", 10),
    "kw": ("w", 1_000),
    "year": ("month", 12),
    "week": ("d", 7),
}


def reading_of(text: str, language: str) -> str:
    """One spelling for all texts that a reader would take for the same answer."""
    tokens = tokens_of(text, language)
    keys = " ".join(_keys(tokens))
    return keys or fold_code(fold_text(text))


def read_the_same(one: str, other: str, language: str) -> bool:
    """Whether a reader could not tell two answers apart."""
    return reading_of(one, language) == reading_of(other, language)


def _keys(tokens: Sequence[Token]) -> Iterator[str]:
    for token, after in zip_longest(tokens, tokens[1:]):
        if token.kind is TokenKind.NUMBER:
            yield _in_small_units(token.key, after.key if after else "")
        elif token.kind is TokenKind.UNIT:
            yield str(_SMALLER.get(token.key, (token.key, 1))[0])
        else:
            yield fold_code(term_of(token.key))


def _in_small_units(number: str, unit: str) -> str:
    factor = _SMALLER.get(unit, ("", 1))[1]
    if factor == 1 or number.count(".") > 1:
        return number
    return plain_number(Decimal(number) * factor)
