"""`dossier-wiki deals import`."""

import gc
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from dossiers.clients.mappings import remember_mapping
from dossiers.deals.files.loading import Plan, foresee, load_of, write_load
from dossiers.deals.files.opened import OpenedFile
from dossiers.deals.files.reading import Chosen
from dossiers.deals.files.refused import refused_csv
from dossiers.deals.files.report_text import report_lines
from dossiers.deals.files.services import TARGET, new_load, plain_choice, start_load
from dossiers.deals.files.settings import Scale
from dossiers.deals.files.sources import checked_name, source_named
from dossiers.deals.files.typed import chosen_by
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission, require
from wiki.database import database
from wiki.errors import Refusal
from wiki.pages.transfer.workshop import acting_person
from wiki.tables.days import Order
from wiki.tables.reading import ENCODINGS
from wiki.tables.tables import check_size

SOME_REFUSED = 3
_EXAMPLES = """\b
Exit codes: 0 every row went in or was so already, 1 nothing was changed, 3 some rows were refused
(the report says why; --refused writes them to a file that can be mended and sent again).
Examples:
  dossier-wiki deals import pipeline.csv --source CRM --currency USD --dry-run
  dossier-wiki deals import deals.xlsx --source amoCRM --kinds "Signed=won,Rejected=lost" \\
    --map "external_id=ID,title=Deal,stage=Stage,amount=Budget" --remember amoCRM
  dossier-wiki deals import list.csv --source Old --key "Client,Signed on" --days month --json
"""


@click.command("import", epilog=_EXAMPLES)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", required=True, metavar="NAME", help="The program it is from; may be new.")
@click.option("--map", "map", metavar="FIELD=COLUMN,…", help="Else remembered, else guessed.")
@click.option("--mapping", metavar="NAME", help="Columns that were remembered under this name.")
@click.option("--remember", metavar="NAME", help="Remember columns and settings so.")
@click.option("--key", metavar="COLUMN,…", help="Stand for the number of the deal together.")
@click.option("--currency", metavar="CODE", help="Of amounts that do not say theirs.")
@click.option("--decimal", type=click.Choice(("point", "comma")), help="Else by the file.")
@click.option("--days", type=click.Choice([o.value for o in Order]), help="What stands first.")
@click.option("--scale", type=click.Choice([s.value for s in Scale]), help="Of probabilities.")
@click.option("--kinds", metavar="STAGE=KIND,…", help="Kinds are open, won, lost.")
@click.option("--anew", is_flag=True, help="Hold against what was read of the same state before.")
@click.option("--encoding", type=click.Choice(ENCODINGS), help="Else guessed.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole report as JSON.")
@click.option("--refused", type=click.Path(dir_okay=False, path_type=Path), help="CSV of them.")
@click.option("--as", "email", metavar="EMAIL", help="Whose name; else the first director.")
@click.pass_context
@with_appcontext
def import_command(context: click.Context, /, file: Path, **asked: Any) -> None:
    """Import a CSV or XLSX file of deals from a source.

    A deal is known by its source and its number there, so the same file again changes nothing. What
    was cut off goes on when the same command is given again.
    """
    _collect_seldom()
    with refusals():
        plan, report = _imported(file, asked)
        if asked["refused"] is not None and report["refused"]["count"]:
            _write_refused(asked["refused"], plan)
    _print({**report, "dry_run": asked["dry_run"]}, asked["as_json"])
    context.exit(SOME_REFUSED if report["refused"]["count"] else 0)


def _collect_seldom() -> None:
    """Leave what was loaded at the start out of the search for garbage: it took half of the time.

    Only for a process that ends when its file is written.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _imported(file: Path, asked: Mapping[str, Any]) -> tuple[Plan, Mapping[str, Any]]:
    """The file with its report; written unless it is a dry run."""
    check_size(file.stat().st_size)
    opened = OpenedFile(file.read_bytes(), asked["encoding"] or "")
    with database().reading() as session:
        actor = acting_person(session, asked["email"])
        require(actor, Permission.EDIT_DOSSIERS)
        chosen = chosen_by(session, opened, asked)
        source = source_named(session, asked["source"])
        plan = Plan(opened, chosen, actor.time_zone)
        if asked["dry_run"]:
            return plan, plan.report(foresee(session, actor, plan, source))
    return plan, _written(actor, plan, chosen, file.name, asked)


def _written(
    actor: Actor, plan: Plan, chosen: Chosen, name: str, asked: Mapping[str, Any]
) -> Mapping[str, Any]:
    source = checked_name(asked["source"])
    with database().transaction() as session:
        load = new_load(actor, name, chosen, asked["encoding"] or "")
        start_load(session, actor, load, source)
        if asked["remember"]:
            kept = {**plain_choice(chosen), "source": source}
            remember_mapping(session, actor, TARGET, asked["remember"], kept)
    write_load(database(), actor, load.id, plan)
    with database().reading() as session:
        return load_of(session, load.id).report


def _write_refused(path: Path, plan: Plan) -> None:
    with path.open("w", encoding="utf-8", newline="") as opened:
        opened.writelines(refused_csv(plan))


def _print(report: Mapping[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))
        return
    for line in report_lines(report, report["dry_run"]):
        click.echo(line)


@contextmanager
def refusals() -> Iterator[None]:
    """A refusal is a sentence on standard error and the exit code 1."""
    try:
        yield
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
