"""The paths of a client: the list, and a new one."""

from collections.abc import Sequence

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from dossiers.approvals.forms.paths import NewPathForm
from dossiers.approvals.lessons.queries import fitness_of_client
from dossiers.approvals.models import ApprovalPath
from dossiers.approvals.paths.beginning import (
    Beginning,
    document_to_begin_with,
    paths_to_copy,
)
from dossiers.approvals.paths.queries import paths_of
from dossiers.approvals.paths.services import Draft, Saved, create_path
from dossiers.approvals.paths.standing import standings_of
from dossiers.approvals.views.blueprint import approvals_room, today
from dossiers.clients.deeds import note_look
from dossiers.clients.models import Client
from dossiers.clients.queries import client_visible_to
from dossiers.clients.rules import check_may_edit, may_edit
from dossiers.people.forms.said import number_of, typed
from dossiers.people.views.deeds import tell_done
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import reading, transaction
from wiki.errors import Forbidden, Refusal
from wiki.locale import say


@approvals_room.get("/clients/<int:client_id>/paths")
def paths(client_id: int) -> ResponseReturnValue:
    """The paths of a dossier with how each stands; `?archive=1` shows those put away."""
    client = client_visible_to(reading(), actor(), client_id)
    with transaction() as session:
        note_look(session, actor(), client_id, "paths")
    put_away = paths_of(reading(), client_id, archived=True)
    archive = request.args.get("archive") == "1" and bool(put_away)
    listed: Sequence[ApprovalPath] = put_away if archive else paths_of(reading(), client_id)
    return render_template(
        "dossiers/approvals/paths.html",
        client=client,
        paths=listed,
        standings=standings_of(reading(), listed, today()),
        archive=archive,
        put_away=len(put_away),
        fitness=fitness_of_client(reading(), client_id),
        editable=may_edit(actor(), client.team_id),
    )


@approvals_room.route("/clients/<int:client_id>/paths/new", methods=["GET", "POST"])
@needs(Permission.EDIT_DOSSIERS)
def new_path(client_id: int) -> ResponseReturnValue:
    """Write down a path: from nothing, from the usual one, or as a copy of another."""
    client = client_visible_to(reading(), actor(), client_id)
    check_may_edit(actor(), client.team_id)
    form = NewPathForm()
    form.offer(paths_to_copy(reading(), actor(), client_id))
    if not form.validate_on_submit():
        return _new_page(client, form), 422 if form.is_submitted() else 200
    try:
        with transaction() as session:
            saved = _made(session, client_id, form)
    except Forbidden:
        raise
    except Refusal as refusal:
        form.form_errors.append(say(refusal))
        return _new_page(client, form), refusal.status
    tell_done(saved.change, client_id, f"/clients/{client_id}/paths")
    return redirect(f"/clients/{client_id}/paths/{saved.path.id}/edit")


def _made(session: Session, client_id: int, form: NewPathForm) -> Saved:
    document = document_to_begin_with(
        session, actor(), client_id, Beginning(form.beginning.data), number_of(form.copy_of)
    )
    return create_path(session, actor(), client_id, typed(form.subject), Draft(document))


def _new_page(client: Client, form: NewPathForm) -> str:
    return render_template("dossiers/approvals/path_new.html", client=client, form=form)
