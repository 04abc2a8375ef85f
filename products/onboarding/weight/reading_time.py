"""How long a page takes to read."""

import re

from wiki.pages.content import Content

WORDS_A_MINUTE = 160
SECONDS_A_FACT = 3
SECONDS_A_PICTURE = 6
LEAST_SECONDS = 20
MOST_SECONDS = 3_600
_WORD = re.compile(r"\w+")
_PICTURE = "!["


def seconds_to_read(content: Content) -> int:
    """How many seconds a newcomer needs for a page: at least 20, at most an hour."""
    words = len(_WORD.findall(content.body))
    seconds = round(60 * words / WORDS_A_MINUTE)
    seconds += SECONDS_A_FACT * len(content.facts)
    seconds += SECONDS_A_PICTURE * content.body.count(_PICTURE)
    return min(MOST_SECONDS, max(LEAST_SECONDS, seconds))
