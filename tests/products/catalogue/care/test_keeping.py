"""Whoever writes a fact vouches for it; pages from before are taken in."""

from datetime import date

from flask import Flask
from sqlalchemy import delete

from products.catalogue.care.keeping import take_in_known
from products.catalogue.care.models import FactCare, FactVerification
from tests.conftest import Cast, SetClock
from tests.counting import counting
from tests.factories.pages import add_revision_row, make_page_row, rewrite_page
from tests.products.catalogue.care.conftest import (
    FACTS,
    OTHER_PRICE,
    PRICE,
    WEIGHT,
    Cares,
    WritePage,
)
from wiki.database import Database
from wiki.pages.models import Page

IN_MARCH = date(2026, 3, 2)


def test_a_new_page_is_vouched_for_by_its_author(oven: WritePage, cares: Cares, cast: Cast) -> None:
    rows = cares(oven())
    assert {row.verified_by for row in rows.values()} == {cast.anna.id}
    assert {key: row.verified_until for key, row in rows.items()} == {
        "price": date(2026, 5, 31),
        "weight": date(2027, 3, 2),
        "until": date(2026, 4, 1),
        "note": None,
    }


def test_only_a_changed_fact_is_vouched_for_by_whoever_changed_it(
    app: Flask, oven: WritePage, cares: Cares, cast: Cast, clock: SetClock
) -> None:
    page = oven()
    clock.forward(days=10)
    with app.app_context():
        rewrite_page(app, cast.boris, page, facts={**FACTS, "price": OTHER_PRICE})
    rows = cares(page)
    assert (rows["price"].verified_by, rows["price"].value) == (cast.boris.id, "120 RUB")
    assert rows["price"].verified_until == date(2026, 6, 10)
    assert rows["weight"].verified_by == cast.anna.id
    assert rows["weight"].verified_until == date(2027, 3, 2)


def test_a_change_of_the_text_alone_costs_no_statement(
    app: Flask, oven: WritePage, cares: Cares, cast: Cast, clock: SetClock, database: Database
) -> None:
    page = oven()
    clock.forward(days=10)
    with app.app_context(), counting(database) as sent:
        rewrite_page(app, cast.boris, page, body="Another text.")
    assert not [one for one in sent if "fact_cares" in one]
    assert cares(page)["price"].verified_by == cast.anna.id


def test_a_fact_that_was_taken_out_keeps_its_owner_and_is_asked_of_nobody(
    app: Flask, oven: WritePage, cares: Cares, cast: Cast, database: Database
) -> None:
    page = oven()
    with database.transaction() as session:
        session.get_one(FactCare, (page, "price")).owner_id = cast.boris.id
    with app.app_context():
        rewrite_page(app, cast.anna, page, facts={"weight": WEIGHT})
        gone = cares(page)["price"]
        assert (gone.owner_id, gone.verified_until, gone.value) == (cast.boris.id, None, "")
        rewrite_page(app, cast.anna, page, facts=FACTS)
    back = cares(page)["price"]
    assert (back.owner_id, back.verified_until) == (cast.boris.id, date(2026, 5, 31))


def test_a_page_that_moves_to_a_category_without_fields_has_facts_that_do_not_age(
    app: Flask, oven: WritePage, cares: Cares, cast: Cast
) -> None:
    page = oven()
    with app.app_context():
        rewrite_page(app, cast.anna, page, category_id=None)
    assert cares(page)["price"].verified_until is None
    assert cares(page)["price"].verified_by == cast.anna.id


def test_pages_from_before_count_from_the_day_on_which_the_value_came(
    shelf: int, database: Database, cares: Cares, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        row = make_page_row(session, "Old", cast.anna, category_id=shelf)
        for days, facts in ((1, {"price": PRICE}), (200, {"price": OTHER_PRICE})):
            clock.forward(days=days)
            add_revision_row(session, row, cast.boris, "Text.", facts=facts)
        clock.forward(days=30)
        add_revision_row(session, row, cast.vera, "Text!", facts={"price": OTHER_PRICE, "note": ""})
        make_page_row(session, "Bare", cast.anna)
        page = row.id
    assert take_in_known(database) == 1
    price = cares(page)["price"]
    assert (price.verified_by, price.value) == (cast.boris.id, "120 RUB")
    assert price.verified_until == date(2026, 12, 18)
    assert cares(page)["note"].verified_by == cast.vera.id
    with counting(database) as sent:
        assert take_in_known(database) == 0
    assert len([one for one in sent if one != "BEGIN"]) == 1


def test_a_page_from_before_that_is_saved_first_is_taken_in_as_it_was(
    app: Flask, oven: WritePage, cares: Cares, cast: Cast, clock: SetClock, database: Database
) -> None:
    page = oven()
    with database.transaction() as session:
        session.execute(delete(FactVerification))
        session.execute(delete(FactCare))
    clock.forward(days=100)
    with app.app_context():
        rewrite_page(app, cast.boris, page, facts={**FACTS, "weight": {"value": "6", "unit": "kg"}})
    rows = cares(page)
    assert (rows["price"].verified_by, rows["price"].verified_until) == (
        cast.anna.id,
        date(2026, 5, 31),
    )
    assert rows["weight"].verified_by == cast.boris.id


def test_pages_of_a_room_take_no_part(
    shelf: int, database: Database, cares: Cares, cast: Cast
) -> None:
    with database.transaction() as session:
        row = make_page_row(session, "Notes", cast.anna, category_id=shelf, room="client")
        add_revision_row(session, row, cast.anna, "Text.", facts={"price": PRICE})
    assert take_in_known(database) == 0
    with database.reading() as session:
        page = session.query(Page.id).filter_by(title="Notes").scalar()
    assert page is not None
    assert not cares(page)
