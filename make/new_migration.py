"""Write a numbered migration: the difference between the newest schema and the models.

python make/new_migration.py "Pages remember who read them"
python make/new_migration.py --initial      (0001 anew; only before the first release)
"""

import pkgutil
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate.api import AutogenContext
from alembic.autogenerate.render import renderers
from alembic.config import Config
from alembic.operations import ops
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Enum, ForeignKeyConstraint

import dossiers
import products
import search
import wiki
from wiki.database import Base, Database, UtcDateTime
from wiki.migrations import migrate, newest_revision
from wiki.money import Money

VERSIONS = Path(wiki.__file__).parent / "migrations" / "versions"


def main(arguments: list[str]) -> None:
    """Make the migration and format it."""
    load_all_models()
    if arguments == ["--initial"]:
        for path in VERSIONS.glob("0*.py"):
            path.unlink()
        message, number = "The tables of the first release", 1
    else:
        (message,) = arguments
        number = int(newest_revision() or 0) + 1
    with tempfile.TemporaryDirectory() as folder:
        path = write(Database(f"sqlite:///{folder}/empty.sqlite3"), message, f"{number:04}")
    subprocess.run([sys.executable, "-m", "ruff", "format", "-q", str(path)], check=True)
    print(f"Written: {path}. Read it before you commit it.")


def load_all_models() -> None:
    """Import every module that holds tables, so that the metadata is whole."""
    for package in (wiki, search, products, dossiers):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if module.name.endswith(".models"):
                import_module(module.name)
    for name in ("wiki.jobs", "wiki.mail", "wiki.outbox"):
        import_module(name)


def write(database: Database, message: str, number: str) -> Path:
    """Compare with a database that has the migrations so far; the path of the new one."""
    if newest_revision() is not None:
        migrate(database)
    config = Config()
    config.set_main_option("script_location", str(VERSIONS.parent))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection
        config.attributes["metadata"] = Base.metadata
        config.attributes["options"] = {
            "render_item": render_item,
            "process_revision_directives": set_circles_apart,
            "compare_type": True,
            "render_as_batch": number != "0001",
        }
        script: Any = command.revision(config, message, autogenerate=True, rev_id=number)
    database.dispose()
    return Path(script.path)


def render_item(kind: str, item: object, _context: AutogenContext) -> str | bool:
    """Our own column types as plain ones: a migration must not change when the models do."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Money):
        return "sa.BigInteger()"
    if kind == "type" and isinstance(item, Enum):
        return f"sa.String(length={item.length})"
    return False


class AddCircle(ops.MigrateOperation):
    """Add a foreign key that closes a circle of tables, on either database."""

    def __init__(self, key: ForeignKeyConstraint) -> None:
        self.key = key

    def reverse(self) -> "DropCircle":
        """The way back."""
        return DropCircle(self.key)


class DropCircle(ops.MigrateOperation):
    """Take that foreign key away, so that the tables can be dropped."""

    def __init__(self, key: ForeignKeyConstraint) -> None:
        self.key = key


@renderers.dispatch_for(AddCircle)
def _render_add(_context: AutogenContext, step: AddCircle) -> list[str]:
    key = step.key
    target = [element.column.name for element in key.elements]
    return [
        f"with op.batch_alter_table({key.table.name!r}) as table:",
        f"table.create_foreign_key({key.name!r}, {key.referred_table.name!r}, "
        f"{key.column_keys!r}, {target!r})",
        "",
    ]


@renderers.dispatch_for(DropCircle)
def _render_drop(_context: AutogenContext, step: DropCircle) -> list[str]:
    return [
        f"with op.batch_alter_table({step.key.table.name!r}) as table:",
        f"table.drop_constraint({step.key.name!r}, type_='foreignkey')",
        "",
    ]


def set_circles_apart(
    _context: MigrationContext, _revision: object, directives: list[ops.MigrationScript]
) -> None:
    """Foreign keys in a circle of tables are added when all tables are there."""
    up, down = directives[0].upgrade_ops, directives[0].downgrade_ops
    assert up is not None
    assert down is not None
    for table in [step for step in up.ops if isinstance(step, ops.CreateTableOp)]:
        for key in [column for column in table.columns if getattr(column, "use_alter", False)]:
            circle = Base.metadata.tables[table.table_name].foreign_key_constraints
            added = AddCircle(next(found for found in circle if found.use_alter))
            table.columns = [column for column in table.columns if column is not key]
            up.ops.append(added)
            down.ops.insert(0, added.reverse())


if __name__ == "__main__":
    main(sys.argv[1:])
