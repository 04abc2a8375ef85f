"""What a group of expressions must be."""

from time import perf_counter

import pytest

from search.glossary import rules
from wiki.errors import Refusal

OTHERS = {1: ["КП", "коммерческое предложение", "quote"]}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Коммерческое  предложение", "коммерческого предложения"),
        ("учёт", "УЧЕТ"),
        ("quotes", "quote"),
        ("A-12/3", "а12-3"),
        ("онлайн-запись", "онлайн запись"),
    ],
)
def test_forms_of_one_expression_are_the_same(one: str, other: str) -> None:
    assert rules.terms_of_expression(one) == rules.terms_of_expression(other)


def test_different_expressions_are_different() -> None:
    assert rules.terms_of_expression("КП") != rules.terms_of_expression("ТЗ")


def test_a_code_is_one_term_and_words_written_together_are_several() -> None:
    assert rules.terms_of_expression("насос A-12/3") == ("насос", "a123")
    assert rules.terms_of_expression("онлайн-оплата") == ("онлайн", "оплат")


def test_each_line_is_an_expression_and_empty_lines_are_none() -> None:
    assert rules.typed_expressions(" КП \r\n\n коммерческое\tпредложение \n") == (
        "КП",
        "коммерческое предложение",
    )


def test_two_forms_of_one_word_are_too_few() -> None:
    with pytest.raises(Refusal, match="at least two different"):
        rules.check_expressions(["предложение", "Предложения"])


def test_of_two_forms_the_first_stays() -> None:
    checked = rules.check_expressions(["КП", "кп", "предложения", "предложение"])
    assert checked == ("КП", "предложения")


@pytest.mark.parametrize(
    ("count", "fits"), [(rules.FEWEST, True), (rules.MOST, True), (rules.MOST + 1, False)]
)
def test_a_group_holds_two_to_twenty(count: int, fits: bool) -> None:
    expressions = [f"код{number}" for number in range(count)]
    if fits:
        assert len(rules.check_expressions(expressions)) == count
    else:
        with pytest.raises(Refusal, match="at most 20"):
            rules.check_expressions(expressions)


def test_an_expression_has_at_most_eighty_characters() -> None:
    assert rules.check_expressions(["я" * 80, "ты"])
    with pytest.raises(Refusal, match="longer than 80"):
        rules.check_expressions(["я" * 81, "ты"])


@pytest.mark.parametrize("typed", ["©", "—", "!!!", "«»", "\u200b", "\u202e"])
def test_an_expression_has_a_word(typed: str) -> None:
    with pytest.raises(Refusal, match="no word"):
        rules.check_expressions(["КП", typed])


def test_the_refusal_names_the_group_that_has_the_expression() -> None:
    with pytest.raises(Refusal, match="«Quotes» already stands in the group «КП = ком"):
        rules.check_free(["цена", "Quotes"], OTHERS)


def test_an_expression_that_only_holds_the_words_of_another_is_free() -> None:
    rules.check_free(["предложение", "коммерческое предложение для школ"], OTHERS)


def test_a_long_note_is_refused() -> None:
    assert rules.check_note(" a\nb ") == "a b"
    with pytest.raises(Refusal, match="note is longer"):
        rules.check_note("я" * 301)


def test_endless_text_takes_no_time() -> None:
    began = perf_counter()
    with pytest.raises(Refusal):
        rules.check_expressions(rules.typed_expressions("a" + "\u0301\u0316" * 200_000))
    with pytest.raises(Refusal):
        rules.check_expressions(rules.typed_expressions("a-1/" * 100_000))
    assert perf_counter() - began < 1
