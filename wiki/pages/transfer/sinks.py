"""Where an export goes: a new folder or a ZIP, complete or not there at all."""

import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from wiki import clock
from wiki.errors import Refusal


class Sink(Protocol):
    """Takes files by path."""

    def write(self, path: str, text: str) -> None:
        """A text, as UTF-8."""

    def copy(self, path: str, source: Path) -> None:
        """The content of a file, without holding it in memory."""


@contextmanager
def open_sink(target: Path) -> Iterator[Sink]:
    """A ZIP when the name says so, else a folder. Raises `Refusal` when something is there.

    What is written appears at the end, in one go.
    """
    _check_free(target)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        if target.suffix.casefold() == ".zip":
            with zipfile.ZipFile(unfinished, "x", zipfile.ZIP_DEFLATED) as archive:
                yield _ZipSink(archive)
        else:
            unfinished.mkdir(parents=True)
            yield _FolderSink(unfinished)
        if target.is_dir():
            target.rmdir()
        os.replace(unfinished, target)
    except BaseException:
        _remove(unfinished)
        raise


def _check_free(target: Path) -> None:
    if target.is_file() or (target.is_dir() and any(target.iterdir())):
        raise Refusal(
            "There is something at %(path)s already. Nothing was written. Name another place.",
            path=target,
        )
    target.parent.mkdir(parents=True, exist_ok=True)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


class _FolderSink:
    def __init__(self, root: Path) -> None:
        self._root = root

    def write(self, path: str, text: str) -> None:
        self._place(path).write_bytes(text.encode())

    def copy(self, path: str, source: Path) -> None:
        shutil.copyfile(source, self._place(path))

    def _place(self, path: str) -> Path:
        place = self._root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        return place


class _ZipSink:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._date = clock.now().timetuple()[:6]

    def write(self, path: str, text: str) -> None:
        entry = self._entry(path)
        entry.compress_type = zipfile.ZIP_DEFLATED
        self._archive.writestr(entry, text.encode())

    def copy(self, path: str, source: Path) -> None:
        with source.open("rb") as file, self._archive.open(self._entry(path), "w") as entry:
            shutil.copyfileobj(file, entry)

    def _entry(self, path: str) -> zipfile.ZipInfo:
        return zipfile.ZipInfo(path, self._date)
