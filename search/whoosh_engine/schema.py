"""The fields of the Whoosh index and how a document fills them."""

from collections.abc import Iterator
from typing import Any

from whoosh.analysis import Analyzer
from whoosh.analysis import Token as WhooshToken
from whoosh.fields import ID, KEYWORD, STORED, TEXT, Schema

from search import analysis
from search.documents import Document, Key

VERSION = 1
"""Grows with every change of the fields; an index of another version is made anew."""


class TermAnalyzer(Analyzer):  # type: ignore[misc]
    """Whoosh's door to `search.analysis`. Pickled into the index, so it holds nothing."""

    def __call__(self, value: str, **wanted: Any) -> Iterator[Any]:
        """The terms of the text as Whoosh's tokens; Whoosh reuses one token object."""
        token = WhooshToken(**wanted)
        token.boost = 1.0
        for place, found in enumerate(analysis.tokens(value), wanted.get("start_pos", 0)):
            token.text, token.pos, token.stopped = found.term, place, False
            token.startchar, token.endchar = found.start, found.end
            yield token


def schema() -> Schema:
    """The fields. Texts are not stored: they stay in the database."""
    return Schema(
        key=ID(unique=True, stored=True),
        version=STORED,
        kind=ID,
        audience=ID,
        language=ID,
        title=TEXT(analyzer=TermAnalyzer()),
        labels=TEXT(analyzer=TermAnalyzer(), phrase=False),
        body=TEXT(analyzer=TermAnalyzer()),
        title_terms=ID,
        title_words=KEYWORD,
    )


def row(document: Document) -> dict[str, Any]:
    """What the index holds of a document."""
    title = document.title
    return {
        "key": str(document.key),
        "version": document.version,
        "kind": document.kind,
        "audience": document.audience,
        "language": document.language,
        "title": title,
        "labels": " \n".join(_labels(document)),
        "body": "\n".join((document.body, *document.facts)),
        "title_terms": " ".join(analysis.terms(title)),
        "title_words": " ".join({token.word for token in analysis.tokens(title)}),
    }


def _labels(document: Document) -> Iterator[str]:
    if document.category:
        yield document.category.ru
        yield document.category.en
    yield from document.tags


def key_of(stored: str) -> Key:
    """The key written in the index as `kind:number`."""
    kind, _, ident = stored.rpartition(":")
    return Key(kind, int(ident))
