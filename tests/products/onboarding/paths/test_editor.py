"""The editor of a path as a browser without scripts sends it."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from products.onboarding.kinds import ItemKind
from products.onboarding.paths.queries import newest_items
from products.onboarding.paths.rules import Items
from products.onboarding.paths.services import Draft, save_items
from tests.conftest import Cast
from tests.factories.pages import make_category, write_page
from tests.products.onboarding.paths.making import made_path, read, to_write, written
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.pages.models import Page

Browser = Callable[[Actor | None], FlaskClient]
Typed = dict[str, Any]
HOSTILE = '"><script>alert(1)</script>'

_TAG = re.compile(r"<(input|select|option)\b([^>]*)>")
_PART = re.compile(r'([\w-]+)="([^"]*)"')


def form_in(html: str) -> Typed:
    """What a browser would send of the form of rows, as lists by name."""
    found: dict[str, list[str]] = {}
    chosen = ""
    body = html[html.index('data-draft-key="reading-path') : html.index('<datalist id="titles">')]
    for tag, rest in _TAG.findall(body):
        parts = {name: unescape(value) for name, value in _PART.findall(rest)}
        if tag == "select":
            chosen = parts["name"]
        elif tag == "option" and rest.endswith(" selected"):
            found.setdefault(chosen, []).append(parts["value"])
        elif tag == "input" and (parts.get("type") != "checkbox" or " checked" in rest):
            found.setdefault(parts["name"], []).append(parts.get("value", ""))
    return found


@pytest.fixture
def pages(app: Flask, cast: Cast) -> list[int]:
    return written(app, cast.anna, "Prices", "Boilers", "Delivery")


@pytest.fixture
def path(database: Database, cast: Cast, pages: list[int]) -> int:
    one, other, _third = pages
    return made_path(database, cast.vera, read("a", one, due=1), read("b", other, "a"))


@pytest.fixture
def here(path: int) -> str:
    return f"/learning/paths/{path}/edit"


def items_of(database: Database, path: int) -> Items:
    with database.reading() as session:
        return newest_items(session)[path]


def test_sending_the_form_as_it_is_changes_nothing(
    browser_of: Browser, cast: Cast, database: Database, path: int, here: str
) -> None:
    vera, before = browser_of(cast.vera), items_of(database, path)
    answer = vera.post(here, data={**form_in(vera.get(here).text), "do": "save"})
    assert answer.status_code == 302
    assert items_of(database, path) == before
    assert "Saved as version 1" in vera.get(answer.location).text


def test_a_page_is_added_by_its_title_and_another_by_its_address(
    browser_of: Browser, cast: Cast, database: Database, path: int, here: str, pages: list[int]
) -> None:
    vera = browser_of(cast.vera)
    typed = form_in(vera.get(here).text)
    typed |= {"what-new1": "  delivery ", "due-new1": "7", "why": "Boats", "do": "save"}
    typed |= {"what-new2": "Our freezers", "kind-new2": "placeholder"}
    assert vera.post(here, data=typed).status_code == 302
    added, free = items_of(database, path)[2:]
    assert (added.page_id, added.due_day, added.kind) == (pages[2], 7, ItemKind.PAGE)
    assert (free.kind, free.title) == (ItemKind.PLACEHOLDER, "Our freezers")
    typed = form_in(vera.get(here).text)
    typed |= {"what-new1": f"https://x.example/pages/{pages[2]}-delivery", "kind-new1": "question"}
    assert vera.post(here, data={**typed, "do": "save"}).status_code == 302
    last = items_of(database, path)[-1]
    assert (last.page_id, last.kind) == (pages[2], ItemKind.QUESTION)


def test_another_title_over_a_row_puts_another_page_in_its_place(
    browser_of: Browser, cast: Cast, database: Database, path: int, here: str, pages: list[int]
) -> None:
    vera = browser_of(cast.vera)
    typed = form_in(vera.get(here).text) | {"what-b": "Delivery", "do": "save"}
    assert vera.post(here, data=typed).status_code == 302
    assert items_of(database, path)[1] == read("b", pages[2], "a")


def test_a_title_that_nobody_wrote_is_refused_and_everything_typed_stands_there_again(
    browser_of: Browser, cast: Cast, database: Database, path: int, here: str
) -> None:
    vera, before = browser_of(cast.vera), items_of(database, path)
    typed = form_in(vera.get(here).text)
    typed |= {"what-new1": HOSTILE, "due-b": "soon", "why": "My reason", "do": "save"}
    answer = vera.post(here, data=typed)
    assert answer.status_code == 422
    assert items_of(database, path) == before
    assert HOSTILE not in answer.text
    again = form_in(answer.text)
    assert again["what-new1"] == [HOSTILE]
    assert again["due-b"] == ["soon"]
    assert again["why"] == ["My reason"]
    assert "There is no page called" in answer.text
    assert "The day is a number from 0" in answer.text


def test_rows_move_up_by_a_button_and_far_by_their_number(
    browser_of: Browser, cast: Cast, database: Database, path: int, here: str
) -> None:
    vera = browser_of(cast.vera)
    typed = form_in(vera.get(here).text) | {"what-new1": "Delivery", "do": "up:new1"}
    moved = vera.post(here, data=typed)
    assert moved.status_code == 200
    assert form_in(moved.text)["code"][:3] == ["a", "new1", "b"]
    assert len(items_of(database, path)) == 2
    typed = form_in(moved.text) | {"place-b": "1", "do": "save"}
    assert vera.post(here, data=typed).status_code == 302
    assert [item.code for item in items_of(database, path)][:2] == ["b", "a"]


def test_what_comes_first_is_ticked_and_a_circle_is_told_by_its_names(
    browser_of: Browser, cast: Cast, database: Database, path: int, here: str
) -> None:
    vera = browser_of(cast.vera)
    opened = vera.post(here, data=form_in(vera.get(here).text) | {"do": "first:a"}).text
    assert "What comes before «Prices»?" in opened
    typed = form_in(opened)
    assert "after-a" not in typed
    assert typed["after-b"] == ["a"]
    circle = vera.post(here, data=typed | {"after-a": ["b"], "do": "save"})
    assert circle.status_code == 422
    assert "circle" in circle.text
    assert "«Prices» → «Boilers» → «Prices»" in circle.text
    assert form_in(circle.text)["after-a"] == ["b"]
    turned = form_in(circle.text)
    del turned["after-b"]
    assert vera.post(here, data=turned | {"do": "save"}).status_code == 302
    assert [item.after for item in items_of(database, path)] == [("b",), ()]


def test_all_are_put_in_single_file_or_set_free_at_once(
    browser_of: Browser, cast: Cast, database: Database, path: int, here: str
) -> None:
    vera = browser_of(cast.vera)
    typed = form_in(vera.get(here).text) | {"what-new1": "Delivery", "do": "line"}
    lined = form_in(vera.post(here, data=typed).text)
    assert lined["after-new1"] == ["b"]
    assert vera.post(here, data=lined | {"do": "save"}).status_code == 302
    assert items_of(database, path)[2].after == ("b",)
    freed = form_in(vera.post(here, data=form_in(vera.get(here).text) | {"do": "free"}).text)
    assert not [name for name in freed if name.startswith("after-")]


def test_a_row_is_taken_out_and_the_pages_of_a_category_are_added(
    app: Flask, browser_of: Browser, cast: Cast, database: Database, path: int, here: str
) -> None:
    with database.transaction() as session:
        shelf = make_category(session, "Vans").id
    for title in ("Small van", "Big van"):
        write_page(app, cast.anna, title, category_id=shelf)
    vera = browser_of(cast.vera)
    without = form_in(vera.post(here, data=form_in(vera.get(here).text) | {"do": "remove:a"}).text)
    assert without["code"][0] == "b"
    assert "after-b" not in without
    typed = without | {"what-new1": "small van", "do": "category", "category": str(shelf)}
    added = vera.post(here, data=typed).text
    assert vera.post(here, data=form_in(added) | {"do": "save"}).status_code == 302
    with database.reading() as session:
        titles = [session.get_one(Page, one.page_id).title for one in items_of(database, path)]
    assert titles == ["Boilers", "Small van", "Big van"]


def test_an_overtaken_save_is_joined_when_it_can_be(
    browser_of: Browser, cast: Cast, database: Database, path: int, here: str, pages: list[int]
) -> None:
    vera = browser_of(cast.vera)
    typed = form_in(vera.get(here).text) | {"what-new1": "Delivery", "do": "save"}
    with database.transaction() as session:
        theirs = (read("a", pages[0], due=1), read("b", pages[1], "a", due=4))
        save_items(session, cast.adam, path, Draft(theirs, 1))
    answer = vera.post(here, data=typed, follow_redirects=True)
    assert "both changes are in this version" in answer.text
    assert [item.due_day for item in items_of(database, path)] == [1, 4, None]


def test_an_overtaken_save_that_clashes_loses_nothing_typed_and_the_next_one_decides(
    browser_of: Browser, cast: Cast, database: Database, path: int, here: str, pages: list[int]
) -> None:
    vera = browser_of(cast.vera)
    typed = form_in(vera.get(here).text)
    typed |= {"due-a": "9", "what-new1": "Delivery", "why": "Mine", "do": "save"}
    with database.transaction() as session:
        theirs = (read("a", pages[0], due=5), read("b", pages[1], "a"), to_write("t", "Theirs"))
        save_items(session, cast.adam, path, Draft(theirs, 1))
    clash = vera.post(here, data=typed)
    assert clash.status_code == 409
    assert "Adam has saved version 2" in clash.text
    assert "saved: by day 5; yours: by day 9" in clash.text
    again = form_in(clash.text)
    assert again["due-a"] == ["9"]
    assert again["why"] == ["Mine"]
    assert again["base_number"] == ["2"]
    assert vera.post(here, data=again | {"do": "save"}).status_code == 302
    saved = items_of(database, path)
    assert saved[0].due_day == 9
    assert {item.title for item in saved} == {"", "Theirs"}
    assert pages[2] in {item.page_id for item in saved}


def test_a_page_that_the_editor_may_not_see_stays_and_an_archived_one_is_said(
    app: Flask, browser_of: Browser, cast: Cast, database: Database, path: int, here: str
) -> None:
    with database.transaction() as session:
        hidden, archived = (item.page_id for item in newest_items(session)[path])
        session.get_one(Page, hidden).audience = f"team:{cast.boris.team_id}"
        session.get_one(Page, archived).archived = True
    vera, before = browser_of(cast.vera), items_of(database, path)
    form = vera.get(here).text
    assert "A page that you may not see. It stays until you take it out." in form
    assert "This page is in the archive" in form
    assert "Prices" not in form
    typed = form_in(form) | {"due-b": "8", "do": "save"}
    assert vera.post(here, data=typed).status_code == 302
    after = items_of(database, path)
    assert [item.page_id for item in after] == [item.page_id for item in before]
    assert after[1].due_day == 8


def test_a_page_cannot_be_put_in_by_a_forged_number(
    app: Flask, browser_of: Browser, cast: Cast, path: int, here: str
) -> None:
    hidden = write_page(app, cast.boris, "Hidden", audience=f"team:{cast.boris.team_id}")
    vera = browser_of(cast.vera)
    typed = form_in(vera.get(here).text)
    typed |= {"what-new1": "x", "shown-new1": "x", "page-new1": str(hidden), "do": "save"}
    answer = vera.post(here, data=typed)
    assert answer.status_code == 422
    assert "you may not see it" in answer.text


def test_titles_are_suggested_as_one_types_but_none_that_the_editor_may_not_see(
    app: Flask, browser_of: Browser, cast: Cast, pages: list[int]
) -> None:
    write_page(app, cast.boris, "Delivery of secrets", audience=f"team:{cast.boris.team_id}")
    found = browser_of(cast.vera).get("/learning/paths/titles?what-new1=deliv").text
    assert '<option value="Delivery">' in found
    assert "secrets" not in found
    assert "Delivery" not in browser_of(cast.vera).get("/learning/paths/titles?what-b=%25").text


def test_who_may_not_edit_sees_no_editor(browser_of: Browser, cast: Cast, here: str) -> None:
    for person in (cast.nina, cast.anna):
        assert browser_of(person).get(here).status_code == 403
        assert browser_of(person).post(here, data={}).status_code == 403
    assert browser_of(cast.vera).get("/learning/paths/77/edit").status_code == 404


@pytest.mark.parametrize(
    "odd",
    [
        {"do": "up:", "code": ["a", "a", ""]},
        {"do": "save", "code": ["a"], "kind-a": "odd", "page-a": "99999999999", "place-a": "٣"},
        {"do": "category", "category": "x"},
        {"do": "first:<>", "base_number": "-1"},
        {"do": "free", "code": ["newabc"], "what-newabc": "A row with a forged code"},
    ],
)
def test_odd_forms_are_answered_with_words(
    browser_of: Browser, cast: Cast, here: str, odd: Typed
) -> None:
    assert browser_of(cast.vera).post(here, data=odd).status_code in (200, 302, 422)
