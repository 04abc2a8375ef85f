import pytest

from search.questions import LONGEST_QUESTION, MOST_WORDS, ask, begin
from wiki.errors import Refusal


def test_common_words_do_not_count_beside_others() -> None:
    assert ask("как создать скидку").terms == ask("создать скидка").terms


def test_a_question_of_common_words_alone_is_still_asked() -> None:
    assert ask("кто я").terms


def test_a_word_asked_twice_counts_once() -> None:
    assert len(ask("скидка скидки скидкам").terms) == 1


def test_signs_alone_ask_nothing() -> None:
    assert not ask('"()*?:^~ -')
    assert not begin("(((")


def test_a_question_that_is_too_long_is_refused_with_the_limit() -> None:
    assert ask("а" * LONGEST_QUESTION)
    with pytest.raises(Refusal, match=str(LONGEST_QUESTION)):
        ask("а" * (LONGEST_QUESTION + 1))


def test_at_most_so_many_words_are_asked() -> None:
    words = " ".join(f"w{number}" for number in range(100))
    assert len(ask(words).terms) == MOST_WORDS


def test_the_last_word_typed_may_go_on() -> None:
    beginning = begin("создание предл")
    assert beginning.last == "предл"
    assert beginning.terms == ask("создание").terms


def test_a_code_typed_last_is_one_word_that_goes_on() -> None:
    assert begin("A-12").terms == ()
