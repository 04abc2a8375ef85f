"""Pages of contracts: all, those of a client, one with its versions and what follows it."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from dossiers.approvals.paths.queries import paths_of
from dossiers.clients.deeds import note_look
from dossiers.clients.models import Client
from dossiers.clients.queries import client_visible_to
from dossiers.clients.rules import check_may_edit, may_edit
from dossiers.interactions.promises.holders import holders_of
from dossiers.renewals.contracts import queries, services
from dossiers.renewals.contracts.forms import ContractForm, StateForm
from dossiers.renewals.contracts.terms import Terms, kept_terms
from dossiers.renewals.contracts.wording import FIELD_NAMES, STATE_NAMES
from dossiers.renewals.kinds import RenewalState
from dossiers.renewals.models import Contract
from dossiers.renewals.views.blueprint import renewals_room, today
from wiki.accounts.access import actor, needs
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission
from wiki.database import reading, transaction
from wiki.errors import Refusal
from wiki.locale import _
from wiki.pages.forms import whole_number

_FOLDER = "dossiers/renewals/contracts"
Save = Callable[[Session, Actor, Terms], Contract]


@renewals_room.get("/contracts")
@needs(Permission.READ)
def contracts() -> str:
    """All contracts that one may see; `?text=`, `?state=`, `?owner=`, `?page=` narrow them."""
    state = request.args.get("state", "")
    wanted = queries.Wanted(
        request.args.get("text", ""),
        RenewalState(state) if state in list(RenewalState) else None,
        whole_number(request.args.get("owner")),
    )
    number = max(1, whole_number(request.args.get("page")))
    skip = (number - 1) * queries.PAGE_SIZE
    lines = queries.contracts_visible_to(reading(), actor(), wanted, skip=skip)
    total = queries.count_visible_to(reading(), actor(), wanted)
    return render_template(
        f"{_FOLDER}/index.html",
        lines=lines,
        total=total,
        wanted=wanted,
        number=number,
        has_next=skip + len(lines) < total,
        states=STATE_NAMES,
        today=today(),
    )


@renewals_room.get("/clients/<int:client_id>/contracts")
@needs(Permission.READ)
def contracts_of_client(client_id: int) -> ResponseReturnValue:
    """The contracts of a dossier."""
    client = client_visible_to(reading(), actor(), client_id)
    if client.merged_into_id is not None:
        return redirect(f"/clients/{client.merged_into_id}/contracts")
    with transaction() as session:
        note_look(session, actor(), client_id, "contracts")
    return render_template(
        f"{_FOLDER}/client.html",
        client=client,
        lines=queries.contracts_of(reading(), client_id),
        away=queries.contracts_of(reading(), client_id, archived=True),
        may_edit=may_edit(actor(), client.team_id),
        states=STATE_NAMES,
        today=today(),
    )


@renewals_room.route("/clients/<int:client_id>/contracts/new", methods=["GET", "POST"])
@needs(Permission.EDIT_DOSSIERS)
def contract_new(client_id: int) -> ResponseReturnValue:
    """Write a contract down."""
    client = client_visible_to(reading(), actor(), client_id)
    form = ContractForm()
    if request.method == "GET":
        form.owner_id.data = str(actor().id)

    def save(session: Session, who: Actor, terms: Terms) -> Contract:
        return services.write_contract(session, who, client_id, terms)

    return _asked(client, form, save, None, _("New contract"))


@renewals_room.route("/contracts/<int:contract_id>/edit", methods=["GET", "POST"])
@needs(Permission.EDIT_DOSSIERS)
def contract_edit(contract_id: int) -> ResponseReturnValue:
    """Change the terms of a contract."""
    contract, client = _found(contract_id)
    form = _form_of(contract)

    def save(session: Session, who: Actor, terms: Terms) -> Contract:
        base = whole_number(form.base.data)
        return services.save_terms(session, who, contract_id, terms, base, form.why.data or "")

    return _asked(client, form, save, contract, _("Change the contract"))


@renewals_room.route("/contracts/<int:contract_id>/succeed", methods=["GET", "POST"])
@needs(Permission.EDIT_DOSSIERS)
def contract_succeed(contract_id: int) -> ResponseReturnValue:
    """Write down the contract that follows."""
    contract, client = _found(contract_id)
    form = _form_of(contract)
    if request.method == "GET":
        form.number.data, form.starts_on.data, form.ends_on.data = "", contract.ends_on, None

    def save(session: Session, who: Actor, terms: Terms) -> Contract:
        return services.succeed(session, who, contract_id, terms)

    return _asked(client, form, save, contract, _("The contract that follows"))


@renewals_room.get("/contracts/<int:contract_id>")
@needs(Permission.READ)
def contract(contract_id: int) -> str:
    """One contract: terms, days, versions, and what came before and after."""
    found, client = _found(contract_id)
    with transaction() as session:
        note_look(session, actor(), client.id, "contract")
    return _drawn(found, client, StateForm(state=found.state.value))


@renewals_room.post("/contracts/<int:contract_id>/state")
@needs(Permission.EDIT_DOSSIERS)
def contract_state(contract_id: int) -> ResponseReturnValue:
    """Say how far the renewal is."""
    found, client = _found(contract_id)
    form = StateForm()
    if not form.validate():
        return _drawn(found, client, form), 422
    try:
        with transaction() as session:
            state, why = RenewalState(form.state.data), form.state_why.data or ""
            services.set_state(session, actor(), contract_id, state, why)
    except Refusal as refusal:
        return _drawn(found, client, form, refusal), refusal.status
    flash(_("Saved."), "success")
    return redirect(f"/contracts/{contract_id}")


@renewals_room.post("/contracts/<int:contract_id>/archive")
@needs(Permission.EDIT_DOSSIERS)
def contract_archive(contract_id: int) -> ResponseReturnValue:
    """Put the contract into the archive, or bring it back with `back=1`."""
    _found(contract_id)
    with transaction() as session:
        away = not request.form.get("back")
        services.archive_contract(session, actor(), contract_id, away)
    flash(_("Saved."), "success")
    return redirect(f"/contracts/{contract_id}")


@renewals_room.post("/contracts/<int:contract_id>/versions/<int:number>/restore")
@needs(Permission.EDIT_DOSSIERS)
def contract_restore(contract_id: int, number: int) -> ResponseReturnValue:
    """Let the terms of an earlier version hold again."""
    _found(contract_id)
    with transaction() as session:
        services.restore_version(session, actor(), contract_id, number)
    flash(_("Saved."), "success")
    return redirect(f"/contracts/{contract_id}")


def _found(contract_id: int) -> tuple[Contract, Client]:
    found = queries.contract_visible_to(reading(), actor(), contract_id)
    home = queries.home_id_of(reading(), found)
    return found, client_visible_to(reading(), actor(), home)


def _form_of(contract: Contract) -> ContractForm:
    form = ContractForm(obj=contract)
    if request.method == "GET":
        form.base.data = str(contract.newest)
        form.owner_id.data, form.path_id.data = (
            str(ident or "") for ident in (contract.owner_id, contract.path_id)
        )
        form.value.data = "" if contract.value is None else str(contract.value)
    return form


def _asked(
    client: Client, form: ContractForm, save: Save, before: Contract | None, title: str
) -> ResponseReturnValue:
    check_may_edit(actor(), client.team_id)
    paths = [(path.id, path.subject) for path in paths_of(reading(), client.id)]
    form.offer(holders_of(reading(), client), paths)
    if before is None and request.method == "GET" and len(paths) == 1:
        form.path_id.data = str(paths[0][0])
    refusal = None
    if form.validate_on_submit():
        try:
            newest = _terms_of(before) if before else None
            with transaction() as session:
                saved = save(session, actor(), form.terms(newest)).id
            flash(_("Saved."), "success")
            return redirect(f"/contracts/{saved}")
        except Refusal as error:
            refusal = error
    page = render_template(
        f"{_FOLDER}/form.html",
        client=client,
        form=form,
        contract=before,
        title=title,
        refusal=refusal,
        fields=FIELD_NAMES,
    )
    return page, refusal.status if refusal else 422 if form.errors else 200


def _terms_of(contract: Contract) -> Terms:
    return kept_terms(queries.version_numbered(reading(), contract.id, contract.newest).terms)


def _drawn(found: Contract, client: Client, form: StateForm, refusal: Refusal | None = None) -> str:
    chain = queries.chain_of(reading(), found)
    holders = dict(holders_of(reading(), client))
    paths = {path.id: path.subject for path in paths_of(reading(), client.id)}
    return render_template(
        f"{_FOLDER}/contract.html",
        client=client,
        contract=found,
        chain=chain,
        growth=sum(link.growth for link in chain if link.growth is not None),
        versions=queries.versions_of(reading(), found.id),
        holders=holders,
        paths=paths,
        form=form,
        refusal=refusal,
        fields=FIELD_NAMES,
        states=STATE_NAMES,
        may_edit=may_edit(actor(), client.team_id),
        today=today(),
    )
