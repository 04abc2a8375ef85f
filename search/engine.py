"""The seam: what any search engine must do. Engines get terms, never a user's raw syntax."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from search.documents import Document, Key
from search.questions import Beginning, Question


@dataclass(frozen=True, slots=True)
class Hit:
    """A found document and how well it fits; texts come from the database, not from here."""

    key: Key
    score: float


@dataclass(frozen=True, slots=True)
class Results:
    """The asked-for part of the hits, best first, and how many there are in all."""

    total: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look: only documents of these audiences, of this kind if one is named.

    `without` are documents whose state in the index is out of date; they are in no count.
    """

    audiences: frozenset[str]
    kind: str | None = None
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


class SearchEngine(Protocol):
    """One index of documents. Reading is safe from many threads; one process writes at a time."""

    def search(self, question: Question, scope: Scope, limit: int, offset: int = 0) -> Results:
        """The documents that hold any term of the question. Raises `IndexUnusable`."""

    def suggest(self, beginning: Beginning, scope: Scope, limit: int) -> tuple[Hit, ...]:
        """Documents whose title holds all these terms and goes on so. Raises `IndexUnusable`."""

    def writing(self, timeout: float = 0.0) -> AbstractContextManager[None]:
        """The right to write, for this process alone; raises `IndexBusy` after `timeout` s."""

    def write(self, documents: Iterable[Document], gone: Collection[Key]) -> None:
        """Put these documents in place of their old states and remove the gone ones, at once.

        Needs `writing()`. After it returns the change is on the disk. Raises `IndexUnusable`.
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
