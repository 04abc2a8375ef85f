"""The money in open deals that depend on a page: only of deals that the reader may see."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dossiers.deals.at_stake import money_visible_to
from dossiers.deals.kinds import DealKind
from dossiers.deals.record import Company, DealRecord, Line
from tests.conftest import Cast, SetClock
from tests.counting import counting
from tests.dossiers.clients.making import add_client
from tests.factories.deals import apply, make_source, says
from tests.factories.pages import make_category, write_page
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.pages.models import FactField, Page

Browser = Callable[[Actor | None], FlaskClient]
PRICE = {"price": {"amount": "100", "currency": "RUB"}}


def deal(ident: str, client: str, amount: int | None, *products: str, **more: object) -> DealRecord:
    lines = tuple(Line(product, price=Decimal(1)) for product in products)
    worth = Decimal(amount) if amount is not None else None
    said = {"kind": DealKind.OPEN, "currency": "RUB", "began_on": date(2026, 1, 1), **more}
    return says(ident, company=Company(name=client), amount=worth, lines=lines, **said)


@pytest.fixture
def pages(app: Flask, database: Database, cast: Cast, clock: SetClock) -> dict[str, int]:
    """Three products with a price each, in deals of an open client and of a restricted one."""
    with database.transaction() as session:
        shelf = make_category(session, "Ovens").id
        field = FactField(category_id=shelf, key="price", label_ru="Цена", label_en="Price",
                          kind="money", choices=[])  # fmt: skip
        session.add(field)
    with app.app_context():
        found = {
            title: write_page(app, cast.anna, title, facts=PRICE, category_id=shelf)
            for title in ("Small", "Middle", "Large")
        }
        found["Большая"] = write_page(app, cast.anna, "Большая", language="ru")
    with database.transaction() as session:
        for title in ("Large", "Большая"):
            session.get_one(Page, found[title]).twin_group = 7
        add_client(session, cast.boris, "Open")
        add_client(session, cast.anna, "Secret", restricted=True)
        apply(
            session,
            make_source(session),
            deal("1", "Open", 100, "Small", "Middle"),
            deal("2", "Open", 200, "Middle", "Middle"),
            deal("3", "Open", 5, "Middle", currency="USD"),
            deal("4", "Open", 5_000, "Middle", kind=DealKind.WON),
            deal("5", "Open", None, "Middle"),
            deal("6", "Open", 1_000, "Large"),
            deal("7", "Secret", 90_000, "Small"),
        )
    return found


def test_each_deal_counts_once_for_each_page_of_its_products(
    pages: dict[str, int], database: Database, cast: Cast
) -> None:
    with database.reading() as session, counting(database) as sent:
        found = money_visible_to(session, cast.boris, list(pages.values()))
    assert found == {
        pages["Small"]: {"RUB": Decimal(100)},
        pages["Middle"]: {"RUB": Decimal(300), "USD": Decimal(5)},
        pages["Large"]: {"RUB": Decimal(1_000)},
        pages["Большая"]: {"RUB": Decimal(1_000)},
    }
    assert len([one for one in sent if one != "BEGIN"]) == 2
    with database.reading() as session:
        assert money_visible_to(session, cast.boris, [pages["Small"]]) == {
            pages["Small"]: {"RUB": Decimal(100)}
        }


def test_a_restricted_client_counts_for_those_who_may_see_it(
    pages: dict[str, int], database: Database, cast: Cast
) -> None:
    with database.reading() as session:
        anna = money_visible_to(session, cast.anna, [pages["Small"]])
        nina = money_visible_to(session, cast.nina, [pages["Small"]])
    assert anna[pages["Small"]] == {"RUB": Decimal(90_100)}
    team = cast.nina.audiences & cast.anna.audiences - cast.boris.audiences
    assert nina[pages["Small"]] == {"RUB": Decimal(90_100 if team else 100)}


def test_a_restricted_client_leaves_no_trace_in_the_queue_nor_in_its_order(
    pages: dict[str, int], browser_of: Browser, cast: Cast, clock: SetClock
) -> None:
    clock.forward(days=100)
    order = {}
    for person in (cast.boris, cast.anna):
        text = browser_of(person).get("/care?who=all").text
        order[person.name] = sorted(("Small", "Middle", "Large"), key=text.index)
        told = browser_of(person).get("/api/care").json
        assert told is not None
        assert [one["title"] for one in told["pages"]] == order[person.name]
    assert order[cast.boris.name] == ["Large", "Middle", "Small"]
    assert order[cast.anna.name] == ["Small", "Large", "Middle"]
    assert "90.1K" in browser_of(cast.anna).get("/care?who=all").text
    assert "90.1K" not in browser_of(cast.boris).get("/care?who=all").text
