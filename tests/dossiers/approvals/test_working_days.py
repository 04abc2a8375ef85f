"""Working days by hand-made cases of Russian calendars, and by properties."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.approvals.working_days import (
    Frozen,
    Meetings,
    WorkingDays,
    known_countries,
    last_known_year,
)
from wiki.errors import Refusal

RUSSIA = WorkingDays("RU")
YEAR_END = Frozen((12, 20), (1, 15))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2024-04-27", True),  # a Saturday, worked for Monday 29 April
        ("2024-04-29", False),
        ("2024-11-02", True),
        ("2024-12-28", True),
        ("2024-12-30", False),
        ("2025-11-01", True),
        ("2025-11-03", False),
        ("2025-01-08", False),
        ("2025-01-09", True),
        ("2026-01-09", False),  # a Friday, free for the third of January
        ("2026-01-12", True),
        ("2026-03-09", False),
        ("2026-03-10", True),
    ],
)
def test_moved_saturdays_are_worked_and_the_days_they_stand_for_are_free(
    day: str, works: bool
) -> None:
    assert (date.fromisoformat(day) in RUSSIA) is works


#: Days off from Monday to Friday and worked Saturdays, by the official calendars of Russia.
OFFICIAL = {
    2022: (
        "01-03 01-04 01-05 01-06 01-07 02-23 03-07 03-08 05-02 05-03 05-09 05-10 06-13 11-04",
        "03-05",
        247,
    ),
    2023: (
        "01-02 01-03 01-04 01-05 01-06 02-23 02-24 03-08 05-01 05-08 05-09 06-12 11-06",
        "",
        247,
    ),
    2024: (
        "01-01 01-02 01-03 01-04 01-05 01-08 02-23 03-08 04-29 04-30 05-01 05-09 05-10 06-12 "
        "11-04 12-30 12-31",
        "04-27 11-02 12-28",
        248,
    ),
    2025: (
        "01-01 01-02 01-03 01-06 01-07 01-08 05-01 05-02 05-08 05-09 06-12 06-13 11-03 11-04 12-31",
        "11-01",
        247,
    ),
    2026: (
        "01-01 01-02 01-05 01-06 01-07 01-08 01-09 02-23 03-09 05-01 05-11 06-12 11-04 12-31",
        "",
        247,
    ),
}


@pytest.mark.parametrize("year", sorted(OFFICIAL))
def test_years_of_russia_are_counted_as_the_official_calendar_does(year: int) -> None:
    free, worked, count = OFFICIAL[year]
    found = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
    days = [day for day in found if day.year == year]
    odd = [day for day in days if (day in RUSSIA) is not (day.weekday() < 5)]
    assert [f"{d:%m-%d}" for d in odd if d.weekday() < 5] == free.split()
    assert [f"{d:%m-%d}" for d in odd if d.weekday() >= 5] == worked.split()
    assert RUSSIA.between(days[0], days[-1]) == count


def test_a_saturday_worked_for_a_day_of_the_next_year_is_found_in_its_own_year() -> None:
    azerbaijan = WorkingDays("AZ")
    assert date(2024, 12, 29) in azerbaijan  # a Sunday, worked for 3 January 2025
    assert date(2025, 1, 3) not in azerbaijan
    assert date(2024, 12, 22) not in azerbaijan


def test_a_country_without_known_holidays_works_from_monday_to_friday() -> None:
    nowhere = WorkingDays("AC")
    assert nowhere.between(date(2026, 1, 1), date(2026, 1, 31)) == 22
    assert "AC" not in known_countries()
    assert "RU" in known_countries()


def test_it_is_known_up_to_which_year_moved_days_are_decreed() -> None:
    last = last_known_year("RU")
    assert last is not None
    assert last >= 2026
    assert last_known_year("DE") is None
    assert last_known_year("") is None
    assert last_known_year("AC") is None


def test_the_ends_of_time_are_no_mishap() -> None:
    assert RUSSIA.after(date(9999, 12, 30), 1) == date(9999, 12, 30)
    with pytest.raises(Refusal):
        RUSSIA.after(date(9999, 12, 31), 3)
    with pytest.raises(Refusal):
        RUSSIA.before(date(1, 1, 1), 3)


def test_work_over_the_january_holidays_ends_in_the_middle_of_january() -> None:
    assert RUSSIA.after(date(2025, 12, 30), 1) == date(2025, 12, 30)
    assert RUSSIA.after(date(2025, 12, 30), 2) == date(2026, 1, 12)
    assert RUSSIA.before(date(2026, 1, 12), 2) == date(2025, 12, 30)
    assert RUSSIA.after(date(2026, 1, 1), 1) == date(2026, 1, 12)


def test_frozen_weeks_are_left_out() -> None:
    slow = WorkingDays("RU", (YEAR_END,))
    assert slow.after(date(2025, 12, 19), 2) == date(2026, 1, 16)
    assert slow.between(date(2025, 12, 20), date(2026, 1, 15)) == 0


def test_a_committee_meets_on_its_days_only() -> None:
    second_and_fourth = Meetings(1, frozenset({2, 4}))
    assert RUSSIA.on_or_after(date(2026, 3, 11), second_and_fourth) == date(2026, 3, 24)
    assert RUSSIA.on_or_before(date(2026, 3, 23), second_and_fourth) == date(2026, 3, 10)


def test_a_calendar_without_a_working_day_is_refused() -> None:
    never = WorkingDays("", (Frozen((1, 1), (12, 31)),))
    with pytest.raises(Refusal):
        never.on_or_after(date(2026, 1, 1))
    with pytest.raises(Refusal):
        RUSSIA.on_or_after(date(2026, 1, 1), Meetings(1, frozenset({6})))


def test_every_second_week_is_counted_over_new_year() -> None:
    every_second = Meetings(1, counted_from=date(2025, 12, 16))
    assert WorkingDays().on_or_after(date(2025, 12, 17), every_second) == date(2025, 12, 30)
    assert RUSSIA.on_or_after(date(2025, 12, 31), every_second) == date(2026, 1, 13)
    assert RUSSIA.on_or_before(date(2026, 1, 12), every_second) == date(2025, 12, 30)


def test_a_meeting_on_a_free_day_is_not_made_up_for() -> None:
    wednesdays = Meetings(2)
    assert RUSSIA.on_or_after(date(2026, 11, 4), wednesdays) == date(2026, 11, 11)


calendars = st.sampled_from(
    [WorkingDays(), RUSSIA, WorkingDays("DE"), WorkingDays("RU", (YEAR_END,))]
)
some_days = st.dates(date(2022, 1, 1), date(2027, 6, 30))


@given(calendars, some_days, st.integers(1, 60))
def test_going_forth_and_back_meets_the_same_days(
    calendar: WorkingDays, day: date, count: int
) -> None:
    end = calendar.after(day, count)
    assert end in calendar
    assert calendar.between(day, end) == count
    assert calendar.between(calendar.before(end, count), end) == count
    assert calendar.before(end, count) >= day


@given(calendars, some_days, st.integers(0, 30))
def test_more_work_never_ends_earlier(calendar: WorkingDays, day: date, count: int) -> None:
    assert calendar.after(day, count) <= calendar.after(day, count + 1)
    assert calendar.after(day, count) <= calendar.after(day + timedelta(days=1), count)


@given(calendars, some_days, st.integers(1, 60))
def test_back_and_forth_meets_the_same_days(calendar: WorkingDays, day: date, count: int) -> None:
    start = calendar.before(day, count)
    assert start in calendar
    assert calendar.between(start, day) == count
    assert calendar.after(start, count) <= day
    assert calendar.after(start, count + 1) > day


@given(calendars, some_days, st.integers(0, 400))
def test_days_are_counted_one_by_one(calendar: WorkingDays, start: date, length: int) -> None:
    days = [start + timedelta(days=number) for number in range(length)]
    assert calendar.between(start, start + timedelta(days=length - 1)) == sum(
        day in calendar for day in days
    )


frozen_weeks = st.builds(
    Frozen,
    st.tuples(st.integers(11, 12), st.integers(1, 28)),
    st.tuples(st.integers(1, 2), st.integers(1, 28)),
)


@given(frozen_weeks, some_days, st.integers(1, 40))
def test_frozen_weeks_over_new_year_hold_no_work(weeks: Frozen, day: date, count: int) -> None:
    calendar = WorkingDays("RU", (weeks,))
    end = calendar.after(day, count)
    assert end not in weeks
    assert calendar.before(day, count) not in weeks
    assert end >= RUSSIA.after(day, count)


all_meetings = st.builds(
    Meetings,
    st.integers(0, 4),
    st.frozensets(st.integers(1, 4), max_size=2),
    st.one_of(st.none(), some_days),
)


@given(calendars, some_days, all_meetings)
def test_no_meeting_is_passed_over(calendar: WorkingDays, day: date, meetings: Meetings) -> None:
    found = calendar.on_or_after(day, meetings)
    assert found in meetings
    assert found in calendar
    between = (day + timedelta(days=number) for number in range((found - day).days))
    assert not any(one in meetings and one in calendar for one in between)
    assert calendar.on_or_before(found, meetings) == found
