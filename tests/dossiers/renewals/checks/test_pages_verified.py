"""The check of pages reads the facts that people verify on them."""

from datetime import date

from flask import Flask

from dossiers.renewals.checks.gathering import gather
from dossiers.renewals.checks.ground import Product
from products.catalogue.care.services import verify_facts
from tests.conftest import Cast, SetClock
from tests.factories.dossiers import make_client
from tests.factories.pages import make_category, write_page
from tests.factories.renewals import make_contract
from wiki import clock as wiki_clock
from wiki.database import Database
from wiki.pages.models import FactField

PRICE = {"price": {"amount": "100", "currency": "RUB"}}


def test_a_stale_price_makes_the_page_weak_until_somebody_verifies_it(
    app: Flask, database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        shelf = make_category(session, "Ovens").id
        session.add(FactField(category_id=shelf, key="price", label_ru="Цена", label_en="Price",
                              kind="money", choices=[]))  # fmt: skip
    with app.app_context():
        page = write_page(app, cast.anna, "Oven", facts=PRICE, category_id=shelf)
        bare = write_page(app, cast.anna, "Bare")
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        make_contract(session, cast.anna, client, date(2027, 1, 1), products=[page, bare])
        client_id = client.id

    def seen() -> dict[str, Product]:
        with database.reading() as session:
            ground = gather(session, [client_id], wiki_clock.today(), {})[client_id]
            return {one.title: one for one in ground.products}

    assert (seen()["Oven"].verified, seen()["Oven"].overdue) == (1, 0)
    assert (seen()["Bare"].verified, seen()["Bare"].overdue) == (0, 0)
    clock.forward(days=91)
    assert (seen()["Oven"].verified, seen()["Oven"].overdue) == (1, 1)
    with database.transaction() as session:
        verify_facts(session, cast.boris, page, {"price": "100 RUB"})
    assert seen()["Oven"].overdue == 0
