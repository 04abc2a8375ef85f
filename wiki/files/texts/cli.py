"""`dossier-wiki files …`: have files read once more."""

import click
from flask.cli import with_appcontext

from wiki.database import transaction
from wiki.files.texts.services import want_again

_EXAMPLES = """\b
Example, after more memory or time was allowed in the settings:
  DOSSIER_WIKI_FILE_TEXT_SECONDS=60 dossier-wiki worker
  dossier-wiki files read-again
"""


@click.group("files")
def files_commands() -> None:
    """Attached files: what is inside them, for the search."""


@files_commands.command("read-again", epilog=_EXAMPLES)
@with_appcontext
def read_again() -> None:
    """Have the worker read once more the files whose text could not be read."""
    with transaction() as session:
        number = want_again(session)
    click.echo(f"Files that the worker will read once more: {number}.")
