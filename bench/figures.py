"""Figures as they are measured, printed and kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles


@dataclass(frozen=True)
class Figure:
    """One measured value; `most` and `least` are the aims, where there are any."""

    row: str
    size: str
    what: str
    value: float
    unit: str
    most: float | None = None
    least: float | None = None

    @property
    def is_met(self) -> bool:
        """Whether the aim holds (also when there is none)."""
        below = self.most is None or self.value <= self.most
        return below and (self.least is None or self.value >= self.least)


def percentile(values: Sequence[float], percent: int) -> float:
    """The value below which that share of the values lies; linear between neighbours."""
    return quantiles(values, n=100, method="inclusive")[percent - 1]
