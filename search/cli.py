"""`dossier-wiki search …`: make the index anew, compare it with the database."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click
from flask.cli import with_appcontext

from search.assembly import Search, current_search
from search.documents import Key
from search.engine import IndexBusy, IndexUnusable, Progress
from search.indexing import Differences, compare, count_documents, rebuild
from wiki.database import database

_PATIENCE = 60.0
_SHOWN = 20
_REBUILD_EXAMPLES = """\b
Examples:
  dossier-wiki search rebuild
  DOSSIER_WIKI_HOME=/srv/wiki dossier-wiki search rebuild --quiet
"""
_CHECK_EXAMPLES = """\b
Exit codes: 0 they agree, 1 they differ, 2 the index cannot be read.
Examples:
  dossier-wiki search check
  dossier-wiki search check || dossier-wiki search rebuild
"""


@click.group()
def search() -> None:
    """The search index: make it anew, or compare it with the database.

    The index can always be made from the database, so it needs no backup.
    """


@search.command("rebuild", epilog=_REBUILD_EXAMPLES)
@click.option("--quiet", is_flag=True, help="No progress bar.")
@with_appcontext
def rebuild_index(quiet: bool) -> None:
    """Make the index anew; searching goes on with the old one meanwhile."""
    try:
        counts = [_rebuild(one, quiet) for one in current_search().all_indexes()]
    except IndexBusy:
        raise click.ClickException(
            "Another process has been writing the index for a minute. Nothing was changed. "
            "Try again later."
        ) from None
    click.echo(f"The index is new: {sum(counts)} documents.")


def _rebuild(one: Search, quiet: bool) -> int:
    with _progress_bar(one, "Indexing", quiet) as progress:
        return rebuild(database(), one, progress, _PATIENCE)


@search.command("check", epilog=_CHECK_EXAMPLES)
@click.option("--quiet", is_flag=True, help="No progress bar.")
@click.pass_context
@with_appcontext
def check_index(context: click.Context, quiet: bool) -> None:
    """Compare the index with the database, document by document."""
    try:
        found = [_compare(one, quiet) for one in current_search().all_indexes()]
    except IndexUnusable:
        click.echo("There is no usable index. Run: dossier-wiki search rebuild", err=True)
        context.exit(2)
    for differences in found:
        _report_differences(differences)
    if not any(found):
        count = sum(differences.documents for differences in found)
        click.echo(f"Index and database agree: {count} documents.")
    if waiting := sum(differences.waiting for differences in found):
        click.echo(f"{waiting} changes wait for the worker.")
    context.exit(1 if any(found) else 0)


def _compare(one: Search, quiet: bool) -> Differences:
    with _progress_bar(one, "Comparing", quiet) as progress:
        return compare(database(), one, progress)


def _report_differences(differences: Differences) -> None:
    _report_keys("missing in the index", differences.missing)
    _report_keys("old in the index", differences.outdated)
    _report_keys("in the index only", differences.surplus)
    _report_keys("twice in the index", differences.double)


def _report_keys(what: str, keys: Sequence[Key]) -> None:
    if keys:
        more = f" and {len(keys) - _SHOWN} more" if len(keys) > _SHOWN else ""
        click.echo(f"{len(keys)} {what}: {', '.join(map(str, keys[:_SHOWN]))}{more}")


@contextmanager
def _progress_bar(one: Search, label: str, quiet: bool) -> Iterator[Progress]:
    with database().reading() as session:
        total = count_documents(session, one.sources)
    with click.progressbar(length=total, label=label, hidden=quiet) as bar:
        yield lambda done: bar.update(done - bar.pos)
