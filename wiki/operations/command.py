"""The command `dossier-wiki`: all groups in one, and errors as sentences instead of tracebacks."""

import logging
import os
import sys
from pathlib import Path
from typing import Any

import click
from flask import Flask
from flask.cli import ScriptInfo
from sqlalchemy.exc import DatabaseError, OperationalError

from wiki.config import PREFIX, load_settings
from wiki.errors import Refusal
from wiki.migrations import UnknownSchema
from wiki.operations.backup_command import backup, checksum, restore
from wiki.operations.doctor_command import doctor
from wiki.operations.home import prepare_home, refusal_of
from wiki.operations.house import House, remember_house
from wiki.operations.running import serve, worker
from wiki.operations.settings_table import settings
from wiki.operations.tables import make_tables_if_new
from wiki.version import VERSION

_OWN = (serve, worker, backup, restore, checksum, doctor, settings)


class Sentences(click.Group):
    """A group whose commands end with a sentence and an exit code, not with a traceback."""

    def invoke(self, context: click.Context) -> Any:
        """Run the chosen command; 1 is the exit code of everything that could not be done."""
        try:
            return super().invoke(context)
        except Refusal as refusal:
            raise click.ClickException(str(refusal)) from refusal
        except UnknownSchema as error:
            raise click.ClickException(
                "This database was migrated by a newer release of Dossier Wiki (schema "
                f"{error}). Nothing was changed. Install that release again, or restore a backup "
                "from before the upgrade into an empty instance."
            ) from error
        except DatabaseError as error:
            if type(error) not in (DatabaseError, OperationalError):
                raise
            raise click.ClickException(_database_sentence(error)) from error
        except BrokenPipeError:
            # Whoever read the output, `head` for example, has seen enough; click ends quietly.
            raise
        except OSError as error:
            if os.environ.get("DOSSIER_WIKI_TRACEBACK"):
                raise
            raise click.ClickException(_system_sentence(error)) from error


def build_command(house: House) -> click.Group:
    """The whole command of this house."""

    def create() -> Flask:
        settings = load_settings()
        prepare_home(settings.home)
        make_tables_if_new(settings)
        return house.create_app(settings)

    @click.group(
        cls=Sentences,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        epilog="Each command works on the instance in the folder DOSSIER_WIKI_HOME "
        "(default ./instance). Example: DOSSIER_WIKI_HOME=/srv/wiki dossier-wiki doctor",
    )
    @click.version_option(VERSION, prog_name="dossier-wiki")
    @click.pass_context
    def dossier_wiki(context: click.Context) -> None:
        """Shared memory of a sales department: run, check and keep an instance."""
        logging.basicConfig(level=logging.INFO, stream=sys.stderr, format=_FORMAT)
        # They tell each step and each short queue at this level; nobody needs it.
        logging.getLogger("alembic").setLevel(logging.WARNING)
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        context.obj = ScriptInfo(create_app=create, set_debug_flag=False)
        remember_house(context, house)

    for command in (*_OWN, *house.commands):
        dossier_wiki.add_command(command)
    return dossier_wiki


_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def _database_sentence(error: DatabaseError) -> str:
    said = str(error.orig).strip().splitlines()[0] if error.orig else "no answer"
    if "disk is full" in said or "readonly" in said or "No space" in said:
        return (
            f"The database cannot be written: {said}. What is stored is safe. Make room on the "
            "disk, or make it writable, and try again."
        )
    if "not a database" in said or "malformed" in said:
        return (
            f"The database file is damaged: {said}. Nothing was changed. Restore the last backup "
            "into an empty instance (docs/operations.md)."
        )
    if "locked" in said:
        return "The database is busy with another program's long write. Try again in a minute."
    return (
        f"The database does not answer: {said}. Nothing was changed. Check "
        "DOSSIER_WIKI_DATABASE_URL and that the database server runs; `dossier-wiki doctor` "
        "looks at everything."
    )


def _system_sentence(error: OSError) -> str:
    place = error.filename or os.environ.get(f"{PREFIX}HOME") or "instance"
    return str(refusal_of(error, Path(str(place))))
