"""How a client really decides: runs through a path, day by day, with times that nobody named.

Written without the simulation that is measured by it: one run after the other, in plain Python.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from dossiers.approvals.kinds import StepState
from dossiers.approvals.steps import Steps, in_order
from dossiers.approvals.working_days import WorkingDays

_DAY = timedelta(days=1)

Told = list[tuple[str, StepState, date]]


@dataclass(frozen=True)
class Nature:
    """The true median and spread of a step, and how often it is sent back."""

    median: float
    spread: float
    returns: float

    def days(self, random: Random) -> int:
        """How long it takes this time."""
        return max(1, round(random.lognormvariate(math.log(self.median), self.spread)))


def natures_of(steps: Steps, random: Random, off: float) -> Mapping[str, Nature]:
    """True times around those that the path names; `off` is how far, 0 for exactly so."""
    found = {}
    for code, step in steps.items():
        median = max(step.duration.median, 1) * math.exp(random.gauss(0, off))
        wide = math.log(max(step.duration.slow, 2) / max(step.duration.median, 1)) / 1.2816
        found[code] = Nature(median, max(wide, 0.2), 0.1 if off and random.random() < 0.3 else 0.0)
    return found


def true_run(
    steps: Steps,
    natures: Mapping[str, Nature],
    calendar: WorkingDays,
    begins: date,
    random: Random,
) -> Told:
    """What happens in one run, as it is written down: only what passed, and what was sent back."""
    ends: dict[str, date] = {}
    told: Told = []
    for step in in_order(steps):
        own = calendar.without(step.frozen)
        start = max([begins, *(ends[code] + _DAY for code in step.after)])
        nature = natures[step.code]
        while random.random() < nature.returns:
            back = own.after(start, nature.days(random))
            back = own.on_or_after(back, step.meetings)
            told.append((step.code, StepState.RETURNED, back))
            start = back + _DAY
        end = own.on_or_after(own.after(start, nature.days(random)), step.meetings)
        ends[step.code] = end
        told.append((step.code, StepState.PASSED, end))
    return sorted(told, key=lambda one: one[2])
