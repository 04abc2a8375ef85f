import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import places, terms, tokens
from search.lemmas import LONGEST_WORD, Lemma, fold, lemmas_of, other_terms, term_of

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


@pytest.mark.parametrize(
    "written",
    [
        "+7 (495) 123-45-67",
        "8 495 1234567",
        "84951234567",
        "8-495-123-45-67",
        "8(495)123-45-67",
        "7 495 123 45 67",
        "(495) 123-45-67",
        "495 123-45-67",
    ],
)
def test_a_telephone_number_has_one_term_in_any_spelling(written: str) -> None:
    assert {"74951234567", "4951234567"} <= set(terms(f"Звоните {written}, Анна."))
    assert "звон" in terms(f"Звоните {written}, Анна.")


@pytest.mark.parametrize("number", ["7707083893", "500100732259", "1027700132195", "2026"])
def test_a_tax_number_is_no_telephone(number: str) -> None:
    assert terms(f"ИНН {number}") == [*terms("ИНН"), number]


def test_a_price_beside_other_numbers_is_no_telephone() -> None:
    assert terms("цена 8 500 000 руб")[1] == "8500000"


def test_a_decimal_with_its_unit_is_the_number_and_the_unit() -> None:
    assert {"12.5", "кг"} <= set(terms("12,5кг")) & set(terms("12.5 кг"))


def test_the_letter_of_a_code_may_be_of_either_alphabet() -> None:
    assert terms("А-12/3") == terms("A-12/3")


def test_neighbours_of_what_is_written_together_stay_neighbours() -> None:
    placed = places(tokens("наша онлайн-запись клиентов"))
    assert [place for place, _term in placed] == [0, 1, 1, 2, 3]


def test_a_word_written_whole_is_told_whole() -> None:
    assert [token.word for token in tokens("Онлайн-запись")] == ["онлайнзапись", "онлайн", "запись"]


def test_other_forms_of_an_ambiguous_word_are_found_where_they_stand() -> None:
    assert term_of("стали") in other_terms("сталь")
    assert term_of("сталь") in other_terms("стали")
    assert other_terms("discount") == ()


def test_the_dictionary_form_of_a_word_has_its_part_of_speech() -> None:
    assert lemmas_of("созданный") == (Lemma("создать", "perf"),)
    assert lemmas_of("абырвалг") == ()


def test_a_huge_text_without_a_blank_is_read_in_bounded_terms() -> None:
    assert max(map(len, terms("а-" * 50_000 + "я" * 100_000))) <= LONGEST_WORD
