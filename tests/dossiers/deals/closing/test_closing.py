"""Saying why a deal was won or lost: by one person, for one reason, with nothing lost."""

from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dossiers.deals.closing.models import CloseReason, DealClosing
from dossiers.deals.closing.queries import hinted_reason, reasons_for
from dossiers.deals.closing.rules import Said
from dossiers.deals.closing.services import explain_again, explain_deal, newest_closing
from dossiers.deals.closing.unexplained import Asked, unexplained_visible_to
from dossiers.deals.kinds import DealKind
from dossiers.deals.models import Deal, DealChange
from dossiers.deals.record import Company
from dossiers.facts.models import Change
from tests.conftest import Cast
from tests.factories.deals import apply, make_source, says
from tests.factories.dossiers import make_client
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.errors import Forbidden, Missing, Refusal

Browser = Callable[[Actor | None], FlaskClient]
HOSTILE = "<script>alert(1)</script>"


def make_deals(session: Session, cast: Cast) -> None:
    """1: lost at a client of boris; 2: won there; 3: goes on; 4: lost, restricted; 5: nobody's."""
    make_client(session, cast.boris, "Romashka")
    make_client(session, cast.anna, "Secret", restricted=True)
    here, there = Company(name="Romashka"), Company(name="Secret")
    lost = {"kind": DealKind.LOST, "closed_on": date(2026, 1, 5), "loss_reason": "Too dear"}
    apply(
        session,
        make_source(session),
        says("1", title=HOSTILE, company=here, **lost),
        says("2", company=here, kind=DealKind.WON, closed_on=date(2026, 1, 6)),
        says("3", company=here, kind=DealKind.OPEN),
        says("4", company=there, **lost),
        says("5", **lost),
    )


def reason(session: Session, code: str) -> int:
    return session.scalars(select(CloseReason.id).where(CloseReason.code == code)).one()


