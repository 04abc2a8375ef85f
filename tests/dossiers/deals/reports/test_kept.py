"""A report is kept until a deal, a reason or a right has changed, and for nobody else's eyes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from dossiers.clients.models import Client
from dossiers.deals.closing.models import CloseReason
from dossiers.deals.closing.rules import Said
from dossiers.deals.closing.services import explain_deal
from dossiers.deals.kinds import DealKind
from dossiers.deals.models import DealSource
from dossiers.deals.record import Company
from tests.conftest import Cast, SetClock
from tests.counting import counting
from tests.factories.deals import apply, make_source, says
from tests.factories.dossiers import make_client
from wiki.accounts.actor import Actor
from wiki.database import Database

Browser = Callable[[Actor | None], FlaskClient]
HERE = "/api/deals/reports?period=2026-Q1&by=reason"
WON = {"kind": DealKind.WON, "closed_on": date(2026, 1, 5), "currency": "RUB"}


@pytest.fixture
def one_deal(database: Database, cast: Cast, clock: SetClock) -> None:
    with database.transaction() as session:
        make_client(session, cast.anna, "Romashka")
        deal = says("1", amount=Decimal(10), company=Company(name="Romashka"), **WON)
        apply(session, make_source(session), deal)


@pytest.mark.usefixtures("one_deal")
def test_the_same_question_is_counted_once(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    browser = browser_of(cast.anna)
    with counting(database) as first:
        browser.get(HERE)
    with counting(database) as second:
        browser.get(HERE)
    assert len(second) <= len(first) - 3


@pytest.mark.usefixtures("one_deal")
def test_whatever_changes_is_counted_anew(
    database: Database, cast: Cast, browser_of: Browser, clock: SetClock
) -> None:
    browser = browser_of(cast.anna)
    assert browser.get(HERE).get_json()["now"]["amount"] == "10"
    clock.forward(seconds=1)
    with database.transaction() as session:
        source = session.scalars(select(DealSource)).one()
        apply(session, source, says("1", amount=Decimal(30)))
    assert browser.get(HERE).get_json()["now"]["amount"] == "30"
    with database.transaction() as session:
        fit = session.scalars(select(CloseReason.id).where(CloseReason.code == "won_fit")).one()
        explain_deal(session, cast.anna, 1, Said(fit))
    assert browser.get(HERE).get_json()["groups"][0]["label"] == "The product fitted best"


@pytest.mark.usefixtures("one_deal")
def test_what_is_kept_for_one_reader_is_not_shown_to_another(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    with database.transaction() as session:
        client = session.get_one(Client, 1)
        client.restricted, client.audience = True, f"restricted:{cast.anna.team_id}"
    assert browser_of(cast.anna).get(HERE).get_json()["now"]["won"] == 1
    assert browser_of(cast.boris).get(HERE).get_json()["now"]["won"] == 0
    moved = replace(cast.anna, id=cast.boris.id, team_id=cast.boris.team_id, teams=())
    assert browser_of(moved).get(HERE).get_json()["now"]["won"] == 0
    assert browser_of(cast.anna).get(HERE).get_json()["now"]["won"] == 1
