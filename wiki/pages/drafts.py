"""A whole draft as one hidden text, so that a question about it loses nothing that was typed."""

import json
from dataclasses import asdict

from wiki.errors import Refusal
from wiki.pages.content import Content
from wiki.pages.fact_shapes import check_fact


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
    for key, value in facts.items():
        check_fact(key, value)
    return Content(
        title=str(raw["title"]),
        body=str(raw["body"]),
        facts=facts,
        tags=tuple(map(str, tags)),
        category_id=category,
        archived=raw["archived"] is True,
    )
