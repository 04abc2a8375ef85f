"""One contact: read it, correct it, compare its texts, take it out of the log and bring it back."""

from dataclasses import replace

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from dossiers.clients.deeds import note_look
from dossiers.clients.models import Client
from dossiers.clients.rules import check_may_edit, may_edit
from dossiers.interactions.contacts.choices import choices_for
from dossiers.interactions.contacts.details import details_of
from dossiers.interactions.contacts.forms import (
    ContactTyped,
    details_typed,
    shown_moment,
    typed_contact,
)
from dossiers.interactions.contacts.naming import people_typed
from dossiers.interactions.contacts.quoted import quoted_visible_to
from dossiers.interactions.contacts.reading import contact_line, contact_visible_to, versions_of
from dossiers.interactions.contacts.services import (
    bring_back_contact,
    check_in_use,
    correct_contact,
    newest_text,
    take_back_contact,
)
from dossiers.interactions.contacts.texts import Written, quotes_of
from dossiers.interactions.models import Interaction
from dossiers.interactions.views.blueprint import interactions_room, today
from dossiers.interactions.views.contacts import WORDS, written_text
from dossiers.people.views.deeds import tell_done
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import fresh_reading, reading, transaction
from wiki.errors import Forbidden, Missing, Refusal
from wiki.pages.compare import compare
from wiki.pages.content import Content
from wiki.pages.forms import number_in_address


@interactions_room.get("/contacts/<int:contact_id>")
@needs(Permission.READ)
def contact(contact_id: int) -> ResponseReturnValue:
    """What was said, by whom, about what; with its versions and what was promised."""
    client, row = contact_visible_to(reading(), actor(), contact_id)
    with transaction() as session:
        note_look(session, actor(), client.id, "contact")
    session = fresh_reading()
    return render_template(
        "dossiers/interactions/contacts/contact.html",
        client=client,
        line=contact_line(session, actor(), client, row),
        versions=versions_of(session, row.id),
        quoted=quoted_visible_to(session, actor(), row),
        editable=may_edit(actor(), client.team_id),
        today=today(),
        words=WORDS,
    )


@interactions_room.get("/contacts/<int:contact_id>/compare")
@needs(Permission.READ)
def compare_texts(contact_id: int) -> ResponseReturnValue:
    """What changed from the text `?from=` to the text `?to=`; by default the last step."""
    client, row = contact_visible_to(reading(), actor(), contact_id)
    versions = {one.text.number: one for one in versions_of(reading(), row.id)}
    to = request.args.get("to", row.newest, type=number_in_address)
    since = request.args.get("from", max(1, to - 1), type=number_in_address)
    if since not in versions or to not in versions:
        raise Missing()
    old, new = versions[since], versions[to]
    return render_template(
        "dossiers/interactions/contacts/compare.html",
        client=client,
        row=row,
        old=old,
        new=new,
        comparison=compare(_content(old.text.body), _content(new.text.body)),
        words=WORDS,
    )


def _content(body: str) -> Content:
    return Content("", body, {}, (), None)


@interactions_room.route("/contacts/<int:contact_id>/correct", methods=["GET", "POST"])
@needs(Permission.EDIT_DOSSIERS)
def correct(contact_id: int) -> ResponseReturnValue:
    """Say better what was said; the earlier text stays a version."""
    client, row = contact_visible_to(reading(), actor(), contact_id)
    check_may_edit(actor(), client.team_id)
    check_in_use(row)
    if request.method == "GET":
        return _form(client, row, _as_typed(row))
    typed = typed_contact(request.form)
    try:
        text = written_text(client, typed, quotes_of(reading(), row.id, row.newest))
        done = _corrected(client, row, typed, text)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        typed.refusal = refusal
        done = False
    if done:
        return redirect(f"/contacts/{contact_id}")
    client, row = contact_visible_to(fresh_reading(), actor(), contact_id)
    # Saving again is then on top of what the person has been told of.
    typed.base = row.newest
    return _form(client, row, typed), typed.status


def _corrected(client: Client, row: Interaction, typed: ContactTyped, text: Written) -> bool:
    details = details_typed(typed, actor().time_zone)
    if details is None:
        return False
    with transaction() as session:
        names = people_typed(session, actor(), client.id, typed.other_names, typed.add_people)
        details = replace(details, theirs=details.theirs | set(names))
        base = typed.base or None
        change = correct_contact(session, actor(), client.id, row.id, details, text, base)
    if change is not None:
        tell_done(change, client.id, f"/contacts/{row.id}")
    return True


@interactions_room.post("/contacts/<int:contact_id>/take-back")
@needs(Permission.EDIT_DOSSIERS)
def take_back(contact_id: int) -> ResponseReturnValue:
    """Let it stand in the log no more."""
    client, row = contact_visible_to(reading(), actor(), contact_id)
    with transaction() as session:
        change = take_back_contact(session, actor(), client.id, row.id)
    here = f"/clients/{client.id}/contacts"
    tell_done(change, client.id, here)
    return redirect(here)


@interactions_room.post("/contacts/<int:contact_id>/bring-back")
@needs(Permission.EDIT_DOSSIERS)
def bring_back(contact_id: int) -> ResponseReturnValue:
    """Let it stand in the log again."""
    client, row = contact_visible_to(reading(), actor(), contact_id)
    with transaction() as session:
        change = bring_back_contact(session, actor(), client.id, row.id)
    tell_done(change, client.id, f"/contacts/{row.id}")
    return redirect(f"/contacts/{row.id}")


def _as_typed(row: Interaction) -> ContactTyped:
    """The contact as somebody would type it."""
    session = reading()
    details = details_of(session, row)
    return ContactTyped(
        kind=details.kind.value,
        at=shown_moment(details.happened_at, actor().time_zone),
        persons=sorted(details.theirs),
        colleagues=sorted(details.ours),
        text=newest_text(session, row).body,
        topics=[f"{kind.value}-{ref}" for kind, ref in sorted(details.topics)],
        next_on=details.next_on.isoformat() if details.next_on else "",
        base=row.newest,
    )


def _form(client: Client, row: Interaction, typed: ContactTyped) -> str:
    session = reading()
    return render_template(
        "dossiers/interactions/contacts/correct.html",
        client=client,
        line=contact_line(session, actor(), client, row),
        typed=typed,
        choices=choices_for(session, actor(), client, today()),
        today=today(),
        words=WORDS,
    )
