"""Durations out of runs: half of the times, and nine of ten."""

from collections.abc import Sequence

from dossiers.approvals.steps import Duration

LONGEST = 500


def rank(days: Sequence[int], percent: int) -> int:
    """The smallest number of days that covers so many of a hundred runs (nearest rank)."""
    place = -(-len(days) * percent // 100)
    return sorted(days)[max(1, place) - 1]


def duration_of(days: Sequence[int]) -> Duration:
    """The duration that these runs show, within what a path can say."""
    return Duration(min(LONGEST, rank(days, 50)), min(LONGEST, rank(days, 90)))


def differs(known: Duration, days: Sequence[int]) -> bool:
    """Whether the runs show another duration than the path says.

    One or two runs must be slower than nine of ten would be. Of more, four of five lie on one
    side of the median, which is off by two days and a third; or one of four was slower than it is
    when it is slow, by two days and half of that.
    """
    seen, slow = duration_of(days), max(known.slow, known.median)
    if seen.median > slow:
        return True
    if len(days) < 3:
        return False
    off, late = abs(seen.median - known.median), seen.slow - slow
    sides = (sum(d > known.median for d in days), sum(d < known.median for d in days))
    moved = off >= 2 and off * 3 >= known.median and max(sides) * 5 >= len(days) * 4
    return moved or (
        late >= 2 and late * 2 >= slow and sum(d > slow for d in days) * 4 >= len(days)
    )
