"""How long a step takes at this client: what was seen, joined with what the path says.

What was seen and what people said are joined as a Dirichlet process (Ferguson, 1973): the next
time is one of the n times seen with the chance n / (n + WEIGHT), and else one of the path's own
distribution, which counts as much as WEIGHT runs. So one run hardly matters and ten nearly decide.
The path's own distribution is log-normal, as the times of office work are, with the median and the
slow time (nine of ten) that the path names. What a step has taken already cuts off all shorter
times, those seen and those said alike: that is the exact conditional distribution. When a
committee was ready is only known between two meetings; there the path's distribution decides.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from dossiers.approvals.steps import Duration

WEIGHT = 2.0
"""The path's median and slow time count as much as so many runs that were seen."""
MOST_RETURNS = 5
LONGEST = 2_000
"""Working days that no drawn time is longer than."""
_NORMAL = NormalDist()
_NINE_OF_TEN = _NORMAL.inv_cdf(0.9)
_LEAST_SPREAD = 0.05
_TINY = 1e-300
_TOO_LITTLE = 1e-9
_MOST_OFTEN = 0.9

Days = NDArray[np.int64]
Seen = tuple[int, int]
"""Working days that something took: at least, at most. They differ for a committee, which may have
been ready on any day since its meeting before."""


@dataclass(frozen=True, slots=True)
class Habit:
    """What was seen of one step in runs that ended.

    A pass is the time until the step was done or sent back. `walks` is how often the step was
    done or skipped, `skips` how often it was skipped.
    """

    passes: tuple[Seen, ...] = ()
    returns: int = 0
    walks: int = 0
    skips: int = 0

    @property
    def return_rate(self) -> float:
        """The chance that a pass ends with the step being sent back."""
        return min(self.returns / (len(self.passes) + WEIGHT), _MOST_OFTEN)

    @property
    def skip_rate(self) -> float:
        """The chance that the step is skipped."""
        return self.skips / (self.walks + WEIGHT)


UNSEEN = Habit()


def draw_days(random: Generator, usual: Duration, habit: Habit, spent: int, walks: int) -> Days:
    """The working days that the step takes in each walk, when it has taken `spent` and goes on.

    Counted from the first day of the pass that it is in; passes after being sent back are added.
    """
    days = _pass(random, usual, habit, spent, walks)
    again = _returns(random, habit.return_rate, walks)
    for number in range(1, int(again.max()) + 1):
        days = days + np.where(again >= number, _pass(random, usual, habit, 0, walks), 0)
    return days


def draw_skips(random: Generator, habit: Habit, walks: int) -> NDArray[np.bool_]:
    """In which walks the step is skipped."""
    chance: NDArray[np.bool_] = random.random(walks) < habit.skip_rate
    return chance


def _returns(random: Generator, rate: float, walks: int) -> Days:
    """How often the step is sent back: geometric, as each pass may end so."""
    chances = random.random(walks)
    if rate <= 0:
        return np.zeros(walks, np.int64)
    return np.minimum(np.log(1 - chances) / math.log(rate), MOST_RETURNS).astype(np.int64)


def _pass(random: Generator, usual: Duration, habit: Habit, spent: int, walks: int) -> Days:
    choice, which, where = random.random((3, walks))
    said = _said(random.standard_normal(walks) if not spent else where, usual, spent)
    longer = np.array([one for one in habit.passes if one[1] > spent], np.int64).reshape(-1, 2)
    if not len(longer):
        return said
    shortest, longest = longer[(which * len(longer)).astype(np.int64)].T
    seen = _within(where, usual, np.maximum(shortest, spent + 1), longest)
    weight = len(longer) / (len(longer) + WEIGHT * _chance_of_more(usual, spent))
    return np.where(choice < weight, seen, said)


def _within(where: NDArray[np.float64], usual: Duration, least: Days, most: Days) -> Days:
    """A time between two, as likely as the path says; each alike when it says neither."""
    if (least == most).all():
        return least
    below = 1 - np.array([_chance_of_more(usual, day) for day in range(int(most.max()) + 1)])
    below[0] = 0
    mass = below[most] - below[least - 1]
    said = np.searchsorted(below, below[least - 1] + where * mass, "right")
    alike = least + (where * (most - least + 1)).astype(np.int64)
    return np.where(mass > _TOO_LITTLE, np.clip(said, least, most), alike)


def _said(luck: NDArray[np.float64], usual: Duration, spent: int) -> Days:
    """Times by the path alone; `luck` is normal, or even when some days are spent already."""
    centre, spread = _log_normal(usual)
    if spent:
        more = _chance_of_more(usual, spent)
        even = np.maximum(luck * more, _TINY)
        luck = -np.array([_NORMAL.inv_cdf(one) for one in even.tolist()])
    days = np.rint(np.exp(np.minimum(centre + spread * luck, math.log(LONGEST))))
    return np.maximum(days, spent + 1).astype(np.int64)


def _log_normal(usual: Duration) -> tuple[float, float]:
    """Centre and spread of the logarithms; a day is the least that anything takes."""
    median = max(usual.median, 1)
    return math.log(median), max(
        math.log(max(usual.slow, median) / median) / _NINE_OF_TEN, _LEAST_SPREAD
    )


def _chance_of_more(usual: Duration, spent: int) -> float:
    """The chance, by the path alone, that the step takes more than `spent` days."""
    if not spent:
        return 1.0
    centre, spread = _log_normal(usual)
    far = (math.log(spent + 0.5) - centre) / spread
    return max(0.5 * math.erfc(far / math.sqrt(2)), _TINY)
