"""A worker process that a test may kill."""

from pathlib import Path

from search.assembly import assemble
from search.indexing import keep_current
from search.wiki_pages import PAGES
from wiki.database import Database


def drain_for_ever(home: Path, address: str) -> None:
    """Keep the index of this instance current until killed."""
    database, search = Database(address), assemble(home, [PAGES])
    while True:
        keep_current(database, search)
