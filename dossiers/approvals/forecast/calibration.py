"""How well forecasts came true: ours, and the manager's own dates beside them.

A range from one to nine of ten walks is well made when eight of ten signatures fall into it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dossiers.approvals.working_days import WorkingDays

ENOUGH = 3
"""Of fewer signatures nothing is said."""
SHARE = 0.8
"""The share of signatures that a well made range holds."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Forecast:
    """What was expected on a day, by us and by the manager, and the day it really was."""

    made_on: date
    early: date
    likely: date
    late: date
    managers_date: date | None
    signed_on: date

    @property
    def is_within(self) -> bool:
        """Whether the signature fell into the range."""
        return self.early <= self.signed_on <= self.late


@dataclass(frozen=True, slots=True)
class Errors:
    """How far dates were from the signature, in working days on average.

    `distance` is without direction; `lean` above 0: it was signed later than expected.
    """

    distance: float
    lean: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Of `count` forecasts, `within` held the signature; it came before or after the others.

    `ours` are the errors of the likely date in all; `compared` is in how many the manager had a
    date of their own, for which `ours_compared` and `managers` stand beside each other.
    """

    count: int
    within: int
    sooner: int
    later: int
    ours: Errors
    compared: int
    ours_compared: Errors | None
    managers: Errors | None

    @property
    def is_enough(self) -> bool:
        """Whether anything can be said."""
        return self.count >= ENOUGH

    @property
    def share(self) -> float:
        """The share of signatures that fell into the range."""
        return self.within / self.count


def calibration_of(forecasts: Sequence[Forecast], calendar: WorkingDays) -> Calibration | None:
    """Compare forecasts with what happened; `None` without any."""
    if not forecasts:
        return None
    own = [(one.likely, one.signed_on) for one in forecasts]
    compared = [one for one in forecasts if one.managers_date is not None]
    theirs = [(one.managers_date, one.signed_on) for one in compared if one.managers_date]
    return Calibration(
        len(forecasts),
        sum(one.is_within for one in forecasts),
        sum(one.signed_on < one.early for one in forecasts),
        sum(one.signed_on > one.late for one in forecasts),
        _errors(own, calendar),
        len(compared),
        _errors([(o.likely, o.signed_on) for o in compared], calendar) if compared else None,
        _errors(theirs, calendar) if compared else None,
    )


def _errors(pairs: Sequence[tuple[date, date]], calendar: WorkingDays) -> Errors:
    leans = [working_days_late(expected, signed, calendar) for expected, signed in pairs]
    return Errors(sum(map(abs, leans)) / len(leans), sum(leans) / len(leans))


def working_days_late(expected: date, signed: date, calendar: WorkingDays) -> int:
    """How many working days after the expected day it was signed; below 0: before."""
    if signed >= expected:
        return calendar.between(expected + _DAY, signed)
    return -calendar.between(signed + _DAY, expected)
