"""The canonical form of a content: equal forms mean that nothing was changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wiki.pages.strategies import content
from wiki.pages.content import clean_text, normalise

ANY_TEXT = st.text(st.characters(codec=None), max_size=200)


@given(ANY_TEXT, ANY_TEXT, st.lists(ANY_TEXT, max_size=4))
def test_the_canonical_form_of_a_canonical_form_is_itself(
    title: str, body: str, tags: list[str]
) -> None:
    once = normalise(content(body, title=title, tags=tuple(tags), facts={"key": body}))
    assert normalise(once) == once
    once.body.encode()


def test_line_ends_of_other_systems_change_nothing() -> None:
    unix = content("Раз\nдва\n\nтри\n")
    assert normalise(content("Раз\r\nдва\r\n\r\nтри")) == normalise(unix)
    assert normalise(content("Раз\rдва\r\rтри\n\n\n")) == normalise(unix)
    assert normalise(content("Раз\nдва\nтри\n")) != normalise(unix)


def test_a_letter_in_two_parts_equals_the_letter_in_one() -> None:
    assert normalise(content("и\u0306од")) == normalise(content("йод"))


@pytest.mark.parametrize("mark", ["\x00", "\x07", "\x1b", "\x7f"])
def test_control_characters_disappear(mark: str) -> None:
    assert clean_text(f"до{mark}говор\tи\nцена") == "договор\tи\nцена"


def test_half_a_surrogate_becomes_a_visible_mark() -> None:
    assert clean_text("а\ud83dб") == "а\ufffdб"


def test_tags_are_trimmed_sorted_and_unique_whatever_their_case() -> None:
    tags = normalise(content("", tags=(" Опт ", "акция", "опт", "", "  "))).tags
    assert tags == ("акция", "Опт")


def test_a_title_is_one_line() -> None:
    assert normalise(content("", title="  Пельмени\nсибирские\t ")).title == "Пельмени сибирские"


def test_texts_inside_facts_are_cleaned_too() -> None:
    facts = normalise(content("", facts={"site": {"url": "https://a\x00b"}, "own": True})).facts
    assert facts == {"own": True, "site": {"url": "https://ab"}}


def test_an_endless_run_of_combining_marks_is_broken_as_the_standard_advises() -> None:
    run = "а" + "\u0301\u0316" * 40
    cleaned = clean_text(run)
    assert max(map(len, cleaned.split("\u034f"))) <= 31
    assert cleaned.count("\u0301") == 40
    assert clean_text("а" + "\u0301" * 30) == "а" + "\u0301" * 30
