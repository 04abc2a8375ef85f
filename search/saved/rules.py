"""What a saved search is called, what it keeps, and how it may tell of news."""

from datetime import datetime, timedelta
from enum import StrEnum

from wiki.errors import Refusal
from wiki.pages.content import one_line

LONGEST_NAME = 100
LONGEST_QUERY = 8_000
MOST_SAVED = 100
_LONGEST_TYPED = 10_000

LATE = timedelta(minutes=2)
"""A change bears the moment at which it was made and can be found a little later."""


class Telling(StrEnum):
    """How a person hears that something new fits."""

    OFF = "off"
    LIST = "list"
    MAIL = "mail"


def check_name(typed: str) -> str:
    """The name on one line; refuses empty and long ones."""
    name = one_line(typed[:_LONGEST_TYPED])
    if not name:
        raise Refusal("The name is empty. Nothing was saved. Type at least one letter.")
    if len(name) > LONGEST_NAME:
        raise Refusal(
            "The name is longer than %(limit)d characters. Nothing was saved. Shorten it.",
            limit=LONGEST_NAME,
        )
    return name


def check_query(query: str) -> str:
    """The search as it stands in an address; refuses one that asks for nothing."""
    if not query:
        raise Refusal(
            "There is nothing to search for in this. Nothing was saved. "
            "Type a question, search, and save the search then."
        )
    if len(query) > LONGEST_QUERY:
        raise Refusal("This search is too long to be kept. Nothing was saved. Ask more shortly.")
    return query


def check_telling(typed: str) -> Telling:
    """One of the three ways to hear of news."""
    if typed not in list(Telling):
        raise Refusal("There is no such way to hear of news. Nothing was changed. Choose another.")
    return Telling(typed)


def check_room(saved: int) -> None:
    """Refuse more saved searches than anybody can look after."""
    if saved >= MOST_SAVED:
        raise Refusal(
            "You keep %(limit)d searches, and no more fit in. Nothing was saved. "
            "Remove those that you no longer need.",
            limit=MOST_SAVED,
        )


def news_since(told_since: datetime, looked_at: datetime) -> datetime:
    """Changes after this moment may be news: some of them have been told, none is left out."""
    return max(told_since, looked_at - LATE)
