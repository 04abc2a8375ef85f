"""Whether a fact that came ready made, from a file or a hidden field, is one that can be shown."""

from babel.numbers import list_currencies

from wiki.pages.content import one_line
from wiki.pages.facts import LONGEST_TEXT, figure, is_web_address

LONGEST_KEY = 60


def check_fact(key: str, value: object) -> None:
    """Raise `ValueError` when a fact could not be shown, whatever the kind of its field.

    A link leads to http or https only; a number is a number. What is taken here is shown on
    every view of the page, so one that breaks would take the page away from all.
    """
    if not (key and len(key) <= LONGEST_KEY and key == one_line(key)):
        raise ValueError("no key")
    _check_value(value)


def _check_value(value: object) -> None:
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
