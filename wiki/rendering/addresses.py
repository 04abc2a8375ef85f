"""Which addresses a page may link to or show, decided on what a browser would make of them."""

import re
from html import unescape
from urllib.parse import quote, unquote

SCHEMES = ("http", "https", "mailto", "tel")

_SCHEME = re.compile(r"([a-z][a-z0-9+.\-]*):", re.IGNORECASE)
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff]+")
_FILE = re.compile(r"/files/([A-Za-z0-9\-]+)/([^/\\?#]+)(?:\?[^#\\]*)?(?:#.*)?$")


def decoded(value: str) -> str:
    """Return the address as a browser reads it: entities resolved, control characters gone."""
    return re.sub(r"[\x00-\x1f\x7f]+", "", unescape(value)).strip().replace("\\", "/")


def encoded(address: str) -> str:
    """Return the address as an attribute value for the serialiser; undone by `decoded`."""
    spaced = re.sub(r"\s", lambda blank: quote(blank.group(0)), address)
    return spaced.replace("&", "&amp;").replace("<", "%3C").replace(">", "%3E")


def scheme_of(address: str) -> str:
    """Return the scheme in small letters, "" when the address has none."""
    bare = _IGNORED.sub("", address)
    match = _SCHEME.match(bare)
    return match.group(1).lower() if match else ""


def may_link(address: str) -> bool:
    """Tell whether a link may lead there."""
    scheme = scheme_of(address)
    return not scheme or scheme in SCHEMES


def is_foreign(address: str) -> bool:
    """Tell whether the address leads out of this installation (`//host` does)."""
    bare = _IGNORED.sub("", address)
    return scheme_of(address) in ("http", "https") or bare.startswith("//")


def file_in(address: str) -> str | None:
    """Return the id of the attachment an own file address names, else None."""
    match = _FILE.match(address)
    if match is None or set(unquote(unquote(match.group(2)))) <= set("./\\ "):
        return None
    return match.group(1) if not re.search(r"[/\\]", unquote(match.group(2))) else None
