"""html5lib's tokens: dictionaries whose attributes are keyed by (namespace, name)."""

from typing import Any

Token = dict[str, Any]


def get_attribute(token: Token, name: str) -> str | None:
    """Return the raw value (entities unresolved), None when absent."""
    value: str | None = token["data"].get((None, name))
    return value


def set_attribute(token: Token, name: str, value: str) -> None:
    """Write an attribute; the value's ampersands must already be escaped."""
    token["data"][(None, name)] = value


def drop_attributes(token: Token, *names: str) -> None:
    """Take attributes away; absent ones are no error."""
    for name in names:
        token["data"].pop((None, name), None)


def tag(kind: str, name: str, **attributes: str) -> Token:
    """Return a new StartTag, EndTag or EmptyTag; underscores in names stand for hyphens."""
    data = {(None, key.replace("_", "-")): value for key, value in attributes.items()}
    return {"type": kind, "name": name, "namespace": None, "data": data}


def is_blank(token: Token) -> bool:
    """Tell whether the token is text of blanks alone."""
    return token["type"] == "SpaceCharacters" or (
        token["type"] == "Characters" and not token["data"].strip()
    )


def scrolls(token: Token) -> bool:
    """Tell whether the token opens the box in which a wide table scrolls."""
    classes = get_attribute(token, "class") or ""
    return token["name"] == "div" and "table-scroll" in classes.split()
