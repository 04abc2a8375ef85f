"""What every template may use: dates, sizes, icons, built assets."""

import json
import secrets
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from flask import Flask, g, url_for
from flask_babel import format_date, format_datetime, format_decimal
from markupsafe import Markup

from wiki.errors import Refusal
from wiki.locale import LANGUAGES, language, say

STATIC = Path(__file__).parent.parent / "static"


def init_app(app: Flask) -> None:
    """Add filters and globals to the templates."""
    app.jinja_env.filters.update(when=when, day=day, size=size, number=number, say=say)
    app.jinja_env.globals.update(
        asset=_asset_finder(),
        icon=_icon_maker(),
        csp_nonce=csp_nonce,
        language=language,
        LANGUAGES=LANGUAGES,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def when(moment: datetime | None) -> str:
    """Day and time in the reader's language and zone."""
    return str(format_datetime(moment, "medium")) if moment else ""


def day(value: date | datetime | None) -> str:
    """The day in the reader's language and, for a moment, zone."""
    if isinstance(value, datetime):
        return str(format_datetime(value, "d MMMM y" if language() == "ru" else "MMMM d, y"))
    return str(format_date(value, "long")) if value else ""


def number(value: int | float | Decimal) -> str:
    """A number with the reader's separators."""
    return str(format_decimal(value))


def size(count: int) -> str:
    """Bytes as a short text: `12 kB`, `3.4 MB`."""
    if count < 1_000_000:
        return f"{number(max(1, round(count / 1000)))}\u00a0kB" if count else "0\u00a0kB"
    return f"{number(round(count / 1_000_000, 1))}\u00a0MB"


def csp_nonce() -> str:
    """The word of this answer by which the browser knows our scripts."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def built_assets() -> dict[str, str]:
    """Logical name → built file name.

    Raises `Refusal` when the front end has not been built.
    """
    path = STATIC / "dist" / "manifest.json"
    if not path.exists():
        raise Refusal("The front end has not been built. Run `make assets`, then start again.")
    found: dict[str, str] = json.loads(path.read_text())
    return found


def _asset_finder() -> Callable[[str], str]:
    built = built_assets()

    def asset(name: str) -> str:
        return url_for("static", filename=f"dist/{built[name]}")

    return asset


def _icon_maker() -> Callable[[str], Markup]:
    sprite = f"/static/dist/{built_assets()['icons.svg']}"

    def icon(name: str) -> Markup:
        return Markup('<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>').format(
            sprite, name
        )

    return icon
