"""The page of one contract and its deeds; its files."""

from typing import Any

from flask import current_app, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from dossiers.clients.deeds import note_look
from dossiers.clients.models import Client
from dossiers.clients.queries import client_visible_to
from dossiers.clients.rules import check_may_edit, may_edit
from dossiers.renewals.contracts import queries, services
from dossiers.renewals.contracts.files import add_file, files_visible_to, remove_file
from dossiers.renewals.contracts.forms import StateForm
from dossiers.renewals.contracts.versions_shown import names_in, versions_shown
from dossiers.renewals.contracts.wording import FIELD_NAMES, STATE_NAMES
from dossiers.renewals.kinds import RenewalState
from dossiers.renewals.models import Contract
from dossiers.renewals.views.blueprint import renewals_room, today
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission, may
from wiki.database import fresh_reading, reading, transaction
from wiki.errors import Forbidden, Missing, Refusal
from wiki.files.services import attach, receive, store_of
from wiki.locale import _

_FORM_ITSELF = 100_000


@renewals_room.url_value_preprocessor
def _limit_request(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    # Here and not in the view: the check against forgery reads the form before any view.
    person = actor()
    takes_file = endpoint == f"{renewals_room.name}.contract_file_add"
    if takes_file and person.is_authenticated and may(person, Permission.EDIT_DOSSIERS):
        limit = store_of(current_app.config["SETTINGS"]).limit
        request.max_content_length = limit + _FORM_ITSELF


def found(contract_id: int) -> tuple[Contract, Client]:
    """The contract with the client of its dossier. Raises `Missing` for absent and unseen alike."""
    contract = queries.contract_visible_to(reading(), actor(), contract_id)
    home = queries.home_id_of(reading(), contract)
    return contract, client_visible_to(reading(), actor(), home)


@renewals_room.get("/contracts/<int:contract_id>")
@needs(Permission.READ)
def contract(contract_id: int) -> str:
    """One contract: terms, days, files, versions, and what came before and after."""
    own, client = found(contract_id)
    with transaction() as session:
        note_look(session, actor(), client.id, "contract")
    return _drawn(own, client, StateForm(state=own.state.value))


@renewals_room.post("/contracts/<int:contract_id>/state")
@needs(Permission.EDIT_DOSSIERS)
def contract_state(contract_id: int) -> ResponseReturnValue:
    """Say how far the renewal is."""
    own, client = found(contract_id)
    form = StateForm()
    if not form.validate():
        return _drawn(own, client, form), 422
    try:
        with transaction() as session:
            state, why = RenewalState(form.state.data), form.state_why.data or ""
            services.set_state(session, actor(), contract_id, state, why)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        return _drawn(own, client, form, refusal), refusal.status
    return _saved(contract_id)


@renewals_room.post("/contracts/<int:contract_id>/archive")
@needs(Permission.EDIT_DOSSIERS)
def contract_archive(contract_id: int) -> ResponseReturnValue:
    """Put the contract into the archive, or bring it back with `back=1`."""
    own, client = found(contract_id)
    away = not request.form.get("back")
    try:
        with transaction() as session:
            services.archive_contract(session, actor(), contract_id, away)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        return _refused(own, client, refusal)
    return _saved(contract_id)


@renewals_room.post("/contracts/<int:contract_id>/versions/<int:number>/restore")
@needs(Permission.EDIT_DOSSIERS)
def contract_restore(contract_id: int, number: int) -> ResponseReturnValue:
    """Let the terms of an earlier version hold again."""
    own, client = found(contract_id)
    try:
        with transaction() as session:
            services.restore_version(session, actor(), contract_id, number)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        return _refused(own, client, refusal)
    return _saved(contract_id)


@renewals_room.post("/contracts/<int:contract_id>/files")
@needs(Permission.EDIT_DOSSIERS)
def contract_file_add(contract_id: int) -> ResponseReturnValue:
    """Put a file beside the contract, for those who may see the client and for nobody else."""
    own, client = found(contract_id)
    check_may_edit(actor(), client.team_id)
    sent = request.files.get("file")
    try:
        if sent is None or not sent.filename:
            raise Refusal("Choose a file first. Nothing was changed.")
        received = receive(store_of(current_app.config["SETTINGS"]), sent.stream, sent.filename)
        with transaction() as session:
            audience = client_visible_to(session, actor(), client.id).audience
            file = attach(session, actor(), received, audience)
            add_file(session, actor(), contract_id, file.id)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        return _refused(own, client, refusal)
    finally:
        if sent is not None:
            sent.close()
    return _saved(contract_id)


@renewals_room.post("/contracts/<int:contract_id>/files/<int:file_id>/remove")
@needs(Permission.EDIT_DOSSIERS)
def contract_file_remove(contract_id: int, file_id: int) -> ResponseReturnValue:
    """Take a file away from the contract."""
    found(contract_id)
    with transaction() as session:
        remove_file(session, actor(), contract_id, file_id)
    return _saved(contract_id)


def _saved(contract_id: int) -> ResponseReturnValue:
    flash(_("Saved."), "success")
    return redirect(f"/contracts/{contract_id}")


def _refused(own: Contract, client: Client, refusal: Refusal) -> ResponseReturnValue:
    return _drawn(own, client, StateForm(None, state=own.state.value), refusal), refusal.status


def _drawn(own: Contract, client: Client, form: StateForm, refusal: Refusal | None = None) -> str:
    session = fresh_reading() if refusal else reading()
    versions = queries.versions_of(session, own.id)
    chain = queries.chain_of(session, own)
    return render_template(
        "dossiers/renewals/contracts/contract.html",
        client=client,
        contract=own,
        chain=chain,
        growth=sum(link.growth for link in chain if link.growth is not None),
        names=names_in(session, actor(), own, versions),
        versions=versions_shown(versions),
        files=files_visible_to(session, actor(), own.id),
        form=form,
        refusal=refusal,
        fields=FIELD_NAMES,
        states=STATE_NAMES,
        may_edit=may_edit(actor(), client.team_id),
        today=today(),
    )
