"""Beginning and ending the session of a browser."""

from flask import Response, current_app, request, session
from flask_login import login_user, logout_user

from wiki.accounts.devices import Device, Source, read_device, source_of, write_device
from wiki.accounts.loading import cookie_name
from wiki.accounts.queries import actor_of
from wiki.accounts.views.blueprint import settings
from wiki.accounts.wording import fold_email
from wiki.database import reading
from wiki.errors import Missing

_YEAR = 365 * 24 * 3600


def begin_session(user_id: int, remember: bool = False) -> None:
    """Sign the person in; nothing of an older session stays."""
    actor = actor_of(reading(), user_id)
    if actor is None:
        raise Missing
    session.clear()
    login_user(actor, remember=remember)


def end_session() -> None:
    """Sign the person out in this browser."""
    session.clear()
    logout_user()


def is_remembered() -> bool:
    """Whether this browser keeps the person signed in beyond its closing."""
    return str(current_app.config["REMEMBER_COOKIE_NAME"]) in request.cookies


def source_for(email: str) -> Source:
    """Where an attempt to sign in as that person comes from."""
    return source_of(request.remote_addr, _device(), fold_email(email))


def know_device(answer: Response, email: str) -> Response:
    """Remember in a cookie that the person has signed in on this device."""
    device = _device().with_person(fold_email(email))
    answer.set_cookie(
        cookie_name(settings(), "device"),
        write_device(device, str(current_app.secret_key)),
        max_age=_YEAR,
        secure=settings().secure_cookies,
        httponly=True,
        samesite="Lax",
    )
    return answer


def _device() -> Device:
    cookie = request.cookies.get(cookie_name(settings(), "device"))
    return read_device(cookie, str(current_app.secret_key))
