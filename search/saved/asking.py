"""From what stands behind the `?` of a search's address to the search, and back in one spelling."""

from dataclasses import replace
from datetime import datetime
from urllib.parse import parse_qsl, urlencode

from werkzeug.datastructures import MultiDict

from search.addresses import Choices, choices_in, wanted_by
from search.queries import Wanted
from search.questions import Order

_LONGEST = 20_000
_MOST_FIELDS = 50


def choices_of(query: str) -> Choices:
    """The parameters of the search that say something; of anything odd there are none."""
    try:
        fields = parse_qsl(query[:_LONGEST], max_num_fields=_MOST_FIELDS)
    except ValueError:
        fields = []
    return choices_in(MultiDict(fields))


def one_spelling(query: str) -> str:
    """The same search with its parameters in the order of all addresses; empty for none.

    On which page of the results the person was says nothing about the search.
    """
    return urlencode(choices_of(query).with_(), errors="replace")


def words_of(query: str) -> str:
    """The question as it was typed."""
    return choices_of(query).get("q")


def wanted_since(query: str, moment: datetime) -> Wanted:
    """The search for what changed on the day of that moment or later, the newest first."""
    wanted = wanted_by(choices_of(query))
    after = max(filter(None, (wanted.after, moment.date())))
    return replace(wanted, order=Order.NEWEST, after=after, as_of=None)
