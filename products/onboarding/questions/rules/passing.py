"""When the questions of a page are passed."""

from collections.abc import Mapping, Sequence
from typing import Any

MOST_ASKED = 10
ALL_RIGHT_UP_TO = 4
"""With so few questions one wrong answer would be a quarter: all must be right."""

_SHARE_NEEDED = 80
SECONDS_A_QUESTION = 15


def needed(asked: int) -> int:
    """How many of so many questions must be answered rightly: all of up to four, else 80 %."""
    return asked if asked <= ALL_RIGHT_UP_TO else -(-asked * _SHARE_NEEDED // 100)


def minutes_for(asked: int) -> int:
    """About how long the answers take; at least a minute."""
    return max(1, round(asked * SECONDS_A_QUESTION / 60))


def count_right(asked: Sequence[Mapping[str, Any]], given: Mapping[str, int]) -> int:
    """How many answers are right; `given` is the place of an answer by the place of a question."""
    return sum(given.get(str(place)) == one["right"] for place, one in enumerate(asked))


def first_open(asked: Sequence[Mapping[str, Any]], given: Mapping[str, int]) -> int | None:
    """The place of the first question without an answer; `None` when all have one."""
    return next((place for place in range(len(asked)) if str(place) not in given), None)
