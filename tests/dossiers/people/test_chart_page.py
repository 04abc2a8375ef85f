"""The page of the chart as the server sends it: whole without scripts, and for those who may."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient

from dossiers.people.editing.employments import Appointment, appoint
from dossiers.people.editing.pen import open_dossier
from dossiers.people.editing.persons import person_called
from dossiers.people.editing.positions import Wanted, change_position
from tests.conftest import Cast, SetClock
from tests.counting import counting
from tests.factories.dossiers import make_client, pen_of, seat
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.history.models import HistoryEntry

BrowserOf = Callable[[Actor | None], FlaskClient]


@pytest.fixture
def client_id(database: Database, cast: Cast, clock: SetClock) -> int:
    """A director, a buyer who acts, a vacant clerk; until 2025 the buyer was called otherwise."""
    with database.transaction() as session:
        pen = pen_of(session, cast.anna, make_client(session, cast.anna))
        top = seat(pen, "Director", name="Olga Lee")
        buyer = seat(pen, "Purchasing agent", top)
        appoint(pen, buyer, person_called(pen, "Ivan <b>Ray"), Appointment(acting=True))
        seat(pen, "Clerk", buyer)
        later = pen_of(session, cast.anna, pen.client, date(2025, 1, 1))
        change_position(later, buyer, Wanted("Buyer"))
        return pen.client.id


def page_of(browser: FlaskClient, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.text


def listed(page: str) -> str:
    """The words of the nested list, on one line."""
    inside = re.search(r'<ul class="chart-list">(.*)</ul>', page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", inside[1] if inside else "").split())


def test_without_scripts_the_chart_is_a_nested_list(
    browser_of: BrowserOf, cast: Cast, client_id: int
) -> None:
    page = page_of(browser_of(cast.anna), f"/clients/{client_id}/chart")
    assert listed(page) == ("Director : Olga Lee Buyer : Ivan &lt;b&gt;Ray (acting) Clerk : vacant")
    assert f'href="/clients/{client_id}/positions/' in page


def test_a_past_day_shows_what_stood_then_and_says_so(
    browser_of: BrowserOf, cast: Cast, client_id: int
) -> None:
    browser = browser_of(cast.anna)
    now = page_of(browser, f"/clients/{client_id}/chart")
    then = page_of(browser, f"/clients/{client_id}/chart?on=2024-05-01")
    assert "Buyer" in listed(now)
    assert "Purchasing agent" not in listed(now)
    assert "Purchasing agent" in listed(then)
    assert "Buyer" not in listed(then)
    assert "The chart as it was on 1 May 2024." in then
    assert "The chart as it was on 1 May 2024." not in now


def test_what_was_known_on_a_day_leaves_out_what_was_written_later(
    browser_of: BrowserOf, cast: Cast, database: Database, client_id: int, clock: SetClock
) -> None:
    clock.forward(days=10)
    with database.transaction() as session:
        pen = pen_of(session, cast.anna, make_client(session, cast.anna, "Other"))
        seat(pen, "Night watch")
        other = pen.client.id
    browser = browser_of(cast.anna)
    assert "Night watch" in page_of(browser, f"/clients/{other}/chart")
    assert "Night watch" not in page_of(browser, f"/clients/{other}/chart?known=2026-03-05")


def test_the_browser_asks_at_once_for_what_the_script_will_ask(
    browser_of: BrowserOf, cast: Cast, client_id: int
) -> None:
    browser = browser_of(cast.anna)
    address = f"/api/clients/{client_id}/chart"
    now = page_of(browser, f"/clients/{client_id}/chart?on=2026-03-02")
    then = page_of(browser, f"/clients/{client_id}/chart?on=2024-05-01&known=2025-01-01")
    assert f'<link rel="preload" href="{address}" as="fetch"' in now
    assert f'href="{address}?on=2024-05-01&amp;known=2025-01-01" as="fetch"' in then


def test_whoever_only_reads_is_offered_no_change(
    browser_of: BrowserOf, cast: Cast, client_id: int
) -> None:
    for person, may in ((cast.anna, True), (cast.vera, True), (cast.boris, False)):
        page = page_of(browser_of(person), f"/clients/{client_id}/chart")
        assert ("data-may-edit" in page) is may
        assert ("/positions/new" in page) is may
        assert ('data-do="undo"' in page) is may


def test_a_restricted_client_has_no_chart_for_others(
    browser_of: BrowserOf, cast: Cast, database: Database
) -> None:
    with database.transaction() as session:
        hidden = make_client(session, cast.anna, "Sanctum", restricted=True).id
    for person, status in ((cast.anna, 200), (cast.vera, 200), (cast.boris, 404)):
        assert browser_of(person).get(f"/clients/{hidden}/chart").status_code == status
    assert browser_of(cast.boris).get("/clients/9999/chart").status_code == 404


def test_nonsense_in_the_address_breaks_nothing(
    browser_of: BrowserOf, cast: Cast, client_id: int
) -> None:
    browser, address = browser_of(cast.anna), f"/clients/{client_id}/chart"
    assert "Buyer" in listed(page_of(browser, f"{address}?root=none&on="))
    answer = browser.get(f"{address}?on=yesterday")
    assert answer.status_code == 422
    assert "The day must be written like 2026-03-31." in answer.text


def test_looking_is_written_down(
    browser_of: BrowserOf, cast: Cast, database: Database, client_id: int
) -> None:
    page_of(browser_of(cast.boris), f"/clients/{client_id}/chart")
    with database.reading() as session:
        looks = session.query(HistoryEntry).filter_by(action="view chart", subject_id=client_id)
        assert [look.actor_id for look in looks] == [cast.boris.id]


def test_the_list_is_that_of_now_after_every_change(
    browser_of: BrowserOf, cast: Cast, database: Database, client_id: int
) -> None:
    browser, address = browser_of(cast.anna), f"/clients/{client_id}/chart"
    assert "Night watch" not in page_of(browser, address)
    with database.transaction() as session:
        pen = open_dossier(session, cast.anna, client_id)
        seat(pen, "Night watch")
    assert "Night watch" in page_of(browser, address)


def test_what_is_kept_of_a_chart_is_in_the_language_of_the_reader(
    browser_of: BrowserOf, cast: Cast, client_id: int
) -> None:
    browser, address = browser_of(cast.anna), f"/clients/{client_id}/chart"
    assert ">vacant<" in page_of(browser, address)
    browser.get("/language/ru", headers={"Sec-Fetch-Site": "same-origin"})
    page = page_of(browser, address)
    assert ">вакансия<" in page
    assert ">vacant<" not in page


def test_more_positions_cost_no_more_statements(
    browser_of: BrowserOf, cast: Cast, database: Database, client_id: int
) -> None:
    browser = browser_of(cast.anna)
    page_of(browser, "/clients")
    with counting(database) as few:
        page_of(browser, f"/clients/{client_id}/chart")
    with database.transaction() as session:
        pen = pen_of(session, cast.anna, make_client(session, cast.anna, "Large"))
        for number in range(30):
            seat(pen, f"Position {number}", name=f"Person {number}")
        large = pen.client.id
    with counting(database) as many:
        page_of(browser, f"/clients/{large}/chart")
    assert len(many) <= len(few)
