"""What a question is taken for, judged by a real index."""

from dataclasses import replace

import pytest

from search.analysis import terms
from search.engine import Scope
from search.parsing import parse
from search.questions import Field, Limit, Order, Way
from search.synonyms import Synonyms
from search.understanding import MOST_CORRECTED, Understood, understand
from tests.search.looks import look_at

NONE = Synonyms()
QUOTE = Synonyms(((("кп",), tuple(terms("коммерческое предложение")), ("quot",)),))


def understood(
    text: str, *texts: str, literal: bool = False, synonyms: Synonyms = NONE
) -> Understood:
    """What a question means beside these texts."""
    with look_at(*texts) as look:
        return understand(look, parse(text), synonyms, literal)


def ways(found: Understood, slot: int = 0) -> dict[str, float]:
    """The ways of a slot with their worth."""
    return {" ".join(way.terms): way.weight for way in found.question.slots[slot].ways}


@pytest.mark.parametrize(
    ("typed", "instead"),
    [
        ("лицезия", "лицензия"),
        ("лиццензия", "лицензия"),
        ("лиценизя", "лицензия"),
        ("пицензия", "лицензия"),
        ("kbwtypbz", "лицензия"),
        ("kbwtypbz,", "лицензия"),
        ("litsenziya", "лицензия"),
        ("licenziya", "лицензия"),
        ("продлить лицезию", "продлить лицензия"),
        ("ghjlkbnm kbwtypb.", "продлить лицензию"),
        ("лицензия продлть", "лицензия продлить"),
        ("лицензия", None),
        ("лицензиями", None),
        ("A-12/3", None),
        ("x", None),
        ("qqqqqqqq", None),
    ],
)
def test_a_slip_is_taken_for_a_word_of_the_index(typed: str, instead: str | None) -> None:
    assert understood(typed, "лицензия", "продлить").instead == instead


@pytest.mark.parametrize(
    ("typed", "instead"),
    [
        ("discuont", "discount"),
        ("вшысщгте", "discount"),
        ("биллинг", "billing"),
        ("дискаунт", "discount"),
        ("what is the discuont", "what is the discount"),
    ],
)
def test_english_is_corrected_too(typed: str, instead: str | None) -> None:
    assert understood(typed, "the discount", "billing").instead == instead


def test_the_literal_search_corrects_nothing() -> None:
    found = understood("лицезия", "лицензия", literal=True)
    assert found.instead is None
    assert set(ways(found)) == set(terms("лицезия"))


def test_what_was_typed_stays_with_its_whole_worth() -> None:
    for typed in ("лицезия", "kbwtypbz", "litsenziya"):
        assert ways(understood(typed, "лицензия"))[terms(typed)[0]] == 1.0


def test_nothing_is_suggested_that_the_reader_may_not_see() -> None:
    for typed in ("лицезия", "kbwtypbz", "litsenziya", "лиц*", "лицен зия"):
        with look_at("договор", hidden="лицензия") as look:
            found = understand(look, parse(typed), NONE)
        assert found.instead is None
        assert "лиценз" not in found.question.terms
        with look_at(
            "договор", hidden="лицензия", scope=Scope(frozenset({"all", "team:7"}))
        ) as look:
            assert "лиценз" in understand(look, parse(typed), NONE).question.terms


def test_the_rarer_of_two_like_words_gives_way() -> None:
    assert understood("счета", "счёт на оплату").instead is None
    found = understood("скитка", "скидка", "скидка", "скатка")
    assert found.instead == "скидка"
    assert set(terms("скатка")) < set(ways(found))


def test_a_word_of_the_dictionary_is_not_said_to_be_a_slip() -> None:
    found = understood("палка и кухня", "полка", "кухня")
    assert found.instead is None
    assert ways(found)[terms("полка")[0]] < 0.5


def test_when_only_a_like_word_is_found_that_is_said() -> None:
    assert understood("палка", "полка", "кухня").instead == "полка"


