"""The order of steps counted over all runs at once is what one finds by looking at two of them."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import product

from hypothesis import given
from hypothesis import strategies as some

from dossiers.approvals.kinds import StepState
from dossiers.approvals.lessons.pairs import pairs_of
from dossiers.approvals.lessons.traces import Visit, visits_of
from dossiers.approvals.log import Happened

MONDAY = date(2026, 1, 12)
CODES = ("a", "b", "c")
events = some.lists(
    some.tuples(
        some.sampled_from(CODES),
        some.sampled_from([state for state in StepState if state is not StepState.WAITING]),
        some.integers(0, 3),
    ),
    max_size=8,
)


def visits(happened: list[tuple[str, StepState, int]]) -> dict[str, Visit]:
    """The visits of a run in which this happened, sorted by day."""
    return visits_of(
        Happened(code, state, MONDAY + timedelta(days=day))
        for code, state, day in sorted(happened, key=lambda one: one[2])
    )


def before(one: Visit, other: Visit) -> bool:
    return one.done is not None and other.began is not None and one.done < other.began


def told(one: Visit, other: Visit) -> bool:
    if one.began is None or other.began is None or one.began[0] != other.began[0]:
        return True
    return not any(v.done is not None and v.done[0] == one.began[0] for v in (one, other))


@given(some.lists(events, max_size=6))
def test_counts_are_those_of_two_steps_at_a_time(
    happened: list[list[tuple[str, StepState, int]]],
) -> None:
    runs: list[Mapping[str, Visit]] = [visits(one) for one in happened]
    pairs = pairs_of(runs)
    assert set(pairs.known()) == {
        (one, other) for run in runs for one, other in product(run, run) if one != other
    }
    for one, other in product(CODES, CODES):
        both = [(run[one], run[other]) for run in runs if one in run and other in run]
        clear = [pair for pair in both if told(*pair)]
        if one != other:
            assert pairs.together(one, other) == len(both)
            assert pairs.surely_forth(one, other) == sum(before(*pair) for pair in clear)
            assert pairs.both(one, other) == len(clear or both)
            assert pairs.forth(one, other) == sum(before(*pair) for pair in clear or both)


def test_without_runs_nothing_is_known() -> None:
    pairs = pairs_of([])
    assert (pairs.known(), pairs.both("a", "b"), pairs.forth("a", "b")) == ([], 0, 0)
