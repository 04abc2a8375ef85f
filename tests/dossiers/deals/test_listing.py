"""The list of deals: what it counts, sums and takes out, and for whom."""

import csv
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.deals.kinds import DealKind
from dossiers.deals.listing import Wanted, page_visible_to, sums_visible_to
from dossiers.deals.models import Deal, DealOwner
from dossiers.deals.record import Company, Line, Seller
from tests.conftest import Cast, SetClock
from tests.factories.deals import apply, make_source, says
from tests.factories.dossiers import make_client
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.history.models import HistoryEntry

Browser = Callable[[Actor | None], FlaskClient]
ODD = (
    "kind=x&sort=y&page=-3",
    "page=99999999999",
    "from=never&until=2026-13-01",
    "client=%00&text=%00",
    "owner=99999999999999999999",
    "client=-1",
    "stage=%27",
)
HOSTILE = "=cmd|' /C calc'!A1<script>alert(1)</script>"


@pytest.fixture
def deals(database: Database, cast: Cast, clock: SetClock) -> None:
    """Two deals of an open client, one of a restricted one, one of nobody."""
    with database.transaction() as session:
        make_client(session, cast.boris, "Romashka")
        make_client(session, cast.anna, "Secret", restricted=True)
        source = make_source(session)
        here, there = Company(name="Romashka"), Company(name="Secret")
        eur = {"currency": "EUR", "pipeline": "Sales"}
        apply(
            session,
            source,
            says("D1", title=HOSTILE, company=here, amount=Decimal("0.1"), kind=DealKind.WON,
                 closed_on=date(2026, 1, 5), stage="Signed", owner=Seller(name="Anna"), **eur),
            says("D2", title="Линия упаковки", company=here, amount=Decimal("0.2"),
                 kind=DealKind.WON, planned_on=date(2026, 5, 5), stage="Signed",
                 lines=(Line("-GTX"),), **eur),
            says("S1", title="Hidden", company=there, amount=Decimal(1000), kind=DealKind.OPEN,
                 stage="Secret stage", owner=Seller(name="Hidden seller"), **eur),
            says("N1", title="Whose", amount=None, kind=DealKind.OPEN, currency="EUR"),
        )  # fmt: skip


def listed(session: Session, actor: Actor, **wanted: object) -> list[str]:
    asked = Wanted(**wanted)  # type: ignore[arg-type]
    sums = sums_visible_to(session, actor, asked)
    page = page_visible_to(session, actor, asked, sums, 1)
    assert page.total == len(page.rows)
    return sorted(row.external_id for row in page.rows)


@pytest.mark.usefixtures("deals")
def test_what_one_may_not_see_is_in_no_list_and_in_no_sum(database: Database, cast: Cast) -> None:
    with database.reading() as session:
        assert listed(session, cast.anna) == ["D1", "D2", "N1", "S1"]
        assert listed(session, cast.boris) == ["D1", "D2", "N1"]
        assert listed(session, cast.nina) == ["D1", "D2", "S1"]
        sums = {one.kind: one for one in sums_visible_to(session, cast.boris, Wanted())}
        assert sums[DealKind.WON].amount == Decimal("0.3")
        assert (sums[DealKind.OPEN].amount, sums[DealKind.OPEN].unsaid) == (None, 1)
        assert sums_visible_to(session, cast.anna, Wanted(text="Hidden"))[0].amount == 1000


@pytest.mark.usefixtures("deals")
def test_filters_narrow_the_list(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        ident = session.scalars(select(Client.id).where(Client.name == "Romashka")).one()
        assert listed(session, cast.anna, client=ident) == ["D1", "D2"]
        assert listed(session, cast.anna, kind=DealKind.OPEN) == ["N1", "S1"]
        assert listed(session, cast.anna, stage="Signed", pipeline="Sales") == ["D1", "D2"]
        assert listed(session, cast.anna, text="ЛИНИЯ") == ["D2"]
        assert listed(session, cast.anna, text="romashka") == ["D1", "D2"]
        assert listed(session, cast.anna, text="N1") == ["N1"]
        assert listed(session, cast.anna, closed_from=date(2026, 5, 1)) == ["D2"]
        assert listed(session, cast.anna, closed_until=date(2026, 4, 1)) == ["D1"]
        assert listed(session, cast.anna, without="client") == ["N1"]
        session.scalars(
            select(DealOwner).where(DealOwner.name == "Anna")
        ).one().user_id = cast.anna.id
        session.flush()
        assert listed(session, cast.anna, mine=True) == ["D1"]


@pytest.mark.usefixtures("deals")
def test_an_amount_too_large_for_one_sum_breaks_no_list(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        source = make_source(session, "Second")
        most = Decimal(10) ** 14 - 1
        apply(session, source, *(says(str(n), amount=most, currency="USD") for n in range(20)))
        (found,) = [s for s in sums_visible_to(session, cast.anna, Wanted()) if s.currency == "USD"]
        assert found.amount == most * 20


@pytest.mark.usefixtures("deals")
def test_the_page_offers_nothing_out_of_hidden_deals(cast: Cast, browser_of: Browser) -> None:
    for address in ("/deals", "/deals?text=Hidden", "/deals?client=Secret", "/deals?sort=amount"):
        shown = browser_of(cast.boris).get(address).text
        if "text" not in address:
            assert "Hidden" not in shown, address
        assert "Secret stage" not in shown
        assert ">S1<" not in shown
    assert "Secret stage" in browser_of(cast.anna).get("/deals").text


@pytest.mark.usefixtures("deals")
def test_what_people_wrote_elsewhere_is_text_and_no_markup(cast: Cast, browser_of: Browser) -> None:
    shown = browser_of(cast.anna).get("/deals").text
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)" in shown


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.usefixtures("deals")
def test_the_file_has_the_seen_deals_and_no_formulas(
    cast: Cast, browser_of: Browser, database: Database
) -> None:
    rows = rows_of(browser_of(cast.boris).get("/deals/deals.csv").text)
    assert [row["external_id"] for row in rows] == ["N1", "D2", "D1"]
    assert rows[2]["title"] == "'" + HOSTILE
    assert rows[1]["products"] == "'-GTX"
    assert [row["amount"] for row in rows] == ["", "0.2", "0.1"]
    assert len(rows_of(browser_of(cast.anna).get("/deals/deals.csv").text)) == 4
    with database.reading() as session:
        taken = session.scalars(
            select(HistoryEntry.subject_id).where(HistoryEntry.action == "export deals.csv")
            .where(HistoryEntry.subject_kind == "client", HistoryEntry.actor_id == cast.boris.id)
        ).all()  # fmt: skip
        name = session.scalars(select(Client.name).where(Client.id.in_(taken))).all()
    assert name == ["Romashka"]


@pytest.mark.usefixtures("deals")
def test_odd_addresses_are_answered(cast: Cast, browser_of: Browser) -> None:
    for said in ODD:
        assert browser_of(cast.anna).get(f"/deals?{said}").status_code == 200, said
        answer = browser_of(cast.anna).get(f"/deals/deals.csv?{said}", buffered=True)
        assert answer.status_code == 200, said


def test_a_deal_gone_at_its_source_is_listed_and_marked(
    database: Database, cast: Cast, clock: SetClock, browser_of: Browser
) -> None:
    with database.transaction() as session:
        apply(session, make_source(session), says("D1", title="Was there"))
        deal = session.scalars(select(Deal)).one()
        deal.gone_at = datetime(2026, 3, 1, tzinfo=UTC)
    shown = browser_of(cast.anna).get("/deals?gone=1").text
    assert "Was there" in shown
    assert "gone at the source" in shown
