"""A sentence is found again after edits of its page, and said to be gone when it is."""

import time

import pytest

from bench.learning.marks import LEAST_STAYS, Trial, gone_trials, kept_trials, share
from products.onboarding.unclear.anchoring import find, follow
from products.onboarding.unclear.sentences import sentence_at, sentences_in

PAGE = (
    "The oven weighs 300 kg.",
    "The warranty is 12 months for ovens.",
    "It is void when the client opened the oven.",
    "The warranty is 24 months for pumps.",
    "Ask us.",
)


def went(number: int, *new: str) -> str | None:
    place = follow(PAGE, [number], new)[number]
    return None if place is None else new[place]


@pytest.mark.parametrize(
    "edited",
    [
        "The warranty is 18 months for ovens.",
        "The WARRANTY, is 12 months for ovens!",
        "The warrnaty is 12 months fro ovens.",
        "As a rule the warranty given is 12 months for ovens.",
        "The warranty is 12 months for ovens, it is void when the client opened the oven.",
        "12 months for ovens.",
    ],
)
def test_an_edited_sentence_is_found_in_its_place(edited: str) -> None:
    assert went(1, PAGE[0], edited, *PAGE[2:]) == edited


def test_a_sentence_that_was_taken_out_is_not_found_in_its_sister() -> None:
    assert went(1, PAGE[0], *PAGE[2:]) is None
    assert went(1, PAGE[0], PAGE[2], "The warranty is 36 months for all pumps.", PAGE[4]) is None


def test_a_sentence_in_whose_place_stands_quite_another_is_gone() -> None:
    assert went(1, PAGE[0], "Delivery takes five weeks by sea.", *PAGE[2:]) is None


def test_a_sentence_is_found_where_it_was_moved_and_in_its_half() -> None:
    assert went(1, *PAGE[2:], PAGE[0], PAGE[1]) == PAGE[1]
    assert went(2, *PAGE[:2], "It is void.", "When the client opened the oven.", *PAGE[3:]) == (
        "When the client opened the oven."
    )


def test_of_equal_sentences_the_one_between_the_same_neighbours_is_it() -> None:
    old = ("A dog.", "Same words here.", "A cat.", "Same words here.", "A cow.")
    new = ("A cat.", "Same words here.", "A cow.", "A dog.", "Same words here.")
    assert follow(old, [1, 3], new) == {1: 4, 3: 1}
    assert follow(old, [1, 3], old[2:]) == {1: None, 3: 1}


def test_an_edited_sentence_is_not_taken_for_its_copy_elsewhere() -> None:
    edited = "The warranty is 30 months for big ovens."
    assert went(1, PAGE[0], edited, *PAGE[2:], PAGE[1]) == edited


def test_without_the_old_page_only_the_same_words_count() -> None:
    around = ("A cat.", "A cow.")
    twice = ("Same words here.", "A cat.", "same words, here", "A cow.")
    assert find("Same words here.", around, twice) == 2
    assert find("Same other words.", around, twice) is None


def test_pages_that_repeat_themselves_take_no_time() -> None:
    old = ["Yes.", "No."] * 3_000
    began = time.monotonic()
    assert follow([*old, "The mark."], [6_000], ["No.", "Yes."] * 2_999) == {6_000: None}
    edited = [f"Row {n} of many rows." for n in range(3_000)]
    follow(edited, [0, 1_500], [f"Line {n} of very many lines." for n in range(3_000)])
    assert time.monotonic() - began < 5


def test_sentences_are_those_that_readers_see() -> None:
    html = (
        '<h2 id="a">Head</h2><p>One <b>bold</b>\nline, т. е. this. Two &lt;b&gt; at 3.5 kg! '
        '<a title="x > y" href="#">Three</a>?</p><ul><li>cell one</li></ul>'
    )
    found = sentences_in(html)
    assert [one.text for one in found] == [
        "Head", "One bold line, т. е. this.", "Two <b> at 3.5 kg!", "Three?", "cell one",
    ]  # fmt: skip
    assert [one.start for one in found[:3]] == [0, 4, 25]


def test_a_selected_text_means_the_sentence_that_holds_most_of_it() -> None:
    found = sentences_in("<p>A pump. It pumps.</p><p>A pump. It stands.</p>")
    assert sentence_at(found, "pump", 0) == 0
    assert sentence_at(found, "pump", 15) == 2
    assert sentence_at(found, "p. It  stands", 0) == 3
    assert sentence_at(found, "nothing", 0) is None
    assert sentence_at(found, " ", 0) is None


def test_endless_lines_are_cut() -> None:
    found = sentences_in("<pre>" + "word " * 1_000 + "x" * 2_500 + "</pre>")
    assert max(len(one.text) for one in found) <= 1_000
    assert found[-1].start + len(found[-1].text) == 4 * 1_000 + 2_500


@pytest.fixture(scope="module")
def kept() -> list[Trial]:
    return kept_trials(500, seed=88)


def test_marks_stay_in_at_least_95_of_100_random_edits(kept: list[Trial]) -> None:
    wrong = [one for one in kept if not one.right]
    assert share(kept) >= LEAST_STAYS, [(one.kinds, one.old, one.found) for one in wrong[:5]]
    assert len({kind for one in kept for kind in one.kinds}) == 20


def test_marks_of_sentences_that_were_taken_out_say_so() -> None:
    gone = gone_trials(120, seed=88)
    assert share(gone) >= LEAST_STAYS, [(one.kinds, one.old, one.found) for one in gone]
