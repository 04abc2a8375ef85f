"""Signing in and out, and the language of those who are not signed in."""

from flask import Response, flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from wiki.accounts.access import actor, public
from wiki.accounts.addresses import safe_next
from wiki.accounts.forms import SignInForm, typed
from wiki.accounts.services.lookup import is_empty
from wiki.accounts.services.own_account import choose_language, sign_out_everywhere
from wiki.accounts.services.signing_in import begin_sign_in, check_claim, end_sign_in
from wiki.accounts.views.blueprint import accounts, filled_in, settings, shown
from wiki.accounts.views.sessions import begin_session, end_session, know_device, source_for
from wiki.database import reading, transaction
from wiki.errors import Missing
from wiki.locale import LANGUAGES, _

_YEAR = 365 * 24 * 3600


@accounts.route("/account/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Ask for address and password; an empty installation is set up first."""
    target = safe_next(request.args.get("next"))
    if current_user.is_authenticated:
        return redirect(target)
    if is_empty(reading()):
        return redirect(url_for("accounts.first"))
    form = SignInForm()
    return filled_in(form, lambda: _signed_in(form, target)) or shown(
        "wiki/accounts/sign_in.html", form
    )


def _signed_in(form: SignInForm, target: str) -> ResponseReturnValue:
    email, password = typed(form.email), typed(form.password)
    with transaction() as session:
        claim = begin_sign_in(session, email, source_for(email))
    new_hash = check_claim(claim, password)
    with transaction() as session:
        user_id = end_sign_in(session, claim, new_hash)
    begin_session(user_id, remember=form.remember.data)
    return know_device(make_response(redirect(target)), email)


@accounts.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """End the session of this browser."""
    end_session()
    flash(_("You are signed out."), "success")
    return redirect(url_for("accounts.sign_in"))


@accounts.post("/account/sign-out-everywhere")
def everywhere() -> ResponseReturnValue:
    """End all sessions of the person, this one too."""
    with transaction() as session:
        sign_out_everywhere(session, actor())
    end_session()
    flash(_("You are signed out on all devices. API tokens still work."), "success")
    return redirect(url_for("accounts.sign_in"))


@accounts.get("/language/<code>")
@public
def language(code: str) -> ResponseReturnValue:
    """Keep the language in a cookie and, for a signed-in person, in the account."""
    if code not in LANGUAGES:
        raise Missing
    if current_user.is_authenticated and _comes_from_here():
        with transaction() as session:
            choose_language(session, actor(), code)
    answer = make_response(redirect(safe_next(request.args.get("next"))))
    return _keep_language(answer, code)


def _comes_from_here() -> bool:
    """Whether a link of our own was followed: another site must not change an account."""
    came = request.headers.get("Sec-Fetch-Site")
    if came is not None:
        return came in ("same-origin", "none")
    return (request.referrer or "").startswith(request.host_url)


def _keep_language(answer: Response, code: str) -> Response:
    answer.set_cookie(
        "language", code, max_age=_YEAR, samesite="Lax", secure=settings().secure_cookies
    )
    return answer
