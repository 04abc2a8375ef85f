"""`dossier-wiki products import`."""

from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from products.importing.settings import CATEGORY, CURRENCY, LANGUAGE, MAKE, MISSING
from products.importing.sort import PRODUCTS
from wiki.database import database
from wiki.errors import Missing
from wiki.lists.cli import EXIT_CODES, list_options, refusals, run_import, tell
from wiki.locale import LANGUAGES
from wiki.pages.categories import tree
from wiki.pages.transfer.shelving import find_shelf

_EXAMPLES = f"""\b
{EXIT_CODES}
Examples:
  dossier-wiki products import products.csv --currency USD --dry-run
  dossier-wiki products import price.xlsx --language ru --category "Боксы" \\
    --map "title=Наименование,list_price=Цена" --drop "Остаток"
  dossier-wiki products import products.csv --currency USD --map \\
    "title=product,category=series,list_price=sales_price" --make-categories
"""


@click.group("products")
def products_commands() -> None:
    """Products in."""


@products_commands.command("import", epilog=_EXAMPLES)
@list_options(can_keep=True)
@click.option("--currency", default="", metavar="CODE", help="Of prices that do not say theirs.")
@click.option("--category", default="", metavar="NAME", help="Of new pages that name none.")
@click.option(
    "--language", type=click.Choice(list(LANGUAGES)), help="Of new pages; else one's own."
)
@click.option("--make-categories", is_flag=True, help="Make categories that are not there.")
@click.pass_context
@with_appcontext
def import_command(context: click.Context, /, file: Path, **asked: Any) -> None:
    """Import a CSV or XLSX file of products.

    A product is known by the exact title of its page, or by what somebody decided its name to mean.
    A page gets a new version only when something differs.
    """
    with refusals():
        settings = {
            CURRENCY: asked["currency"].upper(),
            CATEGORY: _category(asked["category"]),
            LANGUAGE: asked["language"] or "",
            MISSING: MAKE if asked["make_categories"] else "",
        }
        report = run_import(PRODUCTS, file, asked, settings)
    tell(context, report, asked)


def _category(name: str) -> str:
    if not name:
        return ""
    with database().reading() as session:
        shelf = find_shelf(tree(session), tuple(part.strip() for part in name.split("/")))
    if shelf is None:
        raise Missing("There is no category “%(name)s”. Nothing was changed.", name=name[:100])
    return str(shelf.id)
