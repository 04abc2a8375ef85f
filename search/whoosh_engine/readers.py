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

from whoosh import index

from search.engine import Health, IndexUnusable
from search.whoosh_engine.folders import Folders
from search.whoosh_engine.view import View

_ATTEMPTS = 4

Generation = tuple[Path, int]


class Readers:
    """Opens the index for reading and notices when it has changed."""

    def __init__(self, folders: Folders) -> None:
        self._folders = folders
        self._lock = Lock()
        self._view: View | None = None
        self._generation: Generation | None = None
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
        if self._folders.state() is not Health.READY:
            raise IndexUnusable
        folder = self._folders.current()
        if folder is None:
            raise IndexUnusable
        if self._view is None or self._generation != (folder, self._index.latest_generation()):
            self._let_go()
            self._open(folder)
        assert self._view is not None
        return self._view

    def _open(self, folder: Path) -> None:
        for attempt in range(_ATTEMPTS):
            try:
                self._index = index.open_dir(str(folder))
                searcher = self._index.searcher()
            except FileNotFoundError:
                # A merge removed a segment between reading the list and opening it.
                if attempt == _ATTEMPTS - 1:
                    self._give_up(folder)
            except Exception:  # a cut or torn file raises whatever its reader stumbles over
                self._give_up(folder)
            else:
                self._view = View(searcher)
                self._generation = (folder, searcher.reader().generation())
                return

    def _give_up(self, folder: Path) -> None:
        self._folders.mark_broken(folder)
        raise IndexUnusable

    def _let_go(self) -> None:
        if self._view is not None:
            with suppress(OSError):
                self._view.close()
        self._view = self._generation = None
