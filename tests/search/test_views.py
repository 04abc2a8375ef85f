from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from search.assembly import Search
from search.indexing import keep_current
from tests.conftest import Cast
from tests.search.conftest import WritePage
from wiki.accounts.actor import Actor
from wiki.database import Database

BrowserOf = Callable[[Actor | None], FlaskClient]
HOSTILE = "<script>alert(1)</script>\" onload='x' {{ 7*7 }}"


@pytest.fixture(autouse=True)
def index(database: Database, search: Search, cast: Cast) -> None:
    keep_current(database, search)


def test_a_stranger_is_asked_to_sign_in(browser_of: BrowserOf) -> None:
    for address in ("/search?q=x", "/search/suggest?q=x"):
        assert browser_of(None).get(address).status_code in (302, 401)
    assert browser_of(None).get("/api/search?q=x").status_code in (302, 401)


def test_a_newcomer_finds_a_page_with_its_words_marked(
    browser_of: BrowserOf, cast: Cast, write_page: WritePage
) -> None:
    page = write_page("Скидки", "Скидку даёт директор.")
    answer = browser_of(cast.nina).get("/search?q=скидка").text
    assert f'href="/pages/{page}-skidki"' in answer
    assert "<mark>Скидку</mark> даёт директор." in answer


def test_without_a_question_the_page_says_how_to_ask(browser_of: BrowserOf, cast: Cast) -> None:
    for address in ("/search", "/search?q=", "/search?q=%20"):
        answer = browser_of(cast.nina).get(address)
        assert answer.status_code == 200
        assert "What are you looking for?" in answer.text


def test_nothing_found_says_so_with_the_words(browser_of: BrowserOf, cast: Cast) -> None:
    answer = browser_of(cast.nina).get("/search?q=абракадабра")
    assert answer.status_code == 200
    assert "Nothing found for «абракадабра»" in answer.text


def test_a_question_that_is_too_long_is_a_sentence_and_stays_in_the_box(
    browser_of: BrowserOf, cast: Cast
) -> None:
    answer = browser_of(cast.nina).get("/search?q=" + "x" * 1_001)
    assert answer.status_code == 422
    assert "longer than 1000 characters" in answer.text
    assert 'value="xxx' in answer.text


def test_hostile_text_in_page_and_question_stays_text(
    browser_of: BrowserOf, cast: Cast, write_page: WritePage
) -> None:
    write_page(f"Скидка {HOSTILE}", f"скидка {HOSTILE}")
    for address in ("/search", "/search/suggest"):
        answer = browser_of(cast.nina).get(
            address, query_string={"q": f"скидка {HOSTILE}" if address == "/search" else "скидка"}
        )
        assert answer.status_code == 200
        assert "alert" in answer.text
        assert "<script>alert" not in answer.text
        assert "onload='x'" not in answer.text


@pytest.mark.parametrize("page", ["0", "-3", "x", "99999999999999999999", "2"])
def test_no_page_number_breaks_the_results(
    browser_of: BrowserOf, cast: Cast, write_page: WritePage, page: str
) -> None:
    write_page("Скидка")
    assert browser_of(cast.nina).get(f"/search?q=скидка&page={page}").status_code == 200


def test_many_hits_are_paged_with_the_question_kept(
    browser_of: BrowserOf, cast: Cast, write_page: WritePage
) -> None:
    for number in range(25):
        write_page(f"Скидка {number}")
    first = browser_of(cast.nina).get("/search?q=скидка&kind=page").text
    assert "25 found" in first
    assert "page=2" in first
    second = browser_of(cast.nina).get("/search?q=скидка&kind=page&page=2").text
    assert second.count('class="result"') == 5


def test_titles_are_offered_while_typing(
    browser_of: BrowserOf, cast: Cast, write_page: WritePage
) -> None:
    page = write_page("Создание предложений")
    answer = browser_of(cast.nina).get("/search/suggest?q=созд").text
    assert f'href="/pages/{page}-sozdanie-predlozhenii"' in answer
    assert "<html" not in answer


def test_the_fragment_is_empty_when_nothing_fits(browser_of: BrowserOf, cast: Cast) -> None:
    for typed in ("", "щщщ", "((", "x" * 5_000):
        answer = browser_of(cast.nina).get("/search/suggest", query_string={"q": typed})
        assert answer.status_code == 200
        assert answer.text.strip() == ""
