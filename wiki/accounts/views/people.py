"""Colleagues: the list, inviting, roles and teams, deactivating."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from wiki.accounts.access import actor, needs
from wiki.accounts.forms import ROLE_NAMES, InvitationForm, PlaceForm, typed
from wiki.accounts.queries import (
    invitations_visible_to,
    open_teams,
    people_visible_to,
    person_visible_to,
)
from wiki.accounts.rules import Permission, may_manage, roles_given_by
from wiki.accounts.services import people as services
from wiki.accounts.services.inviting import Wanted, invite, withdraw
from wiki.accounts.views.blueprint import (
    accounts,
    filled_in,
    secret_page,
    shown,
    shown_base_url,
)
from wiki.database import reading, transaction
from wiki.locale import _, language


@accounts.get("/people")
@needs(Permission.MANAGE_STAFF)
def people() -> ResponseReturnValue:
    """All accounts and the invitations that wait."""
    return render_template(
        "wiki/accounts/people.html",
        people=people_visible_to(actor(), reading()),
        invitations=invitations_visible_to(actor(), reading()),
        role_names=ROLE_NAMES,
        may_manage=may_manage,
        given=roles_given_by(actor()),
    )


@accounts.route("/people/<int:user_id>", methods=["GET", "POST"])
@needs(Permission.MANAGE_STAFF)
def person(user_id: int) -> ResponseReturnValue:
    """One colleague: role, team, state."""
    one = person_visible_to(actor(), reading(), user_id)
    form = PlaceForm(role=one.role.value, team=str(one.team_id or ""))
    form.offer(roles_given_by(actor()), open_teams(reading()), (one.team_id, one.team))
    return filled_in(form, lambda: _placed(form, user_id)) or shown(
        "wiki/accounts/person.html",
        form,
        one=one,
        role_names=ROLE_NAMES,
        manageable=may_manage(actor(), one.id, one.role),
    )


def _placed(form: PlaceForm, user_id: int) -> ResponseReturnValue:
    with transaction() as session:
        services.change_place(session, actor(), user_id, form.chosen_role, form.chosen_team)
    flash(_("Role and team are saved."), "success")
    return redirect(url_for("accounts.people"))


@accounts.post("/people/<int:user_id>/deactivate")
@needs(Permission.MANAGE_STAFF)
def deactivate(user_id: int) -> ResponseReturnValue:
    """Keep a colleague out; all they wrote stays."""
    with transaction() as session:
        user = services.deactivate(session, actor(), user_id)
    flash(
        _(
            "%(name)s is deactivated: signed out everywhere, tokens revoked. "
            "Everything they wrote stays.",
            name=user.name,
        ),
        "success",
    )
    return redirect(url_for("accounts.people"))


@accounts.post("/people/<int:user_id>/reactivate")
@needs(Permission.MANAGE_STAFF)
def reactivate(user_id: int) -> ResponseReturnValue:
    """Let a colleague sign in again."""
    with transaction() as session:
        user = services.reactivate(session, actor(), user_id)
    flash(_("%(name)s may sign in again.", name=user.name), "success")
    return redirect(url_for("accounts.people"))


@accounts.route("/people/invite", methods=["GET", "POST"])
@needs(Permission.INVITE)
def invite_person() -> ResponseReturnValue:
    """Invite somebody; the link is shown once and goes out by mail."""
    form = InvitationForm(language=language(), role="manager")
    form.offer(roles_given_by(actor()), open_teams(reading()))
    return filled_in(form, lambda: _invited(form)) or shown("wiki/accounts/invite.html", form)


def _invited(form: InvitationForm) -> ResponseReturnValue:
    wanted = Wanted(typed(form.email), form.chosen_role, form.chosen_team, typed(form.language))
    with transaction() as session:
        link = invite(session, actor(), wanted, shown_base_url())
    page = shown("wiki/accounts/invited.html", form, link=link, email=wanted.email)
    return secret_page(page)


@accounts.post("/people/invitations/<int:invitation_id>/withdraw")
@needs(Permission.INVITE)
def withdraw_invitation(invitation_id: int) -> ResponseReturnValue:
    """Make the link of an invitation worthless."""
    with transaction() as session:
        withdraw(session, actor(), invitation_id)
    flash(_("The invitation no longer works."), "success")
    return redirect(url_for("accounts.people"))
