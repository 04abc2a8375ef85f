"""The contact log of a dossier, with the form of a new contact on top; and the log as a file."""

from dataclasses import replace

from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from dossiers.clients.deeds import note_export, note_look
from dossiers.clients.models import Client
from dossiers.clients.queries import client_visible_to
from dossiers.clients.rules import check_may_edit, may_edit
from dossiers.facts.models import Change
from dossiers.interactions.contacts.choices import choices_for
from dossiers.interactions.contacts.exporting import log_csv
from dossiers.interactions.contacts.forms import (
    ContactTyped,
    blank,
    day_typed,
    details_typed,
    typed_contact,
)
from dossiers.interactions.contacts.naming import people_typed
from dossiers.interactions.contacts.promised import promise_all
from dossiers.interactions.contacts.reading import MOST_EXPORTED, Wanted, log_of
from dossiers.interactions.contacts.services import Noted, note_contact
from dossiers.interactions.contacts.texts import Written, draw, sketch
from dossiers.interactions.contacts.wording import (
    DOOR_NAMES,
    KIND_NAMES,
    KIND_PICTURES,
    TOPIC_NAMES,
)
from dossiers.interactions.kinds import InteractionKind
from dossiers.interactions.views.blueprint import interactions_room, today
from dossiers.people.views.deeds import tell_done
from wiki import clock
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import fresh_reading, reading, transaction
from wiki.errors import Forbidden, Missing, Refusal
from wiki.pages.forms import number_in_address
from wiki.pages.views.blueprint import desk
from wiki.paging import parse_key

WORDS = {
    "kinds": KIND_NAMES,
    "pictures": KIND_PICTURES,
    "doors": DOOR_NAMES,
    "topics": TOPIC_NAMES,
}


@interactions_room.get("/clients/<int:client_id>/contacts")
@needs(Permission.READ)
def contacts(client_id: int) -> ResponseReturnValue:
    """The log, the newest first; `?kind=`, `?person=`, `?by=`, `?since=`, `?until=` narrow it."""
    client = client_visible_to(reading(), actor(), client_id)
    if client.merged_into_id is not None:
        return redirect(f"/clients/{client.merged_into_id}/contacts")
    with transaction() as session:
        note_look(session, actor(), client_id, "contacts")
    return _page(client, blank(actor().id, clock.now(), actor().time_zone))


@interactions_room.post("/clients/<int:client_id>/contacts")
@needs(Permission.EDIT_DOSSIERS)
def note(client_id: int) -> ResponseReturnValue:
    """Note a contact with what was promised; what is wrong comes back with all that was typed."""
    client = client_visible_to(reading(), actor(), client_id)
    check_may_edit(actor(), client.team_id)
    typed = typed_contact(request.form)
    try:
        text = written_text(client, typed)
        noted = _noted(client_id, typed, text)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        typed.refusal = refusal
        noted = None
    if noted is None:
        client = client_visible_to(fresh_reading(), actor(), client_id)
        return _page(client, typed), typed.status
    here = f"/clients/{client_id}/contacts"
    tell_done(fresh_reading().get_one(Change, noted.row.change_id), client_id, here)
    return redirect(f"{here}#contact-{noted.row.id}")


@interactions_room.get("/clients/<int:client_id>/contacts.csv")
@needs(Permission.READ)
def contacts_csv(client_id: int) -> ResponseReturnValue:
    """The log as a file, with the same filters."""
    client = client_visible_to(reading(), actor(), client_id)
    part = log_of(reading(), actor(), client, wanted(), limit=MOST_EXPORTED)
    answer = Response(log_csv(part.rows, client.name, actor().time_zone), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="contacts-{client_id}.csv"'
    with transaction() as session:
        note_export(session, actor(), client_id, "contacts.csv")
    return answer


def written_text(
    client: Client, typed: ContactTyped, kept: dict[int, int] | None = None
) -> Written:
    """What was said, rendered for the readers of the client. Raises `Refusal`."""
    known = sketch(reading(), client.audience, actor().language, typed.text, kept)
    return draw(known, desk().renderer)


def wanted() -> Wanted:
    """Which contacts the address asks for; what makes no sense in it asks for nothing."""
    args = request.args
    kind = args.get("kind", "")
    return Wanted(
        InteractionKind(kind) if kind in set(InteractionKind) else None,
        args.get("person", type=number_in_address),
        args.get("by", type=number_in_address),
        day_typed(args.get("since", "")),
        day_typed(args.get("until", "")),
        away=args.get("show") == "away",
    )


def _noted(client_id: int, typed: ContactTyped, text: Written) -> Noted | None:
    """The contact; `None` when something must be mended, and then nothing is written."""
    details = details_typed(typed, actor().time_zone)
    if details is None:
        return None
    with transaction() as session:
        names = people_typed(session, actor(), client_id, typed.other_names, typed.add_people)
        details = replace(details, theirs=details.theirs | set(names))
        noted = note_contact(session, actor(), client_id, details, text)
        if noted.is_new:
            promise_all(session, actor(), client_id, noted.row, typed, details)
        return noted


def _page(client: Client, typed: ContactTyped) -> str:
    asked, session = wanted(), reading()
    editable = may_edit(actor(), client.team_id)
    return render_template(
        "dossiers/interactions/contacts/log.html",
        client=client,
        part=log_of(session, actor(), client, asked, parse_key(request.args.get("before"))),
        wanted=asked,
        is_narrowed=asked != Wanted(),
        typed=typed,
        choices=choices_for(session, actor(), client, today()),
        editable=editable,
        today=today(),
        words=WORDS,
    )
