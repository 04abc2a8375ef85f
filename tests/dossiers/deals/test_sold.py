"""What deals tell of a product, under its page: only of deals that the reader may see."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from dossiers.clients.models import Client
from dossiers.clients.services.standing import restrict_client
from dossiers.deals.closing.models import CloseReason, DealClosing
from dossiers.deals.kinds import DealKind
from dossiers.deals.models import Deal
from dossiers.deals.record import Company, DealRecord, Line
from dossiers.deals.sold import sold_visible_to
from tests.conftest import Cast, SetClock
from tests.dossiers.clients.making import ALWAYS_SO, add_client
from tests.factories.deals import apply, make_source, says
from wiki import clock as wiki_clock
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.pages.content import Content
from wiki.pages.revisions import Deed
from wiki.pages.saving import Desk, new_page

Browser = Callable[[Actor | None], FlaskClient]
JANUARY = date(2026, 1, 1)


def sale(
    ident: str, client: str, kind: DealKind, price: str, days: int = 10, **more: object
) -> DealRecord:
    line = Line("GTX Pro", list_price=Decimal(100), price=Decimal(price))
    closed = JANUARY + timedelta(days=days)
    return says(ident, company=Company(name=client), kind=kind, began_on=JANUARY,
                closed_on=closed, lines=(line,), **more)  # fmt: skip


@pytest.fixture
def page(app: Flask, database: Database, cast: Cast, clock: SetClock) -> int:
    """A product that stands in deals of an open client and of one that Anna's team alone sees."""
    desk = Desk(app.extensions["database"], app.extensions["render_pool"])
    with app.app_context():
        ident = new_page(
            desk, cast.anna, "en", Content("GTX Pro", "Text", {}, (), None), Deed("create")
        ).page_id
    with database.transaction() as session:
        add_client(session, cast.boris, "Open")
        add_client(session, cast.anna, "Secret", restricted=True)
        apply(
            session,
            make_source(session),
            sale("W1", "Open", DealKind.WON, "95", 10),
            sale("W2", "Open", DealKind.WON, "87.5", 20),
            sale("W3", "Open", DealKind.WON, "50", 400),
            sale("L1", "Open", DealKind.LOST, "70", loss_reason="too dear"),
            sale("O1", "Open", DealKind.OPEN, "100"),
            sale("S1", "Secret", DealKind.WON, "1", 1),
            sale("S2", "Secret", DealKind.LOST, "1", loss_reason="secret reason"),
        )
    return ident


def test_counts_medians_and_reasons_are_those_of_seen_deals(
    page: int, database: Database, cast: Cast
) -> None:
    with database.reading() as session:
        sold = sold_visible_to(session, cast.boris, [page])
        assert sold is not None
        assert (sold.won, sold.lost, sold.open, sold.total) == (3, 1, 1, 5)
        assert (sold.discount, sold.priced) == (Decimal("12.5"), 3)
        assert (sold.days, sold.timed) == (20, 3)
        assert [(one.text, one.deals) for one in sold.reasons] == [("too dear", 1)]
        all_of_it = sold_visible_to(session, cast.anna, [page])
        assert all_of_it is not None
        assert (all_of_it.won, all_of_it.lost, all_of_it.days) == (4, 2, 10)


def test_the_reason_of_ours_stands_before_the_words_of_the_source(
    page: int, database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        reason = CloseReason(code="x1", name_ru="дорого", name_en="price", kind=DealKind.LOST)
        session.add(reason)
        session.flush()
        deal = session.scalars(select(Deal.id).where(Deal.external_id == "L1")).one()
        session.add(DealClosing(deal_id=deal, reason_id=reason.id, at=wiki_clock.now()))
        session.flush()
        sold = sold_visible_to(session, cast.boris, [page])
        assert sold is not None
        assert [(one.text, one.names["en"]) for one in sold.reasons] == [("", "price")]


def test_the_page_shows_it_and_is_drawn_anew_when_it_changes(
    page: int, database: Database, cast: Cast, browser_of: Browser
) -> None:
    boris = browser_of(cast.boris)
    answer = boris.get(f"/pages/{page}", follow_redirects=True)
    assert "median of 3 sales" in answer.text
    assert "secret reason" not in answer.text
    assert "secret reason" in browser_of(cast.anna).get(answer.request.path).text
    answer = boris.get(answer.request.path)
    same = boris.get(answer.request.path, headers={"If-None-Match": answer.headers["ETag"]})
    assert same.status_code == 304
    with database.transaction() as session:
        more = sale("W4", "Open", DealKind.WON, "90", 12)
        apply(session, make_source(session, "Second"), more)
    anew = boris.get(answer.request.path, headers={"If-None-Match": answer.headers["ETag"]})
    assert anew.status_code == 200
    assert "median of 4 sales" in anew.text


@pytest.fixture
def statements(database: Database) -> Iterator[list[str]]:
    made: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        made.extend([statement] if statement != "BEGIN" else [])

    event.listen(database.engine, "before_cursor_execute", note)
    yield made
    event.remove(database.engine, "before_cursor_execute", note)


def test_it_costs_the_same_whatever_was_sold(
    page: int, database: Database, cast: Cast, statements: list[str]
) -> None:
    with database.reading() as session:
        sold_visible_to(session, cast.anna, [page])
    before = len(statements)
    with database.transaction() as session:
        many = (sale(f"M{n}", "Open", DealKind.WON, "90", n) for n in range(50))
        apply(session, make_source(session, "Second"), *many)
    statements.clear()
    with database.reading() as session:
        sold_visible_to(session, cast.anna, [page])
        assert len(statements) == before <= 5
        statements.clear()
        sold_visible_to(session, cast.anna, [page + 1])
        assert len(statements) == 1


def test_what_is_kept_is_forgotten_when_a_client_becomes_restricted(
    page: int, database: Database, cast: Cast, browser_of: Browser
) -> None:
    boris, nina = browser_of(cast.boris), browser_of(cast.nina)
    address = boris.get(f"/pages/{page}").location
    assert "median of 4 sales" in nina.get(address).text
    assert "median of 4 sales" in nina.get(address).text
    with database.transaction() as session:
        ident = session.scalars(select(Client.id).where(Client.name == "Open")).one()
        restrict_client(session, cast.boris, ident, ALWAYS_SO)
    assert "median of 1 sale" in nina.get(address).text
    assert "median of 3 sales" in boris.get(address).text
