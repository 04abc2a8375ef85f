"""All terms of a listed field of one segment in their order, and the documents of each."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.whoosh_engine.postings import Numbers, Postings, Shape

_BEYOND = b"\xff"
"""Greater than any UTF-8 byte."""


class Extent(NamedTuple):
    """Where a listed field lies in the file of postings: byte offsets, and numbers of items."""

    lists: int
    ends: int
    starts: int
    texts: int
    terms: int
    size: int


class Writer:
    """Notes the terms of a listed field while their lists are written one after the other."""

    def __init__(self, file: Any, size: int) -> None:
        self._file, self._size = file, size
        self._lists = file.tell()
        self._texts: list[bytes] = []
        self._counts: list[int] = []

    def add(self, text: bytes, count: int) -> None:
        """A term whose list of `count` documents has just been written."""
        self._texts.append(text)
        self._counts.append(count)

    def finish(self) -> Extent:
        """Write the terms behind their lists."""
        ends = self._write_sums([len(text) for text in self._texts])
        starts = self._write_sums(self._counts)
        texts = self._file.tell()
        self._file.write(b"".join(self._texts))
        return Extent(self._lists, ends, starts, texts, len(self._texts), self._size)

    def _write_sums(self, values: Sequence[int]) -> int:
        place: int = self._file.tell()
        self._file.write(np.cumsum([0, *values], dtype="<u4").tobytes())
        return place


class Vocabulary(Sequence[bytes]):
    """The terms as UTF-8, ascending; read in place."""

    def __init__(self, view: memoryview, extent: Extent) -> None:
        count = extent.terms + 1
        self.ends = np.frombuffer(view, "<u4", count, extent.ends)
        self.starts = np.frombuffer(view, "<u4", count, extent.starts)
        self.texts = view[extent.texts : extent.texts + int(self.ends[-1])]
        count, numbers = int(self.starts[-1]), np.dtype(f"<u{extent.size}")
        self._view = view[extent.lists : extent.lists + count * extent.size]
        self._lists = np.frombuffer(self._view, numbers)

    def __len__(self) -> int:
        return len(self.ends) - 1

    def __getitem__(self, place: Any) -> Any:
        return self.texts[self.ends[place] : self.ends[place + 1]].tobytes()

    def place(self, text: bytes) -> int | None:
        """Where this term stands, if it does."""
        place = self._first_from(text)
        return place if place < len(self) and self[place] == text else None

    def list_at(self, place: int) -> Postings:
        """The documents of the term at this place."""
        first, after = int(self.starts[place]), int(self.starts[place + 1])
        size = self._lists.itemsize
        part = self._view[first * size : after * size]
        return Postings(part, after - first, Shape(size, 0, 0, plain=True))

    def beginning(self, prefix: bytes) -> tuple[int, int]:
        """The first place of the terms with this beginning and the first place after them."""
        return self._first_from(prefix), self._first_from(prefix + _BEYOND)

    def numbers(self, first: int, after: int) -> Numbers:
        """The documents of the terms from `first` on and before `after`, term by term."""
        return self._lists[self.starts[first] : self.starts[after]].astype(np.int64)

    def counts(self) -> NDArray[np.unsignedinteger]:
        """How many documents each term has, deleted ones too."""
        return np.diff(self.starts)

    def lengths(self) -> NDArray[np.int64]:
        """How many characters each term has."""
        texts = np.frombuffer(self.texts, np.uint8)
        letters = np.cumsum((texts & 0xC0) != 0x80)
        until: NDArray[np.int64] = np.concatenate([[0], letters])[self.ends]
        return np.diff(until)

    def lengths_of(self, first: int, after: int) -> NDArray[np.int64]:
        """How many characters the terms from `first` on and before `after` have."""
        return np.array([len(self[place].decode()) for place in range(first, after)], np.int64)

    def _first_from(self, text: bytes) -> int:
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self[middle] < text:
                low = middle + 1
            else:
                high = middle
        return low
