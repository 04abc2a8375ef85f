"""What the packages below must know of interactions, told once when the application starts."""

from flask import Flask

from dossiers.clients.dependents import know_dependents
from dossiers.interactions import models, searchable
from dossiers.interactions.contacts import start as contacts
from dossiers.interactions.importing.sort import CONTACTS
from dossiers.interactions.promises import start as promises
from wiki.jobs import JobBoard
from wiki.lists.sorts import register_sort

__all__ = ["init_app", "models"]


def init_app(_app: Flask, _board: JobBoard) -> None:
    """Let panels, registries, deeds and long jobs of interactions be known."""
    contacts.init()
    promises.init()
    register_sort(CONTACTS)
    know_dependents(searchable.CONTACT, searchable.contacts_naming)
    know_dependents(searchable.PROMISE, searchable.promises_naming)
