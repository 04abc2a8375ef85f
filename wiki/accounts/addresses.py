"""Where to go after signing in: only to a place of this site."""

from urllib.parse import urlsplit

_LIMIT = 2_000


def safe_next(target: str | None, otherwise: str = "/") -> str:
    r"""The target when it is a path of this site, else `otherwise`.

    Browsers read `//host`, `/\host` and a path with a tab or newline in it as another site.
    """
    if not target or len(target) > _LIMIT or not target.startswith("/"):
        return otherwise
    if target.startswith("//") or "\\" in target or not target.isprintable():
        return otherwise
    try:
        parts = urlsplit(target)
    except ValueError:
        return otherwise
    return otherwise if parts.scheme or parts.netloc else target
