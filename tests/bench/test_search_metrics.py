import random
from math import log2

import pytest

from bench.search import slips
from bench.search.metrics import mean, ndcg, success
from bench.search.sets import Asked, Collection, QuestionSet, Text

QUESTIONS = tuple(Asked(f"question {number}", {number: 1.0}) for number in range(9))
SET = QuestionSet("en", "some", Collection("one", (Text("", "body", "en"),)), QUESTIONS)


def test_the_only_relevant_document_is_worth_less_the_later_it_comes() -> None:
    assert ndcg([7, 1, 2], {7: 1.0}) == 1.0
    assert ndcg([1, 7, 2], {7: 1.0}) == pytest.approx(1 / log2(3))
    assert ndcg([1, 2, 7], {7: 1.0}) == 0.5


def test_ndcg_of_graded_documents_is_the_one_computed_by_hand() -> None:
    # Found 2 + 3/log2(3) + 1/log2(5), possible 3 + 2/log2(3) + 1/2.
    assert ndcg([5, 4, 9, 6], {4: 3.0, 5: 2.0, 6: 1.0}) == pytest.approx(0.9079, abs=0.0001)


def test_what_comes_after_the_tenth_place_is_worth_nothing() -> None:
    assert ndcg([*range(10), 42], {42: 1.0}) == 0.0
    assert ndcg([], {42: 1.0}) == 0.0


def test_success_asks_only_for_the_first() -> None:
    assert success([3, 4], {3: 1.0}) == 1.0
    assert success([4, 3], {3: 1.0}) == 0.0
    assert success([], {3: 1.0}) == 0.0


def test_the_mean_of_nothing_is_nothing() -> None:
    assert mean([]) == 0.0


def test_the_halves_of_a_set_share_no_question_and_miss_none_and_are_the_same_every_time() -> None:
    tuning, held_out = SET.halves()
    assert not set(map(id, tuning)) & set(map(id, held_out))
    assert sorted(one.text for one in (*tuning, *held_out)) == [one.text for one in QUESTIONS]
    assert SET.halves() == (tuning, held_out)


def test_a_slip_changes_one_long_word_and_keeps_its_first_letter() -> None:
    for seed in range(50):
        changed = slips.one_slip("как продлить договор", random.Random(seed)).split()
        before = ["как", "продлить", "договор"]
        different = [pair for pair in zip(before, changed, strict=True) if pair[0] != pair[1]]
        assert len(different) <= 1
        assert changed[0] == "как"
        assert [word[0] for word in changed] == ["к", "п", "д"]


def test_the_other_layout_and_back_is_the_same_text() -> None:
    dice = random.Random(1)
    assert slips.in_the_other_layout("продукция", dice) == "ghjlerwbz"
    assert slips.in_the_other_layout("ghjlerwbz", dice) == "продукция"
    assert slips.transliterated("Лицензия", dice) == "litsenziya"
