"""How questions and weeks are spelt when they are counted."""

from datetime import date
from time import perf_counter

import pytest

from search.lessons.rules import counted_spelling, oldest_kept, parse_week, week_name, week_of


@pytest.mark.parametrize("typed", ["Счёт на  оплату", " счет НА оплату\n", "сче\u0301т на оплату"])
def test_spellings_of_one_question_are_counted_together(typed: str) -> None:
    assert counted_spelling(typed) == "счет на оплату"


@pytest.mark.parametrize("typed", ["", "  \n", "\x00\x07", "\u200b\u202e"])
def test_what_asks_for_nothing_is_not_counted(typed: str) -> None:
    assert counted_spelling(typed) == ""


def test_a_long_question_is_cut() -> None:
    assert counted_spelling("слово " * 10_000) == ("слово " * 34)[:200].rstrip()


def test_endless_accents_take_no_time() -> None:
    began = perf_counter()
    counted_spelling("a" + "\u0301\u0316" * 1_000_000)
    assert perf_counter() - began < 0.5


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 11, 16), "2026-W47"),
        (date(2026, 11, 22), "2026-W47"),
        (date(2027, 1, 3), "2026-W53"),
        (date(2025, 12, 29), "2026-W01"),
    ],
)
def test_a_week_begins_on_monday_and_has_a_name(day: date, name: str) -> None:
    assert week_name(week_of(day)) == name
    assert parse_week(name) == week_of(day)


@pytest.mark.parametrize(
    "typed", ["2026-W54", "2026-W00", "0000-W01", "9999-W53", "2026-47", "٢٠٢٦-W47", "x" * 10_000]
)
def test_what_is_no_week_is_none(typed: str) -> None:
    assert parse_week(typed) is None


def test_two_years_are_kept() -> None:
    assert oldest_kept(date(2026, 11, 23)) == date(2024, 11, 25)
