import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.slips import other_layout, readings
from search.transliteration import transliterations


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ghjlerwbz", "продукция"),
        ("Ghjlerwbz", "Продукция"),
        ("cx`n", "счёт"),
        ("j,]zdktybt", "объявление"),
        ("зкщвгсе", "product"),
        ("ВШЫСЩГТЕ", "DISCOUNT"),
    ],
)
def test_the_same_keys_give_the_word_in_the_other_layout(typed: str, meant: str) -> None:
    assert other_layout(typed) == meant


@pytest.mark.parametrize("text", ["", "123", "скидка discount", "-"])
def test_nothing_is_said_of_texts_of_both_alphabets_or_none(text: str) -> None:
    assert other_layout(text) == ""


@given(st.text("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", min_size=1))
def test_the_layouts_are_each_others_opposite(word: str) -> None:
    keys = other_layout(word)
    assert not any("a" <= key <= "z" for key in keys) or other_layout(keys) == word


def test_a_sign_at_the_end_is_a_letter_or_a_sign() -> None:
    assert list(readings("ljujdjh,")) == ["договорб", "договор"]


def test_codes_have_no_other_layout() -> None:
    assert list(readings("a12")) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("litsenziya", "лицензия"),
        ("licenziya", "лицензия"),
        ("dogovor", "договор"),
        ("schet", "счет"),
        ("predlozhenie", "предложение"),
        ("yuridicheskiy", "юридический"),
        ("otchjot", "отчет"),
        ("биллинг", "billing"),
        ("маркетинг", "marketing"),
    ],
)
def test_a_word_in_the_other_alphabet_is_read_by_its_sounds(typed: str, meant: str) -> None:
    assert meant in transliterations(typed)


@given(st.text(max_size=64))
def test_no_word_has_very_many_spellings(word: str) -> None:
    assert len(transliterations(word)) <= 24


def test_the_longest_word_is_read_in_no_time() -> None:
    assert transliterations("shchya" * 10)
