import pytest

from search.families import MOST, partners


@pytest.mark.parametrize(
    ("verb", "noun"),
    [
        ("продлить", "продление"),
        ("согласовать", "согласование"),
        ("оплатить", "оплата"),
        ("создать", "создание"),
        ("закупить", "закупка"),
        ("оформить", "оформление"),
        ("подтвердить", "подтверждение"),
        ("снизить", "снижение"),
        ("возвратить", "возвращение"),
        ("возвратить", "возврат"),
        ("заказать", "заказ"),
        ("настроить", "настройка"),
        ("выдать", "выдача"),
        ("продать", "продажа"),
        ("закрыть", "закрытие"),
        ("регистрировать", "регистрация"),
        ("публиковать", "публикация"),
        ("рассчитать", "расчет"),
        ("pay", "payment"),
        ("reduce", "reduction"),
        ("register", "registration"),
        ("renew", "renewal"),
        ("create", "creation"),
        ("extend", "extension"),
    ],
)
def test_a_verb_and_the_noun_of_its_action_lead_to_each_other(verb: str, noun: str) -> None:
    assert noun in partners(verb)
    assert verb in partners(noun)


def test_a_borrowed_verb_leads_to_the_noun_without_its_prefix() -> None:
    assert "регистрация" in partners("зарегистрировать")
    assert "формирование" in partners("сформировать")


@pytest.mark.parametrize(
    ("done", "lasting"),
    [
        ("оформить", "оформлять"),
        ("подтвердить", "подтверждать"),
        ("снизить", "снижать"),
        ("оплатить", "оплачивать"),
        ("согласовать", "согласовывать"),
        ("создать", "создавать"),
        ("подписать", "подписывать"),
        ("настроить", "настраивать"),
        ("закрыть", "закрывать"),
    ],
)
def test_verbs_of_done_and_of_lasting_action_lead_to_each_other(done: str, lasting: str) -> None:
    assert lasting in partners(done)
    assert done in partners(lasting)


@pytest.mark.parametrize(
    ("adjective", "noun"),
    [
        ("клиентский", "клиент"),
        ("скидочный", "скидка"),
        ("договорный", "договор"),
        ("складской", "склад"),
        ("ценовой", "цена"),
        ("лицензионный", "лицензия"),
    ],
)
def test_an_adjective_and_its_noun_lead_to_each_other(adjective: str, noun: str) -> None:
    assert noun in partners(adjective)
    assert adjective in partners(noun)


def test_any_form_of_a_word_has_its_family() -> None:
    assert "оплата" in partners("оплатили")
    assert "оплатить" in partners("оплатой")


@pytest.mark.parametrize(
    "word", ["передача", "доход", "дом", "снизить", "station", "абырвалг", "12"]
)
def test_words_that_only_look_alike_are_no_family(word: str) -> None:
    assert not {"перед", "доходить", "домить", "снизать", "state", "stat"} & set(partners(word))


def test_a_word_is_not_of_its_own_family_and_families_are_small() -> None:
    for word in ("регистрация", "настроить", "склад"):
        assert word not in partners(word)
        assert len(partners(word)) <= MOST
