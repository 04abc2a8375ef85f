"""Which column means what, and which values look like slips."""

import pytest

from wiki.errors import Refusal
from wiki.tables.mapping import checked_columns, columns_left, guess_columns, parse_columns
from wiki.tables.slips import near_twins

WORDS = {"id": ("deal id", "id"), "title": ("title", "name"), "sum": ("sum",)}
HEADINGS = ("ID", "Deal_ID", "Name:", "Sum, roubles")


def test_the_best_word_wins_whatever_the_order_of_columns() -> None:
    assert guess_columns(HEADINGS, WORDS) == {"id": "Deal_ID", "title": "Name:"}


def test_a_remembered_mapping_is_taken_only_when_all_of_its_columns_are_there() -> None:
    fits, other = {"sum": "Sum, roubles"}, {"sum": "Gone"}
    assert guess_columns(HEADINGS, WORDS, [other, fits]) == fits
    assert guess_columns(HEADINGS, WORDS, [other]) == {"id": "Deal_ID", "title": "Name:"}


def test_pairs_are_typed_with_quotation_marks_around_commas() -> None:
    typed = 'id=deal id, sum="Sum, roubles"'
    assert parse_columns(typed, HEADINGS, WORDS) == {"id": "Deal_ID", "sum": "Sum, roubles"}


@pytest.mark.parametrize(
    ("typed", "why"),
    [("title", "no pair"), ("colour=ID", "no field"), ("title=Colour", "no column")],
)
def test_what_is_not_there_is_refused(typed: str, why: str) -> None:
    with pytest.raises(Refusal, match=why):
        parse_columns(typed, HEADINGS, WORDS)


def test_columns_that_nobody_takes_are_named() -> None:
    chosen = checked_columns({"id": "ID", "title": ""}, HEADINGS, WORDS)
    assert chosen == {"id": "ID"}
    assert columns_left(HEADINGS, chosen) == ("Deal_ID", "Name:", "Sum, roubles")


@pytest.mark.parametrize(
    ("rarer", "other"),
    [("technolgy", "technology"), ("GTXPro", "GTX Pro"), ("Philipines", "Philippines")],
)
def test_slips_are_seen(rarer: str, other: str) -> None:
    assert list(near_twins({other: 9, rarer: 2, "retail": 5})) == [(rarer, other)]


def test_numbers_and_short_words_and_letter_case_are_no_slips() -> None:
    counts = {"Line 1": 3, "Line 2": 3, "cat": 1, "car": 1, "Retail": 2, "retail": 1}
    assert list(near_twins(counts)) == []
