"""Restoring a backup: only into an empty instance, all of it or nothing."""

import shutil
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    Table,
    bindparam,
    delete,
    func,
    insert,
    inspect,
    select,
    text,
)

from wiki.config import Settings
from wiki.database import Database
from wiki.errors import Refusal
from wiki.files.store import FileStore
from wiki.migrations import migrate
from wiki.operations.archive import (
    MANIFEST,
    Hashing,
    Manifest,
    TableContent,
    damaged,
    from_line,
    manifest_of,
    total_checksum,
    type_of,
)
from wiki.operations.backup import Progress

_BATCH_ROWS = 500
_BATCH_BYTES = 4_000_000


@contextmanager
def open_backup(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """The backup in this file with its manifest. Raises `Refusal` when it is none."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive, manifest_of(archive.read(MANIFEST))
    except (zipfile.BadZipFile, KeyError) as error:
        raise damaged("it is not a whole ZIP file of a backup") from error


def size_of(manifest: Manifest) -> int:
    """Rows and files, for a progress bar."""
    return sum(table.rows for table in manifest.tables) + manifest.files


def restore_backup(
    archive: zipfile.ZipFile, manifest: Manifest, settings: Settings, progress: Progress
) -> None:
    """Fill the empty instance. Raises `Refusal` when it is not empty or a checksum differs."""
    store = FileStore(settings.home)
    _must_be_empty_folder(store)
    names = _file_names(archive, manifest)
    if total_checksum(manifest.tables, names) != manifest.checksum:
        raise damaged("its total checksum differs")
    database = Database(settings.database_address)
    try:
        _must_be_empty(database)
        for name in names:
            _restore_file(archive, store, name)
            progress(1)
        _restore_rows(archive, manifest, database, progress)
        migrate(database)
    except BaseException:
        shutil.rmtree(store.home / "files", ignore_errors=True)
        raise
    finally:
        database.dispose()


def _file_names(archive: zipfile.ZipFile, manifest: Manifest) -> list[str]:
    names = [n.removeprefix("files/") for n in archive.namelist() if n.startswith("files/")]
    if len(names) != manifest.files or not all(map(_is_hash, names)):
        raise damaged("files are missing from it")
    return names


def _is_hash(name: str) -> bool:
    return len(name) == 64 and set(name) <= set("0123456789abcdef")


def _must_be_empty_folder(store: FileStore) -> None:
    folder = store.home / "files"
    if folder.exists() and any(path.is_file() for path in folder.rglob("*")):
        raise _not_empty(f"the folder {folder} holds files")


def _must_be_empty(database: Database) -> None:
    names = set(inspect(database.engine).get_table_names()) - _FILLED_BY_MIGRATIONS
    with database.engine.connect() as connection:
        for name in sorted(names):
            if connection.scalar(select(func.count()).select_from(text(_quoted(name)))):
                raise _not_empty(f"its table {name} has rows")


_VERSIONS = "alembic_version"
_FILLED_BY_MIGRATIONS = frozenset({_VERSIONS, "close_reasons"})
"""A database that has only been migrated has rows in these, and is still empty."""


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _not_empty(why: str) -> Refusal:
    return Refusal(
        "A backup is restored into an empty instance only, and %(why)s. Nothing was changed. Set "
        "DOSSIER_WIKI_HOME to a new folder (and DOSSIER_WIKI_DATABASE_URL to an empty database).",
        why=why,
    )


def _restore_file(archive: zipfile.ZipFile, store: FileStore, name: str) -> None:
    digest = sha256()
    with archive.open(f"files/{name}") as source, store.scratch() as scratch:
        with scratch.open("wb") as target:
            while chunk := source.read(256 * 1024):
                digest.update(chunk)
                target.write(chunk)
        if digest.hexdigest() != name:
            raise damaged(f"the file {name} in it has another content")
        store.keep(scratch, store.path(name))


def _restore_rows(
    archive: zipfile.ZipFile, manifest: Manifest, database: Database, progress: Progress
) -> None:
    """First the schema of the backup's day, so that an old backup fits; all in one transaction."""
    migrate(database, manifest.schema or "head")
    with database.transaction() as session:
        connection = session.connection()
        with _foreign_keys_later(connection):
            for table in manifest.tables:
                with archive.open(f"tables/{table.name}.jsonl") as lines:
                    _restore_table(connection, table, lines, progress)
        if connection.dialect.name == "postgresql":
            _set_sequences(connection, manifest.tables)


def _restore_table(
    connection: Connection, content: TableContent, lines: IO[bytes], progress: Progress
) -> None:
    table = Table(
        content.name,
        MetaData(),
        *(Column(name, type_of(kind)) for name, kind in content.columns.items()),
    )
    statement = insert(table).values({c.name: bindparam(c.name, type_=c.type) for c in table.c})
    # What the migrations put there themselves stands in the backup, as it is by now.
    connection.execute(delete(table))
    digest, rows = Hashing(None), 0
    for batch in _batches(lines):
        for line in batch:
            digest.write(line)
        connection.execute(statement, [from_line(content.columns, line) for line in batch])
        rows += len(batch)
        progress(len(batch))
    if rows != content.rows or digest.hexdigest() != content.sha256:
        raise damaged(f"the rows of {content.name} in it are not those that were written")


def _batches(lines: IO[bytes]) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    size = 0
    for line in lines:
        batch.append(line)
        size += len(line)
        if len(batch) >= _BATCH_ROWS or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


@contextmanager
def _foreign_keys_later(connection: Connection) -> Iterator[None]:
    """Tables refer to each other in circles: check the references when all rows are there."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        yield
        return
    keys = [tuple(row) for row in connection.execute(text(_FOREIGN_KEYS))]
    for table, name, _definition in keys:
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {_quoted(name)}")
    yield
    for table, name, definition in keys:
        added = f"ALTER TABLE {table} ADD CONSTRAINT {_quoted(name)} {definition}"
        connection.exec_driver_sql(added)


_FOREIGN_KEYS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
"""


def _set_sequences(connection: Connection, tables: Sequence[TableContent]) -> None:
    """New rows must get numbers beyond the restored ones."""
    for table in tables:
        sequence: Any = "id" in table.columns and connection.scalar(
            text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": _quoted(table.name)}
        )
        if sequence:
            highest = f"SELECT max(id) FROM {_quoted(table.name)}"  # noqa: S608
            connection.execute(
                text(f"SELECT setval(:sequence, ({highest}), true) WHERE ({highest}) IS NOT NULL"),
                {"sequence": sequence},
            )
