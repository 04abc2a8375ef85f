"""When a path ends if it begins on a day, and when each step must begin to end by a day.

Forward and backward passes as in the critical path method (Kelley and Walker, 1959), over working
days and the meetings of committees.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from dossiers.approvals.steps import Step, Steps, in_order
from dossiers.approvals.working_days import WorkingDays

DaysOf = Callable[[Step], int]
"""How many working days a step takes."""


def median_days(step: Step) -> int:
    """As long as half of the times."""
    return step.duration.median


def slow_days(step: Step) -> int:
    """As long as nine of ten times at most."""
    return step.duration.slow


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day of a step."""

    start: date
    end: date


def expected(
    steps: Steps, calendar: WorkingDays, begins: date, days_of: DaysOf = median_days
) -> dict[str, Span]:
    """When each step begins and ends if the path begins on that day.

    A step begins on the next working day after all it waits for have ended. A step of a committee
    ends on its first meeting on which it is ready.
    """
    found: dict[str, Span] = {}
    for step in in_order(steps):
        before = [found[code].end for code in step.after]
        ready = max(before) + timedelta(days=1) if before else begins
        own = calendar.without(step.frozen)
        start = own.on_or_after(ready)
        end = own.after(start, max(1, days_of(step)))
        if step.meetings:
            end = own.on_or_after(end, step.meetings)
        found[step.code] = Span(start, end)
    return found


def latest(
    steps: Steps, calendar: WorkingDays, wanted: date, days_of: DaysOf = median_days
) -> dict[str, Span]:
    """The last days on which each step may begin and end so that all is done by the wanted day."""
    waiting = _waiting(steps)
    found: dict[str, Span] = {}
    for step in reversed(in_order(steps)):
        behind = [found[code].start for code in waiting[step.code]]
        end = min(behind) - timedelta(days=1) if behind else wanted
        own = calendar.without(step.frozen)
        end = own.on_or_before(end, step.meetings)
        found[step.code] = Span(own.before(end, max(1, days_of(step))), end)
    return found


def _waiting(steps: Steps) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {code: [] for code in steps}
    for step in steps.values():
        for code in step.after:
            found[code].append(step.code)
    return found


def last_day(spans: Mapping[str, Span], begins: date) -> date:
    """The day on which everything is done; `begins` for a path without steps."""
    return max((span.end for span in spans.values()), default=begins)
