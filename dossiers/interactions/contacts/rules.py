"""Which contacts can be written down."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from wiki.errors import Refusal
from wiki.pages.content import CONTROL, clean_text, one_line

LONGEST_TEXT = 20_000
LONGEST_SUMMARY = 200
LONGEST_NUMBER = 200
MOST_PEOPLE = 30
MOST_TOPICS = 10
_FIRST_YEAR = 1990
_FARTHEST_YEARS = 10
_CLOCKS_DIFFER = timedelta(minutes=10)


def clean_body(text: str) -> str:
    r"""The text as it is kept: clean, ending in one `\n`, or empty. Raises `Refusal`."""
    body = clean_text(text).strip()
    if len(body) > LONGEST_TEXT:
        raise Refusal(
            "The text has %(length)d characters; %(limit)d is the limit. Nothing was saved. "
            "Shorten it, or put the long part on a page and link to it.",
            length=len(body),
            limit=LONGEST_TEXT,
        )
    return f"{body}\n" if body else ""


def summary_of(plain_text: str) -> str:
    """The first line of a text, for lists; at most 200 characters."""
    first = next((line for line in map(one_line, plain_text.splitlines()) if line), "")
    return first if len(first) <= LONGEST_SUMMARY else first[: LONGEST_SUMMARY - 1] + "…"


def check_says_something(body: str, theirs: Collection[object]) -> None:
    """Raise `Refusal` for a contact of which neither who nor what is known."""
    if not body and not theirs:
        raise Refusal(
            "Neither what was said nor with whom is written. Nothing was saved. Write at least "
            "one of them."
        )


def check_happened(moment: datetime, now: datetime) -> None:
    """Raise `Refusal` for a moment to come, or one before 1990."""
    if moment > now + _CLOCKS_DIFFER:
        raise Refusal(
            "This is still to come. Nothing was saved. Write when you spoke; the day on which you "
            "want to speak again has its own place."
        )
    if moment.year < _FIRST_YEAR:
        raise Refusal("The day is before %(year)d. Nothing was saved.", year=_FIRST_YEAR)


def check_next(day: date | None, happened_on: date) -> None:
    """Raise `Refusal` when one would speak again before one spoke, or in more than ten years."""
    if day is None:
        return
    if day < happened_on:
        raise Refusal(
            "The day on which you want to speak again is before this contact. Nothing was saved. "
            "Choose a later day."
        )
    if day.year > happened_on.year + _FARTHEST_YEARS:
        raise Refusal("The day on which you want to speak again is too far away.")


def check_number(number: str | None) -> None:
    """Raise `Refusal` for a number in another program that is too long, or not printable."""
    if number is not None and len(number) > LONGEST_NUMBER:
        raise Refusal(
            "The number of a contact can have %(limit)d characters. Nothing was saved.",
            limit=LONGEST_NUMBER,
        )
    if number is not None and CONTROL.search(number):
        raise Refusal(
            "The number of a contact has a sign that cannot be kept. Nothing was saved. Leave it "
            "out."
        )


def check_parts(
    ours: Collection[object], theirs: Collection[object], topics: Collection[object]
) -> None:
    """Raise `Refusal` for more people or topics than one contact can have."""
    if max(len(ours), len(theirs)) > MOST_PEOPLE or len(topics) > MOST_TOPICS:
        raise Refusal(
            "More than %(people)d people of one side or %(topics)d topics do not go into one "
            "contact. Nothing was saved.",
            people=MOST_PEOPLE,
            topics=MOST_TOPICS,
        )