@pytest.fixture
def deals(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        make_deals(session, cast)


@pytest.mark.usefixtures("deals")
def test_the_last_reason_holds_and_the_earlier_ones_stay(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        price, timing = reason(session, "price"), reason(session, "timing")
        explain_deal(session, cast.boris, 1, Said(price, "Too dear for us"))
        explain_deal(session, cast.boris, 1, Said(timing, competitor="Other & Co"))
        newest = newest_closing(session, 1)
        assert newest
        assert (newest.reason_id, newest.competitor) == (timing, "Other & Co")
        rows = session.scalars(select(DealClosing).order_by(DealClosing.id)).all()
        assert [(one.words, one.is_newest) for one in rows] == [
            ("Too dear for us", False),
            ("", True),
        ]


@pytest.mark.usefixtures("deals")
def test_the_same_again_changes_nothing(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        said = Said(reason(session, "price"), "Too dear")
        assert explain_deal(session, cast.boris, 1, said) is not None
        assert explain_deal(session, cast.boris, 1, said) is None
        assert session.scalar(select(func.count()).select_from(DealClosing)) == 1


@pytest.mark.usefixtures("deals")
def test_only_a_closed_deal_takes_a_reason_and_only_one_of_its_kind(
    database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        price, fit = reason(session, "price"), reason(session, "won_fit")
        for deal, wrong in ((3, price), (2, price), (1, fit)):
            with pytest.raises(Refusal):
                explain_deal(session, cast.boris, deal, Said(wrong))
        explain_deal(session, cast.boris, 2, Said(fit))
        assert newest_closing(session, 2) is not None


@pytest.mark.usefixtures("deals")
def test_a_reason_may_be_said_by_whoever_may_change_the_dossier(
    database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        price = reason(session, "price")
        with pytest.raises(Missing):
            explain_deal(session, cast.boris, 4, Said(price))
        with pytest.raises(Forbidden):
            explain_deal(session, cast.nina, 1, Said(price))
        explain_deal(session, cast.anna, 4, Said(price))
        assert explain_deal(session, cast.boris, 5, Said(price)) is None
        assert newest_closing(session, 4)
        assert newest_closing(session, 5)


@pytest.mark.usefixtures("deals")
def test_a_deal_keeps_what_changed_and_by_whom(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        explain_deal(session, cast.boris, 1, Said(reason(session, "price")))
        change = session.scalars(select(DealChange).where(DealChange.deal_id == 1)).one()
        assert change.fields == {"reason": [None, ["Цена", "Price"]]}
        assert change.actor_id == cast.boris.id


@pytest.mark.usefixtures("deals")
def test_an_earlier_reason_can_hold_again_and_all_can_be_taken_away(
    database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        explain_deal(session, cast.boris, 1, Said(reason(session, "price")))
        first = newest_closing(session, 1)
        assert first
        explain_deal(session, cast.boris, 1, Said(reason(session, "timing")))
        explain_again(session, cast.boris, 1, first.id)
        assert newest_closing(session, 1) is first
        explain_again(session, cast.boris, 1, 0)
        assert newest_closing(session, 1) is None
        with pytest.raises(Missing):
            explain_again(session, cast.boris, 5, first.id)


@pytest.mark.usefixtures("deals")
def test_a_reason_is_taken_back_like_any_deed(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    browser = browser_of(cast.boris)
    with database.reading() as session:
        price = reason(session, "price")
    browser.post("/deals/1/reason", data={"reason": price, "words": HOSTILE})
    page = browser.get("/deals/1").get_data(as_text=True)
    assert "Price" in page
    assert HOSTILE not in page
    with database.reading() as session:
        change = session.scalars(select(Change.id).order_by(Change.id.desc()).limit(1)).one()
    browser.post(f"/clients/1/changes/{change}/undo", data={"next": "/deals/1"})
    with database.reading() as session:
        assert newest_closing(session, 1) is None
        again = session.scalars(select(Change.id).order_by(Change.id.desc()).limit(1)).one()
    browser.post(f"/clients/1/changes/{again}/undo", data={"next": "/deals/1"})
    with database.reading() as session:
        held = newest_closing(session, 1)
        assert held
        assert held.reason_id == price


@pytest.mark.usefixtures("deals")
def test_what_the_source_says_is_a_hint_that_remembers(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        reasons = reasons_for(session, DealKind.LOST)
        assert hinted_reason(session, "Too dear", reasons) is None
        explain_deal(session, cast.boris, 1, Said(reason(session, "price")))
        hint = hinted_reason(session, "Too dear", reasons)
        assert hint
        assert hint.code == "price"
        assert hinted_reason(session, "too DEAR", reasons) is None
        called = hinted_reason(session, " wrong TIME ", reasons)
        assert called
        assert called.code == "timing"
        # It is never written by itself.
        assert newest_closing(session, 4) is None


@pytest.mark.usefixtures("deals")
def test_deals_without_a_reason_are_listed_to_those_who_may_see_them(
    database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        seen = unexplained_visible_to(session, cast.boris, Asked())
        assert {deal.external_id for deal in seen.deals} == {"1", "5"}
        assert seen.counts == {DealKind.LOST: 2, DealKind.WON: 1}
        assert seen.source_says == {1: "Too dear", 5: "Too dear"}
        assert len(unexplained_visible_to(session, cast.anna, Asked()).deals) == 3
        explain_deal(session, cast.boris, 1, Said(reason(session, "price")))
        left = unexplained_visible_to(session, cast.boris, Asked())
        assert {deal.external_id for deal in left.deals} == {"5"}


@pytest.mark.usefixtures("deals")
def test_the_list_leads_back_to_itself_and_nowhere_else(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    browser = browser_of(cast.boris)
    page = browser.get("/deals/unexplained?kind=lost").get_data(as_text=True)
    assert "Too dear" in page
    assert HOSTILE not in page
    assert "Secret" not in page
    with database.reading() as session:
        price = reason(session, "price")
    for typed, led in (
        ("/deals/unexplained?kind=lost", "/deals/unexplained?kind=lost"),
        ("https://evil.example/", "/deals/1#reason"),
        ("//evil.example", "/deals/1#reason"),
    ):
        answer = browser.post("/deals/1/reason", data={"reason": price, "next": typed})
        assert answer.headers["Location"] == led
    assert browser.post("/deals/4/reason", data={"reason": price}).status_code == 404
    assert browser.post("/deals/1/reason", data={"reason": "x" * 50}).status_code == 422


@pytest.mark.usefixtures("deals")
def test_a_deal_says_its_reason_to_readers_who_may_not_change_it(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    with database.transaction() as session:
        explain_deal(session, cast.boris, 1, Said(reason(session, "price"), "A dear thing"))
    page = browser_of(cast.nina).get("/deals/1").get_data(as_text=True)
    assert "A dear thing" in page
    assert "Save the reason" not in page
    assert "Why it was" not in browser_of(cast.boris).get("/deals/3").get_data(as_text=True)


@pytest.mark.usefixtures("deals")
def test_what_the_client_said_is_still_there_when_the_reason_cannot_be_taken(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    with database.transaction() as session:
        gone = session.get_one(CloseReason, reason(session, "price"))
        gone.archived = True
        deal = session.scalars(select(Deal.id).where(Deal.external_id == "1")).one()
    typed = {"reason": gone.id, "words": f"Too late {HOSTILE}", "competitor": "Vasilek"}
    answer = browser_of(cast.boris).post(f"/deals/{deal}/reason", data=typed)
    assert answer.status_code == 422
    assert "Too late &lt;script&gt;" in answer.text
    assert 'value="Vasilek"' in answer.text
