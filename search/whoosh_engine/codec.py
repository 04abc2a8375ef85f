"""Our codec for Whoosh: its terms and columns as they are, but postings as arrays.

Whoosh packs postings in pickled blocks of 128 and walks them one by one in Python, 1.5 µs each.
Here a list of any length is read at once (see `postings`). Through `matcher` Whoosh itself reads
the same lists, in its merges and in the tests.
"""

from struct import Struct
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import PostingsWriter
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3TermInfo, W3TermsReader
from whoosh.formats import Format
from whoosh.matching import ListMatcher
from whoosh.reading import TermNotFound

from search.whoosh_engine import vocabulary
from search.whoosh_engine.postings import Postings, Shape, pack, plain_size
from search.whoosh_engine.vocabulary import Extent, Vocabulary

_INFO = Struct("!BfIBBfII")
_EXTENT = Struct("!qi")
_SHAPE = Struct("!BBB?")
_COUNT, _PLACE = Struct("!I"), _INFO.size
_VOCABULARIES = "vocabularies"


class Places(Format):  # type: ignore[misc]
    """How often a term stands in a document, and where: 4 bytes for each place."""


class Frequency(Format):  # type: ignore[misc]
    """How often a term stands in a document."""


class Listed(Format):  # type: ignore[misc]
    """Only that it does; all terms of the field can be read at once."""


class ArrayCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's third codec with other postings."""

    length_stats = False

    def field_writer(self, storage: Any, segment: Any) -> "ArrayFieldWriter":
        """See `whoosh.codec.base.Codec`."""
        return ArrayFieldWriter(self, storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> "ArrayTermsReader":
        """See `whoosh.codec.base.Codec`."""
        name = segment.make_filename(self.TERMS_EXT)
        postings = segment.open_file(storage, self.POSTS_EXT)
        return ArrayTermsReader(self, storage.open_file(name), storage.file_length(name), postings)


class ArrayTermInfo(W3TermInfo):  # type: ignore[misc]
    """What is known of a term, and the shape of its list."""

    shape: Shape

    def to_bytes(self) -> bytes:
        """See `W3TermInfo`."""
        return bytes(super().to_bytes()) + _SHAPE.pack(*self.shape)


class ArrayPostingsWriter(PostingsWriter):  # type: ignore[misc]
    """Collects one term's postings and writes them packed."""

    def __init__(self, file: Any, plain: int) -> None:
        self._file, self._plain = file, plain

    def start_postings(self, _format: Format, terminfo: ArrayTermInfo) -> None:
        """See `PostingsWriter`."""
        self._info = terminfo
        self._numbers: list[int] = []
        self._frequencies: list[int] = []
        self._places: list[bytes] = []

    def add_posting(self, number: int, weight: float, value: bytes, length: Any = None) -> None:
        """See `PostingsWriter`."""
        self._numbers.append(number)
        self._frequencies.append(int(weight))
        self._places.append(value)

    def finish_postings(self) -> ArrayTermInfo:
        """See `PostingsWriter`."""
        numbers = np.array(self._numbers, np.uint32)
        places = np.frombuffer(b"".join(self._places), np.uint32)
        self.write_arrays(numbers, np.array(self._frequencies, np.uint32), places)
        return self._info

    def write_arrays(
        self,
        numbers: NDArray[np.uint32],
        frequencies: NDArray[np.uint32],
        places: NDArray[np.uint32],
    ) -> None:
        """Write a whole list at once."""
        info = self._info
        data, info.shape = pack(numbers, frequencies, places, self._plain)
        info.set_extent(self._file.tell(), len(data))
        info._weight, info._df = float(frequencies.sum()), len(numbers)
        info._maxweight = float(frequencies.max())
        info._minid, info._maxid = int(numbers[0]), int(numbers[-1])
        self._file.write(data)


class ArrayFieldWriter(W3FieldWriter):  # type: ignore[misc]
    """Writes the terms of a segment, and the vocabularies of its listed fields."""

    def start_field(self, name: str, field: Any) -> None:
        """See `whoosh.codec.base.FieldWriter`."""
        super().start_field(name, field)
        documents = self._segment.doc_count_all()
        listed = isinstance(field.format, Listed)
        self._words = vocabulary.Writer(self._postfile, documents) if listed else None
        plain = plain_size(documents) if listed else 0
        self._postwriter = ArrayPostingsWriter(self._postfile, plain)

    def start_term(self, text: bytes) -> None:
        """See `whoosh.codec.base.FieldWriter`."""
        self._btext = text
        self._postwriter.start_postings(self._format, ArrayTermInfo())

    def finish_term(self) -> None:
        """See `whoosh.codec.base.FieldWriter`."""
        info = self._postwriter.finish_postings()
        key = self._fieldid.to_bytes(2, "big") + self._btext
        self._tindex.add(key, info.to_bytes())
        if self._words:
            self._words.add(self._btext, info.doc_frequency())

    def finish_field(self) -> None:
        """See `whoosh.codec.base.FieldWriter`."""
        if self._words:
            extents = self._tindex.extras.setdefault(_VOCABULARIES, {})
            extents[self._fieldname] = tuple(self._words.finish())
        super().finish_field()


class ArrayTermsReader(W3TermsReader):  # type: ignore[misc]
    """Reads the terms of a segment; safe from many threads over a `MappedFile`."""

    def find(self, field: str, text: bytes) -> Postings | None:
        """The term's list, if there is one."""
        for place, length in self._tindex.ranges_for_key(self._keycoder(field, text)):
            return self._read(self._dbfile.get(place, length))
        return None

    def vocabulary(self, field: str) -> Vocabulary | None:
        """The terms of a listed field; nothing when no document of the segment has any."""
        extent = self._tindex.extras.get(_VOCABULARIES, {}).get(field)
        return Vocabulary(self._postfile.view, Extent(*extent)) if extent else None

    def matcher(self, field: str, text: bytes, format_: Format, scorer: Any = None) -> Any:
        """The list as Whoosh walks it."""
        postings = self.find(field, text)
        if postings is None:
            raise TermNotFound(f"No term {field}:{text!r}")
        often = postings.frequencies().tolist()
        places = postings.places().astype(np.uint32)
        cuts = np.cumsum([0, *often])
        values = [places[cuts[i] : cuts[i + 1]].tobytes() for i in range(postings.count)]
        return ListMatcher(postings.numbers().tolist(), often, values, format_, scorer=scorer)

    def _read(self, info: bytes) -> Postings:
        (count,) = _COUNT.unpack_from(info, 5)
        offset, length = _EXTENT.unpack_from(info, _PLACE)
        shape = Shape(*_SHAPE.unpack_from(info, _PLACE + _EXTENT.size))
        return Postings(self._postfile.view[offset : offset + length], count, shape)
