"""The programs' door to the contact log: read it, note a contact."""

from typing import Any

from flask import jsonify
from spectree import Response

from dossiers.clients.deeds import note_look
from dossiers.clients.models import Client
from dossiers.clients.queries import client_visible_to
from dossiers.clients.rules import check_may_edit
from dossiers.interactions.contacts.api_shapes import (
    ContactIn,
    ContactOut,
    ContactsOut,
    ContactsQuery,
)
from dossiers.interactions.contacts.details import Details
from dossiers.interactions.contacts.origin import Origin
from dossiers.interactions.contacts.reading import (
    ContactLine,
    Wanted,
    contact_line,
    contact_visible_to,
    log_of,
)
from dossiers.interactions.contacts.services import note_contact
from dossiers.interactions.contacts.texts import draw, sketch
from dossiers.interactions.kinds import Door
from wiki.accounts.access import actor, for_programs, needs
from wiki.accounts.rules import Permission
from wiki.api import Answer, Failure, api, spec
from wiki.database import fresh_reading, reading, transaction
from wiki.pages.views.blueprint import desk
from wiki.paging import parse_key

_TAGS = ("dossiers",)
_FAILURES = {"HTTP_404": Failure, "HTTP_409": Failure, "HTTP_422": Failure}


@api.get("/clients/<int:client_id>/contacts")
@needs(Permission.READ)
@spec.validate(
    query=ContactsQuery, resp=Response(HTTP_200=ContactsOut, HTTP_404=Failure), tags=_TAGS
)
def get_contacts(client_id: int, query: ContactsQuery) -> Answer:
    """The contact log of a client, the newest first, 25 at a time."""
    client = client_visible_to(reading(), actor(), client_id)
    wanted = Wanted(query.kind, query.person, since=query.since, until=query.until)
    part = log_of(reading(), actor(), client, wanted, parse_key(query.before))
    with transaction() as session:
        note_look(session, actor(), client_id, "contacts")
    following = str(part.next_key) if part.next_key else None
    return jsonify(contacts=[_told(client, line) for line in part.rows], next=following)


@api.get("/contacts/<int:contact_id>")
@needs(Permission.READ)
@spec.validate(resp=Response(HTTP_200=ContactOut, HTTP_404=Failure), tags=_TAGS)
def get_contact(contact_id: int) -> Answer:
    """A contact with its newest text."""
    client, row = contact_visible_to(reading(), actor(), contact_id)
    answer = _told(client, contact_line(reading(), actor(), client, row))
    with transaction() as session:
        note_look(session, actor(), client.id, "contact")
    return jsonify(answer)


@api.post("/clients/<int:client_id>/contacts")
@for_programs
@needs(Permission.EDIT_DOSSIERS)
@spec.validate(
    json=ContactIn, resp=Response(HTTP_200=ContactOut, HTTP_201=ContactOut, **_FAILURES), tags=_TAGS
)
def post_contact(client_id: int, json: ContactIn) -> Answer:
    """Note a contact; 200 when the same one was noted before, and then nothing changes."""
    client = client_visible_to(reading(), actor(), client_id)
    check_may_edit(actor(), client.team_id)
    known = sketch(reading(), client.audience, actor().language, json.text)
    text = draw(known, desk().renderer)
    with transaction() as session:
        origin = Origin(Door.API, json.number)
        noted = note_contact(session, actor(), client_id, _details(json), text, origin)
    client, row = contact_visible_to(fresh_reading(), actor(), noted.row.id)
    answer = _told(client, contact_line(reading(), actor(), client, row))
    return jsonify(answer), 201 if noted.is_new else 200


def _details(json: ContactIn) -> Details:
    return Details(
        json.kind,
        json.at,
        frozenset(json.colleagues),
        frozenset(json.persons),
        frozenset((one.kind, one.number) for one in json.topics),
        json.next,
    )


def _told(client: Client, line: ContactLine) -> dict[str, Any]:
    row = line.row
    return {
        "id": row.id,
        "client": client.id,
        "kind": row.kind.value,
        "at": row.happened_at.isoformat(),
        "door": row.door.value,
        "number": (row.external_id or "").partition("/")[2] or None,
        "text": line.text.body,
        "html": line.text.html,
        "version": row.newest,
        "persons": [one._asdict() for one in line.theirs],
        "colleagues": [one._asdict() for one in line.ours],
        "next": row.next_on.isoformat() if row.next_on else None,
        "taken_back": row.taken_back_in is not None,
    }
