"""The seam: what any search engine must do. Engines get terms, never a user's raw syntax."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from search.documents import Document, Key
from search.questions import Beginning, Question


@dataclass(frozen=True, slots=True)
class Hit:
    """A found document, how well it fits, and when it last changed (whole seconds of Unix time).

    Texts come from the database, not from here.
    """

    key: Key
    score: float
    changed: int = 0


Counts = Mapping[str, Mapping[str, int]]
"""Facet → value → how many of all hits have it. The facet "day" counts by day number since 1970."""


@dataclass(frozen=True, slots=True)
class Results:
    """The asked-for part of the hits, best first, how many there are in all, and their facets."""

    total: int
    hits: tuple[Hit, ...]
    counts: Counts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Near:
    """A word of the index that is spelt like another: `likeness` 0 to 1, in `count` documents."""

    word: str
    likeness: float
    count: int


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look: only documents of these audiences.

    `without` are documents whose state in the index is out of date; they are in no count.
    """

    audiences: frozenset[str]
    without: frozenset[Key] = frozenset()


class Health(StrEnum):
    """How an index is."""

    READY = "ready"
    ABSENT = "absent"
    OUTDATED = "outdated"
    BROKEN = "broken"


class IndexUnusable(Exception):
    """The index is absent, outdated or broken: it must be made anew from the database."""


class IndexBusy(Exception):
    """Another process writes the index just now."""


Progress = Callable[[int], None]


class Look(Protocol):
    """One state of the index as far as a scope reaches; nothing outside the scope shows in it."""

    def search(self, question: Question, limit: int, offset: int = 0) -> Results:
        """The documents that the question finds. Facets are counted over all of them."""

    def suggest(self, beginning: Beginning, limit: int) -> tuple[Hit, ...]:
        """Documents whose title holds all these terms and goes on so."""

    def count(self, term: str) -> int:
        """How many documents hold the term in any field."""

    def nearest(self, word: str, limit: int) -> tuple[Near, ...]:
        """Words of the documents that are spelt like this folded word, the likeliest first."""

    def beginning_with(self, prefix: str, limit: int) -> tuple[str, ...]:
        """Words of the documents with this folded beginning, the most frequent first."""


class SearchEngine(Protocol):
    """One index of documents. Reading is safe from many threads; one process writes at a time."""

    def looking(self, scope: Scope) -> AbstractContextManager[Look]:
        """The newest state of the index within a scope. Raises `IndexUnusable`."""

    def writing(self, timeout: float = 0.0) -> AbstractContextManager[None]:
        """The right to write, for this process alone; raises `IndexBusy` after `timeout` s."""

    def write(self, documents: Iterable[Document], gone: Collection[Key]) -> None:
        """Put these documents in place of their old states and remove the gone ones, at once.

        Needs `writing()`. After it returns the change is on the disk. Raises `IndexUnusable`.
        """

    def tidy(self) -> bool:
        """Merge small segments when there are many; whether something was done.

        Needs `writing()`; readers go on meanwhile. Raises `IndexUnusable`.
        """

    def rebuild(self, documents: Iterable[Document], progress: Progress) -> None:
        """Make the index anew; the old one answers until the new one takes its place at once.

        Needs `writing()`. `progress` gets the number of documents done.
        """

    def document_versions(self) -> Iterator[tuple[Key, str]]:
        """Every document in the index with its version. Raises `IndexUnusable`."""

    def health(self) -> Health:
        """How the index is; never raises."""

    def close(self) -> None:
        """Let go of all files."""
