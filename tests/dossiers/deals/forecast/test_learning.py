"""What ended deals teach, held against plain counts; the range against what really comes."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.deals.forecast.calibration import Said, calibration_of
from dossiers.deals.forecast.learning import Learnt, lasting, learn
from dossiers.deals.forecast.outlook import months_from, outlook_of
from dossiers.deals.forecast.proving import backtest, brought, misses_of
from dossiers.deals.forecast.stories import Story, standing_on
from dossiers.deals.kinds import DealKind

FIRST = date(2024, 1, 1)
DAYS = st.lists(st.integers(0, 60), max_size=25)


def story(
    ident: int, began: int | None, ended: int | None, won: bool = True, **more: object
) -> Story:
    """A deal by the days on which it began and ended, counted from the first day."""
    kind = DealKind.OPEN if ended is None else DealKind.WON if won else DealKind.LOST
    days = (None if day is None else FIRST + timedelta(days=day) for day in (began, ended))
    start, end = days
    values = {"planned": None, "amount": 100, **more}
    return Story(ident, "", kind, start, closed=end, **values)  # type: ignore[arg-type]


def plain_share(durations: list[int], ages: list[int], day: int) -> float:
    """Kaplan and Meier as the textbook has it."""
    share = 1.0
    for moment in sorted(set(durations)):
        if moment <= day:
            at_risk = sum(d >= moment for d in durations) + sum(a >= moment for a in ages)
            share *= 1 - durations.count(moment) / at_risk
    return share


@given(DAYS, DAYS, st.integers(0, 70))
def test_how_long_deals_last_is_the_curve_of_kaplan_and_meier(
    durations: list[int], ages: list[int], day: int
) -> None:
    found = lasting(durations, ages)
    assert found.beyond(day) == pytest.approx(plain_share(durations, ages, day))


@given(DAYS, DAYS, st.integers(0, 70))
def test_chances_of_ending_are_chances(durations: list[int], ages: list[int], age: int) -> None:
    found = lasting(durations, ages)
    parts = [found.between(age, first, first + 10) for first in range(0, 100, 10)]
    assert all(-1e-9 <= part <= 1 + 1e-9 for part in parts)
    assert sum(parts) <= 1 + 1e-9


def learnt_of(*stories: Story, day: int = 100) -> Learnt:
    return learn(standing_on(stories, FIRST + timedelta(days=day)))


def at_stage(ident: int, won: bool, stage: str) -> Story:
    return story(ident, 0, 10, won, stages=((FIRST, stage),))


def test_a_stage_with_few_deals_leans_on_all() -> None:
    many = [at_stage(n, n % 2 == 0, "Talk") for n in range(1000)]
    learnt = learnt_of(*many, at_stage(5000, True, "Offer"))
    talk, offer = learnt.rate_of(("", "Talk")), learnt.rate_of(("", "Offer"))
    assert (talk.won, talk.ended, offer.won, offer.ended) == (500, 1000, 1, 1)
    assert talk.chance == pytest.approx(0.5, abs=0.001)
    assert 0.5 < offer.chance < 0.6
    assert learnt.rate_of(("", "Never seen")) == learnt.rate_of(None) == learnt.overall


def test_on_a_day_only_what_had_happened_is_known() -> None:
    stories = [story(1, 0, 10), story(2, 0, 50, won=False), story(3, 60, None), story(4, None, 70)]
    standing = standing_on(stories, FIRST + timedelta(days=20))
    assert [one.ident for one in standing.ended] == [1]
    assert [one.ident for one in standing.under_way] == [2]


def test_expected_sums_are_chances_times_amounts() -> None:
    ended = [story(n, 0, 20, won=n % 4 != 0) for n in range(400)]
    open_deals = [story(1000 + n, 390, None, amount=1000) for n in range(50)]
    standing = standing_on([*ended, *open_deals], FIRST + timedelta(days=400))
    learnt = learn(standing)
    months = months_from(standing.day, 3)
    outlook = outlook_of(standing, learnt, months)
    total = sum(one.likely for one in outlook.months)
    assert total == pytest.approx(50 * 1000 * learnt.overall.chance, abs=5)
    assert outlook == outlook_of(standing, learnt, months)
    assert all(one.low <= one.likely <= one.high for one in outlook.months)


def test_planned_ends_are_believed_until_slips_are_known() -> None:
    day = FIRST + timedelta(days=100)
    deal = story(1, 90, None, planned=day + timedelta(days=35))
    ended = [story(n, 0, 20) for n in range(2, 40)]
    months = months_from(day, 4)
    standing = standing_on([deal, *ended], day)
    found = outlook_of(standing, learn(standing), months).months
    expecting = [one.month for one in found if one.likely]
    assert expecting == [next(m for m in months if m.holds(day + timedelta(days=35)))]
    late = [story(n, 0, 50, planned=FIRST + timedelta(days=20)) for n in range(2, 40)]
    standing = standing_on([deal, *late], day)
    slipped = outlook_of(standing, learn(standing), months).months
    assert [one.month for one in slipped if one.likely] == [
        next(m for m in months if m.holds(day + timedelta(days=65)))
    ]


def test_deals_without_amount_count_with_the_average_and_old_ones_with_nothing() -> None:
    ended = [story(n, 100, 110 + n % 5, amount=500) for n in range(50)]
    young, old = story(90, 198, None, amount=None), story(91, 0, None, amount=10**6)
    standing = standing_on([*ended, young, old], FIRST + timedelta(days=200))
    outlook = outlook_of(standing, learn(standing), months_from(standing.day, 3))
    assert (outlook.deals, outlook.unsaid, outlook.stale) == (2, 1, 1)
    assert 400 <= sum(one.likely for one in outlook.months) <= 500


def test_no_deals_bring_nothing() -> None:
    standing = standing_on([], FIRST)
    outlook = outlook_of(standing, learn(standing), months_from(FIRST, 2))
    assert [(one.low, one.likely, one.high) for one in outlook.months] == [(0, 0, 0)] * 2


def steady(seed: int) -> list[Story]:
    """Two years in which every day a few deals begin that go as all the others do."""
    chance = random.Random(seed)
    found = []
    for ident in range(3000):
        began = chance.randrange(0, 730)
        amount, won = chance.randrange(100, 900), chance.random() < 0.4
        found.append(story(ident, began, began + chance.randrange(5, 80), won, amount=amount))
    return found


def test_ranges_hold_in_a_world_that_stays_as_it_is() -> None:
    proved = [
        one for seed in range(4) for one in backtest(steady(seed), FIRST + timedelta(days=730), 12)
    ]
    held = sum(one.is_within for one in proved)
    assert len(proved) >= 40
    assert held / len(proved) >= 0.7
    misses = misses_of(proved)
    assert 900 <= sum(misses) / len(misses) <= 1100


def test_what_came_is_of_the_deals_that_were_there() -> None:
    stories = [story(1, 0, 40), story(2, 35, 41), story(3, 0, 42, won=False), story(4, 0, 70)]
    made_on = FIRST + timedelta(days=30)
    february = months_from(FIRST + timedelta(days=31), 1)[0]
    assert brought(stories, made_on, february) == 100


def test_large_amounts_stay_whole_and_exact() -> None:
    ended = [story(n, 0, 20) for n in range(100)]
    deals = [story(1000 + n, 390, None, amount=10**14 - 1) for n in range(30)]
    standing = standing_on([*ended, *deals], FIRST + timedelta(days=400))
    outlook = outlook_of(standing, learn(standing), months_from(standing.day, 2))
    assert 0 < sum(one.likely for one in outlook.months) <= 30 * 10**14
    assert all(0 <= one.low <= one.high for one in outlook.months)


def test_managers_are_held_against_what_came() -> None:
    said = [Said(90, 50, True), Said(95, 50, False), Said(100, 50, True), Said(0, 50, False)]
    found = calibration_of(said)
    assert found
    assert [(band.low, band.high, band.deals, band.won) for band in found.bands] == [
        (0, 20, 1, 0),
        (80, 100, 3, 2),
    ]
    assert found.managers_error == pytest.approx((0.01 + 0.9025 + 0 + 0) / 4)
    assert found.ours_error == pytest.approx(0.25)
    assert calibration_of([]) is None
