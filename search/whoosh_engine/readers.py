"""The newest generation of the index, opened once per process.

Segments never change, so each is opened once and kept for as long as it is in the index: after a
write only the new, small one is read. `searcher.refresh()` of Whoosh is never called: it goes on
returning deleted documents.
"""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any

from whoosh.index import TOC

from search.engine import Health, IndexUnusable
from search.whoosh_engine.folders import Folders
from search.whoosh_engine.leaf import Leaf
from search.whoosh_engine.reach import Reaches
from search.whoosh_engine.storage import INDEX_NAME, MappedStorage
from search.whoosh_engine.view import View

_ATTEMPTS = 4


class Readers:
    """Opens the index for reading and notices when it has changed. Safe from many threads."""

    def __init__(self, folders: Folders) -> None:
        self._folders = folders
        self._lock = Lock()
        self._leaves: dict[str, Leaf] = {}
        self._reaches: Reaches | None = None
        self._at: tuple[Path | None, int] = (None, -1)

    def newest(self) -> Reaches:
        """The index as it is now; raises `IndexUnusable`."""
        with self._lock:
            return self._newest()

    def close(self) -> None:
        """Let go of the files; the next `newest()` opens them again."""
        with self._lock:
            self._let_go()

    def _newest(self) -> Reaches:
        for _attempt in range(_ATTEMPTS):
            folder, health = self._folders.answering()
            if folder is None or health is not Health.READY:
                raise IndexUnusable
            # A merge or a rebuild may remove files between reading their list and opening them;
            # a torn file raises whatever its reader stumbles over.
            with suppress(Exception):
                return self._opened(folder)
            unreadable = folder
        self._folders.mark_broken(unreadable)
        raise IndexUnusable

    def _opened(self, folder: Path) -> Reaches:
        storage = MappedStorage(folder)
        generation = TOC._latest_generation(storage, INDEX_NAME)
        if self._reaches is None or (folder, generation) != self._at:
            known = self._leaves if folder == self._at[0] else {}
            toc = TOC.read(storage, INDEX_NAME, gen=generation)
            self._leaves = _leaves(storage, toc.segments, known)
            deleted = [segment.deleted_docs() for segment in toc.segments]
            self._reaches = Reaches(View(list(self._leaves.values()), deleted))
            self._at = (folder, generation)
        return self._reaches

    def _let_go(self) -> None:
        self._leaves, self._reaches, self._at = {}, None, (None, -1)


def _leaves(storage: MappedStorage, segments: Any, known: Mapping[str, Leaf]) -> dict[str, Leaf]:
    return {
        segment.segment_id(): known.get(segment.segment_id()) or Leaf(storage, segment)
        for segment in segments
    }
