"""One open searcher per process and index generation, for one thread at a time.

Whoosh keeps a place in its open files, so two threads must not read with one searcher; and a
searcher holds a copy of the index in memory, so there is only one. `searcher.refresh()` is never
called: it goes on returning deleted documents. A new generation gets a new searcher.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Any

from search.engine import Health, IndexUnusable
from search.whoosh_engine.folders import Folders
from search.whoosh_engine.storage import open_index
from search.whoosh_engine.view import View

_ATTEMPTS = 4


class Readers:
    """Opens the index for reading and notices when it has changed."""

    def __init__(self, folders: Folders) -> None:
        self._folders = folders
        self._lock = Lock()
        self._view: View | None = None
        self._folder: Path | None = None
        self._generation = -1
        self._index: Any = None

    @contextmanager
    def view(self) -> Iterator[View]:
        """The index as it is now; raises `IndexUnusable`."""
        with self._lock:
            yield self._newest()

    def close(self) -> None:
        """Let go of the files; the next `view()` opens them again."""
        with self._lock:
            self._let_go()

    def _newest(self) -> View:
        for _attempt in range(_ATTEMPTS):
            folder = self._folders.current()
            if folder is None or self._folders.state() is not Health.READY:
                raise IndexUnusable
            if self._view is not None and self._is_newest(folder):
                return self._view
            # A merge or a rebuild may remove files between reading their list and opening them;
            # a torn file raises whatever its reader stumbles over.
            with suppress(Exception):
                return self._open(folder)
            unreadable = folder
        self._folders.mark_broken(unreadable)
        raise IndexUnusable

    def _is_newest(self, folder: Path) -> bool:
        return self._folder == folder and self._generation == self._index.latest_generation()

    def _open(self, folder: Path) -> View:
        self._let_go()
        self._index = open_index(folder)
        searcher = self._index.searcher()
        self._folder, self._generation = folder, searcher.reader().generation()
        self._view = View(searcher)
        return self._view

    def _let_go(self) -> None:
        if self._view is not None:
            with suppress(OSError):
                self._view.close()
        self._view = None
