"""A client with hundreds of deals gets a short table: the open ones first, and how many more."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from dossiers.deals.kinds import DealKind
from dossiers.deals.record import Company
from tests.factories.deals import apply, make_source, says
from tests.factories.dossiers import make_client
from tests.factories.renewals import make_contract

MANY = 300


@pytest.fixture
def client_id(database, cast, clock) -> int:
    with database.transaction() as session:
        client = make_client(session, cast.anna, "Romashka")
        make_contract(session, cast.anna, client, date(2026, 12, 31))
        apply(session, make_source(session), *(_deal(number) for number in range(MANY)))
        return client.id


def _deal(number: int):
    return says(
        f"D{number}", company=Company(name="Romashka"), currency="RUB",
        title=f"<b>Delivery {number} " + "Щ" * 120, amount=Decimal(98_765_432_109) + number,
        stage=("Negotiation of the very long terms" * 3)[:100],
        planned_on=date(2026, 6, 1), kind=DealKind.OPEN if number % 10 == 0 else DealKind.WON,
        created_at=datetime(2025, 1, 1, tzinfo=UTC), updated_at=datetime(2026, 1, 1, tzinfo=UTC),
    )  # fmt: skip


def test_three_hundred_deals_stay_a_short_table_and_are_counted(
    browser_of, cast, client_id
) -> None:
    anna = browser_of(cast.anna)
    page = anna.get(f"/clients/{client_id}/briefing").text
    deals = page.partition('id="deals"')[2].partition("</section>")[0]
    rows = deals.count("<tr>") - 1
    assert 5 <= rows <= 10
    assert f"and {MANY - rows} further deals" in deals
    assert deals.count("under way</span>") == rows
    assert "<b>Delivery" not in deals
    for language in ("en", "ru"):
        answer = anna.get(f"/clients/{client_id}/briefing.pdf?language={language}")
        pages = PdfReader(BytesIO(answer.data)).pages
        assert len(pages) <= 4
        assert str(MANY - rows) in " ".join(page.extract_text() for page in pages)
