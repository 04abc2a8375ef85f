"""From a cookie or a token to the person: one small statement per request."""

from datetime import timedelta
from urllib.parse import urlsplit

from flask import Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager

from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.queries import actor_of
from wiki.accounts.services.api_tokens import actor_of_token
from wiki.config import Settings
from wiki.database import reading
from wiki.locale import _
from wiki.web import error_answer, wants_json

__all__ = ["actor_of", "bearer_token", "cookie_name", "init_app"]

_SCHEME = "bearer "


def init_app(app: Flask) -> None:
    """Set up Flask-Login and the cookies."""
    _set_cookies(app, app.config["SETTINGS"])
    login = LoginManager(app)
    login.session_protection = "basic"
    login.user_loader(_load)
    login.request_loader(lambda _request: _load_by_token())
    login.unauthorized_handler(_ask_to_sign_in)


def bearer_token() -> str | None:
    """The token that a program sent with a request to the JSON API; elsewhere there is none."""
    header = request.headers.get("Authorization", "")
    if not request.path.startswith("/api/") or header[: len(_SCHEME)].lower() != _SCHEME:
        return None
    return header[len(_SCHEME) :].strip()


def _load(session_id: str) -> Actor | None:
    if bearer_token() is not None:
        return _load_by_token()
    user_id, _dot, epoch = session_id.partition(".")
    if not (user_id.isdecimal() and epoch.isdecimal()):
        return None
    actor = actor_of(reading(), int(user_id))
    return actor if actor is not None and actor.epoch == int(epoch) else None


def _load_by_token() -> Actor | None:
    token = bearer_token()
    return actor_of_token(reading(), token, clock.now()) if token else None


def _ask_to_sign_in() -> ResponseReturnValue:
    if wants_json():
        answer = error_answer(401, _("Sign in first, or send a token. Nothing was changed."))
        return *answer, {"WWW-Authenticate": 'Bearer realm="Dossier Wiki"'}
    address = url_for("accounts.sign_in", next=_way_back())
    if request.headers.get("HX-Request"):
        # A redirect would put the page for signing in into a part of the present page.
        return "", 401, {"HX-Redirect": address}
    return redirect(address)


def _way_back() -> str | None:
    """The page to come back to; after a form was sent, the page with the form."""
    if request.method == "GET" and not request.headers.get("HX-Request"):
        return request.full_path.rstrip("?") if request.path != "/" else None
    try:
        came_from = urlsplit(request.headers.get("HX-Current-URL") or request.referrer or "")
    except ValueError:
        return None
    if came_from.netloc != request.host:
        return None
    return came_from.path + (f"?{came_from.query}" if came_from.query else "")


def _set_cookies(app: Flask, settings: Settings) -> None:
    lasts = timedelta(days=settings.session_days)
    for kind in ("SESSION", "REMEMBER"):
        app.config[f"{kind}_COOKIE_SECURE"] = settings.secure_cookies
        app.config[f"{kind}_COOKIE_HTTPONLY"] = True
        app.config[f"{kind}_COOKIE_SAMESITE"] = "Lax"
    app.config["SESSION_COOKIE_NAME"] = cookie_name(settings, "session")
    app.config["REMEMBER_COOKIE_NAME"] = cookie_name(settings, "remember")
    app.config["PERMANENT_SESSION_LIFETIME"] = lasts
    app.config["SESSION_REFRESH_EACH_REQUEST"] = False
    app.config["REMEMBER_COOKIE_DURATION"] = lasts


def cookie_name(settings: Settings, purpose: str) -> str:
    """The name of a cookie of this instance.

    Browsers do not tell ports apart, so instances beside each other need different names. With
    HTTPS the prefix `__Host-` keeps neighbouring hosts from setting it.
    """
    if settings.secure_cookies:
        return f"__Host-dossier_wiki_{purpose}"
    return f"dossier_wiki_{purpose}_{settings.port}"
