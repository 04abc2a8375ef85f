"""Products side by side: facts, talk, differences, choosing by title, the workbook."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select

from tests.conftest import Cast, SetClock
from tests.counting import counting
from tests.factories.pages import desk_of, write_page
from tests.products.catalogue.test_catalogue_views import main_part
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.history.models import HistoryEntry
from wiki.pages.facts import Field, Kind
from wiki.pages.models import Page
from wiki.pages.restoring import set_archived
from wiki.pages.shelving import Plan, add_category

Browser = Callable[[Actor | None], FlaskClient]
PRICE = Field("price", "Цена", "Price", Kind.MONEY)
WEIGHT = Field("weight", "Вес", "Weight", Kind.NUMBER, unit="g")
PACK = Field("pack", "Упаковка", "Pack", Kind.TEXT)
TALK = """## Who to offer it to

- **Chains**

## Limits

- No microwave

## Objections

- **Dear.** No.
- **Sticks.** No.
"""


@pytest.fixture
def goods(app: Flask, clock: SetClock, database: Database, cast: Cast) -> tuple[int, int, int]:
    """Two pelmeni with facts, one of them with a talk, and one in the other language."""
    with database.transaction() as session:
        plan = Plan("Товары", "Goods", fields=(PRICE, WEIGHT, PACK))
        shelf = add_category(session, cast.vera, plan).id
    home = {
        "price": {"amount": "435.00", "currency": "RUB"},
        "weight": {"value": "800", "unit": "g"},
        "pack": "=HYPERLINK(1)",
    }
    big = home | {"weight": {"value": "900", "unit": "g"}}
    return (
        write_page(app, cast.anna, "Home pelmeni", TALK, facts=home, category_id=shelf),
        write_page(app, cast.anna, "Big pelmeni", facts=big, category_id=shelf),
        write_page(app, cast.anna, "Вареники", language="ru", category_id=shelf),
    )


def rows_in(text: str) -> list[tuple[str, bool]]:
    found = re.findall(r'<tr( class="differs")?>\s*<th scope="row">\s*([^<]+?)\s*<', text)
    return [(label, bool(marked)) for marked, label in found]


def test_facts_come_first_then_what_is_said_to_a_client(
    browser_of: Browser, cast: Cast, goods: tuple[int, int, int]
) -> None:
    answer = browser_of(cast.nina).get(f"/products/compare?page={goods[0]}&page={goods[1]}").text
    assert rows_in(answer) == [
        ("Price", False), ("Weight", True), ("Pack", False),
        ("For whom", True), ("What it cannot do", True), ("What if they say", True),
    ]  # fmt: skip
    assert f'<a href="/pages/{goods[0]}/selling#objections">2</a>' in answer
    assert "Chains" in main_part(answer)
    assert "**" not in main_part(answer)


def test_only_differences_are_shown_on_request_and_the_rest_is_counted(
    browser_of: Browser, cast: Cast, goods: tuple[int, int, int]
) -> None:
    address = f"/products/compare?page={goods[0]}&page={goods[1]}&only=differences"
    answer = browser_of(cast.nina).get(address).text
    assert [label for label, _differs in rows_in(answer)] == [
        "Weight", "For whom", "What it cannot do", "What if they say",
    ]  # fmt: skip
    assert "2 rows are hidden" in main_part(answer)


def test_a_product_is_put_beside_the_others_by_its_title(
    app: Flask, browser_of: Browser, cast: Cast, goods: tuple[int, int, int]
) -> None:
    nina = browser_of(cast.nina)
    start = f"/products/compare?page={goods[0]}"
    for title in ("Big pelmeni", "big  PELMENI", "Big pel"):
        answer = nina.get(f"{start}&only=differences&add={title}")
        assert answer.location == f"{start}&page={goods[1]}&only=differences"
    again = nina.get(f"{start}&add=Home pelmeni", follow_redirects=True)
    assert "stands in the table already" in again.text
    write_page(app, cast.anna, "Big boiler")
    several = nina.get(f"{start}&add=Big").text
    assert f"{start}&amp;page={goods[1]}" in several
    assert "Big boiler" in several
    none = nina.get(f"{start}&add=<b>Nothing").text
    assert "No page is called «&lt;b&gt;Nothing»" in none
    many = "&".join(f"page={n}" for n in range(50, 56))
    assert nina.get(f"/products/compare?{many}&add=Big pelmeni").status_code == 422


def test_one_product_waits_for_another(
    browser_of: Browser, cast: Cast, goods: tuple[int, int, int]
) -> None:
    answer = browser_of(cast.nina).get(f"/products/compare?page={goods[0]}").text
    assert "Home pelmeni" in main_part(answer)
    assert "Choose at least two products" in main_part(answer)
    assert '<option value="Big pelmeni">' in answer
    assert '<option value="Home pelmeni">' not in answer


def test_pages_that_one_may_not_see_stand_nowhere(
    app: Flask, browser_of: Browser, cast: Cast, database: Database, goods: tuple[int, int, int]
) -> None:
    hidden = write_page(app, cast.vera, "Big secret", TALK, audience="directors")
    query = f"page={goods[0]}&page={goods[1]}&page={hidden}"
    anna, vera = browser_of(cast.anna), browser_of(cast.vera)
    for address in ("/products/compare", "/api/products/compare"):
        assert "Big secret" in vera.get(f"{address}?{query}").text
        assert "Big secret" not in anna.get(f"{address}?{query}").text
    assert "Big secret" not in anna.get(f"/products/compare?page={goods[0]}").text
    assert anna.get("/products/compare?add=Big").location == f"/products/compare?page={goods[1]}"
    with database.transaction() as session:
        session.get_one(Page, goods[1]).room = "client"
    assert "Big pelmeni" not in vera.get(f"/products/compare?{query}").text


def test_an_archived_product_says_so(
    app: Flask, browser_of: Browser, cast: Cast, goods: tuple[int, int, int]
) -> None:
    address = f"/products/compare?page={goods[0]}&page={goods[1]}"
    assert "archived" not in main_part(browser_of(cast.nina).get(address).text)
    set_archived(desk_of(app), cast.vera, goods[1], True)
    assert "archived" in main_part(browser_of(cast.nina).get(address).text)


def test_the_workbook_has_numbers_as_numbers_and_no_formulas(
    browser_of: Browser, cast: Cast, database: Database, goods: tuple[int, int, int]
) -> None:
    nina = browser_of(cast.nina)
    answer = nina.get(f"/products/compare.xlsx?page={goods[0]}&page={goods[1]}")
    assert answer.headers["Content-Disposition"] == "attachment; filename=2026-03-02-products.xlsx"
    sheet = load_workbook(BytesIO(answer.data)).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[:4] == [
        ["Fact", "Home pelmeni", "Big pelmeni"],
        ["Price", 435, 435],
        ["Weight", 800, 900],
        ["Pack", "'=HYPERLINK(1)", "'=HYPERLINK(1)"],
    ]
    assert sheet["B3"].number_format == 'General" g"'
    colours = [sheet[f"A{n}"].fill.fgColor.rgb for n in (2, 3)]
    assert colours == ["00000000", "00FBF0D8"]
    with database.reading() as session:
        entry = session.scalars(
            select(HistoryEntry).where(HistoryEntry.action == "export comparison")
        ).one()
    assert entry.after == {"pages": [goods[0], goods[1]]}


def test_programs_get_the_same_rows(
    browser_of: Browser, cast: Cast, goods: tuple[int, int, int]
) -> None:
    nina = browser_of(cast.nina)
    said = nina.get(f"/api/products/compare?page={goods[0]}&page={goods[1]}").get_json()
    assert [one["title"] for one in said["products"]] == ["Home pelmeni", "Big pelmeni"]
    assert said["facts"][1] == {
        "key": "weight", "label": "Weight", "differs": True,
        "cells": [["800\u00a0g"], ["900\u00a0g"]],
    }  # fmt: skip
    assert said["talk"][0]["cells"] == [["Chains"], []]
    too_many = "&".join(f"page={n}" for n in range(1, 9))
    assert nina.get(f"/api/products/compare?{too_many}").status_code == 422
    assert nina.get("/api/products/compare?page=x").status_code == 422
    assert nina.get("/api/products/compare").get_json()["products"] == []


def test_six_products_cost_as_many_statements_as_two(
    app: Flask, browser_of: Browser, cast: Cast, database: Database, goods: tuple[int, int, int]
) -> None:
    nina = browser_of(cast.nina)
    more = [write_page(app, cast.anna, f"More {n}", TALK) for n in range(4)]

    def taken(idents: list[int]) -> int:
        query = "&".join(f"page={ident}" for ident in idents)
        nina.get(f"/products/compare?{query}")
        with counting(database) as sent:
            nina.get(f"/products/compare?{query}")
        return len(sent)

    assert taken([*goods[:2], *more]) == taken([goods[0], goods[1]]) <= 8
