"""What must be known of connectors when the application starts."""

from flask import Flask

from dossiers.deals.connectors.interface import register_connector
from dossiers.deals.connectors.pulling import Puller
from dossiers.deals.connectors.tryton.kind import TRYTON
from wiki.operations.tasks import Task


def init() -> None:
    """Let the kinds of programs that can be asked be known."""
    register_connector(TRYTON)


def pulling_task(app: Flask) -> Task:
    """The worker's task that asks the sources; a change of the database may be a wish to pull."""
    puller = Puller(app.extensions["database"], str(app.config["SECRET_KEY"]))
    return Task("deals", puller.pull_due, every=30.0, rest=1.0)
