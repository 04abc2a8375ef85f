"""The blueprint to which every address of clients belongs, and what its views share."""

from datetime import date

from flask import Blueprint, request

from dossiers.clients.deeds import note_look
from dossiers.clients.mail_domains import shown
from dossiers.clients.models import Client
from dossiers.clients.queries import client_visible_to
from dossiers.clients.rules import check_may_edit
from dossiers.clients.services.cards import Said
from dossiers.facts.models import Source
from dossiers.facts.writing import Evidence
from wiki import clock
from wiki.accounts.access import actor
from wiki.database import reading, transaction
from wiki.errors import Refusal

clients = Blueprint("clients", __name__)
clients.add_app_template_filter(shown, "domain")


def seen_client(client_id: int, what: str) -> Client:
    """The client for a reader of this part of the dossier; the history keeps that they looked.

    Raises `Missing` for absent and unseen alike.
    """
    client = client_visible_to(reading(), actor(), client_id)
    with transaction() as session:
        note_look(session, actor(), client_id, what)
    return client


def editable_client(client_id: int) -> Client:
    """The client for somebody who may change it. Raises `Missing` and `Forbidden`."""
    client = client_visible_to(reading(), actor(), client_id)
    check_may_edit(actor(), client.team_id)
    return client


def today() -> date:
    """The day in the reader's zone."""
    return clock.today(actor().time_zone)


def said_here() -> Said:
    """What a button says: since today, because the person who pressed it knows."""
    return Said(Evidence(Source.COLLEAGUE), today())


def asked_day(name: str) -> date | None:
    """A day in the address, up to today; `None` when there is none. Raises `Refusal`."""
    typed = request.args.get(name, "")
    if not typed:
        return None
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        raise Refusal("The day must be written like 2026-03-31. Nothing was changed.") from None
    if day.year < 1900 or day > today():
        raise Refusal("The day must be between 1900 and today. Choose another one.")
    return day
