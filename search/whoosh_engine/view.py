"""One generation of the index: its segments as one row of document numbers."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from search.documents import Key
from search.whoosh_engine.leaf import Leaf
from search.whoosh_engine.postings import Numbers, joined

Mask = NDArray[np.bool_]
"""For each document of the view: whether."""


class View:
    """What does not change for as long as nothing is written. Safe from many threads."""

    def __init__(self, leaves: Sequence[Leaf], deleted: Sequence[Iterable[int]]) -> None:
        sizes = [leaf.size for leaf in leaves]
        self.offsets = [sum(sizes[:place]) for place in range(len(sizes))]
        self.leaves, self.size = tuple(leaves), sum(sizes)
        self.alive: Mask = np.ones(self.size, np.bool_)
        for gone, offset in zip(deleted, self.offsets, strict=True):
            self.alive[np.fromiter(gone, np.int64) + offset] = False
        self._columns: dict[str, NDArray[np.int64]] = {}

    def parts(self) -> Iterator[tuple[Leaf, int]]:
        """Each segment with the number of its first document."""
        return zip(self.leaves, self.offsets, strict=True)

    def numbers(self, field: str, term: str) -> Numbers:
        """The documents with the term in this field, deleted ones too, ascending."""
        found = ((leaf.find(field, term), offset) for leaf, offset in self.parts())
        return joined([list_.numbers() + offset for list_, offset in found if list_])

    def postings(self, field: str, term: str) -> tuple[Numbers, NDArray[np.float32]]:
        """The same, with how often the term is in each of them."""
        numbers, often = [], []
        for leaf, offset in self.parts():
            if found := leaf.find(field, term):
                numbers.append(found.numbers() + offset)
                often.append(found.frequencies().astype(np.float32))
        if len(numbers) == 1:
            return numbers[0], often[0]
        return joined(numbers), np.concatenate([*often, np.zeros(0, np.float32)])

    def places(self, field: str, term: str, among: Mask) -> NDArray[np.int64]:
        """Where the term stands in these documents: number · 2³² + place, ascending."""
        found = [
            _places(leaf, field, term, among[offset : offset + leaf.size], offset)
            for leaf, offset in self.parts()
        ]
        return joined(found)

    def mask(self, numbers: Numbers) -> Mask:
        """These documents."""
        found = np.zeros(self.size, np.bool_)
        found[numbers] = True
        return found

    def column(self, name: str) -> NDArray[np.int64]:
        """A number of each document: see `schema.ROW`."""
        return self._kept(name, lambda leaf: leaf.rows[name])

    @cached_property
    def kinds(self) -> list[str]:
        """All kinds of documents, sorted."""
        return sorted({kind for leaf in self.leaves for kind in leaf.kinds[0]})

    @property
    def kind_codes(self) -> NDArray[np.int64]:
        """For each document, which of the kinds it is."""
        return self._kept("kind", self._codes)

    @property
    def title_lengths(self) -> NDArray[np.int64]:
        """How many characters the folded title of each document has."""
        return self._kept("title_lengths", lambda leaf: leaf.title_lengths)

    def key(self, number: int) -> Key:
        """The key of a document."""
        kind = self.kinds[int(self.kind_codes[number])]
        return Key(kind, int(self.column("ident")[number]))

    def numbers_of(self, keys: Iterable[Key]) -> Numbers:
        """The living documents with these keys, which may be very many."""
        wanted: dict[str, list[int]] = {}
        for kind, ident in keys:
            wanted.setdefault(kind, []).append(ident)
        found = [self._with_idents(kind, idents) for kind, idents in wanted.items()]
        return joined([numbers[self.alive[numbers]] for numbers in found])

    def _with_idents(self, kind: str, idents: Sequence[int]) -> Numbers:
        if kind not in self.kinds:
            return np.zeros(0, np.int64)
        same_kind = self.kind_codes == self.kinds.index(kind)
        return np.flatnonzero(same_kind & np.isin(self.column("ident"), idents))

    def versions(self) -> Iterator[tuple[Key, str]]:
        """Every document with its version."""
        for leaf, offset in self.parts():
            for place in np.flatnonzero(self.alive[offset : offset + leaf.size]).tolist():
                row = leaf.rows[place]
                key = Key(row["kind"].decode("ascii"), int(row["ident"]))
                yield key, row["version"].decode("ascii")

    def _codes(self, leaf: Leaf) -> NDArray[np.int64]:
        kinds, codes = leaf.kinds
        return np.array([self.kinds.index(kind) for kind in kinds], np.int64)[codes]

    def _kept(self, name: str, of: Callable[[Leaf], NDArray[np.int64]]) -> NDArray[np.int64]:
        if name not in self._columns:
            self._columns[name] = joined([of(leaf).astype(np.int64) for leaf in self.leaves])
        return self._columns[name]


def _places(leaf: Leaf, field: str, term: str, among: Mask, offset: int) -> NDArray[np.int64]:
    found = leaf.find(field, term)
    numbers = found.numbers() if found else np.zeros(0, np.int64)
    chosen = np.flatnonzero(among[numbers])
    if not found or not len(chosen):
        return np.zeros(0, np.int64)
    often = found.frequencies()
    ends, often = np.cumsum(often, dtype=np.int64)[chosen], often[chosen].astype(np.int64)
    # For each chosen document its stretch of all places: a step of one, and jumps between them.
    firsts = np.repeat(ends - often, often)
    steps = np.arange(len(firsts)) - np.repeat(np.cumsum(often) - often, often)
    documents: NDArray[np.int64] = np.repeat(numbers[chosen] + offset, often)
    places: NDArray[np.int64] = found.places()[firsts + steps].astype(np.int64)
    return (documents << 32) | places
