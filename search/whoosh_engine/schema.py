"""The fields of the Whoosh index and how a document fills them."""

from calendar import timegm
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import numpy as np
from whoosh.columns import FixedBytesColumn
from whoosh.fields import COLUMN, FieldType, Schema
from whoosh.formats import Format

from search import analysis
from search.analysis import Token
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
    """A field whose terms go to the pool of the writer ready-made."""

    def __init__(self, format_: Format) -> None:
        super().__init__(format_, None)


def schema() -> Schema:
    """The fields. Texts are not stored: they stay in the database."""
    return Schema(
        title=Terms(Places()),
        body=Terms(Places()),
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


def add(writer: Any, document: Document) -> None:
    """Let a Whoosh writer with our `Pool` add what the index holds of a document."""
    pool, number = writer.pool, writer.docnum
    title = list(analysis.tokens(document.title))
    body = list(analysis.tokens("\n".join((document.body, *document.facts))))
    labels = list(analysis.tokens("\n".join(_labels(document))))
    pool.add_placed("title", number, analysis.places(title))
    pool.add_placed("body", number, analysis.places(body))
    pool.add_counted("labels", number, (token.term for token in labels))
    for field, terms in _parts(document).items():
        pool.add_counted(field, number, terms)
    for field, terms in _lists(document, title, {*title, *labels, *body}).items():
        pool.add_listed(field, number, terms)
    writer.add_document(row=_row(document, len(title), len(labels), len(body)))


def _parts(document: Document) -> dict[str, Iterable[str]]:
    return {
        "client": _terms(_both(document.client)),
        "product": _terms(_of_categories(document)),
        "author": _terms((*document.authors, *_both(document.owner))),
        "tag": _terms(document.tags),
        "key": [str(document.key)],
        "audience": [document.audience],
        "names": list(_names(document)),
    }


def _lists(
    document: Document, title: Iterable[Token], everywhere: Iterable[Token]
) -> dict[str, Iterable[str]]:
    return {
        "marks": document.marks,
        "words": {token.word for token in everywhere},
        "title_words": {token.word for token in title},
        "openings": filter(None, [fold_text(document.title)]),
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
