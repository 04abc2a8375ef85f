"""Accounts on the command line: `dossier-wiki users …`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from wiki import database
from wiki.accounts import wording
from wiki.accounts.actor import Role
from wiki.accounts.models import User
from wiki.accounts.passwords import hash_password
from wiki.accounts.queries import everybody, team_by_name
from wiki.accounts.services import people
from wiki.accounts.services.api_tokens import create_token
from wiki.accounts.services.changing_passwords import first_password_link
from wiki.accounts.services.inviting import Wanted, invite
from wiki.accounts.services.lookup import user_by_email
from wiki.accounts.services.people import NewPerson
from wiki.config import Settings
from wiki.errors import Refusal

users = AppGroup("users", help="People who use the wiki: create, invite, deactivate, tokens, list.")

_ROLE = click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    default=Role.MANAGER.value,
    show_default=True,
    help="What the person may do.",
)
_TEAM = click.option("--team", default="", help="Name of an existing team.")


@users.command("create")
@click.argument("email")
@click.option("--name", required=True, help="Name as colleagues read it.")
@_ROLE
@_TEAM
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def create_command(email: str, name: str, role: str, team: str, password_stdin: bool) -> None:
    """Make an account. Without a password, a link to set one is printed.

    \b
    Examples:
      dossier-wiki users create anna@firm.ru --name "Anna Petrova" --team North
      echo "four plain words here" | dossier-wiki users create vera@firm.ru \\
          --name Vera --role director --password-stdin
    """
    with _refusals():
        password_hash = _password_hash(name, email) if password_stdin else None
        with database.transaction() as session:
            new = _new_person(session, email, name, Role(role), team, password_hash)
            user = people.create_user(session, None, new)
            link = None if password_hash else _first_password_link(session, user)
    click.echo(f"Created {user.email} ({user.role.value}).")
    if link:
        click.echo(f"Set a password here within seven days:\n{link}")


@users.command("invite")
@click.argument("email")
@_ROLE
@_TEAM
def invite_command(email: str, role: str, team: str) -> None:
    """Invite somebody: prints the link and sends it by mail.

    \b
    Example:
      dossier-wiki users invite boris@firm.ru --role manager --team South
    """
    settings = _settings()
    with _refusals(), database.transaction() as session:
        wanted = Wanted(email, Role(role), _team(session, team), settings.default_language)
        link = invite(session, None, wanted, settings.base_url)
    click.echo(link)


@users.command("deactivate")
@click.argument("email")
def deactivate_command(email: str) -> None:
    """Keep a person out; everything they wrote stays.

    \b
    Example:
      dossier-wiki users deactivate boris@firm.ru
    """
    with _refusals(), database.transaction() as session:
        user = people.deactivate(session, None, _known(session, email).id)
    click.echo(f"Deactivated {user.email}: signed out everywhere, tokens revoked.")


@users.command("token")
@click.argument("email")
@click.option("--name", required=True, help="What the token is for.")
def token_command(email: str, name: str) -> None:
    """Print a new API token of that person. It cannot be shown again.

    \b
    Example:
      TOKEN=$(dossier-wiki users token vera@firm.ru --name "nightly import")
      curl -H "Authorization: Bearer $TOKEN" http://127.0.0.1:8080/api/pages
    """
    with _refusals(), database.transaction() as session:
        user = _known(session, email)
        if user.deactivated_at is not None:
            raise Refusal("%(email)s is deactivated. No token was made.", email=user.email)
        _row, secret = create_token(session, None, user.id, name)
    click.echo(secret)


@users.command("list")
def list_command() -> None:
    """List all accounts: address, name, role, team, state.

    \b
    Example:
      dossier-wiki users list
    """
    for one in everybody(database.reading()):
        state = "deactivated" if one.deactivated_at else "active"
        click.echo("\t".join((one.email, one.name, one.role.value, one.team or "-", state)))


@contextmanager
def _refusals() -> Iterator[None]:
    """A refusal is a sentence on standard error and the exit code 1."""
    try:
        yield
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found


def _password_hash(name: str, email: str) -> str:
    password = sys.stdin.readline().rstrip("\r\n")
    return hash_password(wording.check_password(password, name, email))


def _first_password_link(session: Session, user: User) -> str:
    return first_password_link(session, user.id, _settings().base_url)


def _new_person(
    session: Session, email: str, name: str, role: Role, team: str, password_hash: str | None
) -> NewPerson:
    return NewPerson(
        email=email,
        name=name,
        role=role,
        team_id=_team(session, team),
        language=_settings().default_language,
        time_zone=_settings().default_time_zone,
        password_hash=password_hash,
    )


def _team(session: Session, name: str) -> int | None:
    return team_by_name(session, name) if name else None


def _known(session: Session, email: str) -> User:
    user = user_by_email(session, email)
    if user is None:
        raise Refusal(
            "There is no account with the address %(email)s. Nothing was changed.", email=email
        )
    return user
