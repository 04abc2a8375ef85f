"""The migrations make exactly the tables of the models, on both databases, up and down."""

import ast
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect

import wiki.migrations
from tests.databases import DatabaseMaker
from wiki.database import Base, Database
from wiki.migrations import (
    UnknownSchema,
    current_revision,
    is_current,
    migrate,
    undo_migrations,
)

VERSIONS = Path(wiki.migrations.__file__).parent / "versions"


def _differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))


def test_the_migrated_database_equals_the_models(database: Database) -> None:
    with database.engine.connect() as connection:
        assert _differences(connection) == []


def test_a_column_that_no_migration_makes_is_noticed(database: Database) -> None:
    with database.engine.connect() as connection:
        connection.exec_driver_sql("ALTER TABLE teams ADD COLUMN forgotten INTEGER")
        assert len(_differences(connection)) == 1


def test_the_migrations_can_be_undone_and_done_again(database: Database) -> None:
    undo_migrations(database)
    assert set(inspect(database.engine).get_table_names()) <= {"alembic_version"}
    assert current_revision(database) is None
    migrate(database)
    assert is_current(database)
    with database.engine.connect() as connection:
        assert _differences(connection) == []


def test_migrating_twice_changes_nothing(database: Database) -> None:
    migrate(database)
    assert is_current(database)


def test_a_database_of_a_newer_release_is_left_alone(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(UnknownSchema):
        migrate(database)
    assert not is_current(database)


def test_a_failed_migration_leaves_nothing_behind(
    make_database: DatabaseMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = make_database(tmp_path / "d.sqlite3") or f"sqlite:///{tmp_path / 'd.sqlite3'}"
    database = Database(address)
    undo_migrations(database)
    monkeypatch.setattr(wiki.migrations, "_config", _config_that_breaks_at_the_end)
    with pytest.raises(RuntimeError, match="on purpose"):
        migrate(database)
    assert set(inspect(database.engine).get_table_names()) <= {"alembic_version"}
    database.dispose()


def _config_that_breaks_at_the_end(connection: Connection) -> object:
    from wiki.migrations import command

    config = wiki.migrations.Config()
    config.set_main_option("script_location", str(VERSIONS.parent))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    raise RuntimeError("on purpose")


@pytest.mark.parametrize("path", sorted(VERSIONS.glob("*.py")), ids=lambda path: path.name)
def test_a_migration_imports_no_models(path: Path) -> None:
    imported = {
        name
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in [getattr(node, "module", None), *(alias.name for alias in node.names)]
        if name
    }
    assert {name.split(".")[0] for name in imported} <= {"alembic", "op", "sqlalchemy", "sa"}
