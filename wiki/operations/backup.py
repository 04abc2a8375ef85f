"""Making a backup while people go on writing: one read transaction, rows first, then files.

The files are content-addressed and never removed, so those that the rows name are still there
when they are copied. Memory stays flat: rows and files go through one by one.
"""

import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, collate, func, select

from wiki import clock
from wiki.config import Settings
from wiki.database import Base, Database
from wiki.errors import Refusal
from wiki.files.models import Blob
from wiki.files.store import FileStore, hash_of
from wiki.migrations import current_revision, is_current
from wiki.operations.archive import (
    FORMAT,
    MANIFEST,
    Hashing,
    Manifest,
    TableContent,
    kind_of,
    to_line,
    total_checksum,
)
from wiki.version import VERSION

Progress = Callable[[int], None]
_ROWS_AT_ONCE = 200


@dataclass(frozen=True)
class Source:
    """An instance from which is read, in one moment of its life."""

    connection: Connection
    store: FileStore
    schema: str | None

    def count(self) -> int:
        """Rows and files, for a progress bar."""
        tables = (self.connection.scalar(select(func.count()).select_from(t)) for t in _tables())
        return sum(int(number or 0) for number in tables) + len(self.file_names())

    def file_names(self) -> list[str]:
        """The hashes of all files that the rows name."""
        return sorted(self.connection.scalars(select(Blob.sha256)))


@contextmanager
def open_source(settings: Settings) -> Iterator[Source]:
    """The instance as it is now; what others write from now on is not seen.

    Raises `Refusal` when the database has not been migrated to this release.
    """
    database = Database(settings.database_address)
    try:
        if not is_current(database):
            raise Refusal(
                "The database is not of this release, so it was not read. Nothing was changed. "
                "Start the server once (it migrates), or use the release that it belongs to."
            )
        schema = current_revision(database)
        with _one_moment(database) as connection:
            yield Source(connection, FileStore(settings.home), schema)
    finally:
        database.dispose()


@contextmanager
def _one_moment(database: Database) -> Iterator[Connection]:
    engine = database.engine
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
    with engine.connect() as connection:
        yield connection


def write_backup(source: Source, path: Path, progress: Progress) -> Manifest:
    """Write everything into a ZIP at `path`, which appears there only when it is whole.

    Raises `Refusal` when a file that the rows name is missing or damaged.
    """
    unfinished = path.with_name(path.name + ".part")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
                manifest = _fill(archive, source, progress)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def _fill(archive: zipfile.ZipFile, source: Source, progress: Progress) -> Manifest:
    tables = [_write_table(archive, source.connection, table, progress) for table in _tables()]
    names = source.file_names()
    size = sum(_write_file(archive, source.store, name, progress) for name in names)
    manifest = _manifest(source, tables, names, size)
    archive.writestr(MANIFEST, manifest.to_json())
    return manifest


def _write_table(
    archive: zipfile.ZipFile, connection: Connection, table: Table, progress: Progress
) -> TableContent:
    with archive.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as target:
        return _read_table(connection, table, Hashing(target), progress)


def _write_file(archive: zipfile.ZipFile, store: FileStore, sha256: str, progress: Progress) -> int:
    path = _whole_file(store, sha256)
    archive.write(path, f"files/{sha256}", zipfile.ZIP_STORED)
    progress(1)
    return path.stat().st_size


def checksum_of(source: Source, progress: Progress) -> Manifest:
    """What a backup of this instance would say, without writing one."""
    tables = [_read_table(source.connection, t, Hashing(None), progress) for t in _tables()]
    names = source.file_names()
    size = 0
    for name in names:
        size += _whole_file(source.store, name).stat().st_size
        progress(1)
    return _manifest(source, tables, names, size)


def _manifest(
    source: Source, tables: list[TableContent], names: Iterable[str], size: int
) -> Manifest:
    names = list(names)
    made_at = clock.now().isoformat()
    checksum = total_checksum(tables, names)
    return Manifest(FORMAT, VERSION, made_at, source.schema, tables, len(names), size, checksum)


def _read_table(
    connection: Connection, table: Table, target: Hashing, progress: Progress
) -> TableContent:
    kinds = {column.name: kind_of(column.type) for column in table.columns}
    rows = 0
    wanted = select(table).order_by(*_order(connection, table))
    result = connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(wanted)
    for part in result.partitions():
        for row in part:
            target.write(to_line(kinds, row))
        rows += len(part)
        progress(len(part))
    return TableContent(table.name, kinds, rows, target.hexdigest())


def _order(connection: Connection, table: Table) -> list[Any]:
    """By primary key, and text by its bytes: PostgreSQL would follow the rules of a language."""
    keys = list(table.primary_key.columns)
    if connection.dialect.name == "sqlite":
        return keys
    return [collate(key, "C") if key.type.python_type is str else key for key in keys]


def _whole_file(store: FileStore, sha256: str) -> Path:
    path = store.path(sha256)
    if not path.is_file() or hash_of(path) != sha256:
        raise Refusal(
            "The file %(path)s, which a page refers to, is missing or damaged, so no backup was "
            "made. Bring it back from an older backup, or see docs/operations.md.",
            path=path,
        )
    return path


def _tables() -> list[Table]:
    """All but those that are made from the rest at any time."""
    return [table for table in Base.metadata.sorted_tables if not table.info.get("disposable")]
