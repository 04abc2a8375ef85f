"""The catalogue in a browser: tree, cards, comparison, a past day; and who sees what."""

import html
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import Cast, SetClock
from tests.factories.pages import desk_of, rewrite_page, write_page
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.pages.facts import Choice, Field, Kind
from wiki.pages.restoring import set_archived
from wiki.pages.shelving import Plan, add_category

Browser = Callable[[Actor | None], FlaskClient]
WEIGHT = Field("weight", "Вес", "Weight", Kind.NUMBER, unit="g")
PACK = Field("pack", "Упаковка", "Pack", Kind.CHOICE, choices=(Choice("bag", "пакет", "a bag"),))


@pytest.fixture
def shelves(clock: SetClock, database: Database, cast: Cast) -> tuple[int, int]:
    """Goods, and pelmeni below them."""
    with database.transaction() as session:
        top = add_category(session, cast.vera, Plan("Товары", "Goods", fields=(WEIGHT,))).id
        plan = Plan("Пельмени", "Pelmeni", parent_id=top, fields=(PACK,))
        return top, add_category(session, cast.vera, plan).id


@pytest.fixture
def goods(app: Flask, cast: Cast, shelves: tuple[int, int]) -> list[int]:
    """Two kinds of pelmeni, and a boiler right in the goods."""
    top, below = shelves
    home = {"weight": {"value": "800", "unit": "g"}, "pack": "bag"}
    return [
        write_page(app, cast.anna, "Home pelmeni", facts=home, category_id=below),
        write_page(app, cast.anna, "Big pelmeni", category_id=below,
                   facts={"weight": {"value": "900", "unit": "g"}, "pack": "bag"}),
        write_page(app, cast.anna, "Boiler", category_id=top),
    ]  # fmt: skip


def main_part(text: str) -> str:
    found = text.split('<main id="main"')[1].split("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", found)).split())


def test_the_tree_counts_what_stands_in_and_below_each_category(
    app: Flask, browser_of: Browser, cast: Cast, goods: list[int]
) -> None:
    write_page(app, cast.anna, "Stray")
    shown = main_part(browser_of(cast.nina).get("/products").text)
    assert "Goods 3 Pelmeni 2 Without a category 1" in shown
    other = main_part(browser_of(cast.nina).get("/products?language=ru").text)
    assert "Goods 0 Pelmeni 0" in other
    assert "Without a category" not in other
    set_archived(desk_of(app), cast.vera, goods[0], True)
    assert "Goods 2 Pelmeni 1" in main_part(browser_of(cast.nina).get("/products").text)


def test_a_category_lists_its_products_with_their_facts(
    browser_of: Browser, cast: Cast, goods: list[int]
) -> None:
    shown = main_part(browser_of(cast.nina).get("/products/pelmeni").text)
    assert "Big pelmeni 900\u00a0g a bag" in shown.replace("900 g", "900\u00a0g")
    assert shown.index("Big pelmeni") < shown.index("Home pelmeni")
    assert "Boiler" not in shown
    assert "Boiler" in main_part(browser_of(cast.nina).get("/products/goods").text)


def test_pages_without_a_category_have_a_list(
    app: Flask, browser_of: Browser, cast: Cast, goods: list[int]
) -> None:
    write_page(app, cast.anna, "Stray")
    for address in ("/products/unfiled", "/products/unfiled?on=2026-03-02"):
        shown = main_part(browser_of(cast.nina).get(address).text)
        assert "Stray" in shown
        assert "Boiler" not in shown


def test_products_stand_side_by_side_fact_by_fact(
    browser_of: Browser, cast: Cast, goods: list[int]
) -> None:
    query = "&".join(f"page={ident}" for ident in goods[:2])
    answer = browser_of(cast.nina).get(f"/products/compare?{query}").text
    rows = re.findall(r"<tr( class=\"differs\")?><th scope=\"row\">(\w+)", answer)
    assert rows == [(' class="differs"', "Weight"), ("", "Pack")]
    assert "800" in answer
    assert "900" in answer


def test_too_few_or_too_many_to_compare_is_said(
    browser_of: Browser, cast: Cast, goods: list[int]
) -> None:
    nina = browser_of(cast.nina)
    for query in ("", f"page={goods[0]}", "page=x&page=-1&page=99999999999999999999&page=999"):
        answer = nina.get(f"/products/compare?{query}")
        assert answer.status_code == 200
        assert "Choose at least two products" in answer.text
    many = nina.get("/products/compare?" + "&".join(f"page={n}" for n in range(1, 9)))
    assert many.status_code == 422
    assert "At most 6 products" in many.text


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 30, "999999999"])
def test_a_part_of_the_list_that_is_not_there_does_no_harm(
    browser_of: Browser, cast: Cast, goods: list[int], page: str
) -> None:
    assert browser_of(cast.nina).get(f"/products/pelmeni?page={page}").status_code == 200


