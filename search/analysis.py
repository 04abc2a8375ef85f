"""The one normaliser shared by all engines, queries and excerpts: text to terms with places.

A word gives one term. What is written together («онлайн-запись», `A-12/3`, `10кг`, an e-mail
address, `12,5`) gives its parts and, first, the whole in one spelling, so that it is found both
ways. Never raises, whatever the text.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from search.lemmas import LONGEST_WORD, fold, fold_code, term_of

VERSION = 1
"""Grows with every change of the terms; an index of another version is made anew."""

_W = r"[^\W_]"
_MARKS = "\u00ad\u0300-\u036f\u200b-\u200d\u2060"
_RUN = rf"{_W}+(?:[{_MARKS}]+{_W}*)*"
_THOUSANDS = r"(?<!\d)\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)"
_JOIN = r"(?:[-\u2010\u2011./_@+:'’]|(?<=\d),(?=\d))"
_CHAIN = re.compile(rf"{_THOUSANDS}|{_RUN}(?:{_JOIN}{_RUN})*")
_LETTERS = r"[^\W\d_]+"
_PART = re.compile(rf"\d+|{_LETTERS}(?:(?:[{_MARKS}]|['’](?={_LETTERS}))(?:{_LETTERS})?)*")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)+")
_HYPHENED = re.compile(rf"{_RUN}(?:[-\u2010\u2011]{_RUN})+")


class Token(NamedTuple):
    """One term and where it stands: characters `start` to `end`; `word` is its folded spelling."""

    term: str
    word: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """The terms of a text in the order of their places; a whole comes before its parts."""
    for chain in _CHAIN.finditer(text):
        yield from _of_chain(chain.group(), chain.start())


def terms(text: str) -> list[str]:
    """Only the terms of a text."""
    return [token.term for token in tokens(text)]


class Spotter:
    """Finds the places of some terms in many texts; each spelling is analysed only once."""

    def __init__(self, wanted: Iterable[str]) -> None:
        self._wanted = frozenset(wanted)
        self._known: dict[str, tuple[Token, ...]] = {}

    def places(self, text: str) -> list[Token]:
        """The tokens of the text whose terms are wanted, by place."""
        found: list[Token] = []
        known = self._known
        for chain in _CHAIN.finditer(text):
            written = chain.group()
            if written not in known:
                known[written] = self._wanted_of(written)
            if known[written]:
                start = chain.start()
                found += [
                    t._replace(start=t.start + start, end=t.end + start) for t in known[written]
                ]
        return found

    def _wanted_of(self, written: str) -> tuple[Token, ...]:
        # Most are plain words and few of them are wanted, so these are told apart fast.
        if written.isalpha() and term_of(fold(written)) not in self._wanted:
            return ()
        return tuple(token for token in _of_chain(written, 0) if token.term in self._wanted)


def _of_chain(written: str, start: int) -> Iterator[Token]:
    if written.isalpha():
        word = fold(written)
        yield Token(term_of(word), word, start, start + len(written))
        return
    parts = list(_PART.finditer(written))
    whole = _whole(written) if len(parts) > 1 else ""
    if whole:
        yield Token(whole, whole, start, start + len(written))
    for part in parts:
        word = fold(part.group())
        if word:
            yield Token(term_of(word), word, start + part.start(), start + part.end())


def _whole(written: str) -> str:
    """The one spelling of what is written together, or nothing when only its parts count."""
    if len(written) > LONGEST_WORD:
        return ""
    if "@" in written:
        return fold(written)
    if _NUMBER.fullmatch(written):
        return written.replace(",", ".")
    if any(character.isdigit() for character in written):
        return "".join(c for c in fold_code(written) if c.isalnum())
    if _HYPHENED.fullmatch(written):
        return term_of("".join(c for c in fold(written) if c.isalnum()))
    return ""
