"""What the packages below must know of interactions, told once when the application starts."""

from flask import Flask

from dossiers.clients.deed_words import know_deeds
from dossiers.interactions import models
from dossiers.interactions.contacts import start as contacts
from dossiers.interactions.promises import undoing as promise_undoing
from dossiers.interactions.promises.deed_words import PROMISE_DEEDS
from dossiers.interactions.views import promise_panel
from wiki.jobs import JobBoard

__all__ = ["init_app", "models"]


def init_app(_app: Flask, _board: JobBoard) -> None:
    """Let panels, registries, deeds and long jobs of interactions be known."""
    contacts.init()
    know_deeds(PROMISE_DEEDS)
    promise_undoing.init()
    promise_panel.init()
