"""The forecast is right walk by walk, and moves the right way."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossiers.approvals.forecast.habits import Habit
from dossiers.approvals.forecast.outlook import Outlook, Situation, Standing
from dossiers.approvals.forecast.simulate import simulate
from dossiers.approvals.steps import Steps
from dossiers.approvals.working_days import Frozen, WorkingDays
from tests.dossiers.approvals.forecast.walks import (
    MONDAY,
    RUSSIA,
    WINTER,
    a_step,
    calendars,
    habits_of_steps,
    situation,
    slow_ends,
    some_situations,
    some_steps,
)
from wiki.errors import Refusal


def days(outlook: Outlook) -> tuple[date, date, date]:
    return outlook.early, outlook.likely, outlook.late


@settings(max_examples=60, deadline=None)
@given(some_situations(), st.dictionaries(st.sampled_from(["s0", "s1", "s2"]), habits_of_steps))
def test_the_walks_end_on_the_days_that_counting_day_by_day_finds(
    now: Situation, habits: Mapping[str, Habit]
) -> None:
    ends = slow_ends(now, habits, 7, 21)
    outlook = simulate(now, habits, 7, 21)
    assert days(outlook) == (ends[2], ends[10], ends[18])
    assert sum(bar.share for bar in outlook.bars) == pytest.approx(1)
    assert outlook.bars[0].start <= ends[0]
    assert ends[-1] <= outlook.bars[-1].end


@settings(max_examples=60, deadline=None)
@given(some_steps(), calendars, st.dates(MONDAY, MONDAY + timedelta(300)), st.integers(1, 40))
def test_a_run_that_begins_later_never_ends_earlier(
    steps: Steps, calendar: WorkingDays, begins: date, more: int
) -> None:
    one = simulate(situation(steps, begins=begins, calendar=calendar), {}, 3, 50)
    later = begins + timedelta(days=more)
    other = simulate(situation(steps, begins=later, calendar=calendar), {}, 3, 50)
    assert all(a <= b for a, b in zip(days(one), days(other), strict=True))


@settings(max_examples=60, deadline=None)
@given(some_steps(), st.dates(MONDAY, MONDAY + timedelta(300)))
def test_more_frozen_days_never_lead_to_an_earlier_end(steps: Steps, begins: date) -> None:
    one = simulate(situation(steps, begins=begins), {}, 3, 50)
    frozen = WorkingDays("RU", (WINTER, Frozen((5, 1), (5, 12))))
    other = simulate(situation(steps, begins=begins, calendar=frozen), {}, 3, 50)
    assert all(a <= b for a, b in zip(days(one), days(other), strict=True))


def test_the_same_run_gives_the_same_forecast() -> None:
    assert simulate(situation(), {}, 1) == simulate(situation(), {}, 1)
    assert simulate(situation(), {}, 1) != simulate(situation(), {}, 2)


def test_a_step_that_goes_on_takes_longer_than_it_has_until_now() -> None:
    begun = {"request": Standing(since=MONDAY)}
    today = date(2026, 4, 30)
    outlook = simulate(situation(standing=begun, today=today), {}, 1)
    request = next(step for step in outlook.steps if step.code == "request")
    assert request.early >= today
    assert request.late <= today + timedelta(days=60)


def test_a_step_that_could_have_begun_is_as_late_as_one_that_has() -> None:
    today = date(2026, 4, 30)
    begun = {"request": Standing(since=MONDAY)}
    assert simulate(situation(standing=begun, today=today), {}, 1) == simulate(
        situation(today=today), {}, 1
    )


def test_what_is_done_is_not_walked_again() -> None:
    done = Standing(ended=MONDAY)
    standing = dict.fromkeys(("request", "legal", "security", "committee"), done)
    outlook = simulate(situation(standing=standing), {}, 1)
    assert [step.code for step in outlook.steps] == ["sign"]
    assert outlook.steps[0].critical == 1
    assert outlook.early > MONDAY


def test_the_slower_of_two_branches_holds_everything_up() -> None:
    outlook = simulate(situation(), {}, 1)
    share = {step.code: step.critical for step in outlook.steps}
    assert share["sign"] == share["committee"] == share["request"] == 1
    assert share["legal"] > 0.9 > 0.3 > share["security"]
    assert share["legal"] + share["security"] >= 1


def test_what_was_seen_outweighs_what_the_path_says() -> None:
    seen = {"legal": Habit(tuple((30, 30) for _run in range(40)), walks=40)}
    assert simulate(situation(), seen, 1).early > simulate(situation(), {}, 1).likely


def test_one_run_hardly_moves_the_forecast() -> None:
    seen = {"legal": Habit(((60, 60),), walks=1)}
    told, one = simulate(situation(), {}, 1), simulate(situation(), seen, 1)
    assert one.early <= told.likely


def test_a_step_that_is_often_sent_back_takes_longer() -> None:
    once = Habit(tuple((6, 6) for _run in range(20)), walks=20)
    often = replace(once, returns=10, walks=10)
    smooth, rough = (simulate(situation(), {"legal": one}, 1) for one in (once, often))
    assert smooth.late < rough.late
    assert smooth.early <= rough.early


def test_a_step_that_is_mostly_skipped_takes_no_time() -> None:
    seldom = Habit(skips=98, walks=98)
    outlook = simulate(situation(), {"committee": seldom}, 1)
    assert outlook.likely < simulate(situation(), {}, 1).early


def test_a_path_of_many_years_ends_at_the_end_of_the_table() -> None:
    slow = {
        f"s{n}": a_step(f"s{n}", *([f"s{n - 1}"] if n else []), days=(500, 500)) for n in range(30)
    }
    outlook = simulate(situation(slow), {}, 1, 10)
    assert outlook.is_far
    assert outlook.late.year == 2038
    assert len(outlook.bars) <= 26


def test_a_run_of_long_ago_is_forecast_from_today() -> None:
    outlook = simulate(situation(begins=date(1990, 1, 1)), {}, 1)
    assert MONDAY <= outlook.early < MONDAY + timedelta(days=120)


def test_a_calendar_without_a_working_day_is_refused() -> None:
    never = WorkingDays("RU", (Frozen((1, 1), (12, 31)),))
    with pytest.raises(Refusal):
        simulate(situation(calendar=never), {}, 1)
    assert simulate(situation(calendar=RUSSIA), {}, 1)
