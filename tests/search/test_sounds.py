import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.sounds import sound_of


@pytest.mark.parametrize(
    ("by_ear", "right"),
    [
        ("окупаиця", "окупается"),
        ("достофка", "доставка"),
        ("паготка", "погодка"),
        ("щастье", "счастье"),
        ("колличество", "количество"),
        ("fone", "phone"),
        ("nolege", "nolige"),
        ("recieve", "receive"),
    ],
)
def test_words_that_sound_alike_have_one_key(by_ear: str, right: str) -> None:
    assert sound_of(by_ear) == sound_of(right)


@pytest.mark.parametrize(("one", "other"), [("договор", "товар"), ("price", "trial"), ("", "а")])
def test_words_that_sound_different_have_different_keys(one: str, other: str) -> None:
    assert sound_of(one) != sound_of(other)


@given(st.text(max_size=40))
def test_no_word_is_too_strange_to_be_heard(word: str) -> None:
    assert len(sound_of(word)) <= len(word) + 4 * word.count("i")
