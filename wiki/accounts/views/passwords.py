"""Changing one's password, and setting a new one by a link."""

from flask import flash, make_response, redirect, url_for
from flask.typing import ResponseReturnValue

from wiki.accounts import wording
from wiki.accounts.access import actor, public
from wiki.accounts.forms import ChangePasswordForm, EmailForm, NewPasswordForm, typed
from wiki.accounts.limits import forget_attempts
from wiki.accounts.models import User
from wiki.accounts.passwords import hash_password, is_password
from wiki.accounts.services.changing_passwords import (
    ask_for_reset,
    change_password,
    person_of_reset,
    reset_password,
)
from wiki.accounts.services.signing_in import begin_sign_in
from wiki.accounts.views.blueprint import accounts, filled_in, secret_page, settings, shown
from wiki.accounts.views.sessions import begin_session, is_remembered, know_device, source_for
from wiki.database import reading, transaction
from wiki.errors import Refusal
from wiki.locale import _


@accounts.route("/account/password", methods=["GET", "POST"])
def password() -> ResponseReturnValue:
    """Change the password; the present one is asked for."""
    form = ChangePasswordForm()
    return filled_in(form, lambda: _changed(form)) or shown("wiki/accounts/password.html", form)


def _changed(form: ChangePasswordForm) -> ResponseReturnValue:
    me = actor()
    with transaction() as session:
        claim = begin_sign_in(session, me.email, source_for(me.email))
    if not is_password(claim.password_hash, typed(form.old_password)):
        raise Refusal(
            "The present password is not right. Nothing was changed. Type it again, "
            "or sign out and set a new one by mail."
        )
    new_hash = hash_password(wording.check_password(typed(form.password), me.name, me.email))
    with transaction() as session:
        forget_attempts(session, claim.email_folded, claim.source)
        change_password(session, me, new_hash)
    begin_session(me.id, remember=is_remembered())
    flash(_("Your password is changed. You are signed out on all other devices."), "success")
    return redirect(url_for("accounts.account"))


@accounts.route("/account/forgotten", methods=["GET", "POST"])
@public
def forgotten() -> ResponseReturnValue:
    """Send a link for a new password; the answer does not tell whether the address is known."""
    form = EmailForm()
    return filled_in(form, lambda: _asked(form)) or shown("wiki/accounts/forgotten.html", form)


def _asked(form: EmailForm) -> ResponseReturnValue:
    with transaction() as session:
        ask_for_reset(session, typed(form.email), settings().base_url)
    flash(
        _(
            "If there is an account with this address, a letter with a link is on its way. "
            "The link works for one hour."
        ),
        "success",
    )
    return redirect(url_for("accounts.sign_in"))


@accounts.route("/account/reset/<secret>", methods=["GET", "POST"])
@public
def reset(secret: str) -> ResponseReturnValue:
    """Set a new password by the link from the letter."""
    person = person_of_reset(reading(), secret)
    form = NewPasswordForm()
    done = filled_in(form, lambda: _reset(form, secret, person))
    return done or secret_page(shown("wiki/accounts/reset.html", form, person=person))


def _reset(form: NewPasswordForm, secret: str, person: User) -> ResponseReturnValue:
    new_hash = hash_password(
        wording.check_password(typed(form.password), person.name, person.email)
    )
    with transaction() as session:
        user = reset_password(session, secret, new_hash)
        forget_attempts(session, user.email_folded, source_for(user.email))
    begin_session(user.id)
    flash(_("Your new password is set, and you are signed in."), "success")
    return know_device(make_response(redirect("/")), user.email)
