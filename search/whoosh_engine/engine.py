"""The Whoosh engine: the seam of `search.engine` over a folder."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from pickle import PickleError
from struct import error as StructError  # noqa: N812
from typing import Any

from whoosh import index

from search.documents import Document, Key
from search.engine import Health, IndexUnusable, Look, Progress, Scope
from search.whoosh_engine import merging
from search.whoosh_engine.codec import ArrayCodec
from search.whoosh_engine.folders import Folders
from search.whoosh_engine.look import WhooshLook
from search.whoosh_engine.pool import Pool
from search.whoosh_engine.readers import Readers
from search.whoosh_engine.schema import add, schema
from search.whoosh_engine.storage import open_index

_WRITER_TIMEOUT = 10.0
_REPORTED_EVERY = 50
_MOST_WAITING = 2_000_000
"""Terms of documents that a rebuild keeps in memory (some 100 MB) before it writes a segment."""
_TORN = (EOFError, FileNotFoundError, PickleError, StructError, index.IndexError)


class WhooshEngine:
    """A `search.engine.SearchEngine` in this folder."""

    def __init__(self, root: Path) -> None:
        self._folders = Folders(root)
        self._readers = Readers(self._folders)

    @contextmanager
    def looking(self, scope: Scope) -> Iterator[Look]:
        """See `SearchEngine`."""
        yield WhooshLook(self._readers.newest().of(scope))

    def writing(self, timeout: float = 0.0) -> AbstractContextManager[None]:
        """See `SearchEngine`."""
        return self._folders.writing(timeout)

    def write(self, documents: Iterable[Document], gone: Collection[Key]) -> None:
        """See `SearchEngine`: one commit for all of them, into a segment of its own."""
        changed = {document.key: document for document in documents}
        with self._changing() as writer:
            for number in self._readers.newest().view.numbers_of({*changed, *gone}).tolist():
                writer.delete_document(number)
            for document in changed.values():
                add(writer, document)
            _commit(writer, merging.without_empty)

    def tidy(self) -> bool:
        """See `SearchEngine`."""
        if not merging.worthwhile(self._readers.newest().view):
            return False
        with self._changing() as writer:
            _commit(writer, merging.merge_small)
        return True

    def rebuild(self, documents: Iterable[Document], progress: Progress) -> None:
        """See `SearchEngine`."""
        folder = self._folders.begin()
        index.create_in(str(folder), schema())
        remaining = enumerate(documents, 1)
        while _add_some(folder, remaining, progress):
            pass
        with _writing(folder) as writer:
            _commit(writer, merging.merge_all)
        self._readers.close()
        self._folders.publish(folder)

    def document_versions(self) -> Iterator[tuple[Key, str]]:
        """See `SearchEngine`."""
        yield from self._readers.newest().view.versions()

    def health(self) -> Health:
        """See `SearchEngine`: opens the index, because a torn file shows only then."""
        try:
            self._readers.newest()
        except IndexUnusable:
            state = self._folders.state()
            return Health.BROKEN if state is Health.READY else state
        return Health.READY

    def close(self) -> None:
        """See `SearchEngine`."""
        self._readers.close()

    @contextmanager
    def _changing(self) -> Iterator[Any]:
        """A Whoosh writer of the current folder; what it did not commit never was."""
        folder, health = self._folders.answering()
        if folder is None or health is not Health.READY:
            raise IndexUnusable
        try:
            with _writing(folder) as writer:
                yield writer
        except _TORN as error:
            self._folders.mark_broken(folder)
            raise IndexUnusable from error


@contextmanager
def _writing(folder: Path) -> Iterator[Any]:
    writer = open_index(folder).writer(timeout=_WRITER_TIMEOUT, codec=ArrayCodec())
    writer.pool = Pool()
    try:
        yield writer
    except BaseException:
        if not writer.is_closed:
            writer.cancel()
        raise


def _add_some(folder: Path, remaining: Iterator[tuple[int, Document]], progress: Progress) -> bool:
    """One segment of as many documents as memory is meant for; whether there may be more."""
    with _writing(folder) as writer:
        for done, document in remaining:
            add(writer, document)
            if done % _REPORTED_EVERY == 0:
                progress(done)
            if writer.pool.size > _MOST_WAITING:
                break
        _commit(writer, merging.without_empty)
        return bool(writer.pool.size > _MOST_WAITING)


def _commit(writer: Any, merge: Any) -> None:
    # The number of documents decides how lists are packed, so it is told before they are written.
    writer.newsegment.set_doc_count(writer.docnum)
    writer.commit(mergetype=merge)
