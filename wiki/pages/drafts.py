"""A whole draft as one hidden text, so that a question about it loses nothing that was typed."""

import json
from dataclasses import asdict

from babel.numbers import list_currencies

from wiki.errors import Refusal
from wiki.pages.content import Content
from wiki.pages.facts import LONGEST_TEXT, figure, is_web_address


def content_to_text(content: Content) -> str:
    """The content as JSON for a hidden field."""
    return json.dumps(asdict(content), ensure_ascii=True)


def content_from_text(text: str) -> Content:
    """The content of a hidden field. Raises `Refusal` when it is not one that we wrote."""
    try:
        raw = json.loads(text)
        return _checked(raw)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Refusal(
            "The form came back damaged, so nothing was saved. Go back and save again; your "
            "browser keeps what you typed."
        ) from error


def _checked(raw: dict[str, object]) -> Content:
    category = raw["category_id"]
    if not (category is None or (isinstance(category, int) and 0 < category < 2**31)):
        raise ValueError("category")
    facts, tags = raw["facts"], raw["tags"]
    if not isinstance(facts, dict) or not isinstance(tags, list):
        raise TypeError("facts or tags")
    for value in facts.values():
        _check_shape(value)
    return Content(
        title=str(raw["title"]),
        body=str(raw["body"]),
        facts=facts,
        tags=tuple(map(str, tags)),
        category_id=category,
        archived=raw["archived"] is True,
    )


def _check_shape(value: object) -> None:
    """Raise `ValueError` when a stored fact could not be shown, whatever the kind of its field."""
    match value:
        case bool():
            return
        case str() if len(value) <= LONGEST_TEXT:
            return
        case {"value": str(number), "unit": str(unit), **rest} if not rest and len(unit) <= 20:
            figure(number)
            return
        case {"amount": str(number), "currency": str(code), **rest} if not rest:
            if code in list_currencies():
                figure(number)
                return
        case {"page": int(page), **rest} if not rest and 0 < page < 2**31:
            return
        case {"url": str(url), **rest} if not rest and is_web_address(url):
            return
    raise ValueError("no fact")
