"""`dossier-wiki backup`, `restore` and `checksum`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from wiki.config import load_settings
from wiki.errors import Refusal
from wiki.operations.archive import Manifest
from wiki.operations.backup import Progress, checksum_of, open_source, write_backup
from wiki.operations.home import prepare_home
from wiki.operations.restoring import open_backup, restore_backup, size_of

_quiet = click.option("--quiet", is_flag=True, help="No progress bar.")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace FILE if it is there.")
@_quiet
def backup(file: Path, force: bool, quiet: bool) -> None:
    """Write everything people entered into FILE, while they go on working.

    Holds all rows and all attached files as they are at one moment; not the search index, which
    is made anew, nor settings.toml and secret_key. Keep it safe: it can be read without a
    password. Exit code 1 means that no backup was made.

    \b
    Examples:
      dossier-wiki backup wiki-2026-11-23.zip
      DOSSIER_WIKI_HOME=/srv/wiki dossier-wiki backup /backup/wiki.zip --force --quiet
    """
    if file.exists() and not force:
        raise Refusal(
            "%(file)s is already there and was left as it is. Choose another name, or --force.",
            file=file,
        )
    if not file.absolute().parent.is_dir():
        raise Refusal("There is no folder %(folder)s.", folder=file.absolute().parent)
    with (
        open_source(load_settings()) as source,
        _bar("Backing up", source.count(), quiet) as progress,
    ):
        manifest = write_backup(source, file, progress)
    _tell(f"Backed up to {file} ({_megabytes(file.stat().st_size)})", manifest)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_quiet
def restore(file: Path, quiet: bool) -> None:
    """Fill an empty instance from the backup FILE, and check every byte against its checksums.

    Works between SQLite and PostgreSQL, and from older releases to newer ones. The search index
    is made anew when the worker starts. Exit code 1 means that nothing was restored.

    \b
    Example:
      DOSSIER_WIKI_HOME=/srv/new dossier-wiki restore wiki-2026-11-23.zip
    """
    settings = load_settings()
    prepare_home(settings.home)
    with (
        open_backup(file) as (archive, manifest),
        _bar("Restoring", size_of(manifest), quiet) as progress,
    ):
        restore_backup(archive, manifest, settings, progress)
    _tell(f"Restored into {settings.home}", manifest)


@click.command()
@_quiet
def checksum(quiet: bool) -> None:
    """Print one checksum over all rows and files: equal for equal content on any database.

    A backup prints the same when it is made, and a restore when it is done. The rows of a running
    instance change all the time (a sign-in is a row), so compare instances that stand still.

    \b
    Example:
      DOSSIER_WIKI_HOME=/srv/new dossier-wiki checksum
    """
    with (
        open_source(load_settings()) as source,
        _bar("Reading", source.count(), quiet) as progress,
    ):
        manifest = checksum_of(source, progress)
    click.echo(manifest.checksum)


def _tell(what: str, manifest: Manifest) -> None:
    rows = sum(table.rows for table in manifest.tables)
    click.echo(f"{what}: {rows} rows, {manifest.files} files ({_megabytes(manifest.file_bytes)}).")
    click.echo(f"Checksum: {manifest.checksum}")


def _megabytes(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB"


@contextmanager
def _bar(label: str, length: int, quiet: bool) -> Iterator[Progress]:
    with click.progressbar(length=length, label=label, hidden=quiet) as bar:
        yield bar.update
