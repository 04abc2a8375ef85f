"""Pages on the command line: `dossier-wiki pages import` and `pages export`."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from wiki.accounts.actor import Actor
from wiki.database import database
from wiki.errors import Refusal
from wiki.pages.transfer.exporting import export_tree
from wiki.pages.transfer.importing import Progress, import_tree
from wiki.pages.transfer.outlines import LANGUAGES, Wishes
from wiki.pages.transfer.report import Report
from wiki.pages.transfer.report_text import report_lines
from wiki.pages.transfer.workshop import acting_person, workshop_of

SOME_LEFT_OUT = 3
_IMPORT_EXAMPLES = """\b
Exit codes: 0 everything was taken, 1 nothing was changed, 3 something was left out or is in
conflict (the report says what).
Examples:
  dossier-wiki pages import docs/ --dry-run
  dossier-wiki pages import docs.zip --language ru --category "Products/Freezers"
  dossier-wiki pages import docs/ --as vera@firm.ru --json > report.json
"""
_EXPORT_EXAMPLES = """\b
Examples:
  dossier-wiki pages export backup-of-pages/
  dossier-wiki pages export pages.zip --as vera@firm.ru
"""
_AS = click.option(
    "--as", "email", metavar="EMAIL", help="In whose name; else the first director or admin."
)
_QUIET = click.option("--quiet", is_flag=True, help="No progress bar.")


@click.group("pages")
def pages_commands() -> None:
    """Pages in and out: folders and ZIPs of Markdown."""


@pages_commands.command("import", epilog=_IMPORT_EXAMPLES)
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.option("--language", type=click.Choice(LANGUAGES), help="For pages that do not tell it.")
@click.option("--category", metavar="PATH", help="Above the folders' categories: names with /.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole report as JSON.")
@_AS
@_QUIET
@click.pass_context
@with_appcontext
def import_command(
    context: click.Context,
    source: Path,
    language: str | None,
    category: str | None,
    dry_run: bool,
    as_json: bool,
    email: str | None,
    quiet: bool,
) -> None:
    """Import the Markdown files in a folder or ZIP.

    The same again makes new versions only where a text has changed; what was written in the
    wiki since is merged or kept, never overwritten.
    """
    path = tuple(part.strip() for part in (category or "").split("/") if part.strip())
    wishes = Wishes(language, path, dry_run)
    actor = _actor(email)
    with _refusals(), _progress_bar("Importing", quiet or as_json) as progress:
        report = import_tree(workshop_of(current_app), actor, source, wishes, progress)
    _print(report, as_json)
    context.exit(SOME_LEFT_OUT if report.refused or report.conflicts else 0)


@pages_commands.command("export", epilog=_EXPORT_EXAMPLES)
@click.argument("target", type=click.Path(path_type=Path))
@_AS
@_QUIET
@with_appcontext
def export_command(target: Path, email: str | None, quiet: bool) -> None:
    """Write the pages you may see to a new folder, or to a ZIP when the name ends in .zip."""
    actor = _actor(email)
    with _refusals(), _progress_bar("Exporting", quiet) as progress:
        done = export_tree(workshop_of(current_app), actor, target, progress)
    click.echo(f"{done.pages} pages, {done.files} files, {done.categories} categories: {target}")


def _actor(email: str | None) -> Actor:
    with _refusals(), database().reading() as session:
        return acting_person(session, email)


def _print(report: Report, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
    else:
        for line in report_lines(report):
            click.echo(line)


@contextmanager
def _refusals() -> Iterator[None]:
    """A refusal is a sentence on standard error and the exit code 1."""
    try:
        yield
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal


@contextmanager
def _progress_bar(label: str, hidden: bool) -> Iterator[Progress]:
    with click.progressbar(length=1, label=label, hidden=hidden) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        yield progress
