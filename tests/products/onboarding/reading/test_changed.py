"""What changed since the reader confirmed it."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from products.onboarding.models import PageToRead
from products.onboarding.reading.queries import (
    changed_visible_to,
    count_changed_visible_to,
    standing_of,
    standing_visible_to,
)
from products.onboarding.reading.rules import next_after, told_together
from products.onboarding.reading.services import confirm_reading
from products.onboarding.weight.queries import Weighed
from products.onboarding.weight.reasons import Reason, ReasonKind
from products.onboarding.weight.services import overrule
from tests.conftest import Cast, SetClock
from tests.factories.pages import make_page_row, rewrite_page, write_page
from wiki import clock as wiki_clock
from wiki.accounts.actor import EVERYONE, Actor
from wiki.database import Database
from wiki.errors import Missing
from wiki.pages.models import Page

Browser = Callable[[Actor | None], FlaskClient]


def confirm(database: Database, actor: Actor, page: int, revision: int) -> None:
    with database.transaction() as session:
        confirm_reading(session, actor, page, revision)


def changed(database: Database, actor: Actor) -> list[int]:
    with database.reading() as session:
        found = [line.id for line in changed_visible_to(session, actor)]
        assert count_changed_visible_to(session, actor) == len(found)
        return found


@pytest.fixture
def page(app: Flask, cast: Cast, database: Database, clock: SetClock) -> int:
    """A page that nina has confirmed as it was at first."""
    page = write_page(app, cast.anna, "Oven", "The oven costs 900 USD, with delivery.")
    confirm(database, cast.nina, page, 1)
    return page


def test_a_price_asks_again_and_a_comma_before_or_after_it_does_not(
    app: Flask, database: Database, cast: Cast, page: int
) -> None:
    rewrite_page(app, cast.anna, page, body="The oven costs 900 USD with delivery.")
    assert changed(database, cast.nina) == []
    rewrite_page(app, cast.anna, page, body="The oven costs 950 USD with delivery.")
    assert changed(database, cast.nina) == [page]
    rewrite_page(app, cast.anna, page, body="The oven costs 950 USD, with delivery!")
    assert changed(database, cast.nina) == [page]
    confirm(database, cast.nina, page, 3)
    assert changed(database, cast.nina) == []
    with database.reading() as session:
        standing = standing_of(session, cast.nina.id, page)
    assert (standing.confirmed, standing.material, standing.current) == (3, 3, 4)
    assert (standing.read, standing.changed) == (True, False)


def test_who_has_not_read_a_page_is_not_told_that_it_changed(
    app: Flask, database: Database, cast: Cast, page: int
) -> None:
    rewrite_page(app, cast.anna, page, body="The oven costs 950 USD.")
    assert changed(database, cast.nina) == [page]
    assert changed(database, cast.anna) == []
    with database.reading() as session:
        standing = standing_of(session, cast.anna.id, page)
    assert (standing.confirmed, standing.read, standing.changed) == (0, False, False)


def test_what_changed_last_comes_first(
    app: Flask, database: Database, cast: Cast, page: int, clock: SetClock
) -> None:
    other = write_page(app, cast.anna, "Table", "Two years of warranty.")
    confirm(database, cast.nina, other, 1)
    clock.forward(days=1)
    rewrite_page(app, cast.anna, other, body="Three years of warranty.")
    clock.forward(days=1)
    rewrite_page(app, cast.anna, page, body="The oven costs 950 USD.")
    assert changed(database, cast.nina) == [page, other]


def test_archived_pages_pages_out_of_sight_and_notes_of_clients_are_not_asked_of_anybody(
    app: Flask, database: Database, cast: Cast, page: int
) -> None:
    rewrite_page(app, cast.anna, page, body="The oven costs 950 USD.")
    assert changed(database, cast.nina) == [page]
    for values in ({"archived": True}, {"audience": "directors"}, {"room": "client"}):
        with database.transaction() as session:
            row = session.get_one(Page, page)
            row.archived, row.audience, row.room = False, EVERYONE, None
            for name, value in values.items():
                setattr(row, name, value)
        assert changed(database, cast.nina) == []
        if "archived" not in values:
            with database.reading() as session, pytest.raises(Missing):
                standing_visible_to(session, cast.nina, page)
    with database.transaction() as session:
        session.get_one(Page, page).room = None
    assert changed(database, cast.nina) == [page]


def test_an_overruled_change_asks_and_stops_asking(
    app: Flask, database: Database, cast: Cast, page: int
) -> None:
    rewrite_page(app, cast.anna, page, body="The oven costs 950 USD, with delivery.")
    with database.transaction() as session:
        overrule(session, cast.anna, page, 2, False, "A slip in the price")
    assert changed(database, cast.nina) == []
    with database.transaction() as session:
        overrule(session, cast.anna, page, 2, True, "No, it is new")
    assert changed(database, cast.nina) == [page]


def test_a_page_that_nobody_weighed_yet_has_to_be_read_once(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        bare = make_page_row(session, "Bare", cast.anna).id
        session.query(PageToRead).filter_by(page_id=bare).delete()
    with database.reading() as session:
        assert not standing_of(session, cast.nina.id, bare).read
    confirm(database, cast.nina, bare, 1)
    with database.reading() as session:
        assert standing_of(session, cast.nina.id, bare).read


def weighed(*reasons: Reason) -> Weighed:
    return Weighed(2, True, reasons, False, "", None, wiki_clock.now())


def test_a_fact_that_changed_twice_is_told_once_and_one_changed_back_is_not_told() -> None:
    fact, number = ReasonKind.FACT, ReasonKind.NUMBER
    first = weighed(
        Reason(number, "5", "7"),
        Reason(fact, "price: 900 USD", "price: 950 USD"),
        Reason(fact, "weight: 5 kg", "weight: 6 kg"),
        Reason(ReasonKind.TITLE, "A", "B"),
    )
    then = weighed(
        Reason(fact, "price: 950 USD", "price: 990 USD"),
        Reason(fact, "weight: 6 kg", "weight: 5 kg"),
        Reason(ReasonKind.TITLE, "B", "C"),
        Reason(number, "7", "5"),
        Reason(number, "5", "7"),
    )
    assert told_together([first, then]) == [
        Reason(fact, "price: 900 USD", "price: 990 USD"),
        Reason(ReasonKind.TITLE, "A", "C"),
        Reason(number, "5", "7"),
        Reason(number, "7", "5"),
    ]
    assert told_together([]) == []


@pytest.mark.parametrize(
    ("idents", "ident", "following"),
    [([1, 2, 3], 1, 2), ([1, 2, 3], 3, 1), ([1], 1, None), ([], 1, None), ([4, 5], 1, 4)],
)
def test_the_next_page_follows_and_after_the_last_comes_the_first(
    idents: list[int], ident: int, following: int | None
) -> None:
    assert next_after(idents, ident) == following
