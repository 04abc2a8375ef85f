"""Where the terms of documents wait until their segment is written.

Whoosh's pool keeps a tuple for every posting and sorts them all; here each term has its arrays.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator

from search.whoosh_engine.postings import TermList, utf8

_Lists = tuple["array[int]", "array[int]", "array[int]"]
"""Documents; how often in each, if that is kept; the places in all of them, if they are kept."""

_NONE: "array[int]" = array("I")


class Pool:
    """Takes the place of Whoosh's `PostingPool`."""

    def __init__(self) -> None:
        self.size = 0
        self._fields: dict[str, dict[str, _Lists]] = {}

    def add(self, posting: object) -> None:
        """Whoosh's own way in, for fields that it takes apart itself: there are none."""
        raise TypeError(posting)

    def add_listed(self, field: str, number: int, terms: Iterable[str]) -> None:
        """A document has these (different) terms in a field that keeps no more of them."""
        known = self._fields.setdefault(field, {})
        for term in terms:
            if term not in known:
                known[term] = (array("I"), _NONE, _NONE)
            known[term][0].append(number)
            self.size += 1

    def add_counted(self, field: str, number: int, terms: Iterable[str]) -> None:
        """A document has these terms in a field that keeps how often."""
        known = self._fields.setdefault(field, {})
        for term, count in Counter(terms).items():
            if term not in known:
                known[term] = (array("I"), array("I"), _NONE)
            numbers, often, _places = known[term]
            numbers.append(number)
            often.append(count)
            self.size += 1

    def add_placed(self, field: str, number: int, terms: Iterable[tuple[int, str]]) -> None:
        """A document has these terms at these ascending places."""
        known = self._fields.setdefault(field, {})
        for place, term in terms:
            if term not in known:
                known[term] = (array("I"), array("I"), array("I"))
            numbers, often, places = known[term]
            if not numbers or numbers[-1] != number:
                numbers.append(number)
                often.append(0)
                self.size += 1
            often[-1] += 1
            places.append(place)

    def iter_postings(self) -> Iterator[TermList]:
        """All lists in the order in which a segment has them."""
        for field in sorted(self._fields):
            for text, term in sorted((utf8(term), term) for term in self._fields[field]):
                yield TermList(field, text, *self._fields[field][term])

    def cleanup(self) -> None:
        """Forget everything."""
        self._fields = {}
