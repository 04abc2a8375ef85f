"""What the composition root tells the operations about the house they run."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import click
from flask import Flask

from wiki.config import Settings
from wiki.operations.tasks import Task


def _nothing(_app: Flask) -> Sequence[str]:
    return ()


def _no_tasks(_app: Flask) -> Sequence[Task]:
    return ()


def _leave(_app: Flask) -> None:
    """Nothing to do."""


@dataclass(frozen=True)
class House:
    """The parts of one application, put together by the composition root.

    `program` is how this command is called again, for the worker beside the server. `seed` fills
    an empty demonstration and returns the lines a visitor should read. `warm` is called beside
    the first requests, for what would make the first save slow. `close` lets go of what the
    application started.
    """

    create_app: Callable[[Settings], Flask]
    program: Sequence[str]
    commands: Sequence[click.Command] = ()
    tasks: Callable[[Flask], Sequence[Task]] = _no_tasks
    seed: Callable[[Flask], Sequence[str]] = _nothing
    warm: Callable[[Flask], None] = _leave
    close: Callable[[Flask], None] = _leave


_KEY = "dossier-wiki.house"


def remember_house(context: click.Context, house: House) -> None:
    """Let the commands below this context find the house."""
    context.meta[_KEY] = house


def the_house(context: click.Context) -> House:
    """The house whose command is running."""
    found: House = context.meta[_KEY]
    return found
