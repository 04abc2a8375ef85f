"""The one normaliser shared by all engines, queries and excerpts: text to terms with places.

A word gives one term. What is written together («онлайн-запись», `A-12/3`, `10кг`, an e-mail
address, a telephone number) gives its parts and, first, the whole in one spelling, so that it is
found both ways. Never raises, whatever the text.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from search.lemmas import LONGEST_WORD, fold, fold_code, term_of

VERSION = 2
"""Grows with every change of the terms; an index of another version is made anew."""

_W = r"[^\W_]"
_MARKS = "\u00ad\u0300-\u036f\u200b-\u200d\u2060"
_RUN = rf"{_W}+(?:[{_MARKS}]+{_W}*)*"
_THOUSANDS = r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?(?!\d)"
_DASH = r"\-\u2010\u2011"
_GAP = rf"[ \u00a0()/{_DASH}]{{0,3}}"
_PHONE = (
    rf"(?<![\w+])(?:(?:\+?7|8){_GAP}\d(?:{_GAP}\d){{9}}|\+\d(?:{_GAP}\d){{8,13}}"
    rf"|\(\d{{3}}\) ?\d{{3}}[ {_DASH}]?\d\d[ {_DASH}]?\d\d"
    rf"|\d{{3}}[ {_DASH}]\d{{3}}[{_DASH}]\d\d[{_DASH}]\d\d)(?![{_DASH}]?\w)"
)
ACROSS_BLANKS = rf"(?:{_PHONE}|{_THOUSANDS})"
"""What is one although blanks stand in it: telephone numbers, large numbers."""
_LETTERS = r"[^\W\d_]+"
_JOIN = r"(?:[-\u2010\u2011./_@+:'’]|(?<=\d),(?=\d))"
_CHAIN = re.compile(
    rf"{_LETTERS}+(?![{_MARKS}\d\-\u2010\u2011./_@+:'’])|(?=[\d+(]){ACROSS_BLANKS}"
    rf"|{_RUN}(?:{_JOIN}{_RUN})*"
)
_DECIMAL = r"(?<![\d.,])(?<!\d[.,])\d+[.,]\d{1,3}(?![.,]?\d)"
_PART = re.compile(
    rf"{_DECIMAL}|\d+|{_LETTERS}(?:(?:[{_MARKS}]|['’](?={_LETTERS}))(?:{_LETTERS})?)*"
)
_IS_PHONE = re.compile(_PHONE)
_IS_THOUSANDS = re.compile(_THOUSANDS)
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)+")
_HYPHENED = re.compile(rf"{_RUN}(?:[{_DASH}]{_RUN})+")
_ACROSS_BLANKS = re.compile(r"\d{4,}(?:\.\d+)?")
_REMEMBERED_PIECES = 20_000
_NATIONAL = 10
"""Digits of a Russian telephone number without the country's."""
_RUSSIAN = 11


class Token(NamedTuple):
    """One term and where it stands: characters `start` to `end`; `word` is its folded spelling.

    `step` is how many places it stands after the token before: 0 when both begin at one place
    (the whole of a code and its first part), so that neighbours stay neighbours.
    """

    term: str
    word: str
    start: int
    end: int
    step: int = 1


class Chain(NamedTuple):
    """What is written together: its `wholes` (one spelling, or two of a telephone) and parts."""

    wholes: tuple[Token, ...]
    parts: tuple[Token, ...]


def chains(text: str) -> Iterator[Chain]:
    """What is written together, in the order of the text; empty ones are left out."""
    for found in _CHAIN.finditer(text):
        chain = _chain(found.group(), found.start())
        if chain.parts:
            yield chain


def tokens(text: str) -> Iterator[Token]:
    """The terms of a text in the order of their places; a whole comes before its parts."""
    for chain in _CHAIN.finditer(text):
        yield from _tokens_of(chain.group(), chain.start())


def terms(text: str) -> list[str]:
    """Only the terms of a text."""
    return [token.term for token in tokens(text)]


def places(found: Iterable[Token]) -> list[tuple[int, str]]:
    """The terms with their places, from 0 on; a whole and its first part share one."""
    placed, place = [], -1
    for token in found:
        place += token.step
        placed.append((place, token.term))
    return placed


