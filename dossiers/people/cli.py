"""People on the command line: `dossier-wiki people import` and `people export`."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from dossiers.clients.deeds import note_export
from dossiers.facts.asking import Moment, end_of
from dossiers.people.chart.queries import chart_of
from dossiers.people.transfer.absent import Absent
from dossiers.people.transfer.exporting import chart_csv, contacts_of
from dossiers.people.transfer.mapping import guess_mapping, parse_map
from dossiers.people.transfer.planning import Plan, Wanted
from dossiers.people.transfer.queries import client_named
from dossiers.people.transfer.reading import ENCODINGS, read_table
from dossiers.people.transfer.report import report_of
from dossiers.people.transfer.report_text import changes_in, report_lines
from dossiers.people.transfer.services import (
    mappings_of,
    plan_table,
    refused_text,
    write_table,
)
from dossiers.people.transfer.vocabulary import known_words
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.database import database
from wiki.errors import Refusal
from wiki.locale import force_locale
from wiki.pages.transfer.workshop import acting_person
from wiki.tables.tables import Table, check_size

SOME_REFUSED = 3
_IMPORT_EXAMPLES = """\b
Exit codes: 0 every row went in or was so already, 1 nothing was changed, 3 some rows were refused
(the report says why; --refused writes them to a file that can be mended and sent again).
Examples:
  dossier-wiki people import staff.csv --client Romashka --as-of 2026-03-01 --dry-run
  dossier-wiki people import staff.xlsx --client 12 --as-of 2026-03-01 \\
    --map "position=Pos No,reports_to=Boss,title=Job title,person=Name" --refused left.csv
  dossier-wiki people import contacts.vcf --client Romashka --as anna@firm.ru --json
"""
_EXPORT_EXAMPLES = """\b
Examples:
  dossier-wiki people export --client Romashka --as-of 2026-03-01 --output chart.csv
  dossier-wiki people export --client 12 --as-of 2025-12-31 --known 2026-01-15
"""
_AS = click.option(
    "--as", "email", metavar="EMAIL", help="In whose name; else the first director or admin."
)
_CLIENT = click.option("--client", "named", required=True, metavar="NAME", help="Or its number.")
_DAY = click.DateTime(formats=["%Y-%m-%d"])
_AS_OF = click.option("--as-of", "day", type=_DAY, metavar="DATE", help="Day; else today.")


@click.group("people")
def people_commands() -> None:
    """A client's positions and people in and out."""


@people_commands.command("import", epilog=_IMPORT_EXAMPLES)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_CLIENT
@_AS_OF
@click.option("--map", "typed", default="", metavar="FIELD=COLUMN,…", help="Else guessed.")
@click.option("--absent", type=click.Choice([a.value for a in Absent]), help="Else by the share.")
@click.option("--encoding", type=click.Choice(ENCODINGS), help="Else guessed.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole report as JSON.")
@click.option("--refused", type=click.Path(dir_okay=False, path_type=Path), help="CSV of them.")
@_AS
@click.pass_context
@with_appcontext
def import_command(context: click.Context, /, file: Path, as_json: bool, **asked: Any) -> None:
    """Import a CSV, XLSX or vCard file of a client's people as of a day.

    All rows that are consistent go in as one change; every other row is listed with its reason.
    Positions that are not in the file stay, or end, as --absent says; without it they end when the
    file tells of more than half of the chart. The same file again changes nothing.
    """
    with _refusals():
        check_size(file.stat().st_size)
        table = read_table(file.read_bytes(), asked["encoding"] or "")
        plan, changes = _imported(table, file.name, asked)
    if asked["refused"] is not None and plan.refused:
        asked["refused"].write_text(refused_text(plan, table), "utf-8", newline="")
    report = report_of(plan, table) | {"dry_run": asked["dry_run"], "differences": changes}
    _print(report, as_json)
    context.exit(SOME_REFUSED if plan.refused else 0)


def _imported(table: Table, name: str, asked: dict[str, Any]) -> tuple[Plan, list[dict[str, Any]]]:
    """The plan, written unless it is a dry run."""
    words = known_words()
    opened = database().reading() if asked["dry_run"] else database().transaction()
    with opened as session, force_locale("en"):
        actor, client = _found(session, asked)
        wanted = _wanted(session, actor, table, asked)
        if asked["dry_run"]:
            plan = plan_table(session, actor, client, table, wanted, words)
        else:
            _change, plan = write_table(
                session, actor, client, table, wanted, words, name, is_looked_at=False
            )
        return plan, changes_in(plan)


def _found(session: Session, asked: dict[str, Any]) -> tuple[Actor, int]:
    actor = acting_person(session, asked["email"])
    return actor, client_named(session, actor, asked["named"]).id


def _wanted(session: Session, actor: Actor, table: Table, asked: dict[str, Any]) -> Wanted:
    if asked["typed"]:
        mapping = parse_map(asked["typed"], table.headings)
    else:
        mapping = guess_mapping(table, mappings_of(session))
    absent = Absent(asked["absent"]) if asked["absent"] else None
    return Wanted(mapping, _day(asked["day"], actor), absent)


def _day(typed: Any, actor: Actor) -> date:
    return typed.date() if typed is not None else clock.today(actor.time_zone)


def _print(report: dict[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))
        return
    for line in report_lines(report, report["dry_run"]):
        click.echo(line)


@people_commands.command("export", epilog=_EXPORT_EXAMPLES)
@_CLIENT
@_AS_OF
@click.option("--known", type=_DAY, metavar="DATE", help="What was believed on that day.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Else printed.")
@_AS
@with_appcontext
def export_command(
    named: str, day: Any, known: Any, output: Path | None, email: str | None
) -> None:
    """Write the chart of a day as CSV; imported again it gives the same chart."""
    with _refusals(), database().transaction() as session:
        actor = acting_person(session, email)
        client = client_named(session, actor, named)
        believed = end_of(known.date(), actor.time_zone) if known is not None else None
        moment = Moment(_day(day, actor), believed)
        chart = chart_of(session, client.id, moment)
        text = chart_csv(chart, contacts_of(session, client.id, chart.names, moment))
        note_export(session, actor, client.id, "chart.csv")
    if output is None:
        click.echo(text, nl=False)
        return
    output.write_text(text, "utf-8", newline="")
    click.echo(f"{len(chart.seats)} positions, {len(chart.names)} people: {output}")


@contextmanager
def _refusals() -> Iterator[None]:
    """A refusal is a sentence on standard error and the exit code 1."""
    try:
        yield
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
