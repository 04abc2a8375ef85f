"""Which day counts as the present for what is kept beside the facts, for lists."""

from datetime import date, timedelta

from wiki import clock

_FARTHEST = timedelta(hours=14)


def present_day() -> date:
    """The day that has begun somewhere on earth: whoever says "since today" is right at once."""
    return (clock.now() + _FARTHEST).date()
