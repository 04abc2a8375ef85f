"""One's own account."""

from flask import flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from wiki.accounts.access import actor, public
from wiki.accounts.addresses import safe_next
from wiki.accounts.forms import ProfileForm, typed
from wiki.accounts.queries import profile_of
from wiki.accounts.services.own_account import Profile, change_profile
from wiki.accounts.views.blueprint import accounts, filled_in, settings, shown
from wiki.database import reading, transaction
from wiki.locale import _, force_locale

_THEMES = ("light", "dark")
_YEAR = 365 * 24 * 3600


@accounts.route("/account", methods=["GET", "POST"])
def account() -> ResponseReturnValue:
    """Name, language, time zone, daily letter, theme, and signing out everywhere."""
    form = ProfileForm(obj=profile_of(reading(), actor()))
    return filled_in(form, lambda: _saved(form)) or shown("wiki/accounts/account.html", form)


def _saved(form: ProfileForm) -> ResponseReturnValue:
    wanted = Profile(
        typed(form.name), typed(form.language), typed(form.time_zone), form.daily_mail.data
    )
    with transaction() as session:
        change_profile(session, actor(), wanted)
    with force_locale(wanted.language):
        flash(str(_("Your account is saved.")), "success")
    return redirect(url_for("accounts.account"))


@accounts.post("/account/theme")
@public
def theme() -> ResponseReturnValue:
    """Keep the theme in a cookie; anything but light and dark follows the device."""
    answer = make_response(redirect(safe_next(request.form.get("next"))))
    chosen = request.form.get("theme", "")
    if chosen in _THEMES:
        answer.set_cookie(
            "theme", chosen, max_age=_YEAR, samesite="Lax", secure=settings().secure_cookies
        )
    else:
        answer.delete_cookie("theme", samesite="Lax")
    return answer
