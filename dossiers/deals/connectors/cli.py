"""Sources on the command line: `dossier-wiki deals sources` and `deals pull`."""

import json
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext

from dossiers.deals.connectors.problems import plain_sentence
from dossiers.deals.connectors.pulling import Puller
from dossiers.deals.connectors.queries import SourceLine, source_line, source_lines, source_named
from wiki.database import database
from wiki.errors import Refusal

_SOURCES_EXAMPLES = """\b
Examples:
  dossier-wiki deals sources
  dossier-wiki deals sources --json
"""
_PULL_EXAMPLES = """\b
Exit codes: 0 everything was read, 1 a source could not be read to its end (the others were).
Examples:
  dossier-wiki deals pull
  dossier-wiki deals pull --source "Tryton Moscow"
"""


@click.command("sources", epilog=_SOURCES_EXAMPLES)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@with_appcontext
def sources_command(as_json: bool) -> None:
    """List the sources that are asked: how they stand, last success, how far behind."""
    with database().reading() as session:
        for line in source_lines(session):
            told = _told(line)
            text = "\t".join("-" if value is None else str(value) for value in told.values())
            click.echo(json.dumps(told, ensure_ascii=False) if as_json else text)


@click.command("pull", epilog=_PULL_EXAMPLES)
@click.option("--source", "name", metavar="NAME", help="Name or number; else all not paused.")
@with_appcontext
def pull_command(name: str | None) -> None:
    """Read what has changed at the sources, now and here."""
    with database().reading() as session:
        wanted = [source_named(session, name)] if name else _all(session)
    puller = Puller(database(), str(current_app.config["SECRET_KEY"]))
    failed = [ident for ident in wanted if not _pulled(puller, ident)]
    if failed:
        raise click.exceptions.Exit(1)


def _all(session: Any) -> list[int]:
    return [line.id for line in source_lines(session) if not line.source.paused]


def _pulled(puller: Puller, source_id: int) -> bool:
    problem = ""
    try:
        puller.pull(source_id)
    except Refusal as refusal:
        problem = str(refusal)
    with database().reading() as session:
        line = source_line(session, source_id)
    click.echo(f"{line.name}: {problem or f'{line.deals} deals, {line.gone} of them gone there.'}")
    return not problem


def _told(line: SourceLine) -> dict[str, Any]:
    last = line.state.succeeded_at
    return {
        "name": line.name,
        "kind": line.source.kind.value,
        "condition": line.condition,
        "deals": line.deals,
        "succeeded_at": last.isoformat() if last else None,
        "behind": line.state.behind,
        "error": plain_sentence(line.state.error) or None,
    }
