"""A list of products: pages, versions, prices, what names were decided to mean."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from products.importing.cli import products_commands
from products.importing.fields import PRICE
from products.importing.sort import PRODUCTS
from tests.conftest import Cast
from tests.factories.lists import Lists, csv_of, figures, real_file, sentences
from tests.factories.pages import make_page_row, rewrite_page, write_page
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.errors import Refusal
from wiki.lists.further import facts_in
from wiki.pages.facts import Field, Kind
from wiki.pages.models import Category, FactField, Page, Revision
from wiki.pages.shelving import Plan, add_category

BrowserOf = Callable[[Actor | None], FlaskClient]
ROWS = csv_of(
    "product,series,sales_price,stock",
    "GTX Basic,GTX,550,3",
    "GTX Pro,GTX,4821,4",
    "MG Special,MG,55,5",
)


@pytest.fixture
def lists(app: Flask, cast: Cast) -> Lists:
    return Lists(app, PRODUCTS)


def pages(database: Database) -> dict[str, tuple[int, Revision]]:
    """All pages by title: the number of versions, and the newest."""
    with database.reading() as session:
        rows = session.execute(
            select(Page, Revision).join(Revision, Revision.id == Page.current_revision_id)
        )
        return {page.title: (page.current_number, revision) for page, revision in rows}


def shelf(database: Database, director: Actor, name: str) -> int:
    """A category that asks for a list price and a weight."""
    weight = Field("weight", "Вес", "Weight", Kind.NUMBER, "kg")
    with database.transaction() as session:
        return add_category(session, director, Plan(name, name, fields=(PRICE, weight))).id


def test_products_become_pages_with_exact_prices_and_again_nothing_changes(
    lists: Lists, cast: Cast, database: Database
) -> None:
    assert figures(lists.write(cast.anna, ROWS, currency="USD")) == (3, 0, 0, 0, 0)
    found = pages(database)
    number, page = found["GTX Pro"]
    assert (number, page.tags) == (1, ["GTX"])
    assert page.facts == {"list_price": {"amount": "4821", "currency": "USD"}}
    assert facts_in(page.body) == {"stock": "4"}
    assert figures(lists.write(cast.boris, ROWS, currency="USD")) == (0, 0, 3, 0, 0)
    dearer = ROWS.replace(b"4821", b"$4,821.00").replace(b",55,", b",60,")
    dearer = dearer.replace(b"$4,821.00", b'"$4,821.00"')
    assert figures(lists.write(cast.anna, dearer, currency="USD")) == (0, 1, 2, 0, 0)
    after = pages(database)
    assert (after["GTX Pro"][0], after["MG Special"][0]) == (1, 2)
    assert after["MG Special"][1].facts["list_price"]["amount"] == "60"
    assert after["MG Special"][1].reason == "From the file list.csv"


def test_a_figure_without_a_currency_is_refused_and_none_is_guessed(
    lists: Lists, cast: Cast, database: Database
) -> None:
    rows = csv_of("title,price", "One,550", "Two,550 EUR", "Three,0 EUR", "Four,", "Five,cheap")
    report = lists.write(cast.anna, rows)
    assert figures(report) == (3, 0, 0, 0, 2)
    assert "does not say its currency" in sentences(report, "refused")[0]
    found = pages(database)
    assert found["Two"][1].facts["list_price"] == {"amount": "550", "currency": "EUR"}
    assert found["Three"][1].facts["list_price"]["amount"] == "0"
    assert found["Four"][1].facts == {}


def test_every_fact_of_a_category_can_be_a_column(
    lists: Lists, cast: Cast, database: Database
) -> None:
    ident = shelf(database, cast.vera, "Boxes")
    rows = csv_of("Название;Категория;Вес;Цена", "Бокс;boxes;1 234,5;1 000,50 ₽", "Куб;Boxes;x;1 ₽")
    report = lists.write(cast.anna, rows)
    assert figures(report) == (1, 0, 0, 0, 1)
    page = pages(database)["Бокс"][1]
    assert page.category_id == ident
    assert page.facts == {
        "list_price": {"amount": "1000.50", "currency": "RUB"},
        "weight": {"unit": "kg", "value": "1234.5"},
    }
    assert report["remarks"]["count"] == 0


def test_a_series_can_be_a_category_that_directors_let_be_made(
    lists: Lists, cast: Cast, database: Database
) -> None:
    rows = csv_of("title,category,price", "GTX Pro,GTX,5 USD", "MG One,MG / Small,6 USD")
    assert figures(lists.write(cast.vera, rows)) == (0, 0, 0, 0, 2)
    assert figures(lists.write(cast.vera, rows, missing="make")) == (2, 0, 0, 0, 0)
    with database.reading() as session:
        names = dict(session.execute(select(Category.id, Category.name_en)).all())
        found = pages(database)
        assert names[found["GTX Pro"][1].category_id or 0] == "GTX"
        assert names[found["MG One"][1].category_id or 0] == "Small"
        keys = session.scalars(select(FactField.key)).all()
        assert keys == ["list_price", "list_price"]
    assert figures(lists.write(cast.vera, rows, missing="make")) == (0, 0, 2, 0, 0)
    with pytest.raises(Refusal, match="cannot be chosen"):
        lists.write(cast.anna, rows, missing="make")


def test_what_people_wrote_is_never_replaced(
    app: Flask, lists: Lists, cast: Cast, database: Database
) -> None:
    write_page(app, cast.anna, "Written", "Our own words.", tags=("own",))
    rows = csv_of("title,description,tags", "Written,Theirs,new", "Fresh,Theirs,")
    report = lists.write(cast.anna, rows)
    assert figures(report) == (1, 1, 0, 0, 0)
    found = pages(database)
    assert found["Written"][1].body == "Our own words.\n"
    assert found["Written"][1].tags == ["new", "own"]
    assert found["Fresh"][1].body == "Theirs\n"
    assert "has a text already" in sentences(report, "remarks")[0]
    assert figures(lists.write(cast.anna, rows)) == (0, 0, 2, 0, 0)


def test_a_former_title_leads_to_the_page_that_bore_it(
    app: Flask, lists: Lists, cast: Cast, database: Database
) -> None:
    ident = write_page(app, cast.anna, "Old name")
    rewrite_page(app, cast.anna, ident, title="New name")
    assert figures(lists.write(cast.anna, csv_of("title,tags", "old  NAME,x"))) == (0, 1, 0, 0, 0)
    assert list(pages(database)) == ["New name"]


def test_rows_of_one_product_are_put_together_or_all_refused(
    lists: Lists, cast: Cast, database: Database
) -> None:
    rows = csv_of(
        "title,price,tags",
        "One,5 USD,a",
        "One,,b",
        "Two,5 USD,",
        "Two,6 USD,",
        "Blue box,,",
        "Bluebox,,",
    )
    report = lists.write(cast.anna, rows)
    assert figures(report) == (3, 0, 0, 1, 2)
    assert pages(database)["One"][1].tags == ["a", "b"]
    assert "“Blue box” looks like “Bluebox”" in " ".join(sentences(report, "remarks"))
    turned = csv_of("title,price,tags", *reversed(rows.decode().split("\r\n")[1:-1]))
    assert figures(lists.write(cast.anna, turned)) == (0, 0, 3, 1, 2)


def test_notes_of_clients_and_pages_that_one_may_not_see_are_no_products(
    lists: Lists, cast: Cast, database: Database
) -> None:
    with database.transaction() as session:
        make_page_row(session, "Hidden", cast.boris, audience="restricted:2", language="en")
        make_page_row(session, "Notes", cast.anna, room="client", language="ru")
    report = lists.write(cast.anna, csv_of("title,tags", "Hidden,x", "Notes,y"))
    assert figures(report) == (2, 0, 0, 0, 0)
    with database.reading() as session:
        assert session.scalars(select(Page.current_number)).all() == [1, 1, 1, 1]


def test_a_list_is_sent_looked_at_and_written_in_the_browser(
    browser_of: BrowserOf, cast: Cast, database: Database
) -> None:
    anna = browser_of(cast.anna)
    assert "/products/import" in anna.get("/products").text
    data = {"file": (BytesIO(ROWS), "products.csv")}
    here = anna.post("/products/import", data=data).location
    columns = anna.get(here).text
    assert re.search(r'id="column-list_price".*?<option selected>sales_price', columns, re.DOTALL)
    refused = anna.get(f"{here}/preview").text
    assert "does not say its currency" in refused
    chosen = {"column-title": "product", "column-list_price": "sales_price",
              "setting-currency": "USD", "setting-language": "en", "offered": ["series", "stock"],
              "keep": ["stock"]}  # fmt: skip
    assert anna.post(here, data={**chosen, "setting-currency": "USDX"}).status_code == 422
    assert anna.post(here, data={**chosen, "setting-currency": "QQ"}).status_code == 422
    anna.post(here, data=chosen)
    preview = anna.get(f"{here}/preview").text
    assert "$4,821.00" in preview
    assert "are left out: series" in preview
    anna.post(f"{here}/write")
    assert "Written." in anna.get(here).text
    assert len(pages(database)) == 3


def test_newcomers_cannot(browser_of: BrowserOf, cast: Cast, app: Flask, tmp_path: Path) -> None:
    nina = browser_of(cast.nina)
    assert nina.get("/products/import").status_code == 403
    assert "/products/import" not in nina.get("/products").text
    path = tmp_path / "x.csv"
    path.write_bytes(ROWS)
    refused = app.test_cli_runner().invoke(
        products_commands, ["import", str(path), "--as", "nina@example.com"]
    )
    assert (refused.exit_code, "Nothing was changed" in refused.output) == (1, True)


def test_the_seven_real_products_come_in_by_the_command(
    app: Flask, cast: Cast, database: Database
) -> None:
    path = str(real_file("products.csv"))
    run = app.test_cli_runner()
    words = ["import", path, "--currency", "usd"]
    tried = run.invoke(products_commands, [*words, "--dry-run"])
    assert "7 rows: 7 would be new" in tried.output
    assert pages(database) == {}
    assert run.invoke(products_commands, words).exit_code == 0
    prices = {title: page.facts["list_price"]["amount"] for title, (_n, page) in
              pages(database).items()}  # fmt: skip
    assert prices == {
        "GTX Basic": "550", "GTX Pro": "4821", "MG Special": "55", "MG Advanced": "3393",
        "GTX Plus Pro": "5482", "GTX Plus Basic": "1096", "GTK 500": "26768",
    }  # fmt: skip
    assert "0 new, 0 changed, 7 were so already" in run.invoke(products_commands, words).output
