"""From the end of a contract back through the client's path: pure days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median_high

from dossiers.approvals.dates import latest
from dossiers.approvals.document import PathDocument
from dossiers.approvals.forecast.habits import UNSEEN, WEIGHT, Habit
from dossiers.approvals.purchases import Purchase
from dossiers.approvals.signature import up_to_signature
from dossiers.approvals.steps import Step, needed_for
from dossiers.approvals.working_days import WorkingDays


@dataclass(frozen=True, slots=True)
class Way:
    """The steps of the client's path by which it renews, and what its runs have taught."""

    document: PathDocument
    habits: Mapping[str, Habit]
    country: str


@dataclass(frozen=True, slots=True)
class Counted:
    """The day by which one must begin, and how long each step was taken to last."""

    start_by: date
    signed_by: date
    days: Mapping[str, int]
    working_days: int


def notice_by(ends_on: date | None, notice_days: int, country: str) -> date | None:
    """The last day, a working one, on which one can still say that one leaves."""
    if ends_on is None or not notice_days:
        return None
    return WorkingDays(country).on_or_before(ends_on - timedelta(notice_days))


def counted(way: Way, purchase: Purchase, wanted: date) -> Counted:
    """When to begin so that the signature is there on the wanted day. Raises `Refusal`."""
    needed = needed_for(way.document.by_code, purchase).steps
    steps = up_to_signature(needed) or needed
    calendar = way.document.calendar(way.country)
    days = {code: usual_days(step, way.habits.get(code, UNSEEN)) for code, step in steps.items()}
    spans = latest(steps, calendar, wanted, lambda step: days[step.code])
    signed_by = max((one.end for one in spans.values()), default=calendar.on_or_before(wanted))
    start_by = min((one.start for one in spans.values()), default=signed_by)
    return Counted(start_by, signed_by, days, calendar.between(start_by, signed_by))


def usual_days(step: Step, habit: Habit) -> int:
    """The median of what was seen; what the path says counts as much as two runs.

    That is the weight which forecasts give it, so that one odd run moves nothing.
    """
    seen = [most for _least, most in habit.passes]
    return median_high([step.duration.median] * int(WEIGHT) + seen)
