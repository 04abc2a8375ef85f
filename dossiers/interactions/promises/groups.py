"""When promises are due, seen from a day: what is late is said first."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from dossiers.interactions.promises.listing import PromiseLine


class Due(StrEnum):
    """When a promise is due, in the order of a list."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"


def due_of(due_on: date, today: date) -> Due:
    """Where the day belongs; a week ends on Sunday."""
    if due_on <= today:
        return Due.TODAY if due_on == today else Due.OVERDUE
    sunday = today + timedelta(days=6 - today.weekday())
    return Due.WEEK if due_on <= sunday else Due.LATER


def grouped(lines: Iterable[PromiseLine], today: date) -> dict[Due, list[PromiseLine]]:
    """The promises by when they are due, without empty groups, the most urgent first."""
    found: dict[Due, list[PromiseLine]] = {due: [] for due in Due}
    for line in lines:
        found[due_of(line.promise.due_on, today)].append(line)
    return {due: those for due, those in found.items() if those}
