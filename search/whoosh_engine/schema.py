"""The fields of the Whoosh index and how a document fills them."""

from array import array
from calendar import timegm
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import numpy as np
from whoosh.columns import FixedBytesColumn
from whoosh.fields import COLUMN, FieldType, Schema
from whoosh.formats import Format

from search import analysis
from search.documents import Document
from search.lemmas import fold_text
from search.whoosh_engine.codec import Frequency, Listed, Places

VERSION = 2
"""Grows with every change of the fields; an index of another version is made anew."""

RANKED = ("title", "labels", "body")
NEVER = (1 << 62) - 1
"""The end of what is current."""

ROW = np.dtype(
    [
        ("kind", "S24"),
        ("ident", "<i8"),
        ("version", "S24"),
        ("changed", "<i8"),
        ("until", "<i8"),
        ("title", "<u4"),
        ("labels", "<u4"),
        ("body", "<u4"),
    ]
)
"""What is kept of each document beside its terms: its key, its dates (s), its lengths in terms."""


class Terms(FieldType):  # type: ignore[misc]
    """A field that is given its terms ready-made."""

    def __init__(self, format_: Format) -> None:
        super().__init__(format_, None)

    def index(self, value: Iterable[str], **_options: Any) -> Iterator[tuple[Any, ...]]:
        """Each term with how often; see `whoosh.fields.FieldType`."""
        for term, count in Counter(value).items():
            yield _utf8(term), count, float(count), b""


class PlacedTerms(FieldType):  # type: ignore[misc]
    """A field that is given its terms with their places."""

    def __init__(self) -> None:
        super().__init__(Places(), None)

    def index(self, value: Iterable[tuple[int, str]], **_options: Any) -> Iterator[tuple[Any, ...]]:
        """Each term with how often and where; see `whoosh.fields.FieldType`."""
        places: dict[str, array[int]] = {}
        for place, term in value:
            places.setdefault(term, array("I")).append(place)
        for term, found in places.items():
            yield _utf8(term), len(found), float(len(found)), found.tobytes()


def schema() -> Schema:
    """The fields. Texts are not stored: they stay in the database."""
    return Schema(
        title=PlacedTerms(),
        body=PlacedTerms(),
        labels=Terms(Frequency()),
        client=Terms(Frequency()),
        product=Terms(Frequency()),
        author=Terms(Frequency()),
        tag=Terms(Frequency()),
        key=Terms(Frequency()),
        audience=Terms(Frequency()),
        names=Terms(Frequency()),
        marks=Terms(Listed()),
        words=Terms(Listed()),
        title_words=Terms(Listed()),
        openings=Terms(Listed()),
        row=COLUMN(FixedBytesColumn(ROW.itemsize)),
    )


def fill(document: Document) -> dict[str, Any]:
    """What the index holds of a document."""
    title = list(analysis.tokens(document.title))
    body = list(analysis.tokens("\n".join((document.body, *document.facts))))
    labels = list(analysis.tokens("\n".join(_labels(document))))
    return {
        "title": analysis.places(title),
        "body": analysis.places(body),
        "labels": [token.term for token in labels],
        "client": _terms(_both(document.client)),
        "product": _terms(_of_categories(document)),
        "author": _terms((*document.authors, *_both(document.owner))),
        "tag": _terms(document.tags),
        "key": [str(document.key)],
        "audience": [document.audience],
        "names": list(_names(document)),
        "marks": sorted(document.marks),
        "words": sorted({token.word for token in (*title, *labels, *body)}),
        "title_words": sorted({token.word for token in title}),
        "openings": list(filter(None, [fold_text(document.title)])),
        "row": _row(document, len(title), len(labels), len(body)),
    }


def _row(document: Document, title: int, labels: int, body: int) -> bytes:
    until = NEVER if document.until is None else _seconds(document.until)
    kind, version = document.kind.encode("ascii"), document.version.encode("ascii")
    changed = _seconds(document.changed_at)
    values = (kind, document.ident, version, changed, until, title, labels, body)
    return np.array([values], ROW).tobytes()


def _seconds(moment: datetime) -> int:
    return timegm(moment.utctimetuple())


def _names(document: Document) -> Iterator[str]:
    named = (" ".join(analysis.terms(name)) for name in (document.title, *document.names))
    yield from dict.fromkeys(name for name in named if name)


def _labels(document: Document) -> Iterator[str]:
    yield from _of_categories(document)
    yield from document.tags
    yield from document.names
    yield from _both(document.client)


def _of_categories(document: Document) -> Iterator[str]:
    if document.category:
        yield from _both(document.category)


def _both(label: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys((label.ru, label.en))) if label else ()


def _terms(texts: Iterable[str]) -> list[str]:
    return analysis.terms("\n".join(texts))


def _utf8(term: str) -> bytes:
    return term.encode("utf-8", "backslashreplace")
