"""What may be said of positions and people: limits and refusals over plain values."""

import re
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from dossiers.people.kinds import VALUES_OF, Aspect, ContactKind
from wiki.errors import Refusal
from wiki.pages.content import one_line

LONGEST_TITLE = 250
LONGEST_NAME = 200
LONGEST_CODE = 60
LONGEST_NOTE = 500
LONGEST_EVIDENCE = 300
LONGEST_DEAL = 100
EARLIEST = date(1900, 1, 1)
LATEST_AHEAD = timedelta(days=3660)

E = TypeVar("E", bound=StrEnum)
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,189}")
_LETTER = re.compile(r"\w")


def title_of(text: str) -> str:
    """The title of a position on one line. Raises `Refusal` when empty or too long."""
    return _text(text, LONGEST_TITLE, Refusal("A position needs a title. Nothing was changed."))


def name_of(text: str) -> str:
    """The name of a person on one line. Raises `Refusal` when empty or too long."""
    name = _text(text, LONGEST_NAME, Refusal("A person needs a name. Nothing was changed."))
    if not _LETTER.search(name):
        raise Refusal("A person needs a name with letters. Nothing was changed.")
    return name


def line_of(text: str, longest: int) -> str:
    """Any other text on one line. Raises `Refusal` when too long."""
    return _text(text, longest, None)


def _text(text: str, longest: int, empty: Refusal | None) -> str:
    line = one_line(text)
    if not line and empty:
        raise empty
    if len(line) > longest:
        raise Refusal(
            "The text has %(length)d characters; %(limit)d is the limit. Nothing was changed. "
            "Shorten it and try again.",
            length=len(line),
            limit=longest,
        )
    return line


def choice_in(kind: type[E], code: str) -> E:
    """The member of an enumeration. Raises `Refusal` for a code that it has not."""
    try:
        return kind(code)
    except ValueError:
        raise Refusal(
            "%(code)s is none of the choices. Nothing was changed.", code=code[:60]
        ) from None


def value_of(aspect: Aspect, code: str) -> str:
    """A code of the aspect. Raises `Refusal` for one that it has not."""
    return choice_in(VALUES_OF[aspect], code).value


def check_day(day: date, today: date) -> None:
    """Raise `Refusal` for a day on which nothing can have begun."""
    if not EARLIEST <= day <= today + LATEST_AHEAD:
        raise Refusal("The day must be between 1900 and ten years from now. Nothing was changed.")


def check_learned(day: date, today: date) -> None:
    """Raise `Refusal` for a day on which nobody can have learnt a thing."""
    check_day(day, today)
    if day > today:
        raise Refusal("Nobody learns a thing in the future. Nothing was changed.")


def folded_contact(kind: ContactKind, text: str) -> str:
    """The form by which a telephone or an address is found: digits, or small letters.

    Raises `Refusal` when it is none. A Russian number may begin with 8 or +7.
    """
    value = one_line(text)
    if kind is ContactKind.EMAIL:
        if len(value) > 254 or not _EMAIL.fullmatch(value):
            raise Refusal("That is no e-mail address. Nothing was changed.")
        # A few letters grow when they are made small; the database takes no more than this.
        return value.casefold()[:254]
    digits = re.sub(r"\D", "", value)
    if not 3 <= len(digits) <= 20 or len(value) > 60:
        raise Refusal("A telephone number has 3 to 20 digits. Nothing was changed.")
    if len(digits) == 11 and digits[0] == "8":
        return "7" + digits[1:]
    return digits
