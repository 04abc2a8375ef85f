"""The pages of reports: hostile names, odd addresses, files, statements."""

import csv
import json
import random
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from html import unescape
from io import BytesIO, StringIO

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.deals.kinds import DealKind
from dossiers.deals.record import Company, Line, Seller
from dossiers.deals.reports.asking import By
from tests.conftest import Cast
from tests.counting import counting
from tests.dossiers.deals.reports.making import made_up, make_deals
from tests.factories.deals import apply, make_source, says
from tests.factories.dossiers import make_client
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.history.models import HistoryEntry

Browser = Callable[[Actor | None], FlaskClient]
HOSTILE = "=HYPERLINK(1)</script><script>alert(1)</script>"


def hostile(session: Session, cast: Cast) -> None:
    client = make_client(session, cast.boris, "Romashka")
    client.segment = HOSTILE
    record = says(
        "D1", amount=Decimal("10.5"), currency="USD", kind=DealKind.WON, closed_on=date(2026, 1, 5),
        owner=Seller(name=HOSTILE), company=Company(name="Romashka"), lines=(Line(HOSTILE),),
    )  # fmt: skip
    apply(session, make_source(session), record)


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("by", ["seller", "product", "segment"])
def test_hostile_names_are_text_everywhere(
    database: Database, cast: Cast, browser_of: Browser, by: str
) -> None:
    with database.transaction() as session:
        hostile(session, cast)
    browser, asked = browser_of(cast.anna), f"by={by}&period=2026-Q1"
    page = browser.get(f"/deals/reports?{asked}").get_data(as_text=True)
    assert HOSTILE not in page
    assert "<script>alert" not in page
    table = browser.get(f"/deals/reports/groups.csv?{asked}").get_data(as_text=True)
    assert next(csv.reader(StringIO(table.splitlines()[1])))[0] == f"'{HOSTILE}"
    book = load_workbook(BytesIO(browser.get(f"/deals/reports.xlsx?{asked}").data))
    cell = book.worksheets[2]["A2"]
    assert (cell.value, cell.data_type) == (f"'{HOSTILE}", "s")
    with database.reading() as session:
        actions = session.scalars(select(HistoryEntry.action)).all()
    assert {"export report-groups.csv", "export report.xlsx"} <= set(actions)


@pytest.mark.usefixtures("clock")
def test_the_pictures_are_drawn_from_what_the_api_gives(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    with database.transaction() as session:
        hostile(session, cast)
    browser, asked = browser_of(cast.anna), "by=seller&period=2026-Q1"
    page = browser.get(f"/deals/reports?{asked}").get_data(as_text=True)
    match = re.search(r'id="figures-data"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert match
    given = browser.get(f"/api/deals/reports?{asked}").get_json()
    assert json.loads(unescape(match[1])) == given
    assert given["now"]["amount"] == "10.5"
    assert given["groups"][0]["name"] == HOSTILE


ODD = (
    "unit=x&period=y&against=z&by=w", "period=2026-Q9", "currency=%00%00", "currency=<script>",
    "seller=99999999999999999999", "product=n%00", "product=nn1", "segment=%00&region=%27",
    "unit=year&period=0000", "unit=year&period=8999", "unit=month&period=1900-01",
)  # fmt: skip


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("odd", ODD)
def test_odd_addresses_are_answered(
    database: Database, cast: Cast, browser_of: Browser, odd: str
) -> None:
    with database.transaction() as session:
        hostile(session, cast)
    browser = browser_of(cast.nina)
    for where in ("/deals/reports", "/deals/reports/change.csv", "/deals/reports.xlsx"):
        assert browser.get(f"{where}?{odd}").status_code == 200
    assert browser.get(f"/api/deals/reports?{odd}").status_code in (200, 422)
    assert browser.get("/deals/reports/x.csv").status_code == 404


@pytest.mark.usefixtures("clock")
def test_a_report_of_no_deals_says_what_to_do(cast: Cast, browser_of: Browser) -> None:
    page = browser_of(cast.anna).get("/deals/reports").get_data(as_text=True)
    assert "No deal has been won or lost here" in page
    narrowed = browser_of(cast.anna).get("/deals/reports?segment=x").get_data(as_text=True)
    assert "No decided deal fits these filters" in narrowed


@pytest.mark.usefixtures("clock")
def test_a_report_costs_as_many_statements_over_many_deals_as_over_few(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    def statements() -> list[int]:
        browser, taken = browser_of(cast.anna), []
        for by in By:
            for address in ("/deals/reports", "/api/deals/reports"):
                with counting(database) as sent:
                    assert browser.get(f"{address}?by={by.value}").status_code == 200
                taken.append(len(sent))
        return taken

    with database.transaction() as session:
        make_deals(session, cast, 1, 30)
    few = statements()
    with database.transaction() as session:
        source = make_source(session, "Other")
        apply(session, source, *(made_up(random.Random(n), n + 1000) for n in range(300)))
    assert statements() == few
    assert max(few) <= 14, few
