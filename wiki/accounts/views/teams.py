"""Teams: the list, making, renaming, archiving."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from wiki.accounts.access import actor, needs
from wiki.accounts.forms import TeamForm, typed
from wiki.accounts.queries import TeamRow, teams_visible_to
from wiki.accounts.rules import Permission
from wiki.accounts.services import teams as services
from wiki.accounts.views.blueprint import accounts, filled_in, shown
from wiki.database import reading, transaction
from wiki.errors import Missing
from wiki.locale import _


@accounts.route("/people/teams", methods=["GET", "POST"])
@needs(Permission.MANAGE_STAFF)
def teams() -> ResponseReturnValue:
    """All teams, and a field for a new one."""
    form = TeamForm()
    return filled_in(form, lambda: _created(form)) or shown(
        "wiki/accounts/teams.html", form, teams=teams_visible_to(actor(), reading())
    )


def _created(form: TeamForm) -> ResponseReturnValue:
    with transaction() as session:
        services.create_team(session, actor(), typed(form.name))
    flash(_("The team is made."), "success")
    return redirect(url_for("accounts.teams"))


@accounts.route("/people/teams/<int:team_id>", methods=["GET", "POST"])
@needs(Permission.MANAGE_STAFF)
def team(team_id: int) -> ResponseReturnValue:
    """Rename or archive one team."""
    row = _team(team_id)
    form = TeamForm(name=row.name)
    return filled_in(form, lambda: _renamed(form, team_id)) or shown(
        "wiki/accounts/team.html", form, team=row
    )


def _renamed(form: TeamForm, team_id: int) -> ResponseReturnValue:
    with transaction() as session:
        services.rename_team(session, actor(), team_id, typed(form.name))
    flash(_("The team has its new name."), "success")
    return redirect(url_for("accounts.teams"))


@accounts.post("/people/teams/<int:team_id>/archive")
@needs(Permission.MANAGE_STAFF)
def archive_team(team_id: int) -> ResponseReturnValue:
    """Offer the team no longer."""
    with transaction() as session:
        services.archive_team(session, actor(), team_id)
    flash(_("The team is archived. Its people and things keep it."), "success")
    return redirect(url_for("accounts.teams"))


@accounts.post("/people/teams/<int:team_id>/restore")
@needs(Permission.MANAGE_STAFF)
def restore_team(team_id: int) -> ResponseReturnValue:
    """Offer an archived team again."""
    with transaction() as session:
        services.restore_team(session, actor(), team_id)
    flash(_("The team is there again."), "success")
    return redirect(url_for("accounts.teams"))


def _team(team_id: int) -> TeamRow:
    for row in teams_visible_to(actor(), reading()):
        if row.id == team_id:
            return row
    raise Missing
