from datetime import UTC, date, datetime
from typing import Any

import pytest

from search import analysis
from search.documents import Label
from search.questions import Field, Limit
from search.whoosh_engine import WhooshEngine
from tests.search.conftest import document, find, idents, put


def terms(text: str) -> tuple[str, ...]:
    return tuple(analysis.terms(text))


def found(engine: WhooshEngine, words: str = "", **demanded: Any) -> list[int]:
    return sorted(idents(find(engine, words, **demanded)))


def test_a_phrase_stands_word_by_word_in_any_form(engine: WhooshEngine) -> None:
    put(
        engine,
        document(1, "А", "условия договора поставки и прочее"),
        document(2, "Б", "поставки договора"),
        document(3, "Договоры поставок"),
        document(4, "Договор", "поставки"),
        document(5, "В", "договор срочной поставки"),
    )
    assert found(engine, phrases=(terms("договор поставки"),)) == [1, 3]


def test_a_phrase_may_hold_one_word_twice(engine: WhooshEngine) -> None:
    put(engine, document(1, "А", "из рук в руки"), document(2, "Б", "рука об руку и рука руки"))
    assert found(engine, phrases=(terms("рука руки"),)) == [2]


def test_a_phrase_is_found_after_a_merge_and_not_after_its_deletion(engine: WhooshEngine) -> None:
    for number in range(14):
        put(
            engine,
            document(
                number, "А", f"{chr(1072 + number)}слово договор поставки {'и ' * number} конец"
            ),
        )
    put(engine, document(3, "А", "поставки договор"), gone=(5,))
    with engine.writing():
        assert engine.tidy()
    kept = [number for number in range(14) if number not in (3, 5)]
    assert found(engine, phrases=(terms("договор поставки"),)) == kept
    for number in range(20, 40):
        put(engine, document(number, "Б", "поставки договор"), gone=(7,))
    with engine.writing():
        assert engine.tidy()
    kept.remove(7)
    assert found(engine, phrases=(terms("договор поставки"),)) == kept
    assert found(engine, phrases=(terms("ислово договор поставки"),)) == [8]


def test_more_words_beside_a_phrase_do_not_replace_it(engine: WhooshEngine) -> None:
    put(engine, document(1, "А", "договор поставки скидка"), document(2, "Б", "поставки скидка"))
    assert found(engine, "скидка", phrases=(terms("договор поставки"),)) == [1]


def test_unwanted_words_and_phrases_are_left_out(engine: WhooshEngine) -> None:
    put(
        engine,
        document(1, "Скидка", "розница"),
        document(2, "Скидка", "оптовый склад"),
        document(3, "Скидка", "склад оптовый"),
        document(4, "Скидка", tags=("Розница",)),
    )
    assert found(engine, "скидка", without=(terms("розница"),)) == [2, 3]
    assert found(engine, "скидка", without=(terms("оптовый склад"),)) == [1, 3, 4]


@pytest.mark.parametrize(
    ("field", "word", "expected"),
    [
        (Field.TITLE, "насос", 1),
        (Field.CLIENT, "ромашка", 2),
        (Field.CLIENT, "daisy", 2),
        (Field.AUTHOR, "анна", 3),
        (Field.AUTHOR, "борис", 4),
        (Field.TAG, "хит", 5),
    ],
)
def test_a_word_can_be_limited_to_a_part(
    engine: WhooshEngine, field: Field, word: str, expected: int
) -> None:
    body = "насос ромашка daisy анна борис хит pumps"
    put(
        engine,
        document(1, "Насос", body),
        document(2, "А", body, client=Label(7, "Ромашка", "Daisy")),
        document(3, "Б", body, authors=("Анна Белова",)),
        document(4, "В", body, owner=Label(9, "Борис Гусев", "Boris Gusev")),
        document(5, "Г", body, tags=("Хит продаж",)),
        document(6, "Д", body),
    )
    assert found(engine, limits=(Limit(field, terms(word)),)) == [expected]


