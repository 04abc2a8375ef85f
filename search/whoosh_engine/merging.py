"""Few segments: small ones become one, a big one is left alone as long as most of it lives.

Whoosh's own merge walks posting by posting; here the lists of a term are joined as arrays.
"""

from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import chain, groupby
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np

from search.whoosh_engine.leaf import Leaf
from search.whoosh_engine.postings import Numbers, Postings, TermList
from search.whoosh_engine.view import View

MOST_SEGMENTS = 12
_STEP = 4
"""A segment this many times larger than all smaller ones together is not merged with them."""
_GONE = -1


class Part(NamedTuple):
    """A segment to be merged, and for each of its documents the new number or `_GONE`."""

    leaf: Leaf
    renumbered: Numbers


class MergedPool:
    """Takes the place of Whoosh's `PostingPool`: the terms of all parts."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = parts

    def iter_postings(self) -> Iterator[TermList]:
        """All lists in the order in which a segment has them."""
        fields = frozenset[str]().union(*(part.leaf.fields() for part in self._parts))
        for field in sorted(fields):
            streams = [_listed(self._parts, place, field) for place in range(len(self._parts))]
            for text, same in groupby(merge(*streams), key=itemgetter(0)):
                lists = [_renumbered(part, postings) for _, _, part, postings in same]
                list_ = _joined(field, text, lists)
                if len(list_.numbers):
                    yield list_

    def cleanup(self) -> None:
        """Forget everything."""
        self._parts = ()


def worthwhile(view: View) -> bool:
    """Whether there are too many segments."""
    return len(view.leaves) > MOST_SEGMENTS


def without_empty(_writer: Any, segments: Sequence[Any]) -> list[Any]:
    """Whoosh's merge policy: merge nothing, forget segments whose documents are all deleted."""
    return [segment for segment in segments if segment.doc_count()]


def merge_small(writer: Any, segments: Sequence[Any]) -> list[Any]:
    """Whoosh's merge policy: put the small segments together."""
    return _merge(_small(segments), writer, segments)


def merge_all(writer: Any, segments: Sequence[Any]) -> list[Any]:
    """Whoosh's merge policy: put all segments together."""
    return _merge(list(segments) if len(segments) > 1 else [], writer, segments)


def _merge(chosen: Sequence[Any], writer: Any, segments: Sequence[Any]) -> list[Any]:
    if chosen:
        parts = [_part(writer, segment) for segment in chosen]
        writer.newsegment.set_doc_count(writer.docnum)
        writer.pool = MergedPool(parts)
        writer._added = True  # Whoosh writes no segment for a writer that added nothing.
    return [segment for segment in segments if segment not in chosen]


def _part(writer: Any, segment: Any) -> Part:
    """Take over the rows of the living documents."""
    leaf = Leaf(writer.storage, segment)
    renumbered = np.full(leaf.size, _GONE, np.int64)
    column = writer.schema["row"].column_type
    for number in range(leaf.size):
        if not segment.is_deleted(number):
            renumbered[number] = writer.docnum
            writer.perdocwriter.start_doc(writer.docnum)
            writer.perdocwriter.add_column_value("row", column, leaf.rows[number].tobytes())
            writer.perdocwriter.finish_doc()
            writer.docnum += 1
    return Part(leaf, renumbered)


def _listed(
    parts: Sequence[Part], place: int, field: str
) -> Iterator[tuple[bytes, int, Part, Postings]]:
    """The terms of a field; the place among the parts keeps equal ones in the order of parts."""
    part = parts[place]
    return ((text, place, part, postings) for text, postings in part.leaf.lists(field))


def _joined(field: str, text: bytes, lists: Sequence[tuple[Any, Any, Any]]) -> TermList:
    if len(lists) == 1:
        return TermList(field, text, *lists[0])
    return TermList(field, text, *(_together(arrays) for arrays in zip(*lists, strict=True)))


def _together(arrays: Sequence[Any]) -> Any:
    if set(map(type, arrays)) == {list}:
        return list(chain.from_iterable(arrays))
    return np.concatenate([np.asarray(array, np.int64) for array in arrays])


def _renumbered(part: Part, postings: Postings) -> tuple[Any, Any, Any]:
    if postings.count == 1:
        number, times, where = postings.single()
        new = int(part.renumbered[number])
        return ([], [], []) if new == _GONE else ([new], [times], where)
    numbers = part.renumbered[postings.numbers()]
    often, places = postings.frequencies(), postings.places()
    lives = numbers != _GONE
    if lives.all():
        return numbers, often, places
    if len(places):
        places = places[np.repeat(lives, often)]
    return numbers[lives], often[lives], places


def _small(segments: Sequence[Any]) -> list[Any]:
    """The smallest segments up to a gap in size, and those of which more than half is deleted."""
    chosen: list[Any] = []
    total = 0
    for segment in sorted(segments, key=lambda one: (one.doc_count(), one.segment_id())):
        if len(chosen) > 1 and segment.doc_count() > _STEP * total:
            break
        chosen.append(segment)
        total += segment.doc_count()
    return [one for one in segments if one in chosen or one.deleted_count() > one.doc_count()]
