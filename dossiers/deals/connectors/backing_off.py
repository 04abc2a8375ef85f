"""When a source is asked again."""

from collections.abc import Callable
from datetime import timedelta

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)


def wait_after(failures: int, asked_to: timedelta | None, chance: Callable[[], float]) -> timedelta:
    """How long to leave a source alone after so many failures in a row.

    Doubled each time, and shortened by up to a half by chance, so that many who were turned away
    together do not come back together (a number from 0 to 1). Never shorter than it asked for.
    """
    longest: timedelta = min(FIRST_WAIT * 2 ** min(failures - 1, 20), LONGEST_WAIT)
    return max(longest * (1 - chance() / 2), asked_to or timedelta(0))