def test_a_product_is_known_by_its_category_and_its_title(engine: WhooshEngine) -> None:
    pumps = (Label(1, "Техника", "Equipment"), Label(2, "Насосы", "Pumps"))
    put(
        engine,
        document(1, "Центробежный", categories=pumps),
        document(2, "Насос"),
        document(3, "А", "насос"),
    )
    assert found(engine, limits=(Limit(Field.PRODUCT, terms("насос")),)) == [1, 2]
    assert found(engine, limits=(Limit(Field.PRODUCT, terms("насос техника")),)) == [1]


def test_all_terms_of_a_limit_are_demanded(engine: WhooshEngine) -> None:
    put(engine, document(1, "Договор поставки"), document(2, "Договор"))
    assert found(engine, limits=(Limit(Field.TITLE, terms("поставка договор")),)) == [1]


def test_marks_are_all_demanded(engine: WhooshEngine) -> None:
    put(
        engine,
        document(1, "А", tags=("Хит",), categories=(Label(4, "Насосы", "Pumps"),)),
        document(2, "Б", tags=("Хит",)),
        document(3, "В", kind="file", tags=("хит",)),
    )
    assert found(engine, marks=("tag=хит",)) == [1, 2, 3]
    assert found(engine, marks=("tag=хит", "kind=page")) == [1, 2]
    assert found(engine, marks=("tag=хит", "category=4")) == [1]
    assert found(engine, marks=("tag=хи",)) == []


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=UTC)


def test_days_of_the_last_change_are_whole_and_included(engine: WhooshEngine) -> None:
    put(
        engine,
        document(1, "А", changed_at=at(1, 23)),
        document(2, "Б", changed_at=at(2, 0)),
        document(3, "В", changed_at=at(3, 23)),
        document(4, "Г", changed_at=at(4, 0)),
    )
    assert found(engine, after=date(2026, 3, 2)) == [2, 3, 4]
    assert found(engine, before=date(2026, 3, 3)) == [1, 2, 3]
    assert found(engine, after=date(2026, 3, 2), before=date(2026, 3, 3)) == [2, 3]


def test_what_was_current_at_the_end_of_a_day(engine: WhooshEngine) -> None:
    put(
        engine,
        document(1, "Скидка", kind="revision", changed_at=at(1, 9), until=at(3, 12)),
        document(2, "Скидка", kind="revision", changed_at=at(3, 12), until=at(3, 18)),
        document(3, "Скидка", changed_at=at(3, 18)),
    )
    assert found(engine, "скидка", as_of=date(2026, 2, 28)) == []
    assert found(engine, "скидка", as_of=date(2026, 3, 1)) == [1]
    assert found(engine, "скидка", as_of=date(2026, 3, 2)) == [1]
    assert found(engine, "скидка", as_of=date(2026, 3, 3)) == [3]


def test_without_words_all_that_fits_comes_the_newest_first(engine: WhooshEngine) -> None:
    put(engine, *(document(n, f"Имя {n}", tags=("хит",), changed_at=at(n, 9)) for n in (2, 9, 5)))
    assert idents(find(engine, "", marks=("tag=хит",))) == [9, 5, 2]


def test_a_number_that_has_two_spellings_at_one_place_makes_no_phrase(engine: WhooshEngine) -> None:
    put(engine, document(1, "", "79161234567 звонить вечером"))
    number, word = "79161234567", analysis.terms("вечером")[0]
    assert find(engine, "звонить", phrases=((number, word),)).total == 0
    assert find(engine, "звонить", phrases=((number, *analysis.terms("звонить")),)).total == 1


def test_a_phrase_is_found_by_whichever_of_its_words_is_rare(engine: WhooshEngine) -> None:
    put(engine, document(1, "", "и вот и скидка и вот"), document(2, "", "скидка и вот и вот"))
    phrase = tuple(analysis.terms("и вот и скидка"))
    assert idents(find(engine, "скидка", phrases=(phrase,))) == [1]
