"""Names, ways to hear of news, and the one spelling of a search."""

from datetime import UTC, datetime, timedelta

import pytest

from search.saved import rules
from search.saved.asking import one_spelling, wanted_since, words_of
from search.saved.rules import LATE, Telling
from wiki.errors import Refusal

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_a_name_is_one_line_of_at_most_a_hundred_characters() -> None:
    assert rules.check_name(" Договоры\n 2026 ") == "Договоры 2026"
    assert rules.check_name("я" * 100) == "я" * 100
    for bad in ("", " \n", "\x00", "я" * 101):
        with pytest.raises(Refusal):
            rules.check_name(bad)


def test_there_are_three_ways_to_hear_of_news() -> None:
    assert [rules.check_telling(one) for one in ("off", "list", "mail")] == list(Telling)
    for bad in ("", "OFF", "telegram"):
        with pytest.raises(Refusal):
            rules.check_telling(bad)


def test_the_last_minutes_before_a_look_are_looked_at_again() -> None:
    told_since = NOON - timedelta(days=1)
    assert rules.news_since(told_since, NOON) == NOON - LATE


def test_nothing_from_before_the_person_asked_for_news_is_told() -> None:
    assert rules.news_since(NOON, NOON) == NOON


@pytest.mark.parametrize(
    ("query", "spelling"),
    [
        ("page=3&kind=page&q=%D0%BA%D0%BF", "q=%D0%BA%D0%BF&kind=page"),
        ("q=a+b&csrf_token=secret&next=//evil", "q=a+b"),
        ("q=&kind=", ""),
        ("", ""),
        ("&".join(f"a{n}=1" for n in range(60)), ""),
        ("q=a&q=b", "q=a"),
        ("q=a%26b%3Dc%23d", "q=a%26b%3Dc%23d"),
    ],
)
def test_a_search_has_one_spelling(query: str, spelling: str) -> None:
    assert one_spelling(query) == spelling
    assert one_spelling(spelling) == spelling


@pytest.mark.parametrize(
    "query", ["q=%00%FF", "q=" + "я" * 30_000, "\ud800=1&q=\ud800", "q=%ED%A0%80"]
)
def test_an_odd_search_breaks_nothing(query: str) -> None:
    words_of(one_spelling(query)).encode()


def test_the_search_for_news_is_the_saved_one_newest_first_and_never_of_the_past() -> None:
    wanted = wanted_since("q=договор&kind=page&as_of=2020-01-01&sort=oldest&literal=1", NOON)
    assert (wanted.typed, wanted.marks, wanted.order) == ("договор", ("kind=page",), "newest")
    assert (wanted.after, wanted.as_of, wanted.literal) == (NOON.date(), None, True)
