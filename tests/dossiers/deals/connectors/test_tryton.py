"""Deals of a real Tryton server come, change and go here as they do there."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from dossiers.deals.connectors.problems import plain_sentence
from dossiers.deals.connectors.services import believe_deleted
from dossiers.deals.kinds import DealKind
from dossiers.deals.models import DealChange, DealCompany, DealLine, DealLoad, DealOwner
from tests.conftest import Cast, SetClock
from tests.dossiers.deals.connectors.ours import Ours, pulling
from tests.dossiers.deals.connectors.tryton_server import Office, tagged
from wiki.database import Database

pytestmark = pytest.mark.slow


@pytest.fixture
def ours(database: Database, cast: Cast, clock: SetClock, office: Office) -> Ours:
    return pulling(database, cast, clock, office.address, office.key, at_once=4)


def test_everything_of_a_deal_is_taken_over(ours: Ours, office: Office) -> None:
    lines = [["create", [office.line("Press", 2), office.line("Saw", 1)]]]
    (number,) = office.deals({"description": "Two presses", "lines": lines})
    office.press("opportunity", number)
    ours.visit()
    deal = ours.deal(number)
    assert (deal.title, deal.amount, deal.currency) == ("Two presses", Decimal("1000.1"), "EUR")
    assert (deal.stage, deal.kind) == ("Opportunity", DealKind.OPEN)
    assert (deal.probability, deal.probability_scale) == (Decimal(30), "0-1")
    assert deal.raw["conversion_probability"] == "0.3"
    assert deal.raw["amount"] == tagged("1000.10")
    with ours.database.reading() as session:
        company = session.get_one(DealCompany, deal.company_id)
        assert (company.name, company.domain) == ("Moose", "moose.example")
        owner = session.get_one(DealOwner, deal.owner_id)
        assert (owner.name, owner.email) == ("Anna Petrova", "anna@us.example")
        prices = select(DealLine.list_price, DealLine.quantity, DealLine.price)
        assert session.execute(prices.where(DealLine.deal_id == deal.id)).all() == [
            (Decimal("1000.5"), Decimal(2), None),
            (Decimal("3000.5"), Decimal(1), None),
        ]


def test_the_stages_are_those_of_trytons_own_history(ours: Ours, office: Office) -> None:
    straight, returned = office.deals({}, {})
    office.press("opportunity", straight, returned)
    office.write(returned, conversion_probability=0.5)
    office.press("lead", returned)
    office.press("lost", returned)
    ours.visit()
    assert ours.stages(straight) == [("Lead", "source"), ("Opportunity", "source")]
    names = ["Lead", "Opportunity", "Lead", "Lost"]
    assert ours.stages(returned) == [(name, "source") for name in names]
    deal = ours.deal(returned)
    assert deal.kind is DealKind.LOST
    assert deal.closed_on is not None
    assert ours.deal(straight).closed_on is None


def test_new_changed_and_deleted_deals_follow(ours: Ours, office: Office) -> None:
    first, second, third = office.deals({"description": "1"}, {"description": "2"}, {})
    ours.sweep()
    assert ours.deals() == office.all_deals()
    office.write(first, amount=tagged("0"), end_date={"__class__": "date", "year": 2026, "month": 9, "day": 1})  # fmt: skip  # noqa: E501
    office.write(second, amount=None)
    office.deals({"description": "4"})
    ours.visit()
    assert ours.deals() == office.all_deals()
    assert (ours.deal(first).amount, ours.deal(second).amount) == (Decimal(0), None)
    assert ours.deal(first).planned_on == date(2026, 9, 1)
    office.delete(third)
    ours.visit()
    assert ours.deal(third).gone_at is None
    ours.sweep()
    assert ours.deal(third).gone_at is not None
    assert ours.deals() == office.all_deals()


def test_a_line_that_is_changed_without_its_deal_is_seen(ours: Ours, office: Office) -> None:
    (number,) = office.deals({"lines": [["create", [office.line("Press", 2)]]]})
    ours.visit()
    line = office.model("sale.opportunity.line.search", [["opportunity", "=", number]])
    office.model("sale.opportunity.line.write", line, {"quantity": 7})
    ours.visit()
    with ours.database.reading() as session:
        wanted = select(DealLine.quantity).where(DealLine.deal_id == ours.deal(number).id)
        assert session.scalars(wanted).all() == [Decimal(7)]


def test_a_visit_that_finds_nothing_new_leaves_no_trace(ours: Ours, office: Office) -> None:
    office.deals({})
    ours.sweep()
    with ours.database.reading() as session:
        before = [session.scalar(select(func.count()).select_from(t)) for t in (DealLoad, DealChange)]  # fmt: skip  # noqa: E501
    ours.sweep()
    with ours.database.reading() as session:
        after = [session.scalar(select(func.count()).select_from(t)) for t in (DealLoad, DealChange)]  # fmt: skip  # noqa: E501
    assert before == after
    assert (ours.state.behind, ours.error) == (0, "")


def test_a_key_that_was_withdrawn_is_told_in_a_sentence(ours: Ours, office: Office) -> None:
    ours.visit()
    keys = office.model("res.user.application.search", [["key", "=", office.key]])
    office.model("res.user.application.cancel", keys)
    try:
        ours.visit()
        assert "does not accept the key" in ours.error
        assert office.key not in ours.error
    finally:
        office.key = office.new_key()


def allow(office: Office, allowed: bool) -> None:
    """Let the owner of the key see the deals of the company, or none."""
    ours = {"companies": [["add" if allowed else "remove", [office.company]]]}
    current = {"company": office.company if allowed else None}
    for values in (ours, current) if allowed else (current, ours):
        office.call("model.res.user.write", [1], values, {})


def test_when_nearly_all_are_missing_somebody_must_say_that_they_were_deleted(
    ours: Ours, office: Office, cast: Cast
) -> None:
    office.deals(*({} for _number in range(21)))
    ours.sweep()
    there = office.all_deals()
    assert ours.deals() == there
    allow(office, False)
    try:
        ours.sweep()
        assert ours.deals() == there
        assert "lost the right" in plain_sentence(ours.state.cursor["doubt"])
        with ours.database.transaction() as session:
            believe_deleted(session, cast.vera, ours.source_id)
        ours.visit()
        assert ours.deals() == {}
        assert "doubt" not in ours.state.cursor
    finally:
        allow(office, True)
    ours.sweep()
    assert ours.deals() == there
