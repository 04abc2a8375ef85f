"""`dossier-wiki clients import` and `clients export`."""

from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from dossiers.clients.deeds import note_export
from dossiers.clients.importing.exporting import clients_csv, exported_ids
from dossiers.clients.importing.settings import COUNTRY, TEAM
from dossiers.clients.importing.sort import CLIENTS
from dossiers.clients.kinds import State
from dossiers.clients.listing import Wanted
from wiki.accounts.queries import team_by_name
from wiki.database import database
from wiki.lists.cli import EXIT_CODES, list_options, refusals, run_import, tell
from wiki.pages.transfer.workshop import acting_person

_IMPORT_EXAMPLES = f"""\b
{EXIT_CODES}
Examples:
  dossier-wiki clients import accounts.csv --team North --dry-run
  dossier-wiki clients import clients.xlsx --country RU --refused left.csv \\
    --map "name=Клиент,tax_number=ИНН,parent=Холдинг" --drop "Выручка"
"""
_EXPORT_EXAMPLES = """\b
Examples:
  dossier-wiki clients export --output clients.csv
  dossier-wiki clients export --state archived --as anna@firm.ru --output archive.csv
"""


@click.command("import", epilog=_IMPORT_EXAMPLES)
@list_options(can_keep=True)
@click.option("--team", default="", help="Team of new clients; else one's own.")
@click.option("--country", default="", metavar="CODE", help="Of rows that say none.")
@click.pass_context
@with_appcontext
def import_command(context: click.Context, /, file: Path, **asked: Any) -> None:
    """Import a CSV or XLSX file of clients.

    A client is known by tax number, then by domain, then by exact name; the same file again changes
    nothing. Columns without a place of their own are kept in the client's notes.
    """
    with refusals():
        report = run_import(CLIENTS, file, asked, _settings(asked))
    tell(context, report, asked)


def _settings(asked: dict[str, Any]) -> dict[str, str]:
    team = ""
    if asked["team"]:
        with database().reading() as session:
            team = str(team_by_name(session, asked["team"]))
    return {TEAM: team, COUNTRY: asked["country"].upper()}


@click.command("export", epilog=_EXPORT_EXAMPLES)
@click.option("--state", type=click.Choice([s.value for s in State]), help="Else all in use.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Else printed.")
@click.option("--as", "email", metavar="EMAIL", help="Whose name; else the first director.")
@with_appcontext
def export_command(state: str | None, output: Path | None, email: str | None) -> None:
    """Write the cards of the clients that one may see as CSV; an import reads it back."""
    wanted = Wanted(state=State(state) if state else None)
    with refusals(), database().transaction() as session:
        actor = acting_person(session, email)
        idents = exported_ids(session, actor, wanted)
        for ident in idents:
            note_export(session, actor, ident, "clients.csv")
    with database().reading() as session:
        text = "".join(clients_csv(session, actor, idents))
    if output is None:
        click.echo(text, nl=False)
        return
    output.write_text(text, "utf-8", newline="")
    click.echo(f"{len(idents)} clients: {output}")
