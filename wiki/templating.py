"""What every template may use: dates, sizes, icons, built assets."""

import json
import secrets
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date as babel_format_date
from babel.dates import format_datetime as babel_format_datetime
from babel.numbers import format_decimal as babel_format_decimal
from flask import Flask, g
from markupsafe import Markup

from wiki.errors import Refusal
from wiki.locale import LANGUAGES, language, say, time_zone
from wiki.paging import address_of

STATIC = Path(__file__).parent.parent / "static"


def init_app(app: Flask) -> None:
    """Add filters and globals to the templates."""
    app.jinja_env.filters.update(when=when, day=day, size=size, number=number, say=say)
    app.jinja_env.globals.update(
        address_of=address_of,
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
    return _when(moment, language(), time_zone()) if moment else ""


@lru_cache(4096)
def _when(moment: datetime, words: str, zone: str) -> str:
    return babel_format_datetime(moment, "d MMM y, HH:mm", ZoneInfo(zone), locale=words)


def day(value: date | datetime | None) -> str:
    """The day in the reader's language and, for a moment, zone."""
    if isinstance(value, datetime):
        value = value.astimezone(ZoneInfo(time_zone())).date()
    return _day(value, language()) if value else ""


@lru_cache(4096)
def _day(value: date, words: str) -> str:
    return babel_format_date(value, "d MMMM y", locale=words)


def number(value: int | float | Decimal) -> str:
    """A number with the reader's separators."""
    return babel_format_decimal(value, locale=language())


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
    addresses = {name: f"/static/dist/{file}" for name, file in built_assets().items()}
    return addresses.__getitem__


def _icon_maker() -> Callable[[str], Markup]:
    sprite = f"/static/dist/{built_assets()['icons.svg']}"

    @cache
    def icon(name: str) -> Markup:
        return Markup('<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>').format(
            sprite, name
        )

    return icon
