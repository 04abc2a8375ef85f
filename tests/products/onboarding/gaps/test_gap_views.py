"""Questions that no page answered, in the browser and for programs."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from products.onboarding.gaps.services import Asked, answer_in_words, ask
from search.indexing import keep_current
from tests.conftest import Cast
from tests.counting import counting
from tests.factories.pages import make_category, make_page_row, write_page
from wiki.accounts.actor import Actor
from wiki.database import Database

Browser = Callable[[Actor | None], FlaskClient]
HOSTILE = "<script>alert(1)</script>\"'"


@pytest.fixture
def shelf(app: Flask, database: Database, cast: Cast) -> int:
    with app.app_context(), database.transaction() as session:
        shelf = make_category(session, "Gaskets and rings")
        make_page_row(session, "Ring", cast.anna, category_id=shelf.id)
        return shelf.id


@pytest.fixture
def indexed(app: Flask, database: Database) -> None:
    """A search while the index is made anew says so instead of asking."""
    while keep_current(database, app.extensions["search"]):
        pass


@pytest.mark.usefixtures("indexed")
def test_a_search_that_found_nothing_can_be_asked(
    browser_of: Browser, cast: Cast, shelf: int
) -> None:
    nina = browser_of(cast.nina)
    empty = nina.get("/search?q=acid+resistance").text
    assert "Ask those who know" in empty
    assert 'value="acid resistance"' in empty
    assert "Gaskets and rings" in empty
    assert "Ask those who know" not in nina.get("/search").text
    answer = nina.post("/gaps", data={"words": "acid resistance", "category": str(shelf)})
    assert answer.status_code == 302
    seen = nina.get("/gaps?show=asked").text
    assert "acid resistance" in seen
    assert "asked: Anna" in seen
    assert "Write this page" not in seen
    assert "acid resistance" in browser_of(cast.anna).get("/").text
    waiting = browser_of(cast.anna).get("/gaps").text
    assert f"/pages/new?title=acid%20resistance&amp;language=en&amp;category={shelf}" in waiting


def test_a_search_that_found_something_offers_no_question(
    app: Flask, browser_of: Browser, cast: Cast
) -> None:
    write_page(app, cast.anna, "Acid resistance")
    seen = browser_of(cast.nina).get("/search?q=acid+resistance").text
    assert "Ask those who know" not in seen


def test_the_form_says_who_looks_after_what(browser_of: Browser, cast: Cast, shelf: int) -> None:
    seen = browser_of(cast.nina).get(f"/gaps/new?q=Acid&category={shelf}").text
    assert "Gaskets and rings — Anna" in seen
    assert 'value="Acid"' in seen
    short = browser_of(cast.nina).post("/gaps", data={"words": "x", "category": str(shelf)})
    assert short.status_code == 422
    assert f'value="{shelf}" selected' in short.text


def put(browser: FlaskClient, words: str = "Acid resistance") -> int:
    asked = browser.post("/api/gaps", json={"words": words}).json
    assert asked is not None
    return int(asked["id"])


def test_answers_by_title_and_by_words(app: Flask, browser_of: Browser, cast: Cast) -> None:
    nina, anna = browser_of(cast.nina), browser_of(cast.anna)
    page, first, second = write_page(app, cast.anna, "Acids"), put(nina), put(nina, "Alkali")
    assert anna.post(f"/gaps/{first}/answer", data={"page": "Acids\0!"}).status_code == 422
    wrong = anna.post(f"/gaps/{first}/answer", data={"page": "No such page", "words": "Kept"})
    assert wrong.status_code == 422
    assert "There is no such page" in wrong.text
    assert "Kept</textarea>" in wrong.text
    assert anna.post(f"/gaps/{first}/answer", data={"page": "acids"}).status_code == 302
    assert anna.post(f"/gaps/{second}/answer", data={"words": "Up to 40 %."}).status_code == 302
    seen = nina.get("/gaps?show=asked").text
    assert f"/pages/{page}-acids" in seen
    assert "Up to 40 %." in seen
    assert "Anna answered you" in nina.get("/").text
    nina.post(f"/gaps/{second}/reopen")
    assert "Up to 40 %." not in nina.get("/gaps?show=asked").text
    nina.post(f"/gaps/{second}/drop")
    assert "Alkali" in nina.get("/gaps?show=settled").text


def test_nobody_but_writers_sees_the_questions_of_others(browser_of: Browser, cast: Cast) -> None:
    gap, nina = put(browser_of(cast.anna), "Question of Anna"), browser_of(cast.nina)
    for number in (gap, 99_999):
        for deed in ("answer", "refuse", "drop", "reopen"):
            assert nina.post(f"/gaps/{number}/{deed}", data={"words": "So."}).status_code == 404
        for deed in ("answer", "drop", "reopen"):
            answer = nina.post(f"/api/gaps/{number}/{deed}", json={"words": "So."})
            assert answer.status_code == 404
    assert "Question of Anna" not in nina.get("/gaps?show=open").text
    assert nina.get("/api/gaps").json == {"gaps": []}
    assert "Question of Anna" in browser_of(cast.boris).get("/gaps?show=open").text


def test_a_page_that_one_may_not_see_is_not_named(
    app: Flask, browser_of: Browser, cast: Cast
) -> None:
    secret = write_page(app, cast.vera, "Hidden title", audience="directors")
    gap, vera = put(browser_of(cast.vera)), browser_of(cast.vera)
    assert vera.post(f"/api/gaps/{gap}/answer", json={"page": secret}).status_code == 200
    assert "Hidden title" in vera.get("/gaps?show=settled").text
    anna = browser_of(cast.anna)
    assert "Acid resistance" in anna.get("/gaps?show=settled").text
    assert "Hidden title" not in anna.get("/gaps?show=settled").text
    found = anna.get("/api/gaps?show=settled").json
    assert found is not None
    assert found["gaps"][0]["page"] is None


def test_hostile_words_are_shown_as_text(browser_of: Browser, cast: Cast) -> None:
    nina = browser_of(cast.nina)
    put(nina, HOSTILE)
    for address in ("/gaps?show=asked", f"/gaps/new?q={HOSTILE}", "/search?q=%22" + HOSTILE):
        seen = nina.get(address).text
        assert "&lt;script&gt;alert(1)" in seen
        assert "<script>alert" not in seen
    assert "<script>alert" not in browser_of(cast.vera).get("/").text


def test_programs_ask_answer_and_read(app: Flask, browser_of: Browser, cast: Cast) -> None:
    nina, anna = browser_of(cast.nina), browser_of(cast.anna)
    gap, page = put(nina), write_page(app, cast.anna, "Acids")
    done = anna.post(f"/api/gaps/{gap}/answer", json={"page": page}).json
    assert done is not None
    assert (done["state"], done["page"], done["ended_by"]) == ("answered", page, "Anna")
    assert anna.post(f"/api/gaps/{gap}/drop").status_code == 409
    again = nina.post(f"/api/gaps/{gap}/reopen").json
    assert again is not None
    assert (again["state"], again["page"]) == ("open", None)
    assert nina.post("/api/gaps", json={"words": "x" * 501}).status_code == 422
    assert nina.post("/api/gaps", json={"words": "abc", "category": 99}).status_code == 422
    listed = nina.get("/api/gaps?show=asked").json
    assert listed is not None
    assert [one["id"] for one in listed["gaps"]] == [gap]


@pytest.mark.usefixtures("indexed")
def test_many_questions_cost_as_many_statements_as_few(
    app: Flask, browser_of: Browser, cast: Cast, database: Database, shelf: int
) -> None:
    anna, counts = browser_of(cast.anna), []
    addresses = ("/gaps?show=open", "/gaps?show=settled", "/gaps/new", "/search?q=zzzzz", "/")
    for number in (2, 40):
        with app.app_context(), database.transaction() as session:
            for one in range(number):
                asked = Asked(f"Question {number} {one}", shelf, "")
                gap = ask(session, cast.nina, asked)
                if one % 2:
                    answer_in_words(session, cast.boris, gap.id, "So.", "")
        taken = []
        for address in addresses:
            anna.get(address)
            with counting(database) as sent:
                anna.get(address)
            taken.append(len(sent))
        counts.append(taken)
    assert counts[0] == counts[1]
