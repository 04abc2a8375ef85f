"""Languages and time zones: which one a reader gets, and words in it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import flask_babel
from babel.support import NullTranslations, Translations
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Babel, gettext, lazy_gettext, ngettext
from flask_login import current_user
from markupsafe import Markup

from wiki.config import Settings
from wiki.errors import Refusal

LANGUAGES: Mapping[str, str] = {"ru": "Русский", "en": "English"}
TRANSLATIONS = Path(__file__).parent.parent / "translations"

_: Callable[..., str] = gettext
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
    app.jinja_env.globals.update(_=_word, gettext=_word, ngettext=_words)


def _word(message: str, **values: object) -> Markup:
    """What Flask-Babel's `gettext` says in a template, without its look-ups for each word.

    A page says some seventy words, and they took most of its time.
    """
    text = _translated(language(), message)
    return text % values if values or "%" in text else text


@cache
def _translated(code: str, message: str) -> Markup:
    return Markup(_catalogue(code).gettext(message))  # noqa: S704 - ours


@cache
def _catalogue(code: str) -> NullTranslations:
    return Translations.load(TRANSLATIONS, [code])


def _words(one: str, many: str, num: int, **values: object) -> Markup:
    text = _catalogue(language()).ngettext(one, many, num)
    return Markup(text) % {"num": num, **values}  # noqa: S704 - ours


def language() -> str:
    """The reader's language: of the account, else cookie, else browser, else the default."""
    known: str | None = g.get("language")
    if known is None:
        settings: Settings = current_app.config["SETTINGS"]
        asked = _of_request() if has_request_context() else None
        known = g.language = asked or settings.default_language
    return known


@contextmanager
def force_locale(code: str) -> Iterator[None]:
    """Speak that language inside the block, for letters to somebody else."""
    before = g.get("language")
    g.language = code
    with flask_babel.force_locale(code):
        yield
    if before is None:
        g.pop("language", None)
    else:
        g.language = before


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
