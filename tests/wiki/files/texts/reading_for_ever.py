"""A worker process that a test may kill."""

from pathlib import Path

from wiki.database import Database
from wiki.files.store import FileStore
from wiki.files.texts.running import TextReader
from wiki.files.texts.task import read_next


def read_for_ever(home: Path, address: str) -> None:
    """Read the files of this instance that wait until killed."""
    database, reader = Database(address), TextReader()
    while True:
        read_next(database, FileStore(home), reader)
