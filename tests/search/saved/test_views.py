"""Saved searches in the browser."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.conftest import Cast
from tests.counting import counting
from tests.search.conftest import WritePage
from tests.search.saved.conftest import Keep, Worker
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.pages.models import Page

Browser = Callable[[Actor | None], FlaskClient]

HOSTILE = '"><script>alert("1")</script>'


def test_a_search_is_saved_named_and_run_again(browser_of: Browser, cast: Cast) -> None:
    anna = browser_of(cast.anna)
    saved = anna.post("/search/saved", data={"query": "page=2&kind=page&q=%D0%BA%D0%BF"})
    assert saved.location == "/search/saved/1"
    assert 'value="кп"' in anna.get(saved.location).text
    anna.post(saved.location, data={"name": "Предложения", "telling": "mail"})
    shown = anna.get("/search/saved").text
    assert "Предложения" in shown
    assert "Tell me there and in a letter each morning" in shown
    address = re.search(r'href="(/search\?q=[^"]*)">Предложения', shown)
    assert address is not None
    assert address[1] == "/search?q=%D0%BA%D0%BF&amp;kind=page"
    assert anna.get("/search?q=%D0%BA%D0%BF&kind=page").status_code == 200


def test_a_search_without_words_gets_a_name_too(browser_of: Browser, cast: Cast) -> None:
    anna = browser_of(cast.anna)
    anna.post("/search/saved", data={"query": "kind=page"})
    assert "Without words" in anna.get("/search/saved").text


@pytest.mark.parametrize("query", ["", "page=3", "q=", "q=" + "я" * 5_000])
def test_what_cannot_be_kept_is_refused_with_a_sentence(
    browser_of: Browser, cast: Cast, query: str
) -> None:
    answer = browser_of(cast.anna).post("/search/saved", data={"query": query})
    assert answer.status_code == 422
    assert "Nothing was saved" in answer.text


def test_a_refused_name_comes_back_in_its_form(browser_of: Browser, cast: Cast, keep: Keep) -> None:
    ident = keep(cast.anna, "договор")
    typed = {"name": "я" * 150, "telling": "mail"}
    answer = browser_of(cast.anna).post(f"/search/saved/{ident}", data=typed)
    assert answer.status_code == 422
    assert "longer than 100" in answer.text
    assert "я" * 150 in answer.text
    assert re.search(r'value="mail" checked', answer.text)


def test_a_removed_search_stays_below_with_a_way_back(
    browser_of: Browser, cast: Cast, keep: Keep
) -> None:
    ident = keep(cast.anna, "договор")
    anna = browser_of(cast.anna)
    anna.post(f"/search/saved/{ident}/remove")
    shown = anna.get("/search/saved").text
    assert "You keep no searches yet" in shown
    assert "1 removed search" in shown
    anna.post(f"/search/saved/{ident}/bring-back")
    assert "removed search" not in anna.get("/search/saved").text


def test_nobody_sees_or_touches_the_searches_of_others(
    browser_of: Browser, cast: Cast, keep: Keep, worker: Worker, write_page: WritePage
) -> None:
    ident = keep(cast.boris, "договор")
    write_page("Договор")
    worker.look()
    for other in (cast.anna, cast.vera, cast.adam):
        browser = browser_of(other)
        assert "договор" not in browser.get("/search/saved").text
        assert "Договор" not in browser.get("/search/saved/news").text
        assert browser.get(f"/search/saved/{ident}").status_code == 404
        for deed in ("", "/remove", "/bring-back"):
            typed = {"name": "x", "telling": "off"}
            answer = browser.post(f"/search/saved/{ident}{deed}", data=typed)
            assert answer.status_code == 404
        assert browser.post("/search/saved/news/1/open").status_code == 404
        browser.post("/search/saved/news/read")
    assert "1 new" in browser_of(cast.boris).get("/search/saved").text
    assert browser_of(None).get("/search/saved").status_code == 302
    assert browser_of(None).post("/search/saved", data={"query": "q=a"}).status_code == 302


def test_news_are_counted_listed_and_opened(
    browser_of: Browser, cast: Cast, keep: Keep, worker: Worker, write_page: WritePage
) -> None:
    keep(cast.anna, "договор")
    page = write_page("Договор")
    worker.look()
    anna = browser_of(cast.anna)
    assert "1 new" in anna.get("/search/saved").text
    assert "notice-unread" in anna.get("/search/saved/news").text
    assert anna.get("/search/saved/news/1/open").status_code == 405
    assert anna.post("/search/saved/news/1/open").location.startswith(f"/pages/{page}-")
    assert "1 new" not in anna.get("/search/saved").text
    assert "notice-unread" not in anna.get("/search/saved/news").text


def test_all_news_can_be_marked_as_read_at_once(
    browser_of: Browser, cast: Cast, keep: Keep, worker: Worker, write_page: WritePage
) -> None:
    keep(cast.anna, "договор")
    for number in range(3):
        write_page(f"Договор {number}")
    worker.look()
    anna = browser_of(cast.anna)
    assert "3 new" in anna.get("/search/saved").text
    anna.post("/search/saved/news/read")
    assert "Mark all as read" not in anna.get("/search/saved/news").text


def test_hidden_things_are_in_no_number_no_list_and_cannot_be_opened(
    browser_of: Browser, cast: Cast, keep: Keep, worker: Worker, write_page: WritePage
) -> None:
    keep(cast.anna, "договор")
    page = write_page("Тайный договор")
    worker.look()
    with worker.database.transaction() as session:
        session.get_one(Page, page).audience = "directors"
    anna = browser_of(cast.anna)
    assert "1 new" not in anna.get("/search/saved").text
    assert "Тайный" not in anna.get("/search/saved/news").text
    assert anna.post("/search/saved/news/1/open").status_code == 404


def test_hostile_text_is_only_text(browser_of: Browser, cast: Cast) -> None:
    anna = browser_of(cast.anna)
    anna.post("/search/saved", data={"query": "q=%22%3E%3Cscript%3Ealert", "name": HOSTILE})
    for shown in (anna.get("/search/saved").text, anna.get("/search/saved/1").text):
        assert "&lt;script&gt;alert" in shown
        assert "<script>alert" not in shown


def test_the_lists_cost_as_much_with_many_searches_and_finds(
    browser_of: Browser,
    cast: Cast,
    database: Database,
    keep: Keep,
    worker: Worker,
    write_page: WritePage,
) -> None:
    taken = []
    anna = browser_of(cast.anna)
    for start in (0, 20):
        for number in range(start, start + 2 + start):
            keep(cast.anna, f"договор слово{number}")
            write_page(f"Договор слово{number}")
        worker.look()
        for address in ("/search/saved", "/search/saved/news"):
            anna.get(address)
            with counting(database) as sent:
                assert anna.get(address).status_code == 200
            taken.append(len(sent))
    assert taken[:2] == taken[2:]


def _bell(browser: FlaskClient) -> str:
    """The number at the bell, empty for none."""
    shown = re.search(r'top-count">(\d+)<', browser.get("/notices").text)
    return shown[1] if shown else ""


def test_the_bell_counts_what_is_new_and_nothing_hidden(
    browser_of: Browser, cast: Cast, keep: Keep, worker: Worker, write_page: WritePage
) -> None:
    ident = keep(cast.anna, "договор")
    pages = [write_page(f"Договор {number}") for number in range(4)]
    worker.look()
    anna = browser_of(cast.anna)
    assert _bell(anna) == "4"
    assert _bell(browser_of(cast.boris)) == ""
    assert "New in saved searches (4)" in anna.get("/notices").text
    assert anna.get(f"/pages/{pages[0]}", follow_redirects=True).text.count('top-count">4<') == 1
    anna.post("/search/saved/news/1/open")
    assert _bell(anna) == "3"
    with worker.database.transaction() as session:
        session.get_one(Page, pages[1]).audience = "directors"
    worker.look()
    assert _bell(anna) == "2"
    anna.post(f"/search/saved/{ident}/remove")
    assert _bell(anna) == ""
    anna.post(f"/search/saved/{ident}/bring-back")
    assert _bell(anna) == "2"
    anna.post("/search/saved/news/read")
    assert _bell(anna) == ""
