"""The blueprint, and what its views share."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from wiki.accounts.cli import users
from wiki.config import Settings
from wiki.errors import Refusal, TooMany
from wiki.locale import say

accounts = Blueprint("accounts", __name__, cli_group=None)
accounts.cli.add_command(users)


def settings() -> Settings:
    """The settings of this instance."""
    found: Settings = current_app.config["SETTINGS"]
    return found


def shown_base_url() -> str:
    """Where links begin that are shown to the person who has just asked for them."""
    return settings().public_url.rstrip("/") or request.url_root.rstrip("/")


def filled_in(form: FlaskForm, do: Callable[[], ResponseReturnValue]) -> ResponseReturnValue | None:
    """Do it when the form was sent and is right; a refusal becomes an error of the form.

    `None` means: show the form, with what was typed and with the errors; see `shown`.
    """
    if not form.validate_on_submit():
        return None
    try:
        return do()
    except Refusal as refusal:
        form.form_errors.append(say(refusal))
        form.refusal = refusal
        return None


def shown(template: str, form: FlaskForm, **values: Any) -> Response:
    """The page with the form: 200 at first, the refusal's status when something is wrong."""
    refusal: Refusal | None = getattr(form, "refusal", None)
    answer = make_response(render_template(template, form=form, **values))
    if request.method == "POST" and form.errors:
        answer.status_code = refusal.status if refusal else 422
    if isinstance(refusal, TooMany):
        answer.headers["Retry-After"] = str(refusal.retry_after)
    return answer


def secret_page(answer: Response) -> Response:
    """A page whose address or text is a secret: kept by no cache.

    Its address reaches no other site, for the policy of all pages is `same-origin`; a stricter
    one would keep the referrer from our own check against forged forms, which needs it on HTTPS.
    """
    answer.headers["Cache-Control"] = "no-store"
    return answer
