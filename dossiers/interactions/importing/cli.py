"""`dossier-wiki contacts import`."""

from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from dossiers.interactions.importing.settings import ADD, CLIENT, IN_TEXT, PEOPLE
from dossiers.interactions.importing.sort import CONTACTS
from wiki.lists.cli import EXIT_CODES, list_options, refusals, run_import, tell

_EXAMPLES = f"""\b
{EXIT_CODES}
Examples:
  dossier-wiki contacts import calls.csv --dry-run
  dossier-wiki contacts import meetings.xlsx --client "ООО «Ромашка»" --people text \\
    --map "when=Дата,text=Итог,with=С кем"
"""


@click.group("contacts")
def contacts_commands() -> None:
    """Calls, meetings and letters with clients."""


@contacts_commands.command("import", epilog=_EXAMPLES)
@list_options(can_keep=False)
@click.option("--client", default="", metavar="NAME", help="Of rows that name none.")
@click.option("--people", default=ADD, type=click.Choice((ADD, IN_TEXT)), help="New names.")
@click.pass_context
@with_appcontext
def import_command(context: click.Context, /, file: Path, **asked: Any) -> None:
    """Import a CSV or XLSX file of contacts with what was promised.

    The same file again changes nothing.
    """
    with refusals():
        settings = {CLIENT: asked["client"], PEOPLE: asked["people"]}
        report = run_import(CONTACTS, file, asked, settings)
    tell(context, report, asked)
