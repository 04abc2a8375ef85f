"""Buttons of a dossier: archive, bring back, restrict, open, and the team that owns it."""

from collections.abc import Callable

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from dossiers.clients.forms import TeamForm
from dossiers.clients.queries import client_visible_to
from dossiers.clients.services import standing
from dossiers.clients.services.cards import Said
from dossiers.clients.views.blueprint import clients, said_here, today
from dossiers.facts.models import Change
from wiki.accounts.access import actor, needs
from wiki.accounts.actor import Actor
from wiki.accounts.queries import open_teams
from wiki.accounts.rules import Permission
from wiki.database import reading, transaction
from wiki.errors import Missing, Refusal
from wiki.locale import _

_Service = Callable[[Session, Actor, int, Said], Change | None]


@clients.post("/clients/<int:client_id>/archive")
@needs(Permission.EDIT_DOSSIERS)
def archive(client_id: int) -> ResponseReturnValue:
    """Take the client out of the lists."""
    said = _("The client is archived. Its dossier stays and can be brought back.")
    return _done(standing.archive_client, client_id, said)


@clients.post("/clients/<int:client_id>/bring-back")
@needs(Permission.EDIT_DOSSIERS)
def bring_back(client_id: int) -> ResponseReturnValue:
    """Put an archived client back into the lists."""
    return _done(standing.bring_back_client, client_id, _("The client is in use again."))


@clients.post("/clients/<int:client_id>/restrict")
@needs(Permission.EDIT_DOSSIERS)
def restrict(client_id: int) -> ResponseReturnValue:
    """Hide the client from all but its team and directors."""
    said = _("Only the team and directors see this client now. For others it does not exist.")
    return _done(standing.restrict_client, client_id, said)


@clients.post("/clients/<int:client_id>/open")
@needs(Permission.EDIT_DOSSIERS)
def open_to_all(client_id: int) -> ResponseReturnValue:
    """Let everybody read the dossier."""
    return _done(standing.open_client, client_id, _("Everybody can read this dossier now."))


@clients.post("/clients/<int:client_id>/team")
@needs(Permission.EDIT_DOSSIERS)
def give(client_id: int) -> ResponseReturnValue:
    """Let another team own the client."""
    client_visible_to(reading(), actor(), client_id)
    form = TeamForm()
    form.offer(open_teams(reading()))
    if not form.validate_on_submit():
        raise Refusal("There is no such team. Nothing was changed. Choose one of the list.")
    said, team_id = form.said(today()), form.chosen_team
    with transaction() as session:
        standing.give_to_team(session, actor(), client_id, team_id, said)
    flash(_("The client belongs to another team now."), "success")
    return redirect(_way_back(client_id))


def _done(service: _Service, client_id: int, said: str) -> ResponseReturnValue:
    with transaction() as session:
        service(session, actor(), client_id, said_here())
    flash(said, "success")
    return redirect(_way_back(client_id))


def _way_back(client_id: int) -> str:
    """To the page of the button; to the list when the person does not see the client any more."""
    try:
        client_visible_to(reading(), actor(), client_id)
    except Missing:
        return "/clients"
    return f"/clients/{client_id}/team"
