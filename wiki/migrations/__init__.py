"""Bringing a database to the newest schema, or to that of an older release."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from wiki.database import Database

_FOLDER = Path(__file__).parent
_LOCK = 7_320_001
"""Number of the advisory lock by which two servers that start at once wait for each other."""


def migrate(database: Database, to: str = "head") -> None:
    """Apply the migrations up to `to` that the database does not have yet, all or none.

    Raises `UnknownSchema` when a newer release has already migrated this database.
    """
    with _changing(database) as connection:
        _must_be_known(connection)
        command.upgrade(_config(connection), to)


def undo_migrations(database: Database, to: str = "base") -> None:
    """Go back to an older schema. What only the newer one can hold is lost."""
    with _changing(database) as connection:
        command.downgrade(_config(connection), to)


class UnknownSchema(Exception):
    """The database was migrated by a newer release than this one."""


def current_revision(database: Database) -> str | None:
    """The last migration the database has; `None` when it has none."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str | None:
    """The last migration of this release."""
    return ScriptDirectory(str(_FOLDER)).get_current_head()


def is_current(database: Database) -> bool:
    """Whether the database has all migrations of this release, and no others."""
    return current_revision(database) == newest_revision()


def _must_be_known(connection: Connection) -> None:
    found = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in ScriptDirectory(str(_FOLDER)).walk_revisions()}
    if found is not None and found not in known:
        raise UnknownSchema(found)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    return config


@contextmanager
def _changing(database: Database) -> Iterator[Connection]:
    """A transaction in which tables may be rebuilt; only one at a time."""
    with database.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            with _without_foreign_keys(connection):
                yield connection
        else:
            with connection.begin():
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
                yield connection


@contextmanager
def _without_foreign_keys(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew; dropping the old one must delete nothing else."""
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.execution_options(writes=True).begin():
            yield
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
            if broken:
                raise RuntimeError(f"a migration broke a foreign key: {broken}")
    finally:
        driver.execute("PRAGMA foreign_keys=ON")
