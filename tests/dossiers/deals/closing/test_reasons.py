"""The director's list of reasons."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from dossiers.deals.closing.queries import all_reasons, reasons_for, uses_visible_to
from dossiers.deals.closing.reasons import add_reason, archive_reason, change_reason, move_reason
from dossiers.deals.closing.rules import MOST_REASONS, Named, Said, code_for
from dossiers.deals.closing.services import explain_deal
from dossiers.deals.kinds import DealKind
from dossiers.deals.models import Deal
from tests.conftest import Cast
from tests.factories.deals import apply, make_source, says
from tests.factories.dossiers import make_client
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.errors import Forbidden, Refusal
from wiki.history.models import HistoryEntry

Browser = Callable[[Actor | None], FlaskClient]
USUAL = [
    "price", "no_budget", "no_decision", "competitor", "function_gap", "timing", "relationship",
    "legal_security", "our_fault", "unknown",
]  # fmt: skip


def test_the_usual_reasons_stand_ready(database: Database) -> None:
    with database.reading() as session:
        lost = reasons_for(session, DealKind.LOST)
        assert [one.code for one in lost] == USUAL
        won = reasons_for(session, DealKind.WON)
        assert won[-1].code == "unknown"
        assert len(won) == 6
        assert all(one.name_ru and one.name_en for one in (*lost, *won))


def test_codes_stay_when_names_change(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        first = add_reason(session, cast.vera, Named("", "Bad weather!", DealKind.LOST))
        assert (first.code, first.name_ru) == ("bad_weather", "Bad weather!")
        change_reason(session, cast.vera, first.id, Named("Погода", "Weather", DealKind.LOST))
        assert (first.code, first.name_en) == ("bad_weather", "Weather")
        again = add_reason(session, cast.vera, Named("", "Bad weather!", None))
        assert again.code == "bad_weather_2"
        actions = session.scalars(select(HistoryEntry.action)).all()
        assert actions == ["create", "change", "create"]


def test_only_directors_change_the_list(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    with database.transaction() as session, pytest.raises(Forbidden):
        add_reason(session, cast.anna, Named("", "Mine"))
    assert browser_of(cast.nina).get("/deals/reasons").status_code == 200
    assert "New reason" not in browser_of(cast.anna).get("/deals/reasons").get_data(as_text=True)
    assert "New reason" in browser_of(cast.vera).get("/deals/reasons").get_data(as_text=True)


@pytest.mark.parametrize(
    "named", [Named("", " "), Named("x" * 101, ""), Named("", "PRICE", DealKind.LOST)]
)
def test_names_that_help_nobody_are_refused(database: Database, cast: Cast, named: Named) -> None:
    with database.transaction() as session, pytest.raises(Refusal):
        add_reason(session, cast.vera, named)


def test_the_order_is_the_directors(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        budget = next(one for one in all_reasons(session) if one.code == "no_budget")
        move_reason(session, cast.vera, budget.id, -1)
        move_reason(session, cast.vera, budget.id, -1)
        assert [one.code for one in all_reasons(session)][:2] == ["no_budget", "price"]
        move_reason(session, cast.vera, budget.id, 1)
        assert [one.code for one in all_reasons(session)][:2] == ["price", "no_budget"]


def test_an_archived_reason_is_not_offered_and_comes_back(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        price = next(one for one in all_reasons(session) if one.code == "price")
        archive_reason(session, cast.vera, price.id, True)
        assert price not in reasons_for(session, DealKind.LOST)
        assert price in all_reasons(session)
        archive_reason(session, cast.vera, price.id, False)
        assert price in reasons_for(session, DealKind.LOST)


def test_there_is_an_end_to_reasons(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        for number in range(MOST_REASONS - len(all_reasons(session))):
            add_reason(session, cast.vera, Named("", f"Reason {number}"))
        with pytest.raises(Refusal):
            add_reason(session, cast.vera, Named("", "One more"))


def test_codes_are_plain_short_and_different() -> None:
    assert code_for("Цена", set()) == "reason"
    assert code_for("Цена", {"reason", "reason_2"}) == "reason_3"
    assert len(code_for("x" * 100, {"x" * 36})) <= 40


def test_the_page_changes_the_list_and_shows_hostile_names_as_text(
    cast: Cast, browser_of: Browser
) -> None:
    browser, hostile = browser_of(cast.vera), "<img src=x onerror=alert(1)>"
    browser.post("/deals/reasons", data={"name_en": hostile, "kind": "lost"})
    page = browser.get("/deals/reasons").get_data(as_text=True)
    assert "&lt;img src=x" in page
    assert hostile not in page
    refused = browser.post("/deals/reasons", data={"name_en": "Price", "kind": "lost"})
    assert refused.status_code == 422
    assert "Another reason" in refused.get_data(as_text=True)
    wrong = browser.post("/deals/reasons/1", data={"name_en": "No budget", "kind": "lost"})
    assert wrong.status_code == 422
    for act in ("archive", "bring-back", "move"):
        assert browser.post(f"/deals/reasons/1/{act}", data={"to": "up"}).status_code == 302
    assert browser.get("/deals/reasons/9999").status_code == 404


def test_uses_are_counted_of_deals_that_one_may_see(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        secret = make_client(session, cast.anna, "Secret", restricted=True)
        apply(session, make_source(session), says("S1", kind=DealKind.LOST))
        deal = session.scalars(select(Deal)).one()
        deal.client_id = secret.id
        session.flush()
        price = next(one for one in all_reasons(session) if one.code == "price")
        explain_deal(session, cast.anna, deal.id, Said(price.id, "", ""))
        assert uses_visible_to(session, cast.anna) == {price.id: 1}
        assert uses_visible_to(session, cast.boris) == {}
