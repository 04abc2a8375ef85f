"""Figures that are too large to be kept are not known, and hold up no report."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from flask.testing import FlaskClient

from dossiers.deals.kinds import DealKind
from dossiers.deals.record import Line
from tests.conftest import Cast
from tests.factories.deals import apply, make_source, says
from wiki.accounts.actor import Actor
from wiki.database import Database

HUGE = Decimal(99_999_999_999_999)


def test_a_list_total_that_cannot_be_kept_holds_up_no_report(
    database: Database, cast: Cast, browser_of: Callable[[Actor | None], FlaskClient]
) -> None:
    won = {"kind": DealKind.WON, "closed_on": date(2026, 1, 5), "currency": "EUR"}
    with database.transaction() as session:
        source = make_source(session)
        huge = Line("GTX", list_price=HUGE, quantity=HUGE)
        apply(session, source, says("D1", amount=HUGE, lines=(huge,), **won))
        apply(session, source, says("D2", lines=(Line("GTX", "", HUGE, HUGE, HUGE),), **won))
        usual = Line("GTX", list_price=Decimal(100))
        apply(session, source, says("D3", amount=Decimal(75), lines=(usual,), **won))
    report = browser_of(cast.vera).get("/api/deals/discounts").get_json()
    assert (report["whole"]["deals"], report["unknown"]) == (1, 2)
    assert report["whole"]["median"] == "25"
    assert browser_of(cast.vera).get("/deals/discounts").status_code == 200
