"""What searches teach, in the browser."""

import csv
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search.lessons.notebook import Notebook
from tests.conftest import Cast, SetClock
from tests.counting import counting
from wiki.accounts.actor import Actor
from wiki.database import Database

Browser = Callable[[Actor | None], FlaskClient]

HOSTILE = '<script>alert("1")</script>'
THIS_WEEK = "/search/lessons?week=2026-W10"


@pytest.fixture
def book(app: Flask, clock: SetClock) -> Iterator[Notebook]:
    found: Notebook = app.extensions["search_notebook"]
    yield found
    found.close()


def _table(shown: str, name: str) -> str:
    """The part of the page between the heading of that table and the end of its section."""
    return shown.split(f'id="{name}"')[1].split("</section>")[0]


def test_each_question_stands_in_the_tables_that_it_belongs_to(
    browser_of: Browser, cast: Cast, book: Notebook
) -> None:
    for typed, total in (("лицензия", 3), ("лицензия", 3), ("договор", 2), ("пельмень", 0)):
        book.asked(typed, total)
    book.opened("лицензия")
    shown = browser_of(cast.vera).get("/search/lessons").text
    found = {
        name: [word for word in ("лицензия", "договор", "пельмень") if word in _table(shown, name)]
        for name in ("asked", "nothing", "unopened")
    }
    assert found == {
        "asked": ["лицензия", "договор", "пельмень"],
        "nothing": ["пельмень"],
        "unopened": ["договор"],
    }
    assert "4 searches" in shown
    assert "3 different questions" in shown


def test_the_most_frequent_comes_first_and_runs_the_search(
    browser_of: Browser, cast: Cast, book: Notebook
) -> None:
    for typed in ("a&b", "c", "c"):
        book.asked(typed, 1)
    asked = _table(browser_of(cast.vera).get("/search/lessons").text, "asked")
    assert asked.index(">c</a>") < asked.index("a&amp;b</a>")
    assert 'href="/search?q=a%26b"' in asked


def test_opening_is_counted_for_the_question_and_not_for_the_person(
    browser_of: Browser, cast: Cast, book: Notebook
) -> None:
    book.asked("лицензия", 3)
    assert browser_of(cast.nina).post("/search/opened", data={"q": "Лицензия"}).status_code == 204
    shown = browser_of(cast.vera).get("/search/lessons").text
    assert "лицензия" not in _table(shown, "unopened")
    assert "Nina" not in shown


def test_an_opening_without_a_question_is_no_question(
    browser_of: Browser, cast: Cast, book: Notebook
) -> None:
    assert browser_of(cast.nina).post("/search/opened").status_code == 204
    browser_of(cast.nina).post("/search/opened", data={"q": "never asked"})
    shown = browser_of(cast.vera).get("/search/lessons").text
    assert "never asked" not in shown
    assert "Nobody searched in this week" in shown
    book.asked("лицензия", 1)
    shown = browser_of(cast.vera).get("/search/lessons").text
    assert "лицензия" in shown
    assert "never asked" not in shown


@pytest.mark.parametrize("name", ["nina", "anna", "boris"])
def test_only_directors_see_it(browser_of: Browser, cast: Cast, book: Notebook, name: str) -> None:
    book.asked("лицензия", 0)
    for address in ("/search/lessons", "/search/lessons.csv"):
        answer = browser_of(getattr(cast, name)).get(address)
        assert answer.status_code == 403
        assert "лицензия" not in answer.text
        assert browser_of(cast.adam).get(address).status_code == 200


def test_a_stranger_neither_sees_nor_notes_anything(browser_of: Browser, book: Notebook) -> None:
    assert browser_of(None).get("/search/lessons").status_code == 302
    assert browser_of(None).post("/search/opened", data={"q": "x"}).status_code == 302


def test_one_goes_from_week_to_week_over_the_empty_ones(
    browser_of: Browser, cast: Cast, book: Notebook, clock: SetClock
) -> None:
    book.asked("старое", 1)
    clock.forward(weeks=3)
    book.asked("новое", 1)
    vera = browser_of(cast.vera)
    now = vera.get("/search/lessons").text
    assert "новое" in now
    assert "старое" not in now
    assert THIS_WEEK in now
    then = vera.get(THIS_WEEK).text
    assert "старое" in then
    assert "/search/lessons?week=2026-W13" in then
    between = vera.get("/search/lessons?week=2026-W11").text
    assert "Nobody searched in this week" in between
    assert THIS_WEEK in between


@pytest.mark.parametrize("week", ["2026-W60", "x", "2026-W10'--", "9" * 5000])
def test_a_week_that_cannot_be_is_not_there(
    browser_of: Browser, cast: Cast, book: Notebook, week: str
) -> None:
    for address in ("/search/lessons", "/search/lessons.csv"):
        assert browser_of(cast.vera).get(address, query_string={"week": week}).status_code == 404


def test_the_table_for_other_programs_holds_every_question_and_no_formula(
    browser_of: Browser, cast: Cast, book: Notebook
) -> None:
    for number in range(60):
        book.asked(f"вопрос {number}", 0)
    book.asked("=1+1", 1)
    answer = browser_of(cast.vera).get("/search/lessons.csv?week=2026-W10")
    assert answer.mimetype == "text/csv"
    assert "searches-2026-W10.csv" in answer.headers["Content-Disposition"]
    table = list(csv.reader(answer.text.removeprefix("\ufeff").splitlines()))
    assert len(table) == 62
    assert ["'=1+1", "1", "0", "0"] in table
    assert ["вопрос 59", "1", "1", "0"] in table


def test_hostile_text_is_only_text(browser_of: Browser, cast: Cast, book: Notebook) -> None:
    book.asked(HOSTILE, 0)
    shown = browser_of(cast.vera).get("/search/lessons").text
    assert "&lt;script&gt;alert" in shown
    assert "<script>alert" not in shown


def test_the_page_costs_as_much_with_many_questions(
    browser_of: Browser, cast: Cast, book: Notebook, database: Database
) -> None:
    taken = []
    vera = browser_of(cast.vera)
    for count in (3, 200):
        for number in range(count):
            book.asked(f"вопрос {number}", number % 2)
        vera.get("/search/lessons")
        with counting(database) as sent:
            vera.get("/search/lessons")
        taken.append(len(sent))
    assert taken[0] == taken[1]
