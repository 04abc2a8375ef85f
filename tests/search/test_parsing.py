from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import terms
from search.parsing import begin, parse
from search.questions import LONGEST_QUESTION, MOST_WORDS, Field, Limit, Way
from wiki.errors import Refusal

any_question = st.text(
    st.one_of(st.characters(), st.sampled_from('"«»“”„-*:. ()[]'), st.sampled_from("абвabc12")),
    max_size=200,
)


def asked(text: str) -> list[str]:
    """The first way of each slot."""
    return [" ".join(slot.ways[0].terms) for slot in parse(text).question.slots]


def test_common_words_do_not_count_beside_others() -> None:
    assert asked("как создать скидку") == asked("создать скидка") == terms("создать скидка")


def test_common_words_keep_their_place_among_the_words() -> None:
    assert [word.slot for word in parse("договор о поставке").words] == [0, None, 1]


def test_a_question_of_common_words_alone_is_still_asked() -> None:
    assert asked("кто я") == terms("кто я")


def test_a_word_asked_twice_counts_once() -> None:
    assert len(asked("скидка скидки скидкам")) == 1


@pytest.mark.parametrize(
    "text", ['"()*?:^~ -', "", "   ", '"', "«", "“ ”", "--", "\x00\u202e", "***"]
)
def test_signs_alone_ask_nothing(text: str) -> None:
    assert not parse(text).question
    assert not begin(text)


def test_a_question_that_is_too_long_is_refused_with_the_limit() -> None:
    assert parse("а" * LONGEST_QUESTION).question
    with pytest.raises(Refusal, match=str(LONGEST_QUESTION)):
        parse("а" * (LONGEST_QUESTION + 1))


def test_at_most_so_many_words_are_asked() -> None:
    assert len(asked(" ".join(f"w{number}" for number in range(100)))) == MOST_WORDS


@pytest.mark.parametrize(
    "quoted",
    ['"скидка директора"', "«скидка директора»", "“скидка директора”", "„скидка директора“"],
)
def test_words_in_any_quotes_are_a_phrase_and_make_the_rank(quoted: str) -> None:
    question = parse(f"договор {quoted}").question
    assert question.phrases == (("скидк", "директор"),)
    assert asked(f"договор {quoted}") == ["договор", "скидк", "директор"]


def test_a_lone_quote_is_no_phrase() -> None:
    assert parse('скидка 15" монитор').question.phrases == ()
    assert asked('скидка 15" монитор') == ["скидк", "15", "монитор"]


def test_quotes_inside_other_quotes_belong_to_the_phrase() -> None:
    assert parse('«ООО "Альфа"»').question.phrases == (tuple(terms("ООО Альфа")),)


def test_minus_excludes_a_word_or_a_phrase() -> None:
    question = parse('скидка -акция -"чёрная пятница"').question
    assert question.without == (("акц",), ("черн", "пятниц"))
    assert [slot.ways[0].terms for slot in question.slots] == [("скидк",)]


def test_a_dash_inside_a_word_or_alone_excludes_nothing() -> None:
    for text in ("онлайн-запись", "скидка - акция", "скидка — акция", "- скидка"):
        assert parse(text).question.without == ()


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("title:скидки", Limit(Field.TITLE, ("скидк",))),
        ("Название:скидки", Limit(Field.TITLE, ("скидк",))),
        ('client:"Альфа Банк"', Limit(Field.CLIENT, tuple(terms("Альфа Банк")))),
        ("клиент:«Альфа Банк»", Limit(Field.CLIENT, tuple(terms("Альфа Банк")))),
        ("товар:A-12/3", Limit(Field.PRODUCT, ("a123",))),
        ("автор:anna", Limit(Field.AUTHOR, tuple(terms("anna")))),
        ("метка:новинка", Limit(Field.TAG, tuple(terms("новинка")))),
    ],
)
def test_a_field_limits_a_word_or_a_phrase_to_a_part(text: str, limit: Limit) -> None:
    question = parse(f"договор {text}").question
    assert question.limits == (limit,)
    assert [slot.ways[0].terms for slot in question.slots] == [("договор",)]


def test_an_unknown_field_is_ordinary_words() -> None:
    question = parse("ratio:word").question
    assert not question.limits
    assert asked("ratio:word") == terms("ratio word")


@pytest.mark.parametrize("text", ["kind:page", "вид:страницы", "kind:Страница"])
def test_a_kind_is_demanded_by_any_of_its_names(text: str) -> None:
    assert parse(f"{text} скидка").question.marks == ("kind=page",)


