"""Working days by hand-made cases of Russian calendars, and by properties."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.approvals.working_days import Frozen, Meetings, WorkingDays
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
