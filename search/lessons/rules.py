"""Questions in the spelling in which they are counted, and the weeks by which they are."""

import re
from datetime import date, timedelta

from search.lemmas import fold
from wiki.pages.content import one_line

LONGEST_QUESTION = 200
KEPT_WEEKS = 104
"""Two years."""
_LONGEST_TYPED = 2_000
_WEEK = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)


def counted_spelling(typed: str) -> str:
    """The question without case, accents and needless blanks, at most 200 characters long."""
    words = one_line(typed[:_LONGEST_TYPED]).split()
    return " ".join(filter(None, map(fold, words)))[:LONGEST_QUESTION].rstrip()


def week_of(day: date) -> date:
    """The Monday of that day's week."""
    return day - timedelta(days=day.weekday())


def week_name(monday: date) -> str:
    """The week as an address says it: `2026-W47`."""
    year, week, _weekday = monday.isocalendar()
    return f"{year:04}-W{week:02}"


def parse_week(typed: str) -> date | None:
    """The Monday of a week written like `2026-W47`; `None` when there is no such week."""
    written = _WEEK.fullmatch(typed)
    if written is None:
        return None
    try:
        return date.fromisocalendar(int(written[1]), int(written[2]), 1)
    except ValueError:
        return None


def oldest_kept(today: date) -> date:
    """The Monday of the oldest week that is still kept."""
    return week_of(today) - timedelta(weeks=KEPT_WEEKS)
