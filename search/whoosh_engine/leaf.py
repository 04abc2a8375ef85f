"""One segment of the index. It never changes; only which of its documents are deleted does."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.whoosh_engine.codec import ArrayCodec, ArrayTermsReader
from search.whoosh_engine.postings import Postings, utf8
from search.whoosh_engine.schema import ROW
from search.whoosh_engine.spelling import Spelling
from search.whoosh_engine.storage import MappedStorage
from search.whoosh_engine.vocabulary import Vocabulary

_REMEMBERED_LISTS = 2_000
"""Where lists lie, not what is in them: a question looks for the same term several times."""


class Leaf:
    """The terms and rows of a segment; kept for as long as the segment is in the index."""

    def __init__(self, storage: MappedStorage, segment: Any) -> None:
        self.segment_id: str = segment.segment_id()
        self.size: int = segment.doc_count_all()
        files = segment.open_compound_file(storage)
        self._terms: ArrayTermsReader = segment.codec().terms_reader(files, segment)
        self.rows = _rows(files, segment)
        self._vocabularies: dict[str, Vocabulary | None] = {}
        self._found: dict[tuple[str, str], Postings | None] = {}
        self._marks_in: tuple[str, NDArray[np.int64]] | None = None

    def find(self, field: str, term: str) -> Postings | None:
        """The documents of a term in a field."""
        known = self._found
        if (field, term) in known:
            return known[field, term]
        if len(known) >= _REMEMBERED_LISTS:
            # Other threads may be reading in the old one.
            known = self._found = {}
        known[field, term] = found = self._find(field, utf8(term))
        return found

    def _find(self, field: str, text: bytes) -> Postings | None:
        if listed := self.vocabulary(field):
            place = listed.place(text)
            return None if place is None else listed.list_at(place)
        return self._terms.find(field, text)

    def fields(self) -> frozenset[str]:
        """All fields that have any term."""
        return self._terms.fields()

    def lists(self, field: str) -> Iterator[tuple[bytes, Postings]]:
        """All terms of a field, ascending, with their documents."""
        if listed := self.vocabulary(field):
            return ((text, listed.list_at(place)) for place, text in enumerate(listed))
        return self._terms.lists(field) if field in self.fields() else iter(())

    def vocabulary(self, field: str) -> Vocabulary | None:
        """All terms of a listed field."""
        if field not in self._vocabularies:
            self._vocabularies[field] = self._terms.vocabulary(field)
        return self._vocabularies[field]

    @cached_property
    def marks(self) -> list[str]:
        """The marks of its documents, ascending."""
        listed = self.vocabulary("marks")
        return [mark.decode() for mark in listed] if listed else []

    def marks_of(self, facet: str) -> tuple[int, int]:
        """The first place of the marks of this facet and the first place after them."""
        listed = self.vocabulary("marks")
        return listed.beginning(f"{facet}=".encode()) if listed else (0, 0)

    def marks_in(self, base: "Leaf") -> NDArray[np.int64]:
        """For each of its marks the place in another segment, or -1."""
        known = self._marks_in
        if known is None or known[0] != base.segment_id:
            listed = base.vocabulary("marks")
            found = (listed.place(utf8(mark)) if listed else None for mark in self.marks)
            places = [-1 if place is None else place for place in found]
            self._marks_in = known = (base.segment_id, np.array(places, np.int64))
        return known[1]

    @cached_property
    def kinds(self) -> tuple[list[str], NDArray[np.intp]]:
        """The kinds of its documents, and for each document which of them it is."""
        kinds, codes = np.unique(self.rows["kind"], return_inverse=True)
        return [kind.decode("ascii") for kind in kinds.tolist()], codes

    @cached_property
    def title_lengths(self) -> NDArray[np.int64]:
        """How many characters the folded title of each document has."""
        lengths = np.zeros(self.size, np.int64)
        if titles := self.vocabulary("openings"):
            numbers = titles.numbers(0, len(titles))
            lengths[numbers] = np.repeat(titles.lengths(), titles.counts())
        return lengths

    @cached_property
    def spelling(self) -> Spelling | None:
        """What finds words by their spelling."""
        words = self.vocabulary("words")
        return Spelling(words) if words else None


def _rows(files: Any, segment: Any) -> NDArray[np.void]:
    """The rows of all documents, in place. Raises `EOFError` when some are missing."""
    file = files.open_file(ArrayCodec.column_filename(segment, "row"))
    if len(file.view) < segment.doc_count_all() * ROW.itemsize:
        raise EOFError("row")
    return np.frombuffer(file.view, ROW, segment.doc_count_all())
