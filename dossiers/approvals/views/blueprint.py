"""The blueprint to which every address of paths and runs belongs, and what its views share."""

from datetime import date
from typing import NamedTuple

from flask import Blueprint

from dossiers.approvals.models import ApprovalPath
from dossiers.approvals.paths.queries import path_in
from dossiers.clients.deeds import note_look
from dossiers.clients.models import Client
from dossiers.clients.queries import client_visible_to
from wiki import clock
from wiki.accounts.access import actor
from wiki.database import reading, transaction

approvals_room = Blueprint("approvals_room", __name__)


class Room(NamedTuple):
    """A client and one of its paths, for a reader who may see them."""

    client: Client
    path: ApprovalPath


def room_of(client_id: int, path_id: int, looked: str = "") -> Room:
    """The client and its path; `looked` names the part of the dossier that the history keeps.

    Raises `Missing` for absent and unseen alike.
    """
    client = client_visible_to(reading(), actor(), client_id)
    room = Room(client, path_in(reading(), client_id, path_id))
    if looked:
        with transaction() as session:
            note_look(session, actor(), client_id, looked)
    return room


def today() -> date:
    """The day in the reader's zone."""
    return clock.today(actor().time_zone)
