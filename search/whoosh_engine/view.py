"""One generation of the index, open for reading: postings, allowed documents, stored keys."""

from collections.abc import Iterable, Iterator
from typing import Any

from whoosh.matching import FilterMatcher, Matcher
from whoosh.searching import Searcher

from search.documents import Key
from search.engine import Scope
from search.whoosh_engine.schema import key_of

_REMEMBERED_SCOPES = 64

Postings = Iterator[tuple[int, float]]


class View:
    """What ranking needs of an open Whoosh searcher, by document numbers of the whole index."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._leaves: list[tuple[Any, int]] = [
            (leaf.reader(), offset) for leaf, offset in searcher.leaf_searchers()
        ]
        self._allowed: dict[tuple[frozenset[str], str | None], frozenset[int]] = {}
        self._lengths: dict[tuple[str, int], int] = {}

    def postings(self, field: str, term: str) -> Postings:
        """Each document that holds the term in this field, with how often."""
        for reader, offset in self._leaves:
            if (field, term) in reader:
                yield from _walk(reader.postings(field, term), offset)

    def postings_with_deleted(self, field: str, term: str) -> Postings:
        """The same in a third of the time, with documents that are deleted already.

        Only for numbers that are compared with `allowed()` afterwards.
        """
        for reader, offset in self._leaves:
            if (field, term) in reader:
                matcher = reader.postings(field, term)
                inner = matcher.child if isinstance(matcher, FilterMatcher) else matcher
                yield from _walk(inner, offset)

    def beginning_with(self, field: str, prefix: str, limit: int) -> list[str]:
        """At most `limit` terms of this field with this beginning, the shortest first."""
        found: set[str] = set()
        for reader, _offset in self._leaves:
            for text in reader.expand_prefix(field, prefix):
                found.add(text.decode("utf-8"))
                if len(found) >= limit * 8:
                    break
        return sorted(found, key=lambda term: (len(term), term))[:limit]

    def allowed(self, scope: Scope) -> frozenset[int]:
        """The documents that may be found in this scope."""
        named = (scope.audiences, scope.kind)
        if named not in self._allowed:
            if len(self._allowed) >= _REMEMBERED_SCOPES:
                self._allowed.clear()
            self._allowed[named] = self._find_allowed(*named)
        allowed = self._allowed[named]
        return allowed - self._numbers(scope.without) if scope.without else allowed

    def _find_allowed(self, audiences: frozenset[str], kind: str | None) -> frozenset[int]:
        seen = frozenset(n for name in audiences for n, _ in self.postings("audience", name))
        return seen if kind is None else seen & {n for n, _ in self.postings("kind", kind)}

    def _numbers(self, keys: Iterable[Key]) -> frozenset[int]:
        return frozenset(n for key in keys for n, _ in self.postings("key", str(key)))

    def length(self, field: str, number: int) -> int:
        """How many terms the field of the document holds (Whoosh rounds large numbers)."""
        place = (field, number)
        if place not in self._lengths:
            reader, offset = self._leaf_of(number)
            self._lengths[place] = reader.doc_field_length(number - offset, field, 0)
        return self._lengths[place]

    def average_length(self, field: str) -> float:
        """How many terms the field holds on average."""
        return float(self._searcher.avg_field_length(field) or 1.0)

    def key(self, number: int) -> Key:
        """The key of the document."""
        reader, offset = self._leaf_of(number)
        return key_of(reader.stored_fields(number - offset)["key"])

    def versions(self) -> Iterator[tuple[Key, str]]:
        """Every document with its version."""
        for stored in self._searcher.reader().all_stored_fields():
            yield key_of(stored["key"]), stored["version"]

    def close(self) -> None:
        """Let go of the files."""
        self._searcher.close()

    def _leaf_of(self, number: int) -> tuple[Any, int]:
        for reader, offset in reversed(self._leaves):
            if number >= offset:
                return reader, offset
        raise IndexError(number)


def _walk(matcher: Matcher, offset: int) -> Postings:
    number, weight, active, further = matcher.id, matcher.weight, matcher.is_active, matcher.next
    while active():
        yield number() + offset, weight()
        further()
