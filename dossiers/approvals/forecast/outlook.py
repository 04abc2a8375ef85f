"""What is known of a run when its forecast is made, and what the forecast says."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dossiers.approvals.steps import Steps
from dossiers.approvals.working_days import WorkingDays


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a step is: the day it ended, or the first day of what goes on now; or nothing yet."""

    ended: date | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """A run on a day: the steps up to its signature, and how far each is.

    A step of which nothing is said has not begun.
    """

    steps: Steps
    standing: Mapping[str, Standing]
    calendar: WorkingDays
    begins: date
    today: date

    def of(self, code: str) -> Standing:
        """How far one step is."""
        return self.standing.get(code, Standing())


@dataclass(frozen=True, slots=True)
class Bar:
    """The share of all walks (0 to 1) that ended within some weeks, both days included."""

    start: date
    end: date
    share: float


@dataclass(frozen=True, slots=True)
class StepOutlook:
    """One step that is not done yet.

    `critical` is the share of walks in which everything waited for it (its criticality index, Van
    Slyke, 1963), `days` the working days that it then took on average from today on. It ends by
    `early`, `likely`, `late` in one, five, nine of ten walks.
    """

    code: str
    title: str
    critical: float
    days: float
    early: date
    likely: date
    late: date

    @property
    def weight(self) -> float:
        """The working days that the whole waits for this step, on average over all walks."""
        return self.critical * self.days


@dataclass(frozen=True, slots=True)
class Outlook:
    """By which day one, five and nine of ten walks had ended; in days, and in working days.

    `steps` are those left, those that hold up most first. `ends` are the days on which the walks
    ended, in order, as ordinals. `is_far` tells that some did not end within the days looked at.
    """

    early: date
    likely: date
    late: date
    days: tuple[int, int, int]
    bars: tuple[Bar, ...]
    steps: tuple[StepOutlook, ...]
    ends: tuple[int, ...]
    is_far: bool

    @property
    def walks(self) -> int:
        """How many walks there were."""
        return len(self.ends)

    def chance_by(self, day: date) -> float:
        """The share of walks (0 to 1) that had ended by a day."""
        return bisect_right(self.ends, day.toordinal()) / len(self.ends)
