"""The Whoosh engine: the seam of `search.engine` over a folder."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from heapq import nsmallest
from pathlib import Path
from pickle import PickleError
from struct import error as StructError  # noqa: N812
from typing import Any

from whoosh import index

from search.documents import Document, Key
from search.engine import Health, Hit, IndexUnusable, Progress, Results, Scope
from search.questions import Beginning, Question
from search.whoosh_engine import hints
from search.whoosh_engine.folders import Folders
from search.whoosh_engine.ranking import rank
from search.whoosh_engine.readers import Readers
from search.whoosh_engine.schema import row, schema
from search.whoosh_engine.storage import open_index

_WRITER_MEMORY_MB = 32
_REBUILD_MEMORY_MB = 64
_WRITER_TIMEOUT = 10.0
_REPORTED_EVERY = 50
_TORN = (EOFError, FileNotFoundError, PickleError, StructError, index.IndexError)


class WhooshEngine:
    """A `search.engine.SearchEngine` in this folder."""

    def __init__(self, root: Path) -> None:
        self._folders = Folders(root)
        self._readers = Readers(self._folders)

    def search(self, question: Question, scope: Scope, limit: int, offset: int = 0) -> Results:
        """See `SearchEngine`. Equal scores are ordered by key: the same on every run."""
        with self._readers.view() as view:
            scores = rank(view, question, view.allowed(scope))
            best = _best(scores, offset + limit)
            ties = sorted((-scores[n], str(view.key(n)), n) for n in best)[offset : offset + limit]
            found = tuple(Hit(view.key(n), -negated) for negated, _key, n in ties)
            return Results(len(scores), found)

    def suggest(self, beginning: Beginning, scope: Scope, limit: int) -> tuple[Hit, ...]:
        """See `SearchEngine`."""
        if not beginning:
            return ()
        with self._readers.view() as view:
            found = hints.titles(view, beginning, view.allowed(scope))[:limit]
            return tuple(Hit(view.key(number), 1.0) for number in found)

    def writing(self, timeout: float = 0.0) -> AbstractContextManager[None]:
        """See `SearchEngine`."""
        return self._folders.writing(timeout)

    def write(self, documents: Iterable[Document], gone: Collection[Key]) -> None:
        """See `SearchEngine`: one commit for all of them."""
        changed = {document.key: document for document in documents}
        folder = self._usable_folder()
        writer = self._writer(folder)
        try:
            self._remove(folder, writer, {*changed, *gone})
            for document in changed.values():
                writer.add_document(**row(document))
        except BaseException:
            writer.cancel()
            raise
        writer.commit()

    def rebuild(self, documents: Iterable[Document], progress: Progress) -> None:
        """See `SearchEngine`."""
        folder = self._folders.begin()
        made = index.create_in(str(folder), schema())
        writer = made.writer(timeout=_WRITER_TIMEOUT, limitmb=_REBUILD_MEMORY_MB)
        try:
            _add_all(writer, documents, progress)
        except BaseException:
            writer.cancel()
            raise
        writer.commit()
        self._readers.close()
        self._folders.publish(folder)

    def document_versions(self) -> Iterator[tuple[Key, str]]:
        """See `SearchEngine`."""
        with self._readers.view() as view:
            yield from list(view.versions())

    def health(self) -> Health:
        """See `SearchEngine`: opens the index, because a torn file shows only then."""
        try:
            with self._readers.view():
                return Health.READY
        except IndexUnusable:
            state = self._folders.state()
            return Health.BROKEN if state is Health.READY else state

    def close(self) -> None:
        """See `SearchEngine`."""
        self._readers.close()

    def _usable_folder(self) -> Path:
        folder = self._folders.current()
        if folder is None or self._folders.state() is not Health.READY:
            raise IndexUnusable
        return folder

    def _writer(self, folder: Path) -> Any:
        with self._unusable_when_torn(folder):
            opened = open_index(folder)
            return opened.writer(timeout=_WRITER_TIMEOUT, limitmb=_WRITER_MEMORY_MB)

    def _remove(self, folder: Path, writer: Any, keys: Collection[Key]) -> None:
        with self._unusable_when_torn(folder), writer.searcher() as searcher:
            for key in keys:
                writer.delete_by_term("key", str(key), searcher=searcher)

    @contextmanager
    def _unusable_when_torn(self, folder: Path) -> Iterator[None]:
        try:
            yield
        except _TORN as error:
            self._folders.mark_broken(folder)
            raise IndexUnusable from error


def _best(scores: dict[int, float], count: int) -> list[int]:
    """The documents of the `count` best scores and all that equal the last of them."""
    if len(scores) <= count:
        return list(scores)
    edge = nsmallest(count, (-score for score in scores.values()))[-1]
    return [number for number, score in scores.items() if -score <= edge]


def _add_all(writer: Any, documents: Iterable[Document], progress: Progress) -> None:
    for done, document in enumerate(documents, 1):
        writer.add_document(**row(document))
        if done % _REPORTED_EVERY == 0:
            progress(done)
