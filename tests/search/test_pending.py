"""What waits for the index is found by the same rules as what is in it."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.documents import Document, Label
from search.parsing import begin, parse
from search.pending import going_on, matching, terms_of
from search.questions import Question
from search.synonyms import Synonyms
from search.understanding import understand
from search.whoosh_engine import WhooshEngine
from tests.search.conftest import EVERYONE, document, idents, put

MAY = datetime(2026, 5, 20, 12, tzinfo=UTC)
PAGES = (
    document(1, "Скидка директора", "Решает директор, веб-форма A-12/3.", changed_at=MAY),
    document(2, "Договор", "Скидка клиенту; директора нет. Мешок 10кг.", tags=("новинка",)),
    document(3, "Звонок", "Форма заявки", client=Label(5, "Альфа Банк", "Alpha Bank")),
    document(4, "Цены", "веб форма", authors=("Анна",), names=("7707083893",), until=MAY),
    document(5, "Продление", "", kind="file", categories=(Label(1, "Продажи", "Sales"),)),
)
QUESTIONS = (
    "скидка",
    "скидки договоров",
    '"скидка директора"',
    '"директора скидка"',
    '"решает директор"',
    '"веб-форма"',
    '"веб форма"',
    "скидка -договор",
    'скидка -"директора нет"',
    "title:скидка",
    "title:договор скидка",
    'client:"альфа банк"',
    "клиент:alpha форма",
    "author:анна",
    "tag:новинка",
    "tag:старинка скидка",
    "товар:продажи",
    "kind:file",
    "kind:file скидка",
    "after:2026-05 скидка",
    "before:2026-05 скидка",
    "after:2026-05-20 before:2026-05-21 скидка",
    "до:2026-05-20 скидка",
    "А-12-3",
    "10 кг",
    "7707083893",
    "продлить",
    "онлайн-звонок",
    "форма -веб",
)


def found(question: Question, *documents: Document) -> list[int]:
    """The numbers of the documents that match, the best first."""
    matches = sorted(matching(documents, question), key=lambda match: -match.share)
    return [match.document.ident for match in matches]


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_waiting_document_is_found_when_the_index_would_find_it(
    engine: WhooshEngine, text: str
) -> None:
    put(engine, *PAGES)
    with engine.looking(EVERYONE) as look:
        question = understand(look, parse(text), Synonyms()).question
        assert sorted(found(question, *PAGES)) == sorted(idents(look.search(question, 50)))


def test_every_question_of_the_list_finds_some_and_not_all_documents() -> None:
    some = [len(found(parse(text).question, *PAGES)) for text in QUESTIONS]
    assert max(some) < len(PAGES)
    assert sum(1 for count in some if count) > len(QUESTIONS) / 2


@pytest.mark.parametrize(
    ("day", "numbers"), [(date(2026, 3, 1), []), (date(2026, 5, 1), [4]), (date(2026, 5, 20), [])]
)
def test_a_day_in_the_past_shows_what_was_current_at_its_end(day: date, numbers: list[int]) -> None:
    question = Question(slots=parse("цены").question.slots, as_of=day)
    assert found(question, *PAGES) == numbers


def test_a_word_in_the_title_and_more_words_come_first() -> None:
    assert found(parse("скидка директора").question, *PAGES) == [1, 2]
    assert found(parse("договор форма").question, *PAGES)[0] == 2


def test_an_exact_name_fits_wholly() -> None:
    (match,) = matching(PAGES, parse("7707083893").question)
    assert (match.document.ident, match.share) == (4, 1.0)


def test_a_document_saved_anew_is_read_anew() -> None:
    old = document(1, "Скидка")
    assert terms_of(old) == {"скидк"}
    assert terms_of(document(1, "Договор")) == {"договор"}


def test_a_title_that_begins_as_typed_goes_on() -> None:
    (page,) = going_on([document(1, "Тариф 1 000 000 рублей")], begin("тариф 1 000 0"))
    assert page.ident == 1
    assert going_on([document(1, "Тариф")], begin("тарифы и")) == []


@settings(max_examples=60)
@given(st.text(st.sampled_from('аб1-, (+*"ё5'), min_size=1, max_size=20))
def test_a_longer_beginning_never_loses_the_title(title: str) -> None:
    for end in range(1, len(title) + 1):
        beginning = begin(title[:end])
        assert not beginning or going_on([document(1, title)], beginning)
