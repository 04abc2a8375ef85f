"""What comes with the forms of care."""

from typing import NamedTuple
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from products.catalogue.care.rules import value_of
from wiki.errors import Refusal
from wiki.pages.forms import whole_number

MOST_FACTS = 200
_LIFE = "days-"


def values_in(form: MultiDict[str, str]) -> dict[str, str]:
    """The facts to verify: each `key` with the `value` that was seen, in the same order.

    Raises `Refusal` when they do not fit each other.
    """
    keys, values = form.getlist("key"), form.getlist("value")
    if len(keys) != len(values) or len(keys) > MOST_FACTS:
        raise Refusal(
            "The form came incomplete, so nothing was verified. Load the page and try again."
        )
    return dict(zip(keys, map(value_of, values), strict=True))


def lives_in(form: MultiDict[str, str]) -> dict[int, str]:
    """The lives as typed, by number of the field."""
    typed = {
        whole_number(name.removeprefix(_LIFE)): value[:20]
        for name, value in form.items()
        if name.startswith(_LIFE)
    }
    return {field_id: value for field_id, value in typed.items() if field_id}


class Whose(NamedTuple):
    """Whose facts the queue shows, of which category, and which part of it."""

    who: str = ""
    category: str = ""
    page: int = 1

    @property
    def address(self) -> str:
        """The address of the queue that shows them."""
        said = {"who": self.who, "category": self.category}
        said |= {"page": str(self.page)} if self.page > 1 else {}
        asked = {name: value for name, value in said.items() if value}
        return f"/care?{urlencode(asked)}" if asked else "/care"


def whose_in(given: MultiDict[str, str]) -> Whose:
    """What of the queue is wanted; what is not understood counts as not said."""
    who = given.get("who", "")
    number = whole_number(given.get("page")) or 1
    return Whose(
        who if who in ("mine", "all") else "", given.get("category", "")[:100], min(number, 10_000)
    )
