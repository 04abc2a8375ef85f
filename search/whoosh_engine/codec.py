"""Our codec for Whoosh: its terms and columns as they are, but postings as arrays.

Whoosh packs postings in pickled blocks of 128 and walks them one by one in Python, 1.5 µs each.
Here a list of any length is read at once (see `postings`). Through `matcher` Whoosh itself reads
the same lists.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from struct import Struct
from typing import Any

import numpy as np
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3TermInfo, W3TermsReader
from whoosh.formats import Format
from whoosh.matching import ListMatcher
from whoosh.reading import TermNotFound

from search.whoosh_engine import vocabulary
from search.whoosh_engine.postings import Postings, Shape, TermList, pack, plain_size
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
    """Only that it does. The terms of such a field are no terms of Whoosh but a vocabulary."""


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


class ArrayFieldWriter(W3FieldWriter):  # type: ignore[misc]
    """Writes the terms of a segment, and the vocabularies of its listed fields."""

    def add_postings(self, schema: Any, _lengths: Any, lists: Iterable[TermList]) -> None:
        """Write whole lists, in the order of fields and in each field of texts."""
        for field, found in groupby(lists, key=attrgetter("field")):
            self.start_field(field, schema[field])
            if isinstance(schema[field].format, Listed):
                self._write_vocabulary(field, found)
            else:
                self._write_terms(found)
            self.finish_field()

    def _write_vocabulary(self, field: str, lists: Iterable[TermList]) -> None:
        size = plain_size(self._segment.doc_count_all())
        words = vocabulary.Writer(self._postfile, size)
        for found in lists:
            self._postfile.write(pack(found, size)[0])
            words.add(found.text, len(found.numbers))
        extents = self._tindex.extras.setdefault(_VOCABULARIES, {})
        extents[field] = tuple(words.finish())

    def _write_terms(self, lists: Iterable[TermList]) -> None:
        prefix = self._fieldid.to_bytes(2, "big")
        for found in lists:
            data, shape = pack(found)
            info = ArrayTermInfo(df=len(found.numbers), maxid=int(found.numbers[-1]))
            info.shape = shape
            info.set_extent(self._postfile.tell(), len(data))
            self._postfile.write(data)
            self._tindex.add(prefix + found.text, info.to_bytes())


class ArrayTermsReader(W3TermsReader):  # type: ignore[misc]
    """Reads the terms of a segment; safe from many threads over a `MappedFile`."""

    def find(self, field: str, text: bytes) -> Postings | None:
        """The term's list, if there is one."""
        for place, length in self._tindex.ranges_for_key(self._keycoder(field, text)):
            return self._read(self._dbfile.get(place, length))
        return None

    def fields(self) -> frozenset[str]:
        """All fields that have any term."""
        return frozenset(self._fieldmap)

    def lists(self, field: str) -> Iterator[tuple[bytes, Postings]]:
        """All terms of a field that is not listed, ascending, with their lists."""
        number = self._fieldmap[field].to_bytes(2, "big")
        for key, info in self._tindex.items_from(number):
            if not key.startswith(number):
                return
            yield key[2:], self._read(info)

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
