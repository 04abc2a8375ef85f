"""The real sample comes out with the figures of its source."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.deals.kinds import DealKind
from dossiers.deals.models import Deal, DealLine, ProductName
from dossiers.deals.reports.asking import Asked, By
from dossiers.deals.reports.periods import Period, Unit
from dossiers.deals.reports.report import report_visible_to
from dossiers.deals.reports.tallies import in_money
from tests.conftest import Cast
from tests.dossiers.deals.reports.sample import load_sample
from tests.factories.deals import make_source
from wiki.database import Database

TODAY = date(2026, 3, 2)


def test_the_real_sample_comes_out(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        load_sample(session, cast.anna, make_source(session))
        asked = Asked(Unit.YEAR, Period(date(2017, 1, 1), Unit.YEAR), by=By.PRODUCT)
        report = report_visible_to(session, cast.vera, asked, TODAY)
        assert (report.now.won, report.now.lost) == (4238, 2473)
        assert report.now.win_rate is not None
        assert round(report.now.win_rate * 100) == 63
        assert in_money(report.now.amount) == 10_005_534
        assert (report.now.unsaid, report.now.unpriced) == (0, 0)
        assert sum(group.now.won for group in report.groups) == 4238
        gtx = next(group for group in report.groups if group.name == "GTXPro")
        assert gtx.now.closed + unfinished(session, "GTXPro") == 1480
        for unit in (Unit.MONTH, Unit.QUARTER):
            by_period = report_visible_to(session, cast.vera, Asked(unit), TODAY)
            assert sum(tally.amount for _p, tally in by_period.row) == report.now.amount
            change = by_period.change
            assert change.parts
            assert sum(change.parts.values()) == change.difference != 0
        heads = report_visible_to(session, cast.vera, replace(asked, by=By.HEAD), TODAY).groups
        offices = report_visible_to(session, cast.vera, replace(asked, by=By.OFFICE), TODAY).groups
        assert (len(heads), len(offices)) == (6, 3)
        assert discounts(session) == ("0.657", "0.998", "1.342", 92)


def unfinished(session: Session, product: str) -> int:
    wanted = (
        select(Deal.id)
        .join(DealLine, DealLine.deal_id == Deal.id)
        .join(ProductName, ProductName.id == DealLine.product_id)
        .where(ProductName.name == product, Deal.kind == DealKind.OPEN)
    )
    return len(session.scalars(wanted).all())


def discounts(session: Session) -> tuple[str, str, str, int]:
    """What part of the list price was paid: least, median, most; how many under four fifths."""
    wanted = select(Deal.amount, Deal.list_total).where(Deal.kind == DealKind.WON)
    paid = sorted(amount / listed for amount, listed in session.execute(wanted))
    middle = (paid[len(paid) // 2 - 1] + paid[len(paid) // 2]) / 2
    figures = (f"{one:.3f}" for one in (paid[0], middle, paid[-1]))
    least, median, most = figures
    return least, median, most, sum(one < Decimal("0.8") for one in paid)
