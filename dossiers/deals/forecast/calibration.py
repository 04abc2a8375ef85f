"""The managers' own probabilities held against what came, and ours of the same deals beside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

STEP = 20


@dataclass(frozen=True, slots=True)
class Said:
    """An ended deal: what its manager said last while it went on (percent), ours, and whether won.

    Ours is the rate of its stage without the deal itself, else we would know the end beforehand.
    """

    managers: float
    ours: float
    won: bool


@dataclass(frozen=True, slots=True)
class Band:
    """Deals to which managers gave from `low` to `high` percent: averages and what came."""

    low: int
    high: int
    deals: int
    managers: float
    ours: float
    won: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """All bands with deals, and the mean squared error of both (Brier): less is better."""

    bands: Sequence[Band]
    deals: int
    managers_error: float
    ours_error: float


def calibration_of(said: Iterable[Said]) -> Calibration | None:
    """The calibration; `None` when no manager's probability can be held against an end."""
    every = list(said)
    if not every:
        return None
    bands = (_band(low, every) for low in range(0, 100, STEP))
    count = len(every)
    return Calibration(
        [band for band in bands if band is not None],
        count,
        sum((one.managers / 100 - one.won) ** 2 for one in every) / count,
        sum((one.ours / 100 - one.won) ** 2 for one in every) / count,
    )


def _band(low: int, every: Sequence[Said]) -> Band | None:
    """The deals of a band; 100 belongs to the last one."""
    high = low + STEP
    mine = [one for one in every if low <= one.managers < high or one.managers == high == 100]
    if not mine:
        return None
    count = len(mine)
    managers, ours = sum(one.managers for one in mine), sum(one.ours for one in mine)
    return Band(low, high, count, managers / count, ours / count, sum(one.won for one in mine))
