"""How forecasts are compared with what happened, and that ranges hold what they promise."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from dossiers.approvals.forecast.calibration import (
    Errors,
    Forecast,
    calibration_of,
    working_days_late,
)
from dossiers.approvals.forecast.habits import Habit
from dossiers.approvals.forecast.outlook import Standing
from dossiers.approvals.forecast.simulate import simulate
from tests.dossiers.approvals.forecast.walks import MONDAY, RUSSIA, chain, situation

SAID = Forecast(
    made_on=MONDAY,
    early=date(2026, 4, 1),
    likely=date(2026, 4, 10),
    late=date(2026, 4, 20),
    managers_date=date(2026, 4, 3),
    signed_on=date(2026, 4, 13),
)


def test_of_no_forecast_nothing_is_said() -> None:
    assert calibration_of([], RUSSIA) is None


def test_forecasts_and_managers_dates_stand_beside_each_other() -> None:
    late = replace(SAID, signed_on=date(2026, 4, 21), managers_date=None)
    soon = replace(SAID, signed_on=date(2026, 3, 31))
    found = calibration_of([SAID, late, soon], RUSSIA)
    assert found is not None
    assert (found.count, found.within, found.sooner, found.later) == (3, 1, 1, 1)
    assert found.ours == Errors(pytest.approx(16 / 3), pytest.approx(0))
    assert found.compared == 2
    assert found.ours_compared == Errors(4.5, -3.5)
    assert found.managers == Errors(4.5, 1.5)


@pytest.mark.parametrize(
    ("signed", "late"),
    [
        (date(2026, 4, 10), 0),
        (date(2026, 4, 12), 0),
        (date(2026, 4, 13), 1),
        (date(2026, 4, 9), -1),
        (date(2026, 4, 3), -5),
    ],
)
def test_days_late_are_working_days(signed: date, late: int) -> None:
    assert working_days_late(date(2026, 4, 10), signed, RUSSIA) == late


def test_eight_of_ten_true_ends_fall_into_the_range() -> None:
    """The truth is drawn like the forecast of another seed: 20 finished runs say what is usual."""
    random = Random(4)
    habits = {
        code: Habit(tuple((n, n) for n in random.choices(range(1, 15), k=20)), walks=20)
        for code in chain()
    }
    held = 0
    for trial in range(100):
        begins = MONDAY + timedelta(days=3 * trial)
        said = simulate(situation(begins=begins, today=begins), habits, 1, 300)
        truth = simulate(situation(begins=begins, today=begins), habits, 1000 + trial, 1)
        held += said.early <= truth.likely <= said.late
    assert 70 <= held <= 92


def test_eight_of_ten_ends_of_runs_under_way_fall_into_the_range() -> None:
    """Each true walk is stopped on its tenth day; the rest is forecast."""
    held = asked = 0
    for trial in range(120):
        whole = simulate(situation(), {}, 5000 + trial, 1)
        ends = {step.code: step.likely for step in whole.steps}
        today = MONDAY + timedelta(days=10)
        standing = {code: Standing(ended=day) for code, day in ends.items() if day < today}
        said = simulate(situation(standing=standing, today=today), {}, 1, 300)
        asked += 1
        held += said.early <= whole.likely <= said.late
    assert 0.68 <= held / asked <= 0.97
