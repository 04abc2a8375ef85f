"""The times that are drawn are those that were seen and said."""

import numpy as np
import pytest
from numpy.random import default_rng

from dossiers.approvals.forecast.habits import MOST_RETURNS, UNSEEN, Habit, draw_days, draw_skips
from dossiers.approvals.steps import Duration

USUAL = Duration(5, 12)
MANY = 20_000


def drawn(usual: Duration = USUAL, habit: Habit = UNSEEN, spent: int = 0) -> np.ndarray:
    return draw_days(default_rng(1), usual, habit, spent, MANY)


def share(times: np.ndarray) -> float:
    return float(times.mean())


@pytest.mark.parametrize("usual", [USUAL, Duration(1, 3), Duration(20, 45)])
def test_without_runs_half_and_nine_of_ten_are_as_the_path_says(usual: Duration) -> None:
    times = drawn(usual)
    assert np.quantile(times, 0.5) == usual.median
    assert np.quantile(times, 0.9) == pytest.approx(usual.slow, abs=1)


def test_a_step_of_no_days_takes_one() -> None:
    assert set(drawn(Duration(0, 0)).tolist()) == {1}


def test_two_runs_weigh_as_much_as_the_path() -> None:
    times = drawn(habit=Habit(((70, 70), (70, 70)), walks=2))
    assert share(times == 70) == pytest.approx(0.5, abs=0.02)


def test_with_many_runs_the_times_seen_come_as_often_as_they_were_seen() -> None:
    times = drawn(habit=Habit(((60, 60),) * 30 + ((70, 70),) * 70, walks=100))
    assert share(times == 70) == pytest.approx(0.7 * 100 / 102, abs=0.02)


def test_what_has_taken_some_days_takes_longer_by_the_same_chances() -> None:
    later = drawn(spent=8)
    whole = drawn()
    assert later.min() == 9
    for day in (9, 12, 20):
        assert share(later > day) == pytest.approx(share(whole > day) / share(whole > 8), abs=0.03)


def test_times_seen_that_are_over_are_left_out() -> None:
    seen = Habit(((3, 3),) * 50 + ((30, 30),) * 50, walks=100)
    times = drawn(habit=seen, spent=10)
    assert not (times == 3).any()
    assert share(times == 30) > 0.95


def test_what_takes_longer_than_anything_known_ends_soon() -> None:
    times = drawn(habit=Habit(((3, 3),) * 50, walks=50), spent=400)
    assert times.min() == 401
    assert np.quantile(times, 0.9) < 600


def test_between_two_meetings_the_path_says_when_a_committee_was_ready() -> None:
    seen = Habit(((1, 22),) * 50, walks=50)
    times = drawn(Duration(2, 4), seen)
    assert np.quantile(times, 0.5) == 2
    assert times.max() <= 22
    slow = drawn(Duration(1, 2), Habit(((30, 40),) * 500, walks=500))
    assert share((slow >= 30) & (slow <= 40)) > 0.98


def test_a_step_is_sent_back_as_often_as_was_seen() -> None:
    seen = Habit(((50, 50),) * 98, returns=20, walks=78)
    times = drawn(habit=seen)
    assert share(times >= 51) == pytest.approx(0.2, abs=0.03)
    always = Habit(((50, 50),) * 998, returns=998, walks=1)
    assert drawn(habit=always).max() <= 50 * (MOST_RETURNS + 1)


def test_a_step_is_skipped_as_often_as_was_seen() -> None:
    skips = draw_skips(default_rng(1), Habit(skips=30, walks=98), MANY)
    assert share(skips) == pytest.approx(0.3, abs=0.02)
