"""Among documents that fit alike, those whose words are spelt like the asked ones come first."""

from dataclasses import replace

from search.engine import Scope
from search.questions import Question
from search.whoosh_engine import WhooshEngine
from tests.search.conftest import EVERYONE, asked, document, idents, put


def found(engine: WhooshEngine, words: str, *spelt: str, scope: Scope = EVERYONE) -> list[int]:
    with engine.looking(scope) as look:
        return idents(look.search(replace(asked(words), spelt=spelt), 10))


def test_the_very_form_comes_before_other_forms(engine: WhooshEngine) -> None:
    put(engine, document(1, "А", "скидками"), document(2, "Б", "скидку"))
    assert found(engine, "скидку", "скидку") == [2, 1]
    assert found(engine, "скидками", "скидками") == [1, 2]


def test_a_kindred_word_lifts_what_was_found(engine: WhooshEngine) -> None:
    put(
        engine,
        document(1, "А", "договор разное"),
        document(2, "Б", "договор оплатить"),
        document(3, "В", "оплатить счёт"),
    )
    assert found(engine, "договор", "договор", "оплата") == [2, 1]


def test_a_short_or_other_beginning_is_not_kindred(engine: WhooshEngine) -> None:
    put(engine, document(1, "А", "договор разное"), document(2, "Б", "договор оптика"))
    assert found(engine, "договор", "договор", "оплата") == [1, 2]


def test_nothing_is_found_by_kinship_alone(engine: WhooshEngine) -> None:
    put(engine, document(1, "А", "оплаченный"))
    assert found(engine, "договор", "оплаченный") == []
    with engine.looking(EVERYONE) as look:
        assert look.search(Question(spelt=("оплаченный",)), 10).total == 0


def test_hidden_words_change_no_score(engine: WhooshEngine) -> None:
    put(engine, document(1, "А", "договор оплаты"), document(2, "Б", "договор оплатой"))
    with engine.looking(EVERYONE) as look:
        question = replace(asked("договор"), spelt=("договор", "оплата"))
        before = look.search(question, 10).hits
    put(engine, *(document(n, "Тайна", "оплата", audience="team:7") for n in range(10, 20)))
    with engine.looking(EVERYONE) as look:
        assert look.search(question, 10).hits == before
