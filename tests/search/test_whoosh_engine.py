from itertools import product
from time import process_time

import pytest

from search.engine import Scope
from search.questions import Beginning, Field, Limit, Question, Slot, Way
from search.whoosh_engine import WhooshEngine
from tests.search.conftest import EVERYONE, document, find, hinted, put

HOSTILE = [
    "(" * 1_000,
    "*" * 500,
    "а*" * 500,
    '"' * 999,
    "title:[a TO ",
    "AND OR NOT",
    "NOT скидка AND (",
    "\x00\x01\x1f\x7f",
    "\u202eадикс\u202c\u200f",
    "скидка^999999999 ~1000",
    "'; DROP TABLE pages; --",
    "{{ 7*7 }} <script>",
    "а" * 1_000,
    "а-" * 500,
    " ".join(f"слово{n}" for n in range(100)),
    "\ud800",
    "🙂" * 200,
    "%_\\",
]


@pytest.mark.parametrize("question", HOSTILE)
def test_no_question_makes_the_engine_fail(engine: WhooshEngine, question: str) -> None:
    put(engine, document(1, "Скидка", "текст"))
    find(engine, question)
    hinted(engine, question)


@pytest.mark.parametrize("text", ["\ud800", "\x00", "а" * 5_000, "\xff", ""])
def test_no_term_makes_the_engine_fail(engine: WhooshEngine, text: str) -> None:
    put(engine, document(1, "Скидка", "текст"))
    everywhere = Question(
        slots=(Slot((Way((text, text)), Way(()))), Slot(())),
        whole=text,
        phrases=((text, "скидк"), ()),
        without=((text,), (), (text, text)),
        limits=tuple(Limit(field, (text,)) for field in Field),
        marks=(text, "kind=page"),
    )
    with engine.looking(Scope(frozenset({"all", text}))) as look:
        assert look.search(everywhere, 10).total == 0
        look.suggest(Beginning((text,), text, text, text), 5)
        look.nearest(text, 5)
        look.beginning_with(text, 5)
        look.count(text)


def test_the_largest_question_costs_less_than_a_second(engine: WhooshEngine) -> None:
    words = ["".join(letters) for letters in product("bcdfghk", repeat=3)]
    body = " ".join(words)
    put(engine, *(document(n, f"Слово {n}", body) for n in range(100)))
    slots = tuple(
        Slot(tuple(Way((words[n * 9 + k], f"{n}")) for k in range(10))) for n in range(32)
    )
    begun = process_time()
    with engine.looking(EVERYONE) as look:
        look.search(Question(slots=slots, phrases=(tuple(words[:3]),) * 8), 10)
        for prefix in words + words:
            look.beginning_with(prefix[:2], 20)
    assert process_time() - begun < 1.0