def test_colleagues_and_people_at_clients_are_kinds_of_their_own() -> None:
    assert parse("вид:сотрудники").question.marks == ("kind=colleague",)
    assert parse("вид:люди").question.marks == ("kind=person",)


def test_an_unknown_kind_is_ordinary_words() -> None:
    question = parse("kind:самолёт").question
    assert question.marks == ()
    assert "самолет" in question.terms


@pytest.mark.parametrize(
    ("text", "after", "before"),
    [
        ("after:2026-05-01", date(2026, 5, 1), None),
        ("после:01.05.2026", date(2026, 5, 1), None),
        ("after:2026", date(2026, 1, 1), None),
        ("before:2026-05-01", None, date(2026, 4, 30)),
        ("до:2026", None, date(2025, 12, 31)),
        ("after:2026-05 before:2026-06", date(2026, 5, 1), date(2026, 5, 31)),
        ("after:вчера before:today", date(2026, 3, 1), date(2026, 3, 1)),
    ],
)
def test_after_is_from_the_first_day_and_before_is_until_the_day_before_it(
    text: str, after: date | None, before: date | None
) -> None:
    question = parse(text, today=date(2026, 3, 2)).question
    assert (question.after, question.before) == (after, before)


@pytest.mark.parametrize(
    "text", ["after:2026-13", "before:0001", "after:вчера", "до:²⁰²⁶", "до:31.02.26"]
)
def test_a_date_that_cannot_be_read_is_ordinary_words(text: str) -> None:
    question = parse(text).question
    assert question.after is question.before is None
    assert question.slots


def test_a_star_asks_for_all_that_begins_so() -> None:
    assert [(word.word, word.begins) for word in parse("лиценз* договор").words] == [
        ("лиценз", True),
        ("договор", False),
    ]
    assert not parse("ли*").words[0].begins


def test_a_code_is_one_slot_and_its_parts_together_are_worth_less() -> None:
    (slot,) = parse("А-12/3").question.slots
    assert slot.ways[0] == Way(("a123",))
    assert slot.ways[1].terms == ("a", "12", "3")
    assert slot.ways[1].weight < 1


def test_words_joined_by_a_hyphen_are_found_apart_and_together() -> None:
    ways = [[way.terms for way in slot.ways] for slot in parse("веб-форма").question.slots]
    assert ways == [[("веб",), ("вебформ",)], [("форм",), ("вебформ",)]]


def test_the_whole_question_is_the_terms_of_a_title_written_so() -> None:
    for title in ("Скидка директора", "Как создать A-12/3", '"Альфа" и бета', "Скидка №5"):
        assert parse(title).question.whole == " ".join(terms(title))


@given(any_question)
def test_no_text_makes_the_parser_fail(text: str) -> None:
    parsed = parse(text)
    assert all(slot.ways[0].terms for slot in parsed.question.slots)
    assert all(0 <= word.start < word.end <= len(parsed.text) for word in parsed.words)
    begin(text)


@given(
    st.lists(
        st.sampled_from(("скидка", "договор", "A-12", "10кг", "веб-форма", "как", "1,5")),
        max_size=9,
    )
)
def test_one_more_word_takes_no_slot_away(words: list[str]) -> None:
    before = set(asked(" ".join([*words, "клиент"])))
    assert before < set(asked(" ".join([*words, "клиент", "звонок"])))


def test_the_last_word_typed_may_go_on() -> None:
    beginning = begin("Создание  предл")
    assert beginning.last == "предл"
    assert beginning.terms == tuple(terms("создание"))
    assert beginning.typed == "создание предл"


def test_a_code_typed_last_is_one_word_that_goes_on() -> None:
    assert begin("A-12").terms == ()
    assert begin("A-12").last == "a12"


def test_of_a_very_long_phrase_the_beginning_is_demanded() -> None:
    question = parse('"' + "и " * 400 + '" -"' + "а " * 90 + '"').question
    assert [len(row) for row in (*question.phrases, *question.without)] == [MOST_WORDS] * 2


@pytest.mark.parametrize("typed", ["+7 495 123-45-67", "звонить 8 (495) 123 45 67 завтра"])
def test_a_telephone_with_blanks_is_asked_for_as_one(typed: str) -> None:
    ways = [way.terms for slot in parse(typed).question.slots for way in slot.ways]
    assert ("74951234567",) in ways
    assert not {"7", "495", "123", "45", "67"} & {term for way in ways for term in way}


def test_a_large_number_with_blanks_is_asked_for_as_one() -> None:
    slots = parse("цена 15 000 рублей").question.slots
    assert [slot.ways[0].terms for slot in slots] == [("цен",), ("15000",), ("рубл",)]
