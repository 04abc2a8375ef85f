"""`dossier-wiki serve` and `dossier-wiki worker`."""

from dataclasses import replace

import click

from wiki.config import load_settings
from wiki.operations import server
from wiki.operations import worker as working
from wiki.operations.home import prepare_home
from wiki.operations.house import House, the_house


@click.command()
@click.option("--host", help="Listen on this address instead of the setting's.")
@click.option("--port", type=click.IntRange(0, 65535), help="Listen on this port; 0 is any free.")
@click.option("--with-worker", is_flag=True, help="Start the background worker beside it.")
@click.option("--no-migrate", is_flag=True, help="Leave the database's schema as it is.")
@click.pass_context
def serve(
    context: click.Context, host: str | None, port: int | None, with_worker: bool, no_migrate: bool
) -> None:
    """Serve the wiki until it is stopped with Ctrl-C or SIGTERM.

    Missing migrations are applied first. A worker is needed beside it, for search, mail and long
    work: with --with-worker, or as a process of its own (`dossier-wiki worker`).

    \b
    Examples:
      dossier-wiki serve --with-worker
      dossier-wiki serve --host 0.0.0.0 --port 80
      DOSSIER_WIKI_HOME=/srv/wiki dossier-wiki serve --no-migrate
    """
    house: House = the_house(context)
    settings = load_settings()
    chosen = replace(
        settings,
        host=host or settings.host,
        port=settings.port if port is None else port,
    )
    server.serve(house, chosen, with_worker=with_worker, migrates=not no_migrate)


@click.command()
@click.option("--ends-with-parent", is_flag=True, hidden=True)
@click.pass_context
def worker(context: click.Context, ends_with_parent: bool) -> None:
    """Do the work behind the scenes: search index, mail, imports, drawing pages anew.

    Runs until Ctrl-C or SIGTERM. An instance has one worker; a second one says so and ends.

    \b
    Examples:
      dossier-wiki worker
      DOSSIER_WIKI_HOME=/srv/wiki dossier-wiki worker
    """
    settings = load_settings()
    prepare_home(settings.home)
    working.run_worker(the_house(context), settings, ends_with_parent=ends_with_parent)
