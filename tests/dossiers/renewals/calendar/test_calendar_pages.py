"""The calendar of renewals as list, month, paper, file and API: what is there, and for whom."""

import csv
from datetime import date
from io import StringIO

import pytest
from sqlalchemy import select

from tests.conftest import Cast
from tests.counting import counting
from tests.dossiers.renewals.calendar.conftest import HOSTILE, Browser
from tests.factories.dossiers import make_client
from tests.factories.renewals import make_contract
from wiki.accounts.models import User
from wiki.database import Database
from wiki.history.models import HistoryEntry

pytestmark = pytest.mark.usefixtures("renewals")
PAGES = ("/renewals", "/renewals/month?month=2026-05", "/renewals/print")
ODD = (
    "colour=x&manager=-1&team=99999999999999999999",
    "least=1e9&currency=<b>&from=never&until=2026-13-01",
    "page=-3&client=%00&month=0000-99",
    "month=9999-12&page=99999999999",
)


def test_what_is_too_late_is_said_first(browser_of: Browser, cast: Cast) -> None:
    text = browser_of(cast.boris).get("/renewals").text
    assert "1 renewal is too late." in text
    assert "1,000,000.5\u00a0RUB" in text
    places = [text.index(number) for number in ("LATE-1", "SOON-1", "CALM-1")]
    assert places == sorted(places)
    assert "10 days too late" in text
    assert "10 days left" in text
    assert "DONE-1" not in text
    assert "DONE-1" in browser_of(cast.boris).get("/renewals?colour=done").text


def test_a_path_that_changed_says_by_how_many_working_days(
    browser_of: Browser, cast: Cast, database: Database
) -> None:
    # From Thursday the 12th to Friday the 20th: six working days in Russia.
    said = "The path changed on 27 February 2026, so one must begin 6 working days earlier."
    assert browser_of(cast.boris).get("/renewals").text.count(said) == 1


@pytest.mark.parametrize("page", PAGES)
def test_a_restricted_client_leaves_no_trace(browser_of: Browser, cast: Cast, page: str) -> None:
    for person, sees in ((cast.vera, True), (cast.anna, True), (cast.boris, False)):
        text = browser_of(person).get(page).text
        assert ("Secret" in text, "USD" in text) == (sees, sees)
        assert "Romashka" in text
        assert f"{2 if sees else 1} renewal" in text


@pytest.mark.parametrize("page", PAGES)
def test_hostile_text_stays_text(browser_of: Browser, cast: Cast, page: str) -> None:
    text = browser_of(cast.boris).get(page).text
    assert "=1+1&lt;script&gt;alert" in text
    assert HOSTILE not in text


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ("colour=late", {"LATE-1"}),
        ("currency=RUB&least=1 000", {"LATE-1"}),
        ("only=mine", {"SOON-1", "CALM-1"}),
        ("from=2026-03-01&until=2026-03-31", {"SOON-1"}),
        ("client=2&colour=calm", {"CALM-1"}),
        ("team=1", {"LATE-1"}),
        ("team=2", {"SOON-1", "CALM-1"}),
        ("client=3", set()),
    ],
)
def test_filters_narrow_the_list(
    browser_of: Browser, cast: Cast, asked: str, numbers: set[str]
) -> None:
    text = browser_of(cast.boris).get(f"/renewals?{asked}").text
    assert {one for one in ("LATE-1", "SOON-1", "CALM-1", "SECRET-1") if one in text} == numbers


def test_the_filter_of_managers_narrows(browser_of: Browser, cast: Cast) -> None:
    text = browser_of(cast.vera).get(f"/renewals?manager={cast.anna.id}").text
    assert ("LATE-1" in text, "SECRET-1" in text, "SOON-1" in text) == (True, True, False)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("odd", ODD)
def test_an_odd_address_is_answered(browser_of: Browser, cast: Cast, page: str, odd: str) -> None:
    address = page.partition("?")[0]
    assert browser_of(cast.boris).get(f"{address}?{odd}").status_code == 200


def test_the_month_shows_beginnings_notices_and_ends(browser_of: Browser, cast: Cast) -> None:
    text = browser_of(cast.boris).get("/renewals/month?month=2026-03").text
    assert text.count("Vasilek") == 2
    assert "March 2026" in text
    assert "Romashka" not in text
    assert "Romashka" in browser_of(cast.boris).get("/renewals/month?month=2026-05").text


def test_the_file_holds_what_the_list_shows_and_the_history_keeps_it(
    browser_of: Browser, cast: Cast, database: Database
) -> None:
    text = browser_of(cast.boris).get("/renewals/renewals.csv?only=mine").text
    rows = list(csv.DictReader(StringIO(text.removeprefix("\ufeff"))))
    assert [row["number"] for row in rows] == ["SOON-1", "CALM-1"]
    assert rows[0]["subject"] == "'" + HOSTILE
    assert (rows[0]["value"], rows[0]["start_by"]) == ("50", "2026-03-12")
    with database.reading() as session:
        kept = select(HistoryEntry.subject_kind, HistoryEntry.subject_id)
        taken = session.execute(kept.where(HistoryEntry.action == "export renewals.csv"))
        assert {(*row,) for row in taken} == {("renewals", 0), ("client", 2)}


def test_programs_read_the_same_in_parts(browser_of: Browser, cast: Cast) -> None:
    browser = browser_of(cast.boris)
    first = browser.get("/api/renewals?limit=2").json
    assert [one["number"] for one in first["renewals"]] == ["LATE-1", "SOON-1"]
    assert first["renewals"][0]["value"] == "1000000.5"
    assert first["renewals"][1]["moved"]["working_days"] == 6
    rest = browser.get(f"/api/renewals?limit=2&offset={first['next']}").json
    assert [one["number"] for one in rest["renewals"]] == ["CALM-1"]
    assert rest["next"] is None
    assert browser.get("/api/renewals?colour=x").status_code == 422


def test_more_contracts_cost_no_more_statements(
    browser_of: Browser, cast: Cast, database: Database
) -> None:
    browser = browser_of(cast.vera)
    before = {page: _statements(browser, database, page) for page in PAGES[:2]}
    with database.transaction() as session:
        for number in range(30):
            client = make_client(session, cast.anna, f"C{number}")
            make_contract(session, cast.anna, client, date(2026, 5, 3), f"N-{number}",
                          start_by=date(2026, 5, 2))  # fmt: skip
    assert {page: _statements(browser, database, page) for page in PAGES[:2]} == before


def _statements(browser: object, database: Database, page: str) -> int:
    browser.get(page)  # type: ignore[attr-defined]
    with counting(database) as sent:
        assert browser.get(page).status_code == 200  # type: ignore[attr-defined]
    return len(sent)


def test_russian_readers_are_answered_in_russian_dates(
    browser_of: Browser, cast: Cast, database: Database
) -> None:
    with database.transaction() as session:
        session.get_one(User, cast.boris.id).language = "ru"
    assert "20 февраля 2026" in browser_of(cast.boris).get("/renewals").text
