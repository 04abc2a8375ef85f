"""The form of a contract: a new one, its terms, the one that follows."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from dossiers.approvals.paths.queries import paths_of
from dossiers.clients.models import Client
from dossiers.clients.queries import client_visible_to
from dossiers.clients.rules import check_may_edit
from dossiers.interactions.promises.holders import holders_of
from dossiers.renewals.contracts import products, services
from dossiers.renewals.contracts.forms import ContractForm
from dossiers.renewals.contracts.terms import MOST_PRODUCTS, Terms
from dossiers.renewals.contracts.wording import FIELD_NAMES
from dossiers.renewals.models import Contract
from dossiers.renewals.views.blueprint import renewals_room
from dossiers.renewals.views.contract import found
from wiki.accounts.access import actor, needs
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission
from wiki.database import fresh_reading, reading, transaction
from wiki.errors import Forbidden, Missing, Refusal
from wiki.locale import _
from wiki.pages.forms import whole_number

Save = Callable[[Session, Actor, Terms], Contract]


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
    contract, client = found(contract_id)
    form = _form_of(contract)

    def save(session: Session, who: Actor, terms: Terms) -> Contract:
        base = whole_number(form.base.data)
        return services.save_terms(session, who, contract_id, terms, base, form.why.data or "")

    return _asked(client, form, save, contract, _("Change the contract"))


@renewals_room.route("/contracts/<int:contract_id>/succeed", methods=["GET", "POST"])
@needs(Permission.EDIT_DOSSIERS)
def contract_succeed(contract_id: int) -> ResponseReturnValue:
    """Write down the contract that follows."""
    contract, client = found(contract_id)
    form = _form_of(contract)
    if request.method == "GET":
        form.number.data, form.starts_on.data, form.ends_on.data = "", contract.ends_on, None

    def save(session: Session, who: Actor, terms: Terms) -> Contract:
        return services.succeed(session, who, contract_id, terms)

    return _asked(client, form, save, contract, _("The contract that follows"))


def _form_of(contract: Contract) -> ContractForm:
    form = ContractForm(obj=contract)
    if request.method == "GET":
        form.base.data = str(contract.newest)
        form.owner_id.data, form.path_id.data = (
            str(ident or "") for ident in (contract.owner_id, contract.path_id)
        )
        form.value.data = "" if contract.value is None else f"{contract.value:f}"
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
            saved = _save(form, save, before)
            flash(_("Saved."), "success")
            return redirect(f"/contracts/{saved}")
        except (Missing, Forbidden):
            raise
        except Refusal as error:
            refusal = error
    page = _drawn(client, form, before, title, refusal)
    return page, refusal.status if refusal else 422 if form.errors else 200


def _save(form: ContractForm, save: Save, before: Contract | None) -> int:
    kept = tuple(before.products) if before else ()
    with transaction() as session:
        typed = products.products_typed(session, actor(), _lines(), kept)
        return save(session, actor(), form.terms(typed)).id


def _lines() -> list[str]:
    return request.form.getlist("product")[: MOST_PRODUCTS + 1]


def _drawn(
    client: Client,
    form: ContractForm,
    before: Contract | None,
    title: str,
    refusal: Refusal | None,
) -> str:
    lines = [line for line in _lines() if line.strip()]
    if request.method == "GET" and before is not None:
        shown = products.products_visible_to(fresh_reading(), actor(), before.products)
        lines = [one.title for one in products.shown_of(shown, before.products)]
    return render_template(
        "dossiers/renewals/contracts/form.html",
        client=client,
        form=form,
        contract=before,
        title=title,
        refusal=refusal,
        fields=FIELD_NAMES,
        products=[*lines, *[""] * products.BLANKS],
        offered=products.offered(reading(), actor()),
    )
