"""What may be said against a contradiction."""

from wiki.errors import Refusal
from wiki.pages.content import one_line

SHORTEST_WORD, LONGEST_WORD = 3, 300


def check_word(word: str) -> str:
    """The word why, on one line. Raises `Refusal` unless it has 3 to 300 letters."""
    word = one_line(word[: 2 * LONGEST_WORD])
    if len(word) < SHORTEST_WORD:
        raise Refusal(
            "Say in a word why both numbers are right, so that others understand it. Nothing was "
            "changed: write it in the field and send it again."
        )
    if len(word) > LONGEST_WORD:
        raise Refusal(
            "The word why has more than %(limit)d letters. Nothing was changed: shorten it and "
            "send it again.",
            limit=LONGEST_WORD,
        )
    return word