def test_a_category_that_is_not_there_is_not_found(browser_of: Browser, cast: Cast) -> None:
    assert browser_of(cast.nina).get("/products/nowhere").status_code == 404
    assert browser_of(cast.nina).get("/products/%00").status_code == 404


# As it was on a day


def test_the_catalogue_stands_as_it_was_on_a_day(
    app: Flask, browser_of: Browser, cast: Cast, goods: list[int], shelves: tuple[int, int],
    clock: SetClock,
) -> None:  # fmt: skip
    home, big, boiler = goods
    clock.forward(days=2)
    rewrite_page(app, cast.anna, home, title="Best pelmeni", category_id=shelves[0])
    set_archived(desk_of(app), cast.vera, big, True)
    clock.forward(days=2)
    rewrite_page(app, cast.anna, boiler, body="New.")
    set_archived(desk_of(app), cast.vera, big, False)
    write_page(app, cast.anna, "Newest", category_id=shelves[1])

    def shown(address: str) -> str:
        return main_part(browser_of(cast.nina).get(address).text)

    before = shown("/products/pelmeni?on=2026-03-03")
    assert "Home pelmeni" in before
    assert "Big pelmeni" in before
    assert "Boiler" not in before
    between = shown("/products?on=2026-03-05")
    assert "Best pelmeni" in between
    assert "Boiler" in between
    assert "Big pelmeni" not in between
    assert "Home pelmeni" not in between
    assert "Newest" not in between
    assert "Nothing had been written by that day" in shown("/products/pelmeni?on=2026-03-05")
    assert "Newest" in shown("/products?on=2026-03-06")
    assert "Nothing had been written by that day" in shown("/products?on=2026-03-01")


def test_a_day_ends_at_midnight_where_the_reader_lives(
    app: Flask, browser_of: Browser, cast: Cast, clock: SetClock
) -> None:
    clock.forward(hours=13)
    write_page(app, cast.anna, "Late")
    nina = browser_of(cast.nina)
    assert "Late" not in main_part(nina.get("/products?on=2026-03-02").text)
    assert "Late" in main_part(nina.get("/products?on=2026-03-03").text)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-03-03", "in the future"),
        ("9999-12-31", "in the future"),
        ("0001-01-01", "not that old"),
        ("yesterday", "written like 2026-03-31"),
        ("2026-02-30", "written like 2026-03-31"),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_a_sentence(
    browser_of: Browser, cast: Cast, goods: list[int], day: str, sentence: str
) -> None:
    answer = browser_of(cast.nina).get(f"/products?on={day}")
    assert answer.status_code == 422
    assert sentence in answer.text


# Sight


def test_a_product_of_another_team_leaves_no_trace_in_the_catalogue(
    app: Flask, browser_of: Browser, cast: Cast, goods: list[int], shelves: tuple[int, int],
    clock: SetClock,
) -> None:  # fmt: skip
    secret = write_page(
        app, cast.boris, "Zukunft", "[[Zwanzig]]", audience=f"team:{cast.boris.team_id}",
        category_id=shelves[1], facts={"weight": {"value": "777", "unit": "g"}},
    )  # fmt: skip
    clock.forward(days=1)
    compare = f"/products/compare?page={goods[0]}&page={goods[1]}&page={secret}"
    addresses = ["/", "/products/goods", "/products/pelmeni", "/products?on=2026-03-02", compare]
    for address in addresses:
        assert "Zukunft" in browser_of(cast.boris).get(address).text, address
    assert "Goods 4 Pelmeni 3" in main_part(browser_of(cast.boris).get("/products").text)
    for person in (cast.nina, cast.anna, cast.vera, cast.adam):
        browser = browser_of(person)
        for address in addresses:
            assert not re.search("Zukunft|zukunft|777|Zwanzig", browser.get(address).text), address
        assert "Goods 3 Pelmeni 2" in main_part(browser.get("/products").text)


def test_the_start_page_shows_what_waits_for_the_reader(
    app: Flask, browser_of: Browser, cast: Cast, goods: list[int]
) -> None:
    write_page(app, cast.anna, "Mine", "[[Wanted thing]]")
    anna = main_part(browser_of(cast.anna).get("/").text)
    for part in ("Good day, Anna", "Mine", "Pages you answer for", "Goods", "Wanted thing"):
        assert part in anna
    nina = main_part(browser_of(cast.nina).get("/").text)
    assert "Pages you answer for" not in nina
    assert "Wanted thing" not in nina
    assert "Mine" in nina


def test_an_empty_catalogue_says_what_to_do_next(browser_of: Browser, cast: Cast) -> None:
    for person, offered in ((cast.anna, True), (cast.nina, False)):
        shown = browser_of(person).get("/products").text
        assert "There are no product pages yet" in shown
        assert ("Write the first page" in shown) is offered
