"""What a name, an address, a password, a language and a time zone must be: pure rules."""

import re
import unicodedata
from collections.abc import Container
from functools import cache
from zoneinfo import available_timezones

from wiki.errors import Refusal

NAME_LIMIT = 100
EMAIL_LIMIT = 254
PASSWORD_MINIMUM = 10
PASSWORD_LIMIT = 200
# Bringing endless accents into one form takes time with the square of their number: a million
# of them would hold all threads up for an hour. Nothing this long fits any limit when folded.
_LONGEST_TYPED = 1_000

_INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_EMAIL = re.compile(r"[^@\s,;:<>()\[\]\\\"]+@[^@\s,;:<>()\[\]\\\"]+")
_ZONE_FAMILIES = (
    "Africa/",
    "America/",
    "Antarctica/",
    "Arctic/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
)


def check_name(text: str) -> str:
    """The name of a person, a team or a token, tidied; refuses empty, long and invisible ones."""
    name = unicodedata.normalize("NFC", " ".join(text.split())[:_LONGEST_TYPED])
    if not name:
        raise Refusal("The name is empty. Nothing was saved. Type at least one letter.")
    if len(name) > NAME_LIMIT:
        raise Refusal(
            "The name is longer than %(limit)d characters. Nothing was saved. Shorten it.",
            limit=NAME_LIMIT,
        )
    _check_visible(name)
    return name


def check_email(text: str) -> str:
    """The address without blanks around it; refuses what cannot be an e-mail address."""
    email = unicodedata.normalize("NFC", text.strip()[:_LONGEST_TYPED])
    if len(email) > EMAIL_LIMIT:
        raise Refusal(
            "The e-mail address is longer than %(limit)d characters. Nothing was saved. "
            "Check what you typed.",
            limit=EMAIL_LIMIT,
        )
    _check_visible(email)
    if not _EMAIL.fullmatch(email):
        raise Refusal(
            "This does not look like an e-mail address. Nothing was saved. "
            "Type it like name@company.ru."
        )
    return email


def fold_email(text: str) -> str:
    """The form in which addresses are compared: `Anna@Firm.ru` and `anna@firm.ru` are one.

    Takes any text; what no database can hold becomes a question mark.
    """
    folded = unicodedata.normalize("NFKC", text.strip()[:EMAIL_LIMIT]).casefold()[:EMAIL_LIMIT]
    return folded.replace("\0", "?").encode("utf-8", "replace").decode("utf-8")


def fold_password(password: str) -> str:
    """One form for all spellings of the same characters, after NIST SP 800-63B."""
    return unicodedata.normalize("NFKC", password[:_LONGEST_TYPED])


def check_password(password: str, *familiar: str) -> str:
    """A new password, folded; refuses short ones and those made of name or address (`familiar`)."""
    folded = fold_password(password)
    if len(folded) < PASSWORD_MINIMUM:
        raise Refusal(
            "The password is shorter than %(limit)d characters. Nothing was saved. "
            "A few words in a row are long and easy to remember.",
            limit=PASSWORD_MINIMUM,
        )
    if len(folded) > PASSWORD_LIMIT:
        raise Refusal(
            "The password is longer than %(limit)d characters. Nothing was saved. Shorten it.",
            limit=PASSWORD_LIMIT,
        )
    if any("\ud800" <= character <= "\udfff" for character in folded):
        raise Refusal(
            "The password contains a broken character. Nothing was saved. Type it by hand."
        )
    if _is_easy(folded.casefold(), familiar):
        raise Refusal(
            "This password is too easy to guess. Nothing was saved. "
            "Take a few words that have nothing to do with your name or address."
        )
    return folded


def _is_easy(password: str, familiar: tuple[str, ...]) -> bool:
    known = {text.casefold() for text in familiar} | {
        text.casefold().partition("@")[0] for text in familiar
    }
    rest = password
    for text in sorted(known, key=len, reverse=True):
        rest = rest.replace(text, "") if len(text) > 2 else rest
    return len(set(password)) < 4 or len(rest) < 4 or rest in _RUNS or password in _RUNS


_RUNS = {
    "1234567890",
    "12345678910",
    "123456789012",
    "0123456789",
    "0987654321",
    "1q2w3e4r5t",
    "1q2w3e4r5t6y",
    "qwertyuiop",
    "qwerty123456",
    "password123",
    "password1234",
    "йцукенгшщз",
    "пароль12345",
    "пароль123456",
}


def check_language(code: str, spoken: Container[str]) -> str:
    """The code of a language that the interface speaks."""
    if code not in spoken:
        raise Refusal("The wiki does not speak this language. Nothing was saved. Choose another.")
    return code


def check_time_zone(name: str) -> str:
    """The IANA name of a time zone."""
    if name not in available_timezones():
        raise Refusal("There is no such time zone. Nothing was saved. Choose one from the list.")
    return name


@cache
def time_zones() -> tuple[str, ...]:
    """The time zones to choose from, sorted by name."""
    return ("UTC", *sorted(z for z in available_timezones() if z.startswith(_ZONE_FAMILIES)))


def _check_visible(text: str) -> None:
    if any(unicodedata.category(character) in _INVISIBLE for character in text):
        raise Refusal(
            "There is an invisible or broken character in what you typed. Nothing was saved. "
            "Type it by hand instead of pasting it."
        )
