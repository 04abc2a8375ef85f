"""What may be said against the rule."""

from wiki.errors import Refusal
from wiki.pages.content import one_line

SHORTEST_WORD = 3
LONGEST_WORD = 300


def check_word(word: str) -> str:
    """The editor's word why, on one line. Raises `Refusal` unless it has 3 to 300 letters."""
    word = one_line(word[: 2 * LONGEST_WORD])
    if len(word) < SHORTEST_WORD:
        raise Refusal(
            "Say in a word why, so that readers understand it. Nothing was changed: write it in "
            "the field and send it again."
        )
    if len(word) > LONGEST_WORD:
        raise Refusal(
            "The word why has more than %(limit)d letters. Nothing was changed: shorten it and "
            "send it again.",
            limit=LONGEST_WORD,
        )
    return word


def check_version(number: int) -> None:
    """Raise `Refusal` for the first version: nobody has read anything before it."""
    if number == 1:
        raise Refusal(
            "The first version is new to everybody, so it is always to be read. Nothing was "
            "changed."
        )
