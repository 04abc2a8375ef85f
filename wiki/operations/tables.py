"""Bringing the tables of an instance up to date before something works with them."""

from collections.abc import Iterator
from contextlib import contextmanager

from wiki.config import Settings
from wiki.database import Database
from wiki.migrations import current_revision, migrate


def bring_up_to_date(settings: Settings) -> None:
    """Apply missing migrations."""
    with _opened(settings) as database:
        migrate(database)


def make_tables_if_new(settings: Settings) -> None:
    """Give a new instance its tables, so that any command may be the first one."""
    with _opened(settings) as database:
        if current_revision(database) is None:
            migrate(database)


@contextmanager
def _opened(settings: Settings) -> Iterator[Database]:
    database = Database(settings.database_address)
    try:
        yield database
    finally:
        database.dispose()
