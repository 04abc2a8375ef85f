"""The director's door: categories and the facts they ask for."""

import html
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.conftest import Cast
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.pages.categories import Shelf, load_tree
from wiki.pages.facts import Choice, Field, Kind
from wiki.pages.shelving import Plan, add_category

Browser = Callable[[Actor | None], FlaskClient]
FORM = {
    "name_ru": "Пельмени",
    "name_en": "Pelmeni",
    "template_ru": "## Состав",
    "template_en": "## Made of",
    "label_ru-0": "Вес",
    "label_en-0": "Weight",
    "kind-0": "number",
    "unit-0": "kg",
    "required-0": "yes",
    "label_ru-2": "Упаковка",
    "label_en-2": "Pack",
    "kind-2": "choice",
    "choices-2": "bag = пакет = a bag\nbox\n\n",
}


def shelves(database: Database) -> list[Shelf]:
    with database.reading() as session:
        return list(load_tree(session).shelves.values())


def test_a_director_makes_a_category_with_facts(
    browser_of: Browser, cast: Cast, database: Database
) -> None:
    answer = browser_of(cast.vera).post("/products/categories/new", data=FORM)
    assert answer.location == "/products/pelmeni"
    (shelf,) = shelves(database)
    assert shelf.templates == ("## Состав", "## Made of")
    choices = (Choice("bag", "пакет", "a bag"), Choice("box", "box", "box"))
    assert shelf.own_fields == (
        Field("weight", "Вес", "Weight", Kind.NUMBER, "kg", required=True),
        Field("pack", "Упаковка", "Pack", Kind.CHOICE, choices=choices),
    )


def test_the_form_sent_back_untouched_changes_nothing(
    browser_of: Browser, cast: Cast, database: Database
) -> None:
    vera = browser_of(cast.vera)
    vera.post("/products/categories/new", data=FORM)
    (before,) = shelves(database)
    form = vera.get(f"/products/categories/{before.id}").text
    sent = {"name_ru": before.name_ru, "name_en": before.name_en}
    for tag in re.findall(r"<input\b[^>]*>", form):
        known = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if known.get("type") != "checkbox" or " checked" in tag:
            sent[known.get("name", "")] = html.unescape(known.get("value", ""))
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.S):
        sent[name] = html.unescape(text).removeprefix("\n")
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.findall(r'value="([^"]*)" selected', options)
        sent[name] = chosen[0] if chosen else ""
    assert vera.post(f"/products/categories/{before.id}", data=sent).status_code == 302
    assert shelves(database) == [before]


@pytest.mark.parametrize(
    ("changes", "status", "sentence"),
    [
        ({"name_en": ""}, 422, "needs a name"),
        ({"name_ru": "x" * 101}, 422, "at most 100 characters"),
        ({"slug": "compare"}, 409, "already a category with the address compare"),
        ({"choices-2": ""}, 422, "needs its answers"),
        ({"choices-2": "+\n-"}, 422, "code of its own"),
        ({"label_en-2": "Weight"}, 422, "same key"),
        ({"parent": "999"}, 404, "nothing at this address"),
        ({"label_ru-0": "★", "label_en-0": "★"}, 422, "needs a key"),
    ],
)
def test_what_cannot_be_comes_back_with_a_sentence_and_all_that_was_typed(
    browser_of: Browser, cast: Cast, database: Database,
    changes: dict[str, str], status: int, sentence: str,
) -> None:  # fmt: skip
    answer = browser_of(cast.vera).post("/products/categories/new", data=FORM | changes)
    assert answer.status_code == status
    shown = html.unescape(answer.text)
    assert sentence in shown
    for typed in ("## Состав", "## Made of", "Упаковка", 'value="kg"'):
        assert typed in shown
    assert shelves(database) == []


@pytest.mark.parametrize("address", ["?parent=99999999999999999999", "?parent=999", "?parent=x"])
def test_a_forged_place_does_no_harm(browser_of: Browser, cast: Cast, address: str) -> None:
    answer = browser_of(cast.vera).get(f"/products/categories/new{address}")
    assert answer.status_code == 200


def test_a_category_is_archived_and_brought_back(
    browser_of: Browser, cast: Cast, database: Database
) -> None:
    with database.transaction() as session:
        ident = add_category(session, cast.vera, Plan("Пельмени", "Pelmeni")).id
    vera = browser_of(cast.vera)
    assert "Pelmeni" in vera.get("/products").text
    for archived in (True, False):
        vera.post(f"/products/categories/{ident}/archive")
        assert shelves(database)[0].archived is archived
        assert ("/products/pelmeni" in vera.get("/products").text) is not archived
    assert vera.post("/products/categories/999/archive").status_code == 404


@pytest.mark.parametrize("name", ["nina", "anna"])
def test_only_directors_come_in(browser_of: Browser, cast: Cast, name: str) -> None:
    browser = browser_of(getattr(cast, name))
    assert browser.get("/products/categories").status_code == 403
    assert browser.post("/products/categories/new", data=FORM).status_code == 403


def test_the_parts_for_a_sales_talk_are_offered_and_nothing_is_saved(
    browser_of: Browser, cast: Cast, database: Database
) -> None:
    vera = browser_of(cast.vera)
    fresh = vera.get("/products/categories/new").text
    assert "## Возражения и ответы" in fresh
    assert "## Objections and answers" in fresh
    vera.post("/products/categories/new", data=FORM)
    (before,) = shelves(database)
    for address in ("new", str(before.id)):
        form = FORM | {"add": "parts", "template_en": "## Objections\n\nOurs."}
        answer = vera.post(f"/products/categories/{address}", data=form)
        assert answer.status_code == 200
        assert "## Objections\n\nOurs." in answer.text
        assert "## Limits" in answer.text
        assert "## Состав" in answer.text
        assert 'value="Pelmeni"' in answer.text
    assert shelves(database) == [before]
