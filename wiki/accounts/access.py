"""The door: every address needs a signed-in person unless it is marked public."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, cast

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from wiki.accounts.actor import Actor
from wiki.accounts.loading import bearer_token
from wiki.accounts.rules import Permission, require
from wiki.web import csrf

_View = Callable[..., ResponseReturnValue]
_V = TypeVar("_V", bound=_View)


def public(view: _V) -> _V:
    """Mark a view that people who are not signed in may open."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def needs(permission: Permission) -> Callable[[_View], _View]:
    """Let only people pass whose role allows this; others get a 403 with a sentence."""

    def decorate(view: _View) -> _View:
        @wraps(view)
        def guarded(*args: object, **kwargs: object) -> ResponseReturnValue:
            require(actor(), permission)
            return cast(ResponseReturnValue, current_app.ensure_sync(view)(*args, **kwargs))

        guarded.needs = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def for_programs(view: _View) -> _View:
    """Mark a view of the JSON API that programs may write to with a token.

    A request with `Authorization: Bearer dw_…` needs no CSRF token, for no browser sends that
    header by itself. A request that comes with the session cookie still needs one (header
    `X-CSRFToken`), else it gets a 400. Put it directly under the route, above `needs`:

        @api.post("/api/pages")
        @for_programs
        @needs(Permission.WRITE_PAGES)
        def create() -> ResponseReturnValue: …

    Views that only read work with tokens without this mark. A wrong token is answered with 401,
    even when a valid session cookie came along.
    """

    @wraps(view)
    def guarded(*args: object, **kwargs: object) -> ResponseReturnValue:
        if bearer_token() is None and current_app.config["WTF_CSRF_ENABLED"]:
            csrf.protect()
        return cast(ResponseReturnValue, current_app.ensure_sync(view)(*args, **kwargs))

    csrf.exempt(guarded)
    return guarded


def actor() -> Actor:
    """The signed-in person of this request."""
    return cast(Actor, current_user._get_current_object())


def init_app(app: Flask) -> None:
    """Ask for sign-in before every view that is not public."""
    app.before_request(_require_sign_in)


def _require_sign_in() -> ResponseReturnValue | None:
    if request.endpoint is None or request.endpoint == "static" or current_user.is_authenticated:
        return None
    view = current_app.view_functions[request.endpoint]
    if getattr(view, "is_public", False):
        return None
    return cast(ResponseReturnValue, current_app.login_manager.unauthorized())  # type: ignore[attr-defined]
