"""Where the terms of documents wait until their segment is written.

Whoosh's pool keeps a tuple for every posting and sorts them all; here each term has its arrays.
"""

from array import array
from collections.abc import Iterator
from typing import Any

from search.whoosh_engine.postings import TermList


class Pool:
    """Takes the place of Whoosh's `PostingPool`."""

    def __init__(self) -> None:
        self.size = 0
        self._fields: dict[str, dict[bytes, tuple[array[int], array[int], array[int]]]] = {}

    def add(self, posting: tuple[str, bytes, int, float, bytes]) -> None:
        """A term in a document: field, text, number, how often, its places in bytes."""
        field, text, number, often, places = posting
        terms = self._fields.setdefault(field, {})
        if text not in terms:
            terms[text] = (array("I"), array("I"), array("I"))
        found = terms[text]
        found[0].append(number)
        found[1].append(int(often))
        found[2].frombytes(places)
        self.size += 1

    def iter_postings(self) -> Iterator[TermList]:
        """All lists in the order in which a segment has them."""
        for field in sorted(self._fields):
            terms = self._fields[field]
            for text in sorted(terms):
                yield TermList(field, text, *terms[text])

    def cleanup(self) -> None:
        """Forget everything."""
        self._fields = {}


def pooled(writer: Any) -> Any:
    """The Whoosh writer with such a pool."""
    writer.pool = Pool()
    return writer
