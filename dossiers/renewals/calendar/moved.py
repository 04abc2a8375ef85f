"""What moved the day by which a renewal must begin, as it was written when worked out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from dossiers.approvals.working_days import WorkingDays

#: In days: so long a move is told of beside the renewal.
TOLD_FOR = 60


@dataclass(frozen=True, slots=True)
class Moved:
    """One must begin on `now` instead of `was`, because the path was changed at `at`.

    `working_days` between the two are those of the client's country.
    """

    at: datetime
    was: date
    now: date
    working_days: int

    @property
    def is_earlier(self) -> bool:
        """Whether there is less time than one thought."""
        return self.now < self.was


def moved_by_path(why: Mapping[str, Any], now: date | None) -> Moved | None:
    """How a change of the path moved the day; `None` when something else did or nothing."""
    if why.get("because") != "path" or now is None:
        return None
    try:
        was = date.fromisoformat(str(why["was"])[:10])
        at = datetime.fromisoformat(str(why["at"]))
    except (KeyError, ValueError):
        return None
    if was == now:
        return None
    first, last = min(was, now), max(was, now) - timedelta(days=1)
    count = WorkingDays(str(why.get("country") or "")).between(first, last)
    return Moved(at, was, now, count)


def is_recent(moved: Moved, today: date) -> bool:
    """Whether it is still worth telling."""
    return moved.at.date() >= today - timedelta(days=TOLD_FOR)
