"""The words of a reader's index, as far as understanding a question needs them."""

from typing import Protocol

from search.engine import Near


class Wordbook(Protocol):
    """The part of a `search.engine.Look` that knows words."""

    def count(self, term: str) -> int:
        """How many documents hold the term."""

    def nearest(self, word: str, limit: int) -> tuple[Near, ...]:
        """Words that are spelt like this folded word."""

    def beginning_with(self, prefix: str, limit: int) -> tuple[str, ...]:
        """Words with this folded beginning."""


class Remembering:
    """A wordbook that is asked for each term once; it serves one question."""

    def __init__(self, words: Wordbook) -> None:
        self._words = words
        self._counts: dict[str, int] = {}
        self.nearest = words.nearest
        self.beginning_with = words.beginning_with

    def count(self, term: str) -> int:
        """See `Wordbook`."""
        if term not in self._counts:
            self._counts[term] = self._words.count(term)
        return self._counts[term]