def test_words_typed_together_and_apart_are_understood() -> None:
    texts = ("коммерческое предложение", "договор")
    assert understood("коммерческоепредложение", *texts).instead == "коммерческое предложение"
    assert understood("дого вор", *texts).instead == "договор"


def test_words_of_one_family_are_found_for_less() -> None:
    found = ways(understood("продлить", "продление", "продлевать"))
    assert found["продл"] == 1
    with look_at("регистрация") as look:
        found = ways(understand(look, parse("регистрировать"), NONE))
    assert found["регистрирова"] == 1
    assert 0 < found["регистрац"] < 1


def test_a_word_whose_family_is_there_is_no_slip() -> None:
    assert understood("оплатить", "оплата", "платить").instead is None


def test_other_readings_of_an_ambiguous_word_are_found() -> None:
    assert set(terms("стали")) < set(ways(understood("сталь", "стали", "сталью")))


def test_a_star_finds_the_words_that_begin_so() -> None:
    found = ways(understood("лиц*", "лицензия", "лицей", "договор"))
    assert set(terms("лиц лицензия лицей")) == set(found)


def test_an_expression_of_the_glossary_is_one_slot_found_by_any_of_its_group() -> None:
    found = understood("новое коммерческое предложение", "кп", "quote", synonyms=QUOTE)
    assert len(found.question.slots) == 2
    expression = ways(found, 1)
    assert next(iter(expression)) == " ".join(terms("коммерческое предложение"))
    assert expression["кп"] == expression["quot"] == 0.8


def test_one_word_of_an_expression_still_finds() -> None:
    with look_at("предложение", "иное") as look:
        found = understand(look, parse("коммерческое предложение"), QUOTE)
        assert look.search(found.question, 5).total == 1


def test_a_word_of_the_glossary_is_found_by_an_expression() -> None:
    with look_at("Наше коммерческое предложение", "предложение иного") as look:
        found = understand(look, parse("КП"), QUOTE)
        assert [hit.key.ident for hit in look.search(found.question, 5).hits] == [0]


def test_an_expression_with_a_slip_is_an_expression() -> None:
    found = understood("коммерческое предожение", "коммерческое предложение", "кп", synonyms=QUOTE)
    assert found.instead == "коммерческое предложение"
    assert "кп" in ways(found)


def test_what_was_chosen_beside_the_box_survives_every_correction() -> None:
    parsed = parse("kbwtypbz tag:новое -старое")
    chosen = replace(parsed.question, marks=("kind=page",), order=Order.NEWEST)
    with look_at("лицензия") as look:
        found = understand(look, replace(parsed, question=chosen), NONE)
    assert found.instead == "лицензия tag:новое -старое"
    assert (found.question.marks, found.question.order) == (("kind=page",), Order.NEWEST)
    assert found.question.limits == (Limit(Field.TAG, ("нов",)),)
    assert found.question.without == (("стар",),)


def test_what_is_asked_and_known_stays_as_it_is() -> None:
    found = understood("лицензия договор", "лицензия", "договор")
    assert [slot.ways for slot in found.question.slots] == [
        (Way(("лиценз",)),),
        (Way(("договор",)),),
    ]
    assert found.corrections == ()


def test_the_corrections_are_told_with_what_was_typed() -> None:
    assert understood("лицезия kjujdjh", "лицензия").corrections == (("лицезия", "лицензия"),)


def test_of_very_many_unknown_words_only_some_are_corrected() -> None:
    words = " ".join(f"лиценз{letter}{letter}я" for letter in "бвгджзклмнпрстфхц")
    assert len(understood(words, "лицензия").corrections) == MOST_CORRECTED


def test_a_slip_is_of_its_own_alphabet_when_that_has_a_near_word() -> None:
    assert understood("пелмени", "пельмени", "pelmeni").instead == "пельмени"
    assert understood("пелмени", "pelmeni").instead == "pelmeni"
