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

    One or two runs must be slower than nine of ten would be; more of them show a median or a slow
    end that is off by two days and a third, and a half.
    """
    seen = duration_of(days)
    if seen.median > max(known.slow, known.median):
        return True
    if len(days) < 3:
        return False
    off = abs(seen.median - known.median)
    late = seen.slow - max(known.slow, known.median)
    return (off >= 2 and off * 3 >= known.median) or (late >= 2 and late * 2 >= known.slow)
