"""Where the index lies: numbered folders, one of them current, and the right to write.

`CURRENT` names the folder that answers. A rebuild fills a new folder and then replaces `CURRENT`
in one step, so readers see either the old index or the new one. `LOCK` is held by the one
process that writes; the system lets go of it when that process dies.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock

from whoosh.util.filelock import FileLock, try_for

from search import analysis
from search.engine import Health, IndexBusy
from search.whoosh_engine import schema

_ABOUT = "about.json"
_BROKEN = "BROKEN"


class Folders:
    """The folders of one index."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._one_thread = Lock()

    def current(self) -> Path | None:
        """The folder that answers, if there is one."""
        try:
            return self.root / (self.root / "CURRENT").read_text("ascii").strip()
        except (FileNotFoundError, UnicodeDecodeError):
            return None

    def answering(self) -> tuple[Path | None, Health]:
        """The folder that answers, with what can be said of it without opening the index."""
        folder = self.current()
        health = _health(folder)
        # A rebuild may have replaced and removed the folder while it was looked at.
        return (folder, health) if folder == self.current() else self.answering()

    def state(self) -> Health:
        """What can be said without opening the index."""
        return self.answering()[1]

    def mark_broken(self, folder: Path) -> None:
        """Note for the writing process that this folder cannot be read."""
        with suppress(OSError):
            (folder / _BROKEN).touch()

    def begin(self) -> Path:
        """A new empty folder for an index; what interrupted rebuilds left is removed."""
        self.root.mkdir(parents=True, exist_ok=True)
        self.sweep()
        taken = [int(path.name) for path in self.root.iterdir() if path.name.isdigit()]
        folder = self.root / str(max(taken, default=0) + 1)
        folder.mkdir()
        (folder / _ABOUT).write_text(json.dumps(_versions()), "ascii")
        return folder

    def publish(self, folder: Path) -> None:
        """Let this folder answer from now on."""
        waiting = self.root / "CURRENT.new"
        with waiting.open("w", encoding="ascii") as file:
            file.write(folder.name + "\n")
            file.flush()
            os.fsync(file.fileno())
        waiting.replace(self.root / "CURRENT")
        self.sweep()

    def sweep(self) -> None:
        """Remove all folders but the current; what is still open elsewhere goes the next time."""
        current = self.current()
        for path in self.root.iterdir():
            if path.is_dir() and path != current:
                shutil.rmtree(path, ignore_errors=True)

    @contextmanager
    def writing(self, timeout: float) -> Iterator[None]:
        """The right to write, or `IndexBusy` after `timeout` seconds."""
        if not self._one_thread.acquire(timeout=max(timeout, 0.0)):
            raise IndexBusy
        try:
            with _locked(self.root, timeout):
                yield
        finally:
            self._one_thread.release()


@contextmanager
def _locked(root: Path, timeout: float) -> Iterator[None]:
    root.mkdir(parents=True, exist_ok=True)
    lock = FileLock(str(root / "LOCK"))
    if not try_for(lock.acquire, timeout=timeout, delay=0.05):
        raise IndexBusy
    try:
        yield
    finally:
        lock.release()


def _health(folder: Path | None) -> Health:
    if folder is None or not folder.is_dir():
        return Health.ABSENT
    if (folder / _BROKEN).exists():
        return Health.BROKEN
    return Health.READY if _about(folder) == _versions() else Health.OUTDATED


def _versions() -> dict[str, int]:
    return {"analysis": analysis.VERSION, "schema": schema.VERSION}


def _about(folder: Path) -> object:
    try:
        return json.loads((folder / _ABOUT).read_text("ascii"))
    except (OSError, ValueError):
        return None