class Spotter:
    """Finds the places of some terms in many texts.

    A text is cut at its blanks, each different piece is looked at once, and the wanted pieces are
    sought in the text: several times faster than analysing it all. Only what may stand across
    blanks (telephones, large numbers) needs the whole analysis.
    """

    def __init__(self, wanted: Iterable[str]) -> None:
        self._wanted = frozenset(wanted)
        self._known: dict[str, tuple[Token, ...]] = {}
        self._across = any(_ACROSS_BLANKS.fullmatch(term) for term in self._wanted)

    def places(self, text: str) -> list[Token]:
        """The tokens of the text whose terms are wanted, by place."""
        if self._across:
            return [token for token in tokens(text) if token.term in self._wanted]
        found = [
            token._replace(start=token.start + start, end=token.end + start)
            for piece in set(text.split())
            if not self._wanted.isdisjoint(_terms_of_piece(piece))
            for start in _starts(text, piece)
            for token in self._wanted_of(piece)
        ]
        return sorted(found, key=lambda token: (token.start, -token.end))

    def _wanted_of(self, piece: str) -> tuple[Token, ...]:
        if piece not in self._known:
            wanted = (token for token in tokens(piece) if token.term in self._wanted)
            self._known[piece] = tuple(wanted)
        return self._known[piece]


@lru_cache(_REMEMBERED_PIECES)
def _terms_of_piece(piece: str) -> tuple[str, ...]:
    return tuple(token.term for token in tokens(piece))


def _starts(text: str, piece: str) -> Iterator[int]:
    """Where the piece stands between blanks."""
    start = text.find(piece)
    while start >= 0:
        end = start + len(piece)
        if (start == 0 or text[start - 1].isspace()) and text[end : end + 1].strip() == "":
            yield start
        start = text.find(piece, end)


def _tokens_of(written: str, start: int) -> Iterator[Token]:
    if written.isalpha():
        word = fold(written)
        if word:
            yield Token(term_of(word), word, start, start + len(written))
        return
    chain = _chain(written, start)
    yield from chain.wholes
    yield from chain.parts


def _chain(written: str, start: int) -> Chain:
    parts = [
        Token(term_of(word), word, start + part.start(), start + part.end())
        for part in _PART.finditer(written)
        if (word := _part(written, part))
    ]
    end = start + len(written)
    spellings = _wholes(written) if len(parts) > 1 or len(written) == _RUSSIAN else ()
    wholes = [
        Token(term_of(whole) if whole.isalpha() else whole, whole, start, end, int(not number))
        for number, whole in enumerate(spellings)
    ]
    if wholes:
        parts[0] = parts[0]._replace(step=0)
    return Chain(tuple(wholes), tuple(parts))


def _part(written: str, part: re.Match[str]) -> str:
    """The folded spelling of a part; the letter of a code is Latin, a unit stays as it is."""
    text = part.group()
    if _DIGIT.match(text):
        return fold(text.replace(",", "."))
    after_digit = part.start() > 0 and written[part.start() - 1].isdigit()
    code = len(text) == 1 and not after_digit and _DIGIT.search(written)
    return fold_code(text) if code else fold(text)


def _wholes(written: str) -> tuple[str, ...]:
    """The spellings of what is written together; nothing when only its parts count."""
    if len(written) > LONGEST_WORD:
        return ()
    if _IS_PHONE.fullmatch(written):
        return _phone("".join(c for c in written if c.isdigit()))
    whole = _whole(written)
    return (whole,) if whole else ()


def _phone(digits: str) -> tuple[str, ...]:
    """With the country's digit and without, so that every way to write it has one of them."""
    national = digits[-_NATIONAL:]
    abroad = len(digits) > _NATIONAL and digits[:-_NATIONAL] not in ("7", "8")
    return (digits,) if abroad or len(digits) < _NATIONAL else ("7" + national, national)


def _whole(written: str) -> str:
    if "@" in written:
        return fold(written)
    if _IS_THOUSANDS.fullmatch(written):
        return "".join(c for c in written.replace(",", ".") if c.isdigit() or c == ".")
    if _NUMBER.fullmatch(written):
        return written.replace(",", ".")
    if _DIGIT.search(written):
        return "".join(c for c in fold_code(written) if c.isalnum())
    if _HYPHENED.fullmatch(written):
        return "".join(c for c in fold(written) if c.isalnum())
    return ""
