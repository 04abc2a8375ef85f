from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from search.assembly import Search
from search.indexing import keep_current
from tests.conftest import Cast
from tests.search.conftest import WritePage
from tests.search.test_whoosh_engine import HOSTILE
from wiki.accounts.actor import Actor
from wiki.database import Database

BrowserOf = Callable[[Actor | None], FlaskClient]


@pytest.fixture(autouse=True)
def index(database: Database, search: Search, cast: Cast) -> None:
    keep_current(database, search)


def ask(client: FlaskClient, status: int = 200, **arguments: object) -> dict[str, Any]:
    answer = client.get("/api/search", query_string=arguments)
    assert answer.status_code == status, answer.text
    assert answer.is_json
    found: dict[str, Any] = answer.get_json()
    return found


def test_a_hit_has_all_that_was_promised(
    browser_of: BrowserOf, cast: Cast, write_page: WritePage
) -> None:
    page = write_page("Скидки", "Скидку даёт директор.", source_path="ru/prices.md")
    found = ask(browser_of(cast.nina), q="скидка")
    assert found["total"] == 1
    assert found["took_ms"] >= 0
    (hit,) = found["hits"]
    assert hit["kind"] == "page"
    assert hit["id"] == page
    assert hit["title"] == "Скидки"
    assert hit["url"] == f"/pages/{page}-skidki"
    assert hit["excerpt"] == "Скидку даёт директор."
    assert hit["score"] > 0
    assert hit["path"] == "ru/prices.md"


def test_a_page_written_here_has_no_path(
    browser_of: BrowserOf, cast: Cast, write_page: WritePage
) -> None:
    write_page("Скидки")
    assert ask(browser_of(cast.nina), q="скидка")["hits"][0]["path"] is None


def test_the_limit_bounds_the_hits_and_not_the_total(
    browser_of: BrowserOf, cast: Cast, write_page: WritePage
) -> None:
    for number in range(30):
        write_page(f"Скидка {number}")
    assert len(ask(browser_of(cast.nina), q="скидка")["hits"]) == 20
    found = ask(browser_of(cast.nina), q="скидка", limit=3, kind="page")
    assert len(found["hits"]) == 3
    assert found["total"] == 30


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"q": "x" * 1_001},
        {"q": "x", "limit": "0"},
        {"q": "x", "limit": "101"},
        {"q": "x", "limit": "9" * 5_000},
        {"q": "x", "limit": "-1"},
        {"q": "x", "limit": "٣"},
        {"q": "x", "limit": ""},
        {"q": "x", "kind": "secrets"},
    ],
)
def test_what_cannot_be_done_is_refused_with_a_sentence(
    browser_of: BrowserOf, cast: Cast, arguments: dict[str, str]
) -> None:
    refused = ask(browser_of(cast.nina), 422, **arguments)
    assert refused["error"].endswith(".")


@pytest.mark.parametrize("question", [q for q in HOSTILE if q != "\ud800"])
def test_no_question_breaks_the_answer(
    browser_of: BrowserOf, cast: Cast, write_page: WritePage, question: str
) -> None:
    write_page("Скидка")
    assert ask(browser_of(cast.nina), q=question)["total"] in (0, 1)


def test_another_team_does_not_learn_of_a_page(
    browser_of: BrowserOf, cast: Cast, write_page: WritePage
) -> None:
    write_page("Скидка", audience=f"team:{cast.anna.team_id}")
    assert ask(browser_of(cast.anna), q="скидка")["total"] == 1
    nothing = ask(browser_of(cast.boris), q="скидка")
    assert (nothing["total"], nothing["hits"]) == (0, [])
