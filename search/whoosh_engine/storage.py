"""How the index's files are opened: mapped into memory and read in place.

Whoosh's own mapping copies each whole segment into a memory buffer at every opening, which costs
a server the size of its index; without mapping it leaves file handles to the garbage collector.
"""

from mmap import ACCESS_READ, mmap
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import FileIndex


class MappedStorage(FileStorage):  # type: ignore[misc]
    """A folder of index files, each read through a map of its own."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder), supports_mmap=False)

    def open_file(self, name: str, **options: object) -> StructFile:
        """The file, to read. An empty file raises `EOFError`: it was cut short."""
        with Path(self.folder, name).open("rb") as file:
            if not file.seek(0, 2):
                raise EOFError(name)
            return StructFile(mmap(file.fileno(), 0, access=ACCESS_READ), name=name, **options)


def open_index(folder: Path) -> FileIndex:
    """The index in this folder."""
    return MappedStorage(folder).open_index()
