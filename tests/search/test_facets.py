"""Narrowing and ordering what was found, through the page and the interface for programs."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search.assembly import Search
from search.indexing import keep_current
from tests.conftest import Cast, SetClock
from tests.factories.pages import make_category, write_page
from wiki.accounts.actor import Actor
from wiki.database import Database

BrowserOf = Callable[[Actor | None], FlaskClient]
Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def shelf(database: Database) -> int:
    with database.transaction() as session:
        return make_category(session, "Flour").id


@pytest.fixture
def pages(app: Flask, cast: Cast, clock: SetClock, shelf: int) -> dict[str, int]:
    """Four pages with «flour», one of them of the team of Anna alone, over two years."""
    written = {}
    for title, author, values in (
        ("Old flour", cast.anna, {"category_id": shelf, "tags": ("Rye",)}),
        ("New flour", cast.boris, {"category_id": shelf, "tags": ("rye", "Wheat")}),
        ("Мука flour", cast.anna, {"language": "ru"}),
        ("Secret flour", cast.anna, {"audience": f"team:{cast.anna.team_id}", "tags": ("Rye",)}),
    ):
        written[title] = write_page(app, author, title, "Flour.", **values)
        clock.forward(days=200)
    return written


@pytest.fixture(params=["waiting for the index", "indexed"])
def ask(
    request: pytest.FixtureRequest,
    browser_of: BrowserOf,
    database: Database,
    search: Search,
    pages: dict[str, int],
) -> Ask:
    if request.param == "indexed":
        keep_current(database, search)

    def answer(actor: Actor, **parameters: object) -> dict[str, Any]:
        given = {"q": "flour", **parameters}
        found = browser_of(actor).get("/api/search", query_string=given).get_json()
        return dict(found)

    return answer


def counts(answer: dict[str, Any], facet: str) -> dict[str, int]:
    for one in answer["facets"]:
        if one["facet"] == facet:
            return {value["name"]: value["count"] for value in one["values"]}
    return {}


def titles(answer: dict[str, Any]) -> list[str]:
    return [hit["title"] for hit in answer["hits"]]


def test_facets_count_what_the_reader_may_see_and_nothing_else(ask: Ask, cast: Cast) -> None:
    mine, theirs = ask(cast.anna), ask(cast.boris)
    assert (mine["total"], theirs["total"]) == (4, 3)
    assert counts(mine, "language") == {"English": 3, "Russian": 1}
    assert counts(theirs, "language") == {"English": 2, "Russian": 1}
    assert counts(mine, "owner") == {"Anna": 3, "Boris": 1}
    assert counts(theirs, "owner") == {"Anna": 2, "Boris": 1}
    assert counts(mine, "tag") == {"rye": 3, "wheat": 1}
    assert counts(theirs, "tag") == {"rye": 2, "wheat": 1}


def test_a_chosen_value_leaves_only_its_hits(ask: Ask, cast: Cast, shelf: int) -> None:
    assert sorted(titles(ask(cast.boris, category=shelf))) == ["New flour", "Old flour"]
    assert titles(ask(cast.boris, owner=cast.boris.id)) == ["New flour"]
    assert titles(ask(cast.boris, language="ru")) == ["Мука flour"]
    assert sorted(titles(ask(cast.anna, tag="rye", owner=cast.anna.id))) == [
        "Old flour",
        "Secret flour",
    ]
    assert titles(ask(cast.boris, tag="secret")) == []


def test_a_period_counts_back_from_today(ask: Ask, cast: Cast, clock: SetClock) -> None:
    clock.forward(days=-190)
    assert titles(ask(cast.anna, period="month")) == ["Secret flour"]
    assert titles(ask(cast.boris, period="month")) == []
    assert sorted(titles(ask(cast.boris, period="year"))) == ["Мука flour"]


def test_hits_can_be_ordered_by_date(ask: Ask, cast: Cast) -> None:
    newest = titles(ask(cast.boris, sort="newest"))
    assert newest == ["Мука flour", "New flour", "Old flour"]
    assert titles(ask(cast.boris, sort="oldest")) == newest[::-1]


def test_what_means_nothing_is_left_out(ask: Ask, cast: Cast) -> None:
    odd = {"sort": "sideways", "period": "aeon", "as_of": "never"}
    assert ask(cast.boris, **odd)["total"] == 3
    assert ask(cast.boris, category="<script>")["total"] == 0


@pytest.mark.usefixtures("pages")
def test_the_page_shows_the_facets_and_what_was_chosen(
    browser_of: BrowserOf, cast: Cast, database: Database, search: Search
) -> None:
    keep_current(database, search)
    whole = browser_of(cast.boris).get("/search?q=flour").text
    assert "3 found" in whole
    assert 'href="/search?q=flour&amp;language=ru"' in whole
    narrow = browser_of(cast.boris).get("/search?q=flour&language=ru").text
    assert "1 found" in narrow
    assert 'class="chip" href="/search?q=flour"' in narrow


def test_an_old_page_says_how_long_it_has_not_changed(
    app: Flask, cast: Cast, clock: SetClock, browser_of: BrowserOf
) -> None:
    clock.moment = datetime(2025, 1, 2, tzinfo=UTC)
    write_page(app, cast.anna, "Flour", "Wheat.")
    clock.moment = datetime(2026, 3, 20, tzinfo=UTC)
    assert "unchanged for 14 months" in browser_of(cast.nina).get("/search?q=wheat").text
    clock.moment = datetime(2025, 12, 20, tzinfo=UTC)
    assert "unchanged for" not in browser_of(cast.nina).get("/search?q=wheat").text


def test_a_slip_is_corrected_unless_the_literal_search_is_asked_for(
    app: Flask, cast: Cast, browser_of: BrowserOf, database: Database, search: Search
) -> None:
    write_page(app, cast.anna, "Flour", "Wheat and barley.")
    write_page(app, cast.anna, "Hops", "Barlex.", audience=f"team:{cast.anna.team_id}")
    keep_current(database, search)
    corrected = browser_of(cast.boris).get("/search?q=barlej").text
    assert "Showing results for «barley»" in corrected
    assert "Barlex" not in corrected
    literal = browser_of(cast.boris).get("/search?q=barlej&literal=1").text
    assert "Nothing found for «barlej»" in literal


def test_the_chosen_day_is_written_in_words(browser_of: BrowserOf, cast: Cast) -> None:
    shown = browser_of(cast.nina).get("/search?q=wheat&as_of=2026-02-01").text
    assert "As it was on 1 February 2026" in shown
