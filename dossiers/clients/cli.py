"""Clients on the command line: `dossier-wiki clients list`, `create`, `import`, `export`."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from dossiers.clients.card import Card
from dossiers.clients.importing.cli import export_command, import_command
from dossiers.clients.kinds import State
from dossiers.clients.listing import ClientLine, Wanted, clients_visible_to
from dossiers.clients.services.cards import Said, create_client
from dossiers.facts.models import Source
from dossiers.facts.writing import Evidence
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.queries import team_by_name
from wiki.database import database
from wiki.errors import Refusal
from wiki.pages.transfer.workshop import acting_person

_AT_ONCE = 200
_STATES = click.Choice([state.value for state in State])
_AS = click.option(
    "--as", "email", metavar="EMAIL", help="In whose name; else the first director or admin."
)
_LIST_EXAMPLES = """\b
Examples:
  dossier-wiki clients list
  dossier-wiki clients list --state archived --json
  dossier-wiki clients list --text ромашка --as anna@firm.ru
"""
_CREATE_EXAMPLES = """\b
Examples:
  dossier-wiki clients create "ООО «Ромашка»" --team North --tax-number 7707083893
  dossier-wiki clients create Müller --country DE --domain mueller.de --state prospect
"""


@click.group("clients")
def clients_commands() -> None:
    """Clients: list them, make one, import and export them."""


clients_commands.add_command(import_command)
clients_commands.add_command(export_command)


@clients_commands.command("list", epilog=_LIST_EXAMPLES)
@click.option("--state", type=_STATES, help="Only clients of this state; else all in use.")
@click.option("--text", default="", help="Words of the name, a tax number or an e-mail domain.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@_AS
@with_appcontext
def list_command(state: str | None, text: str, as_json: bool, email: str | None) -> None:
    """List clients by name."""
    wanted = Wanted(state=State(state) if state else None, text=text)
    with _refusals(), database().reading() as session:
        person = acting_person(session, email)
        for line in _all(session, person, wanted):
            click.echo(_as_json(line) if as_json else _as_text(line))


@clients_commands.command("create", epilog=_CREATE_EXAMPLES)
@click.argument("name")
@click.option("--team", default="", help="Name of the team that owns it; else one's own.")
@click.option("--legal-name", default="", help="As it stands in the register.")
@click.option("--country", default="RU", show_default=True, help="Two letters.")
@click.option("--tax-number", default="", help="INN, VAT number; it is checked.")
@click.option("--domain", "domains", multiple=True, help="E-mail domain; may be given often.")
@click.option("--segment", default="", help="What kind of client it is.")
@click.option("--region", default="", help="Where it is.")
@click.option("--tag", "tags", multiple=True, help="May be given often.")
@click.option("--state", type=_STATES, default=State.ACTIVE.value, show_default=True)
@click.option("--restricted", is_flag=True, help="Only the team and directors may see it.")
@click.option("--same-name", is_flag=True, help="It is another client of the same name.")
@_AS
@with_appcontext
def create_command(email: str | None, team: str, same_name: bool, **card: object) -> None:
    """Make a client."""
    with _refusals(), database().transaction() as session:
        person = acting_person(session, email)
        team_id = team_by_name(session, team) if team else person.team_id
        client = create_client(session, person, _card(card, team_id), _said(person, same_name))
        click.echo(f"Made the client {client.name}: /clients/{client.id}")


def _card(typed: dict[str, object], team_id: int | None) -> Card:
    return Card(team=team_id).but({**typed, "state": State(str(typed["state"]))})


def _said(person: Actor, same_name: bool) -> Said:
    return Said(Evidence(Source.COLLEAGUE), clock.today(person.time_zone), same_name)


def _all(session: Session, person: Actor, wanted: Wanted) -> Iterator[ClientLine]:
    before: str | None = None
    while True:
        part = clients_visible_to(session, person, wanted, before, _AT_ONCE)
        yield from part.rows
        if part.next_key is None:
            return
        before = str(part.next_key)


def _as_text(line: ClientLine) -> str:
    return "\t".join((str(line.id), line.name, line.state, line.team or "", line.lead or ""))


def _as_json(line: ClientLine) -> str:
    values = {**line._asdict(), "changed_at": line.changed_at.isoformat(), "url": line.url}
    del values["name_folded"]
    return json.dumps(values, ensure_ascii=False)


@contextmanager
def _refusals() -> Iterator[None]:
    """Say refusals as the command's own error."""
    try:
        yield
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
