"""The files on disk: each under the SHA-256 of its content, written once, never changed."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from wiki.errors import TooLarge

_CHUNK = 256 * 1024


@dataclass(frozen=True)
class FileStore:
    """The folder of one instance's files; `limit` is the largest one, in bytes."""

    home: Path
    limit: int = 25_000_000

    def path(self, sha256: str) -> Path:
        """Where the content with that hash is."""
        return self.home / "files" / sha256[:2] / sha256[2:4] / sha256

    def thumbnail_path(self, sha256: str, width: int, suffix: str) -> Path:
        """Where the picture in that width is kept; may be removed at any time."""
        return self.home / "thumbnails" / sha256[:2] / sha256[2:4] / f"{sha256}-{width}{suffix}"

    def has(self, sha256: str) -> bool:
        """Whether the content is there."""
        return self.path(sha256).is_file()

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """A new file on the same disk, removed at the end unless it was kept."""
        folder = self.home / "files" / "incoming"
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=folder)
        os.close(descriptor)
        try:
            yield Path(name)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(name)

    def keep(self, scratch: Path, target: Path) -> None:
        """Move a finished file to its place, safe against a loss of power."""
        if target.is_file():
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        with scratch.open("rb") as file:
            os.fsync(file.fileno())
        os.replace(scratch, target)
        _sync_folder(target.parent)


def copy_limited(source: IO[bytes], target: Path, limit: int) -> str:
    """Copy chunk by chunk and return the SHA-256. Raises `TooLarge` above `limit` bytes."""
    digest, size = hashlib.sha256(), 0
    with target.open("wb") as file:
        while chunk := source.read(_CHUNK):
            size += len(chunk)
            if size > limit:
                raise TooLarge(
                    "The file has more than %(limit)d MB, which is the limit. Nothing was stored. "
                    "Make it smaller, or divide it.",
                    limit=limit // 1_000_000,
                )
            digest.update(chunk)
            file.write(chunk)
    return digest.hexdigest()


def hash_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
