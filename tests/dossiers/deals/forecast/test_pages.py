"""The forecast as its readers get it: within sight, kept day by day, harmless."""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dossiers.deals.forecast.forecast import forecast_visible_to
from dossiers.deals.forecast.keeping import keep_due_forecasts
from dossiers.deals.forecast.models import PipelineForecast
from dossiers.deals.kinds import DealKind
from dossiers.deals.models import Deal
from dossiers.deals.record import Company, DealRecord, Seller
from dossiers.deals.reports.asking import Wanted
from tests.conftest import Cast, SetClock
from tests.counting import counting
from tests.dossiers.deals.reports.sample import load_sample
from tests.factories.deals import apply, make_source, says
from tests.factories.dossiers import make_client
from wiki.accounts.actor import Actor
from wiki.clock import at
from wiki.database import Database

Browser = Callable[[Actor | None], FlaskClient]
TODAY = date(2026, 3, 2)
HOSTILE = "</script><script>alert(1)</script>"


def deal(ident: str, client: str, began: date, days: int | None, won: bool = True) -> DealRecord:
    kind = DealKind.OPEN if days is None else DealKind.WON if won else DealKind.LOST
    return says(
        ident, amount=Decimal(1000), currency="RUB", kind=kind, stage=HOSTILE, began_on=began,
        closed_on=None if days is None else began + timedelta(days=days),
        company=Company(name=client), owner=Seller(name=HOSTILE),
    )  # fmt: skip


def make_deals(session: Session, cast: Cast, many: int = 60) -> None:
    """Deals of an open client that ended, three that go on, and one of a restricted client."""
    make_client(session, cast.boris, "Romashka")
    make_client(session, cast.anna, "Secret", restricted=True)
    ended = [
        deal(f"E{n}", "Romashka", TODAY - timedelta(days=60 + n), 20 + n % 40, n % 3 > 0)
        for n in range(many)
    ]
    going = [deal(f"O{n}", "Romashka", TODAY - timedelta(days=5), None) for n in range(3)]
    secret = deal("S", "Secret", TODAY - timedelta(days=5), None)
    apply(session, make_source(session), *ended, *going, secret)


def likely(session: Session, actor: Actor) -> int:
    outlook = forecast_visible_to(session, actor, Wanted(), None, TODAY).outlook
    return sum(month.likely for month in outlook.months)


def test_what_one_may_not_see_is_not_expected(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        make_deals(session, cast)
        before = likely(session, cast.boris)
        assert 0 < before < likely(session, cast.vera)
        secret = session.scalars(select(Deal).where(Deal.external_id == "S")).one()
        secret.amount = Decimal(10) ** 9
        session.flush()
        assert likely(session, cast.boris) == before


def test_each_days_forecast_is_kept_once(database: Database, cast: Cast, clock: SetClock) -> None:
    with database.transaction() as session:
        make_deals(session, cast)
    assert keep_due_forecasts(database) == 6
    assert keep_due_forecasts(database) == 0
    clock.forward(days=1)
    assert keep_due_forecasts(database) == 6
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(PipelineForecast)) == 12
        first = session.scalars(select(PipelineForecast).limit(1)).one()
        assert first.low <= first.likely <= first.high
        assert first.basis["deals"] == 4


def test_only_directors_see_what_was_kept_of_all_deals(
    database: Database, cast: Cast, clock: SetClock, browser_of: Browser
) -> None:
    with database.transaction() as session:
        make_deals(session, cast)
    keep_due_forecasts(database)
    clock.forward(days=60)
    later = date(2026, 5, 1)
    with database.transaction() as session:
        won = session.scalars(select(Deal).where(Deal.external_id == "O1")).one()
        won.kind, won.closed_on = DealKind.WON, date(2026, 4, 10)
    with database.reading() as session:
        kept = forecast_visible_to(session, cast.vera, Wanted(), None, later).kept
        assert [(one.month.code, one.came) for one in kept] == [("2026-04", 1000)]
        for actor in (cast.anna, cast.boris, cast.nina):
            assert not forecast_visible_to(session, actor, Wanted(), None, later).kept
        assert not forecast_visible_to(session, cast.vera, Wanted(segment="x"), None, later).kept
    said = "What was said on the last day before each month"
    assert said in browser_of(cast.vera).get("/deals/forecast").get_data(as_text=True)
    assert said not in browser_of(cast.anna).get("/deals/forecast").get_data(as_text=True)


