"""Confirming a path, giving it another subject, putting it into the archive and back."""

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from dossiers.approvals.forms.paths import ConfirmForm, SubjectForm
from dossiers.approvals.models import PathConfirmation
from dossiers.approvals.paths.queries import Version, newest_version, version_numbered
from dossiers.approvals.paths.services import Told, archive_path, confirm_version, name_path
from dossiers.approvals.paths.told import person_here
from dossiers.approvals.views.blueprint import Room, approvals_room, room_of, today
from dossiers.clients.rules import check_may_edit
from dossiers.facts.kinds import Source
from dossiers.facts.models import Change
from dossiers.people.forms.said import typed
from dossiers.people.views.deeds import tell_done
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import reading, transaction
from wiki.errors import Forbidden, Missing, Refusal
from wiki.locale import say
from wiki.pages.forms import number_in_address

_AT = "/clients/<int:client_id>/paths/<int:path_id>"


def _editable(client_id: int, path_id: int) -> Room:
    """The path for somebody who may change it. Raises `Missing` and `Forbidden`."""
    room = room_of(client_id, path_id)
    check_may_edit(actor(), room.client.team_id)
    return room


def _here(room: Room) -> str:
    return f"/clients/{room.client.id}/paths/{room.path.id}"


@approvals_room.route(f"{_AT}/confirm", methods=["GET", "POST"])
@needs(Permission.EDIT_DOSSIERS)
def confirm(client_id: int, path_id: int) -> ResponseReturnValue:
    """Who at the client said that the newest version (or `?version=`) is right."""
    room = _editable(client_id, path_id)
    version = _asked_version(room)
    form = ConfirmForm()
    if not form.is_submitted():
        form.begin(today())
        return _confirm_page(room, version, form)
    if not form.validate():
        return _confirm_page(room, version, form), 422
    try:
        with transaction() as session:
            told = _told(session, client_id, form)
            row = confirm_version(session, actor(), client_id, path_id, version.row.number, told)
            change = _change_of(session, row)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        form.form_errors.append(say(refusal))
        return _confirm_page(room, version, form), refusal.status
    tell_done(change, client_id, _here(room))
    return redirect(_here(room))


def _asked_version(room: Room) -> Version:
    number = request.args.get("version", 0, type=number_in_address)
    if number:
        return version_numbered(reading(), room.path.id, number)
    return newest_version(reading(), room.path)


def _told(session: Session, client_id: int, form: ConfirmForm) -> Told:
    """A person of the chart when one was chosen; else the name as it was typed."""
    name = typed(form.told_by)
    person = person_here(session, client_id, name)
    return Told(
        form.told_on.data or today(),
        person.id if person else None,
        "" if person else name,
        Source(form.source.data),
        typed(form.note),
    )


def _change_of(session: Session, row: PathConfirmation) -> Change:
    return session.get_one(Change, row.change_id)


def _confirm_page(room: Room, version: Version, form: ConfirmForm) -> str:
    return render_template(
        "dossiers/approvals/confirm.html",
        client=room.client,
        path=room.path,
        version=version,
        form=form,
        today=today(),
    )


@approvals_room.route(f"{_AT}/name", methods=["GET", "POST"])
@needs(Permission.EDIT_DOSSIERS)
def name(client_id: int, path_id: int) -> ResponseReturnValue:
    """Give the path another subject."""
    room = _editable(client_id, path_id)
    form = SubjectForm(data={"subject": room.path.subject})
    if not form.validate_on_submit():
        return _name_page(room, form), 422 if form.is_submitted() else 200
    try:
        with transaction() as session:
            change = name_path(session, actor(), client_id, path_id, typed(form.subject))
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        form.form_errors.append(say(refusal))
        return _name_page(room, form), refusal.status
    tell_done(change, client_id, _here(room))
    return redirect(_here(room))


def _name_page(room: Room, form: SubjectForm) -> str:
    return render_template(
        "dossiers/approvals/path_name.html", client=room.client, path=room.path, form=form
    )


@approvals_room.post(f"{_AT}/archive")
@needs(Permission.EDIT_DOSSIERS)
def archive(client_id: int, path_id: int) -> ResponseReturnValue:
    """Put the path away; its versions and runs stay."""
    return _put(client_id, path_id, away=True)


@approvals_room.post(f"{_AT}/bring-back")
@needs(Permission.EDIT_DOSSIERS)
def bring_back(client_id: int, path_id: int) -> ResponseReturnValue:
    """Take the path out of the archive."""
    return _put(client_id, path_id, away=False)


def _put(client_id: int, path_id: int, away: bool) -> ResponseReturnValue:
    room = _editable(client_id, path_id)
    with transaction() as session:
        change = archive_path(session, actor(), client_id, path_id, away)
    tell_done(change, client_id, _here(room))
    return redirect(f"/clients/{client_id}/paths" if away else _here(room))
