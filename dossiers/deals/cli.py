"""Deals on the command line; each part of deals hangs its commands onto this group."""

import json
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from dossiers.clients.deeds import note_export
from dossiers.deals.connectors.cli import pull_command, sources_command
from dossiers.deals.files.cli import import_command, refusals
from dossiers.deals.kinds import DealKind
from dossiers.deals.listing import ListedDeal, Wanted, page_visible_to, sums_visible_to
from dossiers.deals.models import DealSource
from dossiers.deals.sellers.cli import sellers_commands
from dossiers.deals.table_file import deals_csv, exported_clients
from dossiers.people.transfer.queries import client_named
from wiki.accounts.actor import Actor
from wiki.database import database
from wiki.errors import Missing
from wiki.history.services import record
from wiki.pages.transfer.workshop import acting_person

_AS = click.option(
    "--as", "email", metavar="EMAIL", help="In whose name; else the first director or admin."
)
_CLIENT = click.option("--client", metavar="NAME", help="Only this client's; or its number.")
_SOURCE = click.option("--source", metavar="NAME", help="Only from this source.")
_KIND = click.option("--kind", type=click.Choice([k.value for k in DealKind]), help="Only these.")
_LIST_EXAMPLES = """\b
Examples:
  dossier-wiki deals list --client Romashka --kind open
  dossier-wiki deals list --source CRM --page 2 --json
"""
_EXPORT_EXAMPLES = """\b
Examples:
  dossier-wiki deals export --output deals.csv
  dossier-wiki deals export --source CRM --kind won --as anna@firm.ru --output won.csv
"""


@click.group("deals")
def deals_commands() -> None:
    """Deals in and out."""


deals_commands.add_command(import_command)
deals_commands.add_command(pull_command)
deals_commands.add_command(sources_command)
deals_commands.add_command(sellers_commands)


@deals_commands.command("list", epilog=_LIST_EXAMPLES)
@_CLIENT
@_SOURCE
@_KIND
@click.option("--page", "number", type=int, default=1, help="Each has 50 deals.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@_AS
@with_appcontext
def list_command(number: int, as_json: bool, email: str | None, **asked: Any) -> None:
    """List deals, those that were closed last first."""
    with refusals(), database().reading() as session:
        actor = acting_person(session, email)
        wanted = _wanted(session, actor, asked)
        sums = sums_visible_to(session, actor, wanted)
        page = page_visible_to(session, actor, wanted, sums, number)
    rows = [_row(deal) for deal in page.rows]
    if as_json:
        told = {"total": page.total, "page": page.number, "pages": page.count, "deals": rows}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for row in rows:
        click.echo("\t".join("" if value is None else str(value) for value in row.values()))
    click.echo(f"{page.total} deals; page {page.number} of {page.count}")


def _wanted(session: Session, actor: Actor, asked: dict[str, Any]) -> Wanted:
    client = client_named(session, actor, asked["client"]).id if asked["client"] else None
    kind = DealKind(asked["kind"]) if asked["kind"] else None
    return Wanted(kind=kind, client=client, source=_source(session, asked["source"]))


def _source(session: Session, name: str | None) -> int | None:
    if not name:
        return None
    found = session.query(DealSource.id).filter(DealSource.name == name).scalar()
    if found is None:
        raise Missing("There is no source called “%(name)s”.", name=name[:100])
    return int(found)


def _row(deal: ListedDeal) -> dict[str, Any]:
    return {
        "id": deal.id,
        "source": deal.source,
        "external_id": deal.external_id,
        "title": deal.title,
        "client": deal.home.name if deal.home else None,
        "kind": deal.kind.value if deal.kind else None,
        "stage": deal.stage,
        # As text, for a number of JSON would be read as a float.
        "amount": None if deal.amount is None else f"{deal.amount:f}",
        "currency": deal.currency,
        "close": deal.close.isoformat() if deal.close else None,
    }


@deals_commands.command("export", epilog=_EXPORT_EXAMPLES)
@_CLIENT
@_SOURCE
@_KIND
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Else printed.")
@_AS
@with_appcontext
def export_command(output: Path | None, email: str | None, **asked: Any) -> None:
    """Write the deals that one may see as CSV; the history keeps that they were taken out."""
    with refusals(), database().transaction() as session:
        actor = acting_person(session, email)
        wanted = _wanted(session, actor, asked)
        record(session, actor, "export deals.csv", "deals", 0)
        for client_id in sorted(exported_clients(session, actor, wanted)):
            note_export(session, actor, client_id, "deals.csv")
    with database().reading() as session:
        pieces = deals_csv(session, actor, wanted)
        if output is None:
            for piece in pieces:
                click.echo(piece, nl=False)
            return
        with output.open("w", encoding="utf-8", newline="") as opened:
            opened.writelines(pieces)
    click.echo(f"Written: {output}")
