"""Making a client and changing its card."""

from typing import Any

from flask import flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from dossiers.clients.card import Card
from dossiers.clients.changes import newest_change
from dossiers.clients.forms import CardForm, page_number_of
from dossiers.clients.kinds import State
from dossiers.clients.listing import choices_visible_to
from dossiers.clients.models import Client
from dossiers.clients.queries import client_names_visible_to, client_typed, name_visible_to
from dossiers.clients.services.cards import change_card, create_client
from dossiers.clients.services.notes import take_as_notes
from dossiers.clients.services.refreshing import present_card
from dossiers.clients.services.twins import SameClient
from dossiers.clients.tax_numbers import has_rule
from dossiers.clients.views.blueprint import clients, editable_client, today
from wiki.accounts.access import actor, needs
from wiki.accounts.queries import open_teams
from wiki.accounts.rules import Permission
from wiki.database import reading, transaction
from wiki.errors import Missing, Refusal
from wiki.locale import _, language, say
from wiki.pages.content import one_line
from wiki.pages.forms import number_in_address, whole_number
from wiki.pages.saving import visible_revision
from wiki.pages.views.blueprint import no_store


@clients.get("/clients/new")
@needs(Permission.EDIT_DOSSIERS)
def new() -> ResponseReturnValue:
    """The form for a new client; `?page=` takes an existing page for its notes."""
    form = _form(None)
    card = Card(team=actor().team_id, country="RU" if language() == "ru" else "")
    page_id = request.args.get("page", type=number_in_address)
    if page_id is not None:
        page, current = visible_revision(reading(), actor(), page_id)
        card = card.but({"name": page.title, "tags": tuple(current.tags)})
        form.page.data = f"/pages/{page.id}"
    form.show(card, "")
    form.begin(today())
    return _page(form, None)


@clients.post("/clients/new")
@needs(Permission.EDIT_DOSSIERS)
def create() -> ResponseReturnValue:
    """Make the client."""
    form = _form(None)
    if not form.validate_on_submit():
        return _page(form, None, status=422)
    try:
        with transaction() as session:
            client = _made(session, form)
    except Missing:
        return _again(form, None, Refusal("There is no such page. Nothing was changed."))
    except Refusal as refusal:
        return _again(form, None, refusal)
    flash(_("The client is there. Go on with its chart, its people or its notes."), "success")
    _warn_of_tax_number(client)
    return redirect(f"/clients/{client.id}")


def _made(session: Session, form: CardForm) -> Client:
    page_id = page_number_of(form.page.data)
    parent = client_typed(session, actor(), form.parent.data or "")
    card = Card(**form.fields_of_card(), parent=parent, team=form.chosen_team)
    client = create_client(session, actor(), card, form.said(today(), form.same_name.data))
    if page_id is not None:
        take_as_notes(session, actor(), client, page_id)
    return client


@clients.get("/clients/<int:client_id>/edit")
@needs(Permission.EDIT_DOSSIERS)
def edit(client_id: int) -> ResponseReturnValue:
    """The form with the card as it is."""
    client = editable_client(client_id)
    form = _form(client)
    form.show(present_card(reading(), client_id), _parent(client))
    form.seen.data = str(newest_change(reading(), client_id))
    form.begin(today())
    return _page(form, client)


@clients.post("/clients/<int:client_id>/edit")
@needs(Permission.EDIT_DOSSIERS)
def save(client_id: int) -> ResponseReturnValue:
    """Write down what differs; fields that stay as they are leave no trace."""
    client = editable_client(client_id)
    form = _form(client)
    if not form.validate_on_submit():
        return _page(form, client, status=422)
    try:
        with transaction() as session:
            said = form.said(today(), form.same_name.data)
            changes = _changes(session, client, form)
            seen = whole_number(form.seen.data)
            change = change_card(session, actor(), client_id, changes, said, seen)
    except Missing:
        raise
    except Refusal as refusal:
        return _again(form, client, refusal)
    if change is None:
        flash(_("The card says this already, so nothing was changed."), "info")
    else:
        flash(_("The card was changed."), "success")
        _warn_of_tax_number(client, form)
    return redirect(f"/clients/{client_id}")


def _changes(session: Session, client: Client, form: CardForm) -> dict[str, Any]:
    """What was typed. The parent stays when it is called as it was shown.

    So does one that the person cannot see, and one whose name another client bears, too.
    """
    changes = form.fields_of_card()
    del changes["restricted"]
    typed = one_line(form.parent.data or "")
    if typed != _parent(client, session):
        changes["parent"] = client_typed(session, actor(), typed)
    return changes


def _parent(client: Client, session: Session | None = None) -> str:
    return name_visible_to(session or reading(), actor(), client.parent_id)


def _form(client: Client | None) -> CardForm:
    form = CardForm()
    teams = open_teams(reading())
    if not actor().is_director:
        teams = [team for team in teams if team[0] == actor().team_id]
    form.offer(teams, client is not None and client.state == State.ARCHIVED)
    return form


def _again(form: CardForm, client: Client | None, refusal: Refusal) -> ResponseReturnValue:
    """The form again with everything that was typed, the sentence, and what is there already."""
    flash(say(refusal), "danger")
    if client is not None:
        form.seen.data = str(newest_change(reading(), client.id))
    twins = refusal.twins if isinstance(refusal, SameClient) else ()
    insist = isinstance(refusal, SameClient) and refusal.may_be_another
    return _page(form, client, twins, insist, refusal.status)


def _page(
    form: CardForm,
    client: Client | None,
    twins: Any = (),
    may_insist: bool = False,
    status: int = 200,
) -> ResponseReturnValue:
    choices = choices_visible_to(reading(), actor())
    html = render_template(
        "dossiers/clients/form.html",
        form=form,
        client=client,
        twins=twins,
        may_insist=may_insist,
        segments=choices.segments,
        regions=choices.regions,
        names=client_names_visible_to(reading(), actor()),
    )
    answer = make_response(html, status)
    return no_store(answer)


def _warn_of_tax_number(client: Client, form: CardForm | None = None) -> None:
    number = form.tax_number.data if form else client.tax_number
    country = form.country.data if form else client.country
    if number and not has_rule(country or ""):
        flash(_("Tax numbers of that country cannot be checked here; it is kept as typed."), "info")
