"""What one document holds, in terms: the meaning of every demand, for a single document."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import Lock

from search.analysis import places, terms, tokens
from search.documents import Document, Key, Label
from search.questions import Field

_LONGEST_BODY = 40_000
_MOST_KEPT = 120

Places = dict[str, frozenset[int]]
"""Where each term stands."""


@dataclass(frozen=True, slots=True)
class Holding:
    """The terms of a document: where they stand in title and body, and those of its parts."""

    title: Places
    body: Places
    labels: frozenset[str]
    parts: dict[Field, frozenset[str]]
    names: frozenset[str]

    def __contains__(self, term: str) -> bool:
        return term in self.title or term in self.body or term in self.labels

    @property
    def terms(self) -> frozenset[str]:
        """All of them."""
        return frozenset(self.title).union(self.body, self.labels)

    def has_row(self, row: Sequence[str]) -> bool:
        """Whether the terms stand one after the other; a single one may stand anywhere."""
        if len(row) == 1:
            return row[0] in self
        return any(_in_a_row(text, row) for text in (self.title, self.body))


_kept: dict[tuple[Key, str], Holding] = {}
_lock = Lock()


def holding_of(document: Document) -> Holding:
    """What the document holds; the newest versions are kept, for a save is looked at often."""
    name = (document.key, document.version)
    with _lock:
        found = _kept.pop(name, None)
    found = found or _read(document)
    with _lock:
        while len(_kept) >= _MOST_KEPT:
            _kept.pop(next(iter(_kept)))
        _kept[name] = found
    return found


def _read(document: Document) -> Holding:
    title = _places(document.title)
    client = _both(document.client)
    product = _both(document.category)
    return Holding(
        title=title,
        body=_places("\n".join((document.body[:_LONGEST_BODY], *document.facts))),
        labels=_terms((*product, *document.tags, *document.names, *client)),
        parts={
            Field.TITLE: frozenset(title),
            Field.CLIENT: _terms(client),
            Field.PRODUCT: _terms(product) | frozenset(title),
            Field.AUTHOR: _terms((*document.authors, *_both(document.owner))),
            Field.TAG: _terms(document.tags),
        },
        names=frozenset(" ".join(terms(name)) for name in (document.title, *document.names)),
    )


def _places(text: str) -> Places:
    found: dict[str, list[int]] = {}
    for place, term in places(tokens(text)):
        found.setdefault(term, []).append(place)
    return {term: frozenset(where) for term, where in found.items()}


def _terms(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(terms("\n".join(texts)))


def _both(label: Label | None) -> tuple[str, ...]:
    return (label.ru, label.en) if label else ()


def _in_a_row(text: Places, row: Sequence[str]) -> bool:
    starts = text.get(row[0], frozenset()) if row else frozenset()
    return any(all(at + n in text.get(t, ()) for n, t in enumerate(row)) for at in starts)
