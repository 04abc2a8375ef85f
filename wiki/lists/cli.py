"""What `clients import`, `products import` and `deals sellers import` have in common."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
from flask import current_app

from wiki.accounts.actor import Actor
from wiki.accounts.rules import require
from wiki.database import database
from wiki.errors import Refusal
from wiki.lists.choosing import as_json, checked, guess, remembered
from wiki.lists.mappings import mapping_named, remember_mapping
from wiki.lists.models import ListLoad
from wiki.lists.plans import Chosen
from wiki.lists.report import refused_csv, report_lines, report_of
from wiki.lists.services import new_load, start
from wiki.lists.sheets import Sheet, read_sheet
from wiki.lists.sorts import Sort
from wiki.lists.writing import Order, write_list
from wiki.locale import force_locale
from wiki.pages.saving import Desk
from wiki.pages.transfer.workshop import acting_person
from wiki.tables.mapping import parse_columns
from wiki.tables.reading import ENCODINGS
from wiki.tables.tables import check_size

SOME_REFUSED = 3
EXIT_CODES = (
    "Exit codes: 0 every row went in or was so already, 1 nothing was changed, 3 some rows were "
    "refused\n(the report says why; --refused writes them to a file that can be mended and sent "
    "again)."
)
_Command = TypeVar("_Command", bound=Callable[..., Any])
_OPTIONS: Sequence[Callable[[Any], Any]] = (
    click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path)),
    click.option("--map", "map", metavar="FIELD=COLUMN,…", help="Else remembered, else guessed."),
    click.option("--mapping", metavar="NAME", help="Columns remembered under this name."),
    click.option("--remember", metavar="NAME", help="Remember columns and settings so."),
    click.option("--encoding", type=click.Choice(ENCODINGS), help="Else guessed."),
    click.option("--dry-run", is_flag=True, help="Only say what would be done."),
    click.option("--json", "as_json", is_flag=True, help="Print the whole report as JSON."),
    click.option("--refused", type=click.Path(dir_okay=False, path_type=Path), help="CSV of them."),
    click.option("--as", "email", metavar="EMAIL", help="Whose name; else the first director."),
)
_KEEPING = click.option(
    "--drop", metavar="COLUMN,…", default="", help="Do not keep these as further facts; * for all."
)


def list_options(can_keep: bool) -> Callable[[_Command], _Command]:
    """The options that the imports of all lists have."""

    def decorate(command: _Command) -> _Command:
        for option in (*reversed(_OPTIONS), *([_KEEPING] if can_keep else [])):
            command = option(command)
        return command

    return decorate


def run_import(
    sort: Sort, file: Path, asked: Mapping[str, Any], settings: Mapping[str, str]
) -> Mapping[str, Any]:
    """Import a file, or say what it would do; the report. Settings that are empty were not given.

    Raises `Refusal`.
    """
    check_size(file.stat().st_size)
    sheet = read_sheet(file.read_bytes(), asked["encoding"] or "")
    with database().reading() as session, force_locale("en"):
        actor = acting_person(session, asked["email"])
        require(actor, sort.permission)
        chosen = _chosen(session, actor, sort, sheet, asked, settings)
        if asked["dry_run"]:
            plan = sort.plan(session, actor, sheet, chosen)
            _write_refused(asked["refused"], refused_csv(plan, sheet))
            return report_of(plan, sheet, chosen, sort.words.kept is not None)
    return _written(Order(sort, actor, sheet, chosen), file.name, asked)


def _written(order: Order, name: str, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    actor = order.actor
    with database().transaction() as session:
        load = new_load(actor, order.sort, name, asked["encoding"] or "", order.chosen)
        start(session, actor, load)
        if asked["remember"]:
            kept = as_json(order.chosen)
            remember_mapping(session, actor, order.sort.code, asked["remember"], kept)
    desk = Desk(database(), current_app.extensions["render_pool"])
    with force_locale(actor.language):
        report = write_list(desk, order, load.id)
    with database().reading() as session:
        _write_refused(asked["refused"], session.get_one(ListLoad, load.id).refused)
    return report


def _chosen(
    session: Any,
    actor: Actor,
    sort: Sort,
    sheet: Sheet,
    asked: Mapping[str, Any],
    settings: Mapping[str, str],
) -> Chosen:
    found = guess(session, actor, sort, sheet)
    if asked["mapping"]:
        saved = mapping_named(session, sort.code, asked["mapping"])
        if saved is None:
            raise Refusal(
                "No columns are remembered as “%(name)s”. Nothing was changed.",
                name=asked["mapping"][:100],
            )
        found = remembered(session, actor, sort, saved)
    columns = found.columns
    if asked["map"]:
        columns = parse_columns(asked["map"], sheet.headings, sort.fields(session))
    given = {code: text for code, text in settings.items() if text}
    drop = [name.strip() for name in str(asked.get("drop") or "").split(",") if name.strip()]
    chosen = Chosen(columns, {**found.settings, **given}, tuple(drop) or found.drop)
    return checked(session, actor, sort, sheet, chosen)


def _write_refused(path: Path | None, text: str) -> None:
    if path is not None and text:
        path.write_text(text, "utf-8", newline="")


def tell(context: click.Context, report: Mapping[str, Any], asked: Mapping[str, Any]) -> None:
    """Print the report and end with the code that fits."""
    if asked["as_json"]:
        told = {**report, "dry_run": asked["dry_run"]}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        for line in report_lines(report, asked["dry_run"]):
            click.echo(line)
    context.exit(SOME_REFUSED if report["refused"]["count"] else 0)


@contextmanager
def refusals() -> Iterator[None]:
    """A refusal is a sentence on standard error and the exit code 1."""
    try:
        yield
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
