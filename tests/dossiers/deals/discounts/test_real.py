"""The discounts of the real pipeline: SOURCE.md tells them, so they must come out exactly."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import median

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.deals.discounts.columns import By, Wanted
from dossiers.deals.discounts.renewal import keep_in_step
from dossiers.deals.discounts.report import report_visible_to
from dossiers.deals.kinds import DealKind
from dossiers.deals.matching.deciding import decide, is_one_of_ours
from dossiers.deals.matching.kinds import Kind
from dossiers.deals.models import Deal
from tests.conftest import Cast
from tests.dossiers.deals.discounts.making import product_of, rule, work, write_policy
from tests.dossiers.deals.files import command
from tests.factories.pages import add_revision_row, make_page_row
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.pages.models import Page

FOLDER = Path(__file__).parents[5] / "shared" / "data" / "crm-sales-opportunities"
LONG_AGO = date(2017, 1, 1)
pytestmark = pytest.mark.slow


@pytest.fixture
def folder() -> Path:
    if not FOLDER.is_dir():
        pytest.skip("the folder of real deals is not beside this checkout")
    return FOLDER


def add_products(session: Session, author: Actor, folder: Path) -> dict[str, Page]:
    """A page with its list price for each product."""
    pages = {}
    with (folder / "products.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            page = make_page_row(session, row["product"], author)
            price = {"amount": row["sales_price"], "currency": "USD"}
            add_revision_row(session, page, author, "Text.", facts={"list_price": price})
            pages[row["product"]] = page
    return pages


def test_what_was_won_against_the_list_price_comes_out_exactly(
    app: Flask, database: Database, cast: Cast, folder: Path
) -> None:
    with database.transaction() as session:
        pages = add_products(session, cast.vera, folder)
        write_policy(session, cast.vera, [rule("20")], since=LONG_AGO)
    said = ("--source", "CRM", "--currency", "USD", "--json")
    assert command(app, "import", str(folder / "sales_pipeline.csv"), *said).exit_code == 0
    with database.transaction() as session:
        name = product_of(session, "GTXPro")
        decide(session, cast.vera, Kind.PRODUCT, name.id, is_one_of_ours(pages["GTX Pro"].id))
    keep_in_step(database)
    work(app.extensions["jobs"], database)
    with database.reading() as session:
        won = select(Deal.amount, Deal.list_total, Deal.discount, Deal.is_outside_policy)
        rows = session.execute(won.where(Deal.kind == DealKind.WON)).all()
        ratios = [amount / total for amount, total, _discount, _outside in rows]
        assert len(ratios) == 4_238
        assert [round(value, 3) for value in (min(ratios), median(ratios), max(ratios))] == [
            *(Decimal("0.657"), Decimal("0.998"), Decimal("1.342"))
        ]
        assert sum(ratio < Decimal("0.8") for ratio in ratios) == 92
        assert sum(outside for *_rest, outside in rows) == 92
        assert all(
            abs(discount - (1 - ratio) * 100) <= Decimal("0.00005")
            for ratio, (_amount, _total, discount, _outside) in zip(ratios, rows, strict=True)
        )
        lost = select(Deal.discount).where(Deal.kind != DealKind.WON)
        assert set(session.scalars(lost)) == {None}
        report = report_visible_to(session, cast.vera, Wanted(), By.PRODUCT)
        assert (report.whole.deals, report.whole.outside, report.unknown) == (4_238, 92, 0)
        assert report.whole.given == 10_005_534
        assert len(report.groups) == 7