def test_managers_are_compared_once_deals_end_before_our_eyes(
    database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        make_deals(session, cast)
        source = make_source(session, "Other")
        apply(session, source, says("M", kind=DealKind.OPEN, probability=Decimal(80)))
        apply(session, source, says("M", kind=DealKind.WON, probability=Decimal(100)))
        apply(session, source, says("N", kind=DealKind.OPEN, probability=Decimal(30)))
        apply(session, source, says("N", kind=DealKind.LOST))
        found = forecast_visible_to(session, cast.vera, Wanted(), None, TODAY).calibration
        assert found
        assert [(band.low, band.deals, band.won) for band in found.bands] == [
            (20, 1, 0),
            (80, 1, 1),
        ]


@pytest.mark.usefixtures("clock")
def test_the_page_is_drawn_from_what_the_api_gives(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    with database.transaction() as session:
        make_deals(session, cast)
    browser = browser_of(cast.boris)
    page = browser.get("/deals/forecast").get_data(as_text=True)
    assert HOSTILE not in page
    match = re.search(r'id="figures-data"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert match
    assert json.loads(unescape(match[1])) == browser.get("/api/deals/forecast").get_json()
    for code in ("months", "stages"):
        assert browser.get(f"/deals/forecast/{code}.csv").status_code == 200
    assert browser.get("/deals/forecast/kept.csv").status_code == 404
    assert browser.get("/deals/forecast.xlsx").data[:2] == b"PK"


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize(
    "odd", ["currency=%00", "seller=999999999999", "product=nn", "segment=%27"]
)
def test_odd_addresses_are_answered(
    database: Database, cast: Cast, browser_of: Browser, odd: str
) -> None:
    with database.transaction() as session:
        make_deals(session, cast)
    for where in ("/deals/forecast", "/deals/forecast.xlsx", "/api/deals/forecast"):
        assert browser_of(cast.nina).get(f"{where}?{odd}").status_code == 200


@pytest.mark.usefixtures("clock")
def test_a_forecast_without_deals_says_what_it_needs(cast: Cast, browser_of: Browser) -> None:
    page = browser_of(cast.nina).get("/deals/forecast").get_data(as_text=True)
    assert "No deal is under way" in page


@pytest.mark.usefixtures("clock")
def test_a_forecast_costs_as_many_statements_over_many_deals_as_over_few(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    def statements() -> int:
        with counting(database) as sent:
            assert browser_of(cast.vera).get("/deals/forecast").status_code == 200
        return len(sent)

    with database.transaction() as session:
        make_deals(session, cast, 40)
    few = statements()
    with database.transaction() as session:
        source = make_source(session, "Other")
        many = (deal(f"X{n}", "Romashka", TODAY - timedelta(days=50), n % 40) for n in range(400))
        apply(session, source, *many)
    assert statements() == few <= 16


def test_the_real_sample_is_forecast(database: Database, cast: Cast) -> None:
    loaded = datetime(2018, 1, 1, tzinfo=UTC)
    with at(loaded), database.transaction() as session:
        load_sample(session, cast.anna, make_source(session))
        made = forecast_visible_to(session, cast.vera, Wanted(), None, date(2018, 1, 1))
    assert made.outlook.deals == 2089
    assert (made.learnt.overall.won, made.learnt.overall.ended) == (4238, 6711)
    assert len(made.past) == 9
    assert sum(one.is_within for one in made.past) >= 5
    months = made.outlook.months
    assert all(one.low <= one.likely <= one.high for one in months)
    assert months[0].likely > 0
