"""A term's documents as arrays, packed as narrow as they allow and read in place by numpy.

A list is its document numbers, then (unless each is 1) how often the term stands in each, then
(for fields with places) all its places. Numbers are the steps from one to the next, or plain in
listed fields, whose lists lie side by side and are read many at a time.
"""

from collections.abc import Sequence
from struct import pack as pack_struct
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]

_SHORT = 24
_LETTERS = {0: "B", 1: "B", 2: "H", 4: "I"}
_DTYPES = {size: np.dtype(f"<u{size}") for size in (1, 2, 4)}


class Shape(NamedTuple):
    """Bytes per document number, frequency and place; 0 for what is left out."""

    number: int
    frequency: int
    place: int
    plain: bool = False


class Postings:
    """One packed list; unpacked part by part, when asked."""

    __slots__ = ("_data", "_shape", "count")

    def __init__(self, data: memoryview, count: int, shape: Shape) -> None:
        self._data, self.count, self._shape = data, count, shape

    def numbers(self) -> Numbers:
        """The documents, ascending, by their numbers in the segment."""
        packed = np.frombuffer(self._data, _DTYPES[self._shape.number], self.count)
        if self._shape.plain:
            return packed.astype(np.int64)
        return np.cumsum(packed, dtype=np.int64)

    def frequencies(self) -> NDArray[np.unsignedinteger]:
        """How often the term stands in each of them."""
        size = self._shape.frequency
        if not size:
            return np.ones(self.count, np.uint8)
        start = self.count * self._shape.number
        return np.frombuffer(self._data, _DTYPES[size], self.count, start)

    def places(self) -> NDArray[np.unsignedinteger]:
        """Its places in the first document, then in the second and so on."""
        size, start = self._shape.place, self.count * sum(self._shape[:2])
        if not size:
            return np.zeros(0, np.uint8)
        return np.frombuffer(self._data[start:], _DTYPES[size])

    def single(self) -> tuple[int, int, list[int]]:
        """The document of a list of one, how often and where; without numpy, so much faster."""
        number, often, place = self._shape[:3]
        data, start = self._data.tobytes(), number + often
        times = int.from_bytes(data[number:start], "little") if often else 1
        ends = range(start + place, start + place * times + 1, place) if place else ()
        places = [int.from_bytes(data[end - place : end], "little") for end in ends]
        return int.from_bytes(data[:number], "little"), times, places


class TermList(NamedTuple):
    """A term of a field with its whole list, unpacked; places of one document after another.

    No frequencies at all: each is 1.
    """

    field: str
    text: bytes
    numbers: Sequence[int] | NDArray[np.uint32]
    frequencies: Sequence[int] | NDArray[np.uint32]
    places: Sequence[int] | NDArray[np.uint32]


def pack(list_: TermList, plain: int = 0) -> tuple[bytes, Shape]:
    """The list in bytes. `plain`: bytes per number where numbers are not to be steps, else 0."""
    if len(list_.numbers) <= _SHORT >= len(list_.places):
        return _pack_short(list_, plain)
    numbers = np.asarray(list_.numbers, np.uint32)
    steps = numbers if plain else np.diff(numbers, prepend=np.uint32(0))
    often = np.asarray(list_.frequencies, np.uint32)
    parts = (
        steps,
        often if often.max(initial=1) > 1 else often[:0],
        np.asarray(list_.places, np.uint32),
    )
    packed = [_narrow(parts[0], plain), _narrow(parts[1]), _narrow(parts[2])]
    number, frequency, place = (part.dtype.itemsize if len(part) else 0 for part in packed)
    shape = Shape(number, frequency, place, bool(plain))
    return b"".join(part.tobytes() for part in packed), shape


def _pack_short(list_: TermList, plain: int) -> tuple[bytes, Shape]:
    """The same for few documents, as most lists of a save have: without numpy much faster."""
    numbers, often, places = ([int(number) for number in part] for part in list_[2:])
    steps = (
        numbers if plain else [n - last for last, n in zip([0, *numbers], numbers, strict=False)]
    )
    often = often if max(often, default=1) > 1 else []
    parts = (steps, often, places)
    first, second, third = (_size_for(max(part)) if part else 0 for part in parts)
    shape = Shape(plain or first, second, third, bool(plain))
    packed = [
        pack_struct(f"<{len(part)}{_LETTERS[size]}", *part)
        for part, size in zip(parts, shape[:3], strict=True)
    ]
    return b"".join(packed), shape


def _narrow(values: NDArray[np.uint32], size: int = 0) -> NDArray[np.unsignedinteger]:
    if not len(values):
        return values
    return values.astype(_DTYPES[size or _size_for(int(values.max()))])


def _size_for(largest: int) -> int:
    return 1 if largest < 1 << 8 else 2 if largest < 1 << 16 else 4


def utf8(term: str) -> bytes:
    """A term in bytes, whatever it is made of."""
    return term.encode("utf-8", "backslashreplace")


def plain_size(documents: int) -> int:
    """Bytes for a plain document number in a segment of so many documents."""
    return 2 if documents <= 1 << 16 else 4


def joined(arrays: Sequence[Numbers]) -> Numbers:
    """All of them, one after the other."""
    if len(arrays) == 1:
        return arrays[0]
    return np.concatenate(arrays) if arrays else np.zeros(0, np.int64)
