"""What is promised of every question, tried with many: over the whole way that a person goes."""

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.assembly import Search
from search.indexing import keep_current
from search.queries import DEEPEST, Wanted, search_visible_to, suggest_visible_to
from tests.conftest import Cast
from tests.search.conftest import WritePage
from wiki.database import Database

WORDS = [
    "договор",
    "договоры",
    "продление",
    "продлить",
    "скидка",
    "скидки",
    "лицензия",
    "стали",
    "сталь",
    "вор",
    "звонок",
    "и",
    "не",
    "в",
    "на",
    "что",
    "онлайн-запись",
    "A-12/3",
    "10кг",
    "1С",
    "ЭДО",
    "the",
    "contract",
    "contracts",
    "renewal",
    "quote",
    "yt",
    "ns",
    "db",
    "vs",
    "ghbdtn",
    "дого",
    "сервер",
    "сервером",
    "маркетинг",
    "marketing",
    "litsenziya",
    "7707083893",
    "anna@example.com",
    "ё-моё",
    "елка",
    "ёлка",
    "х",
    "а",
]
PATIENT = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)

Find = Callable[[str], list[int]]


@pytest.fixture
def texts(write_page: WritePage) -> dict[int, list[str]]:
    """Pages of words drawn at random, every seed the same."""
    dice = Random(7)
    drawn = (dice.sample(WORDS, 9) for _ in range(14))
    return {write_page(" ".join(some[:2]), " ".join(some[2:])): some for some in drawn}


@pytest.fixture(params=["indexed", "waiting"])
def find(
    request: pytest.FixtureRequest,
    database: Database,
    search: Search,
    cast: Cast,
    texts: dict[int, list[str]],
) -> Find:
    """The pages that Nina finds, the best first."""
    if request.param == "indexed":
        keep_current(database, search)

    def found(words: str) -> list[int]:
        with database.reading() as session:
            answer = search_visible_to(session, cast.nina, search, Wanted(words), DEEPEST)
        return [hit.document.ident for hit in answer.hits if hit.document.kind == "page"]

    return found


@PATIENT
@given(data=st.data())
def test_a_further_word_that_the_page_has_never_removes_it(
    find: Find, texts: dict[int, list[str]], data: st.DataObject
) -> None:
    question = data.draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5))
    found = find(" ".join(question))
    for ident in found[:3]:
        word = data.draw(st.sampled_from(texts[ident]))
        assert ident in find(" ".join([*question, word])), (question, word)


@PATIENT
@given(data=st.data())
def test_the_same_question_has_the_same_answer(
    find: Find, texts: dict[int, list[str]], data: st.DataObject
) -> None:
    question = " ".join(data.draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5)))
    assert find(question) == find(question)


def test_a_longer_beginning_of_a_title_never_loses_the_page(
    find: Find, texts: dict[int, list[str]], database: Database, search: Search, cast: Cast
) -> None:
    with database.reading() as session:
        for ident, some in texts.items():
            title, seen = " ".join(some[:2]), False
            for end in range(1, len(title) + 1):
                hints = suggest_visible_to(session, cast.nina, search, title[:end])
                there = ident in [document.ident for document in hints]
                assert there or not seen, title[:end]
                seen = there
            assert seen, title
