"""`dossier-wiki deals sellers import`."""

from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from dossiers.deals.sellers.planning import SOURCE
from dossiers.deals.sellers.sort import SELLERS
from wiki.lists.cli import EXIT_CODES, list_options, refusals, run_import, tell

_EXAMPLES = f"""\b
{EXIT_CODES}
Examples:
  dossier-wiki deals sellers import sales_teams.csv --source CRM --dry-run
  dossier-wiki deals sellers import staff.xlsx --source amoCRM \\
    --map "name=ФИО,email=Почта,manager=Руководитель,office=Филиал"
"""


@click.group("sellers")
def sellers_commands() -> None:
    """Sellers as a source calls them."""


@sellers_commands.command("import", epilog=_EXAMPLES)
@list_options(can_keep=False)
@click.option("--source", required=True, metavar="NAME", help="The program whose sellers they are.")
@click.pass_context
@with_appcontext
def import_command(context: click.Context, /, file: Path, **asked: Any) -> None:
    """Import a CSV or XLSX file of sellers, also of those who have no deal.

    Who of them is a colleague is found by e-mail address or exact name; nobody gets an account.
    """
    with refusals():
        report = run_import(SELLERS, file, asked, {SOURCE: asked["source"]})
    tell(context, report, asked)
