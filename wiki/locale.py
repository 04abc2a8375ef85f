"""Languages and time zones: which one a reader gets, and words in it."""

from collections.abc import Mapping
from pathlib import Path

from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Babel, force_locale, gettext, lazy_gettext, ngettext
from flask_login import current_user

from wiki.config import Settings
from wiki.errors import Refusal

LANGUAGES: Mapping[str, str] = {"ru": "Русский", "en": "English"}
TRANSLATIONS = Path(__file__).parent.parent / "translations"

_ = gettext
_l = lazy_gettext

__all__ = [
    "LANGUAGES",
    "_",
    "_l",
    "force_locale",
    "init_app",
    "language",
    "ngettext",
    "say",
    "time_zone",
]


def init_app(app: Flask) -> None:
    """Set up translations; the language is chosen per request."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    app.config["BABEL_DEFAULT_LOCALE"] = "en"
    Babel(app, locale_selector=language, timezone_selector=time_zone)


def language() -> str:
    """The reader's language: of the account, else cookie, else browser, else the default."""
    if "language" in g:
        return str(g.language)
    settings: Settings = current_app.config["SETTINGS"]
    if not has_request_context():
        return settings.default_language
    return _of_request() or settings.default_language


def _of_request() -> str | None:
    if current_user and current_user.is_authenticated:
        return str(current_user.language)
    chosen = request.cookies.get("language", "")
    return chosen if chosen in LANGUAGES else request.accept_languages.best_match(list(LANGUAGES))


def time_zone() -> str:
    """The reader's time zone: the account's, else the default."""
    if has_request_context() and current_user and current_user.is_authenticated:
        return str(current_user.time_zone)
    settings: Settings = current_app.config["SETTINGS"]
    return settings.default_time_zone


def say(refusal: Refusal) -> str:
    """The refusal's sentence in the reader's language."""
    return str(gettext(refusal.message, **refusal.values))
