"""How good a ranking is: nDCG and the share of questions answered at once."""

from collections.abc import Iterable, Mapping, Sequence
from math import log2
from statistics import fmean

DEPTH = 10


def ndcg(found: Sequence[int], gains: Mapping[int, float], depth: int = DEPTH) -> float:
    """Discounted gain of the first `depth` found, as a share of the best that is possible.

    Järvelin, Kekäläinen, "Cumulated gain-based evaluation of IR techniques" (2002), in the form
    with the gain itself and log2(place + 1). 0 when nothing is relevant.
    """
    best = _discounted(sorted(gains.values(), reverse=True)[:depth])
    return _discounted(gains.get(number, 0.0) for number in found[:depth]) / best if best else 0.0


def success(found: Sequence[int], gains: Mapping[int, float]) -> float:
    """1 when the first found is relevant, else 0."""
    return float(bool(found) and gains.get(found[0], 0.0) > 0)


def mean(values: Iterable[float]) -> float:
    """The mean; 0 of nothing."""
    found = list(values)
    return fmean(found) if found else 0.0


def _discounted(gains: Iterable[float]) -> float:
    return sum(gain / log2(place + 2) for place, gain in enumerate(gains))
