"""The page of a run and its moves."""

from collections.abc import Callable
from typing import Any

from flask import current_app, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from dossiers.approvals.forms.runs import MoveForm, TurnForm
from dossiers.approvals.kinds import StepState
from dossiers.approvals.runs.evidence import person_typed
from dossiers.approvals.runs.queries import run_in
from dossiers.approvals.runs.services import Move, give_up_run, go_on_with_run, move_step
from dossiers.approvals.views.blueprint import approvals_room
from dossiers.approvals.views.run_page import Sent, run_page
from dossiers.clients.deeds import note_look
from dossiers.clients.models import Client
from dossiers.clients.queries import client_visible_to
from dossiers.clients.rules import check_may_edit
from dossiers.facts.models import Change
from dossiers.people.forms.said import typed
from dossiers.people.views.deeds import tell_done
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission, may
from wiki.database import reading, transaction
from wiki.errors import Forbidden, Missing, Refusal
from wiki.files.services import Received, attach, receive, store_of
from wiki.locale import say

_FORM_ITSELF = 100_000


@approvals_room.url_value_preprocessor
def _limit_request(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    # Here and not in the view: the check against forgery reads the form before any view.
    person = actor()
    takes_file = endpoint == f"{approvals_room.name}.move"
    if takes_file and person.is_authenticated and may(person, Permission.EDIT_DOSSIERS):
        limit = store_of(current_app.config["SETTINGS"]).limit
        request.max_content_length = limit + _FORM_ITSELF


@approvals_room.get("/clients/<int:client_id>/runs/<int:run_id>")
@needs(Permission.READ)
def run(client_id: int, run_id: int) -> ResponseReturnValue:
    """Where the decision stands, and all that was written down; `?step=…` fills the form."""
    client = _seen(client_id, run_id)
    with transaction() as session:
        note_look(session, actor(), client_id, "run")
    return run_page(client, run_id, Sent())


def _seen(client_id: int, run_id: int) -> Client:
    client = client_visible_to(reading(), actor(), client_id)
    run_in(reading(), client_id, run_id)
    return client


@approvals_room.post("/clients/<int:client_id>/runs/<int:run_id>/move")
@needs(Permission.EDIT_DOSSIERS)
def move(client_id: int, run_id: int) -> ResponseReturnValue:
    """Write down what happened to a step, with what shows it."""
    client = _seen(client_id, run_id)
    check_may_edit(actor(), client.team_id)
    form = MoveForm()
    if not form.validate():
        return run_page(client, run_id, Sent(form)), 422
    return _done(client, run_id, Sent(form), lambda: _moved(client_id, run_id, form))


def _moved(client_id: int, run_id: int, form: MoveForm) -> Change:
    received = _received(form.file.data)
    with transaction() as session:
        file_id = _attached(session, client_id, received)
        person_id = person_typed(session, client_id, typed(form.person))
        wanted = _move(form, person_id, file_id)
        event = move_step(session, actor(), client_id, run_id, wanted)
        return session.get_one(Change, event.change_id)


def _received(file: Any) -> Received | None:
    if not isinstance(file, FileStorage) or not file.filename:
        return None
    return receive(store_of(current_app.config["SETTINGS"]), file.stream, file.filename)


def _attached(session: Session, client_id: int, received: Received | None) -> int | None:
    """The file, stored for those who may see the client and for nobody else."""
    if received is None:
        return None
    client = client_visible_to(session, actor(), client_id)
    return attach(session, actor(), received, client.audience).id


def _move(form: MoveForm, person_id: int | None, file_id: int | None) -> Move:
    return Move(
        typed(form.step),
        StepState(form.state.data),
        form.on.data,
        typed(form.title),
        form.step_kind,
        person_id=person_id,
        note=typed(form.note),
        mail=typed(form.mail),
        attachment_id=file_id,
        back_to=typed(form.back_to),
        seen=form.seen_event,
    )


@approvals_room.post("/clients/<int:client_id>/runs/<int:run_id>/give-up")
@needs(Permission.EDIT_DOSSIERS)
def give_up(client_id: int, run_id: int) -> ResponseReturnValue:
    """Nobody waits for this decision any more."""
    return _turned(client_id, run_id, give_up_run)


@approvals_room.post("/clients/<int:client_id>/runs/<int:run_id>/go-on")
@needs(Permission.EDIT_DOSSIERS)
def go_on(client_id: int, run_id: int) -> ResponseReturnValue:
    """The decision is waited for again."""
    return _turned(client_id, run_id, go_on_with_run)


def _turned(client_id: int, run_id: int, do: Callable[..., Change]) -> ResponseReturnValue:
    client = _seen(client_id, run_id)
    check_may_edit(actor(), client.team_id)
    form = TurnForm()
    if not form.validate():
        return run_page(client, run_id, Sent(turn=form)), 422

    def turn() -> Change:
        with transaction() as session:
            return do(session, actor(), client_id, run_id, form.on.data, typed(form.note))

    return _done(client, run_id, Sent(turn=form), turn)


def _done(client: Client, run_id: int, sent: Sent, do: Callable[[], Change]) -> ResponseReturnValue:
    """Do it and show the run; else the page with what is wrong and what was typed."""
    here = f"/clients/{client.id}/runs/{run_id}"
    try:
        change = do()
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        sent.problems = [say(refusal)]
        return run_page(client, run_id, sent), refusal.status
    tell_done(change, client.id, here)
    return redirect(here)
