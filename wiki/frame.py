"""The frame around every page: drawn once for each reader and place, then kept.

Bar, navigation and the help texts are the same on every page of one reader, but drawing them
costs more than the page itself. What differs from answer to answer (the form token, the path to
come back to) is put in afterwards.
"""

from secrets import token_hex

from flask import Flask, current_app, g, render_template, request
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from wiki.locale import language

# Nobody can guess the marks, so nobody can be called by them.
_TOKEN, _PATH = (f"\ue000{token_hex(12)}\ue000" for _mark in range(2))
_MOST_KEPT = 2_000
_ROOMS = frozenset(("start", "products", "clients", "search", "changes"))
_Key = tuple[object, ...]


def init_app(app: Flask) -> None:
    """Let templates write `{{ frame("topbar") }}`."""
    app.extensions["kept_frames"] = {}
    app.jinja_env.globals["frame"] = frame


def frame(name: str, section: str = "") -> Markup:
    """The part `_shell/<name>.html` for this reader, in the named one of the five rooms."""
    if request.path.startswith("/search"):
        return Markup(render_template(f"_shell/{name}.html", section=section))  # noqa: S704
    kept: dict[_Key, str] = current_app.extensions["kept_frames"]
    # The name of the room may be a part of the address, and so anything of any length.
    section = section if section in _ROOMS else "elsewhere"
    key = (name, section, *_reader())
    drawn = kept.get(key)
    if drawn is None:
        drawn = kept[key] = _draw(name, section)
        _forget_oldest(kept)
    return Markup(_filled(drawn))  # noqa: S704 - our own template, values escaped


def _reader() -> _Key:
    """All that a frame shows of the reader, looked up once for each answer."""
    known: _Key | None = g.get("frame_reader")
    if known is None:
        person = current_user._get_current_object()
        known = (language(),)
        if person.is_authenticated:
            known += (person.id, person.name, person.role, person.news)
        g.frame_reader = known
    return known


def _draw(name: str, section: str) -> str:
    """Draw with the values of this answer and put marks in their places."""
    html = render_template(f"_shell/{name}.html", section=section, frame_path=_PATH)
    return html.replace(generate_csrf(), _TOKEN)


def _filled(drawn: str) -> str:
    if "\ue000" not in drawn:
        return drawn
    return drawn.replace(_TOKEN, generate_csrf()).replace(_PATH, str(escape(request.path)))


def _forget_oldest(kept: dict[_Key, str]) -> None:
    while len(kept) > _MOST_KEPT:
        kept.pop(next(iter(kept)), None)
