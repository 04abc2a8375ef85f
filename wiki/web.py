"""What holds for every answer: security headers, refusals as pages, bounded requests."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import lru_cache
from json import dumps
from typing import Any

from flask import (
    Flask,
    Response,
    current_app,
    g,
    jsonify,
    render_template,
    request,
    session,
)
from flask.json.provider import DefaultJSONProvider
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import CSRFError, CSRFProtect
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter, ValidationError

from wiki.errors import Refusal, TooMany
from wiki.locale import _, say
from wiki.templating import csp_nonce

csrf = CSRFProtect()

#: In bytes; the fields of a form may fill nearly all of it.
LARGEST_REQUEST = 8_000_000

_Function = Callable[..., Any]

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; style-src 'self' "
    "'nonce-{nonce}'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"
)


class _RowNumber(IntegerConverter):
    """A number in an address; one that no row can have is not found, and never asked for."""

    regex = r"\d{1,10}"

    def to_python(self, value: str) -> int:
        """The number; another address when it is too large for the database."""
        number = int(super().to_python(value))
        if number >= 2**31:
            raise ValidationError()
        return number


def init_app(app: Flask) -> None:
    """Headers, error pages, CSRF and limits for the whole application."""
    # Rooms that take files allow more, to those who may send them.
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    app.config["MAX_FORM_MEMORY_SIZE"] = 6_000_000
    app.config["MAX_FORM_PARTS"] = 2_000
    # Built files bear a hash of their content in their names.
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = timedelta(days=365)
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    app.url_map.converters["int"] = _RowNumber
    csrf.init_app(app)
    app.session_interface = _Sessions()
    app.json = _Json(app)
    # No view is a coroutine; to ask that of each function of each request takes 3 % of its time.
    app.ensure_sync = _as_it_is  # type: ignore[method-assign,assignment]
    app.before_request(_know_form_token)
    app.after_request(_add_headers)
    app.after_request(_name_redirect)
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(IntegrityError, _overtaken)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _broken)


class _Sessions(SecureCookieSessionInterface):
    """Flask's, with one signer for all requests instead of a new one for each look at a cookie."""

    _signer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """The signer of the application's key, which stays the same while it runs."""
        self._signer = self._signer or super().get_signing_serializer(app)
        return self._signer


def _know_form_token() -> None:
    """Put the reader's form token where Flask-WTF looks for it before it signs a new one.

    Tokens last as long as the session, so one signature serves all its pages.
    """
    raw = session.get("csrf_token") if request.method == "GET" else None
    if isinstance(raw, str):
        g.csrf_token = _form_token(str(current_app.secret_key), raw)


@lru_cache(4096)
def _form_token(key: str, raw: str) -> str:
    return str(URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(raw))


class _Json(DefaultJSONProvider):
    """Flask's, for which JSON that is nested without end is no JSON."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """The values; raises `ValueError`."""
        try:
            return super().loads(s, **kwargs)
        except RecursionError:
            raise ValueError("nested too deeply") from None


def _as_it_is(function: _Function) -> _Function:
    return function


def _add_headers(response: Response) -> Response:
    # One look over the headers that are there; asking for each by name takes six times as long.
    present = {name.lower() for name, _value in response.headers}
    for name, value in _wanted_headers(response):
        if name.lower() not in present:
            response.headers.add(name, value)
    return response


def _wanted_headers(response: Response) -> Iterator[tuple[str, str]]:
    yield from _HEADERS.items()
    # A 304 must not replace the policy of the kept answer: its scripts bear the older nonce.
    if response.status_code != 304:
        yield "Content-Security-Policy", _POLICY.format(nonce=csp_nonce())
    if request.endpoint != "static":
        yield "Cache-Control", "private, no-cache"
        yield "Vary", "Cookie"


def _name_redirect(response: Response) -> Response:
    """Tell a script that saves where to go: a redirect that it followed would eat the messages."""
    if "X-Saving" in request.headers and response.status_code in (302, 303):
        response.data = dumps({"redirect": response.headers.pop("Location")})
        response.status_code = 200
        response.mimetype = "application/json"
    return response


def wants_json() -> bool:
    """Whether the asker is a program."""
    return request.path.startswith("/api/") or request.accept_mimetypes.best == "application/json"


def error_answer(status: int, sentence: str) -> tuple[Response | str, int]:
    """One sentence as JSON or as a page."""
    if wants_json():
        return jsonify(error=sentence), status
    return render_template("errors/error.html", status=status, sentence=sentence), status


def _refused(refusal: Refusal) -> tuple[Response | str, int, dict[str, str]]:
    headers = {"Retry-After": str(refusal.retry_after)} if isinstance(refusal, TooMany) else {}
    return *error_answer(refusal.status, say(refusal)), headers


def _forged(_error: CSRFError) -> tuple[Response | str, int]:
    return error_answer(
        400,
        _(
            "The form was too old or did not come from this site, so nothing was changed. "
            "Go back, reload the page and send it again; your browser keeps what you typed."
        ),
    )


def _overtaken(error: IntegrityError) -> tuple[Response | str, int]:
    """Two people did the same at the same moment, and the database let only one pass."""
    current_app.logger.warning("Overtaken at %s: %s", request.path, error.orig)
    return error_answer(
        409,
        _(
            "Somebody did the same at this very moment. Nothing of yours was changed. "
            "Look at how it is now, then try again."
        ),
    )


def _http_error(error: HTTPException) -> tuple[Response | str, int] | HTTPException:
    code = error.code or 500
    if code < 400:
        return error
    return error_answer(code, _sentence_of(code))


def _sentence_of(code: int) -> str:
    sentences = {
        404: _("There is nothing at this address."),
        405: _("This address does not take that kind of request."),
        413: _("That is more than the limit allows. Nothing was changed. Send a smaller file."),
    }
    other = _("The request could not be understood. Nothing was changed.")
    return str(sentences.get(code, other))


def _broken(error: Exception) -> tuple[Response | str, int]:

    current_app.logger.exception("Unexpected error at %s", request.path, exc_info=error)
    return error_answer(
        500,
        _("Something broke on our side. What was saved before is safe. Try again in a minute."),
    )
