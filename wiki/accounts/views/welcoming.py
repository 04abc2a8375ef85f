"""Becoming somebody here: the first administrator, and accepting an invitation."""

from flask import flash, make_response, redirect, url_for
from flask.typing import ResponseReturnValue

from wiki.accounts import wording
from wiki.accounts.access import public
from wiki.accounts.actor import Role
from wiki.accounts.forms import AcceptanceForm, FirstAdminForm, typed
from wiki.accounts.limits import begin_attempt
from wiki.accounts.models import Invitation
from wiki.accounts.passwords import hash_password
from wiki.accounts.services.first_start import check_code, create_first_admin, forget_code
from wiki.accounts.services.inviting import Acceptance, accept, valid_invitation
from wiki.accounts.services.lookup import is_empty
from wiki.accounts.services.people import NewPerson
from wiki.accounts.views.blueprint import accounts, filled_in, secret_page, settings, shown
from wiki.accounts.views.sessions import begin_session, know_device, source_for
from wiki.database import reading, transaction
from wiki.locale import _, language


@accounts.route("/account/first", methods=["GET", "POST"])
@public
def first() -> ResponseReturnValue:
    """Make the first administrator; there only while there is no account at all."""
    if not is_empty(reading()):
        return redirect(url_for("accounts.sign_in"))
    form = FirstAdminForm(language=language(), time_zone=settings().default_time_zone)
    return filled_in(form, lambda: _founded(form)) or shown("wiki/accounts/first.html", form)


def _founded(form: FirstAdminForm) -> ResponseReturnValue:
    with transaction() as session:
        begin_attempt(session, "", source_for(""))
    check_code(settings().home, typed(form.code))
    new = NewPerson(
        email=typed(form.email),
        name=typed(form.name),
        role=Role.ADMIN,
        team_id=None,
        language=typed(form.language),
        time_zone=typed(form.time_zone),
        password_hash=_hash_of(form, typed(form.email)),
    )
    with transaction() as session:
        user = create_first_admin(session, new)
    forget_code(settings().home)
    begin_session(user.id)
    flash(_("Welcome! You are the administrator. Invite your colleagues next."), "success")
    return know_device(make_response(redirect(url_for("accounts.people"))), user.email)


@accounts.route("/account/invitation/<secret>", methods=["GET", "POST"])
@public
def invitation(secret: str) -> ResponseReturnValue:
    """Make one's own account by the link of an invitation."""
    row = valid_invitation(reading(), secret)
    form = AcceptanceForm(language=language(), time_zone=settings().default_time_zone)
    done = filled_in(form, lambda: _accepted(form, secret, row))
    return done or secret_page(shown("wiki/accounts/invitation.html", form, invitation=row))


def _accepted(form: AcceptanceForm, secret: str, row: Invitation) -> ResponseReturnValue:
    said = Acceptance(
        name=typed(form.name),
        password_hash=_hash_of(form, row.email),
        language=typed(form.language),
        time_zone=typed(form.time_zone),
    )
    with transaction() as session:
        user = accept(session, secret, said)
    begin_session(user.id)
    flash(_("Welcome, %(name)s! Your account is made.", name=user.name), "success")
    return know_device(make_response(redirect("/")), user.email)


def _hash_of(form: AcceptanceForm | FirstAdminForm, email: str) -> str:
    return hash_password(wording.check_password(typed(form.password), typed(form.name), email))
