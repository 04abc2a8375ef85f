"""How the index's files are opened: mapped into memory and read in place, by any number of threads.

Whoosh's own mapping copies each whole segment into a memory buffer at every opening, which costs
a server the size of its index; without mapping it leaves file handles to the garbage collector,
and its readers keep a place in the file that threads cannot share.
"""

from io import RawIOBase
from mmap import ACCESS_READ, mmap
from os import SEEK_CUR, SEEK_END
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import FileIndex

INDEX_NAME = "MAIN"


class _Cursor(RawIOBase):
    """A reading place in mapped bytes: what opening a file needs; `get` goes without it."""

    def __init__(self, view: memoryview) -> None:
        self._view, self._place = view, 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        """See `io.IOBase`."""
        base = {SEEK_CUR: self._place, SEEK_END: len(self._view)}.get(whence, 0)
        self._place = base + offset
        return self._place

    def tell(self) -> int:
        """See `io.IOBase`."""
        return self._place

    def readinto(self, buffer: Any) -> int:
        """See `io.RawIOBase`."""
        part = self._view[self._place : self._place + len(buffer)]
        buffer[: len(part)] = part
        self._place += len(part)
        return len(part)


class MappedFile(StructFile):  # type: ignore[misc]
    """Mapped bytes as Whoosh reads them. Free of state but for the place of `read`."""

    def __init__(self, view: memoryview, name: str) -> None:
        super().__init__(_Cursor(view), name=name)
        self.view = view

    def get(self, position: int, length: int) -> bytes:
        """These bytes."""
        return self.view[position : position + length].tobytes()

    def subset(self, offset: int, length: int, name: str | None = None) -> "MappedFile":
        """A part of the file as a file."""
        return MappedFile(self.view[offset : offset + length], name or self._name)


class MappedStorage(FileStorage):  # type: ignore[misc]
    """A folder of index files, each read through a map of its own."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder), supports_mmap=False)

    def open_file(self, name: str, **_options: object) -> MappedFile:
        """The file, to read. An empty file raises `EOFError`: it was cut short."""
        with Path(self.folder, name).open("rb") as file:
            if not file.seek(0, 2):
                raise EOFError(name)
            return MappedFile(memoryview(mmap(file.fileno(), 0, access=ACCESS_READ)), name)


def open_index(folder: Path) -> FileIndex:
    """The index in this folder."""
    return MappedStorage(folder).open_index()
