"""Few segments: small ones become one, the big one is left alone as long as most of it lives."""

from collections.abc import Sequence
from typing import Any

from whoosh.reading import SegmentReader

from search.whoosh_engine.view import View

MOST_SEGMENTS = 10
_STEP = 4
"""A segment this many times larger than all smaller ones together is not merged with them."""


def worthwhile(view: View) -> bool:
    """Whether there are too many segments."""
    return len(view.leaves) > MOST_SEGMENTS


def without_empty(_writer: Any, segments: Sequence[Any]) -> list[Any]:
    """Whoosh's merge policy: merge nothing, forget segments whose documents are all deleted."""
    return [segment for segment in segments if segment.doc_count()]


def merge_small(writer: Any, segments: Sequence[Any]) -> list[Any]:
    """Whoosh's merge policy: put the small segments together."""
    small = _small(segments)
    for segment in small:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
    writer.newsegment.set_doc_count(writer.docnum)
    return [segment for segment in segments if segment not in small]


def _small(segments: Sequence[Any]) -> list[Any]:
    chosen: list[Any] = []
    total = 0
    for segment in sorted(segments, key=lambda one: one.doc_count_all()):
        if len(chosen) > 1 and segment.doc_count_all() > _STEP * total:
            break
        chosen.append(segment)
        total += segment.doc_count_all()
    return chosen
