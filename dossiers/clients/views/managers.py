"""Who of ours looks after a client: now and ever, and who may see it."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from dossiers.clients.forms import DutyForm, SaidForm, TeamForm
from dossiers.clients.models import Client
from dossiers.clients.provenance import managers_ever
from dossiers.clients.queries import client_visible_to
from dossiers.clients.rules import may_edit
from dossiers.clients.services.managers import assign, release
from dossiers.clients.views.blueprint import clients, seen_client, today
from dossiers.clients.wording import DUTY_NAMES
from dossiers.facts.wording import SOURCES
from wiki.accounts.access import actor, needs
from wiki.accounts.queries import active_people, open_teams, team_names
from wiki.accounts.rules import Permission
from wiki.database import reading, transaction
from wiki.errors import Missing, Refusal
from wiki.locale import _, say
from wiki.pages.forms import whole_number


@clients.get("/clients/<int:client_id>/team")
@needs(Permission.READ)
def team(client_id: int) -> ResponseReturnValue:
    """The owning team, the managers with their dated history, and who may see the client."""
    client = seen_client(client_id, "team")
    form = _duty_form()
    form.begin(today())
    form.colleague.data = str(actor().id)
    return _page(client, form)


@clients.post("/clients/<int:client_id>/managers")
@needs(Permission.EDIT_DOSSIERS)
def add(client_id: int) -> ResponseReturnValue:
    """Let a colleague look after the client."""
    client = client_visible_to(reading(), actor(), client_id)
    form = _duty_form()
    if not form.validate_on_submit():
        return _page(client, form), 422
    try:
        said, user_id = form.said(today()), whole_number(form.colleague.data)
        with transaction() as session:
            change = assign(session, actor(), client_id, user_id, form.chosen_duty, said)
    except Missing:
        raise
    except Refusal as refusal:
        flash(say(refusal), "danger")
        return _page(client, form), refusal.status
    flash(_("The team was changed.") if change else _("It is so already."), "success")
    return redirect(f"/clients/{client_id}/team")


@clients.post("/clients/<int:client_id>/managers/<int:user_id>/release")
@needs(Permission.EDIT_DOSSIERS)
def let_go(client_id: int, user_id: int) -> ResponseReturnValue:
    """From a day on the colleague no longer looks after the client."""
    client_visible_to(reading(), actor(), client_id)
    form = SaidForm()
    form.source.data = request.form.get("source") or "colleague"
    form.confidence.data = request.form.get("confidence") or "sure"
    form.validate()
    with transaction() as session:
        release(session, actor(), client_id, user_id, form.said(today()))
    flash(_("The team was changed. The past stays in the history."), "success")
    return redirect(f"/clients/{client_id}/team")


def _duty_form() -> DutyForm:
    form = DutyForm()
    form.offer(active_people(reading()))
    return form


def _page(client: Client, form: DutyForm) -> str:
    team_form = TeamForm(formdata=None, team=str(client.team_id or ""))
    teams = team_names(reading())
    team_form.offer(open_teams(reading()))
    team_form.begin(today())
    managers = managers_ever(reading(), client.id)
    day = today()
    return render_template(
        "dossiers/clients/team.html",
        client=client,
        form=form,
        team_form=team_form,
        team=teams.get(client.team_id or 0),
        present=[m for m in managers if m.valid_from <= day < m.valid_to],
        past=[m for m in managers if not m.valid_from <= day < m.valid_to],
        duties=DUTY_NAMES,
        sources=SOURCES,
        may_edit=may_edit(actor(), client.team_id),
        today=day,
    )
