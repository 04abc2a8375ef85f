"""Which names may be of one person or one client."""

import pytest

from dossiers.people.duplicates.names import (
    firm_of,
    is_in_other_letters,
    is_short_form,
    letters_key,
    words_of,
)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("Иванов И. П.", "Иванов Иван Петрович"),
        ("Иванов И.П.", "Иван Петрович Иванов"),
        ("И. П. Иванов", "Иванов Иван Петрович"),
        ("Иванов И.", "Иванов Иван Петрович"),
        ("Иванов Иван", "Иванов Иван Петрович"),
        ("Соловьев С.", "Соловьёв Сергей"),
        ("J. Smith", "Smith John Andrew"),
    ],
)
def test_a_short_form_is_known(short: str, long: str) -> None:
    assert is_short_form(words_of(short), words_of(long))
    assert is_short_form(words_of(long), words_of(short))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Иванов Иван Сергеевич", "Иванов Иван Петрович"),
        ("Иванов П. И.", "Иванов И. П."),
        ("Иванов И.", "Иванов Пётр Иванович"),
        ("Иванова И. П.", "Иванов Иван Петрович"),
        ("И. П.", "Иванов Иван Петрович"),
    ],
)
def test_names_that_contradict_are_no_short_forms(one: str, other: str) -> None:
    assert not is_short_form(words_of(one), words_of(other))


@pytest.mark.parametrize(
    ("russian", "latin"),
    [
        ("Дмитрий Соловьёв", "Dmitry Soloviev"),
        ("Евгений Юрьев", "Yuryev Yevgeny"),
        ("Щербаков Алексей", "Aleksei Scherbakov"),
        ("Ольга Ершова", "Olga Yershova"),
        ("Большая сумка", "Bolshaya Sumka"),
    ],
)
def test_one_name_in_two_alphabets_is_known(russian: str, latin: str) -> None:
    one, other = words_of(russian), words_of(latin)
    assert letters_key(one) == letters_key(other)
    assert is_in_other_letters(one, other)


def test_a_like_sound_in_two_alphabets_is_not_enough() -> None:
    assert not is_in_other_letters(words_of("Миронов Олег"), words_of("Oleg Marinov"))


@pytest.mark.parametrize(
    "name",
    [
        "ООО «Ромашка»",
        "Ромашка, АО",
        "Общество с ограниченной ответственностью Ромашка",
        'О.О.О. "РОМАШКА"',
        "Ромашка Ltd.",
    ],
)
def test_the_legal_form_is_no_part_of_the_name(name: str) -> None:
    assert firm_of(name) == "ромашка"


def test_a_client_whose_name_is_a_legal_form_keeps_it() -> None:
    assert firm_of("АО") == "ао"
