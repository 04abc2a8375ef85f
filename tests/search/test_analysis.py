import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import terms, tokens
from search.lemmas import LONGEST_WORD, fold, term_of
from search.whoosh_engine.schema import TermAnalyzer

any_text = st.text(st.characters(), max_size=300)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("звонок", "звонка"),
        ("звонок", "ЗВОНКАМИ"),
        ("лицензия", "лицензии"),
        ("ёлка", "елки"),
        ("за\u0301мок", "замок"),
        ("скидка", "скид\u00adками"),
        ("discount", "Discounts"),
        ("Café", "cafe"),
        ("Cкидка", "скидка"),
    ],
)
def test_forms_and_spellings_of_one_word_have_one_term(one: str, other: str) -> None:
    assert terms(one) == terms(other)


@pytest.mark.parametrize(("one", "other"), [("звонок", "звезда"), ("день", "отец"), ("11", "12")])
def test_different_words_have_different_terms(one: str, other: str) -> None:
    assert set(terms(one)).isdisjoint(terms(other))


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("A-12/3", "Артикул А-12/3 снят"),
        ("a12/3", "see A-12/3."),
        ("10 кг", "мешок 10кг"),
        ("12.5", "длина 12,5 м"),
        ("1000000", "около 1 000 000 рублей"),
        ("Ivan.Petrov@mail.ru", "пишите ivan.petrov@mail.ru!"),
        ("email", "by e-mail"),
        ("запись", "онлайн-запись"),
        ("онлайнзапись", "онлайн-запись"),
        ("petrov", "ivan.petrov@mail.ru"),
    ],
)
def test_what_is_written_together_is_found_whole_and_in_parts(asked: str, written: str) -> None:
    assert terms(asked)[0] in terms(written)


@given(any_text)
def test_analysis_never_raises_and_places_lie_inside_the_text(text: str) -> None:
    for token in tokens(text):
        assert token.term
        assert len(token.term) <= LONGEST_WORD + 1
        assert 0 <= token.start < token.end <= len(text)
        token.term.encode("utf-8")


@given(any_text)
def test_analysis_gives_the_same_terms_again(text: str) -> None:
    assert terms(text) == terms(text)
    assert terms(text + "\n") == terms(text)


@given(any_text)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", min_size=1, max_size=12))
def test_upper_case_and_yo_make_no_difference(word: str) -> None:
    assert term_of(fold(word)) == term_of(fold(word.upper().replace("Ё", "Е")))


def test_the_analyser_in_the_index_is_small() -> None:
    terms("наполнить память анализатора")
    assert len(pickle.dumps(TermAnalyzer(), -1)) < 200


def test_a_huge_text_without_a_blank_is_read_in_bounded_terms() -> None:
    assert max(map(len, terms("а-" * 50_000 + "я" * 100_000))) <= LONGEST_WORD
