"""Whoever a path is meant for finds it and begins it; others do not."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from products.onboarding.models import Enrolment
from products.onboarding.paths.beginning import begin_path, offers_to
from products.onboarding.paths.enrolling import end_enrolment
from products.onboarding.paths.heads import Head
from products.onboarding.paths.queries import enrolments_of
from products.onboarding.paths.services import change_head, create_path, set_archived
from tests.conftest import Cast, SetClock
from tests.counting import counting
from tests.factories.pages import make_page_row, write_page
from tests.products.onboarding.paths.making import put_on, read, to_write
from wiki.accounts.actor import DIRECTORS, Actor, Role
from wiki.database import Database
from wiki.errors import Forbidden, Missing, Refusal
from wiki.history.models import HistoryEntry
from wiki.pages.models import Page

Browser = Callable[[Actor | None], FlaskClient]
HOSTILE = "<script>alert(1)</script>"

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def page(app: Flask, cast: Cast) -> int:
    return write_page(app, cast.anna, "Ovens")


def path_for(
    database: Database,
    cast: Cast,
    *page_ids: int,
    role: Role | None = Role.NEWCOMER,
    team_id: int | None = None,
    title: str = "First week",
) -> int:
    items = [read(f"c{page_id}", page_id) for page_id in page_ids]
    with database.transaction() as session:
        head = Head(title, "To answer a call alone", role, team_id)
        return create_path(session, cast.vera, head, items).path_id


def offered(database: Database, actor: Actor) -> list[int]:
    with database.reading() as session:
        return [one.path_id for one in offers_to(session, actor)]


def test_a_path_is_offered_to_its_role_and_its_team_and_to_nobody_else(
    database: Database, cast: Cast, page: int
) -> None:
    newcomers = path_for(database, cast, page)
    north = path_for(database, cast, page, role=None, team_id=cast.nina.team_id)
    both = path_for(database, cast, page, team_id=cast.nina.team_id)
    south = path_for(database, cast, page, team_id=cast.boris.team_id)
    path_for(database, cast, page, role=None)
    assert cast.nina.team_id == cast.anna.team_id != cast.boris.team_id
    assert offered(database, cast.nina) == [newcomers, north, both]
    assert offered(database, cast.anna) == [north]
    assert offered(database, cast.boris) == []
    assert south not in offered(database, cast.nina)


def test_what_cannot_be_read_does_not_count_and_a_path_without_anything_is_not_offered(
    app: Flask, database: Database, cast: Cast, page: int
) -> None:
    other = write_page(app, cast.anna, "Stoves")
    with database.transaction() as session:
        hidden = make_page_row(session, "Margins", cast.vera, audience=DIRECTORS).id
    path = path_for(database, cast, page, other, hidden)
    path_for(database, cast, hidden)
    with database.transaction() as session:
        create_path(session, cast.vera, Head("Later", "", Role.NEWCOMER), [to_write("a", "Sauces")])
        session.get_one(Page, other).archived = True
    with database.reading() as session:
        (offer,) = offers_to(session, cast.nina)
    assert (offer.path_id, offer.title, offer.pages) == (path, "First week", 1)
    assert offer.seconds > 0


def test_whoever_was_ever_on_a_path_is_not_offered_it_and_neither_is_an_archived_one(
    database: Database, cast: Cast, page: int
) -> None:
    path, other = path_for(database, cast, page), path_for(database, cast, page, title="Second")
    with database.transaction() as session:
        put_on(session, cast.vera, path, cast.nina)
    assert offered(database, cast.nina) == [other]
    with database.transaction() as session:
        (walk,) = enrolments_of(session, path_ids=[path])
        end_enrolment(session, cast.vera, path, walk.id)
        set_archived(session, cast.vera, other, True)
    assert offered(database, cast.nina) == []
    with database.transaction() as session, pytest.raises(Refusal, match="taken off it"):
        begin_path(session, cast.nina, path)
    with database.transaction() as session, pytest.raises(Refusal, match="in the archive"):
        begin_path(session, cast.nina, other)


def test_beginning_counts_from_today_without_a_mentor_and_leaves_a_trace(
    database: Database, cast: Cast, page: int, clock: SetClock
) -> None:
    path = path_for(database, cast, page)
    clock.moment = datetime(2026, 3, 4, 22, 30, tzinfo=UTC)
    with database.transaction() as session:
        assert begin_path(session, cast.nina, path)
        assert not begin_path(session, cast.nina, path)
    with database.reading() as session:
        (walk,) = enrolments_of(session, path_ids=[path])
        entries = session.scalars(select(HistoryEntry).where(HistoryEntry.action == "begin walk"))
        (entry,) = entries.all()
    assert cast.nina.time_zone == "Europe/Moscow"
    assert (walk.user_id, walk.began_on, walk.mentor_id) == (cast.nina.id, date(2026, 3, 5), None)
    assert (entry.actor_id, entry.subject_id) == (cast.nina.id, path)
    assert entry.after == {"people": "Nina", "began_on": "2026-03-05", "mentor": ""}


def test_a_path_of_others_one_for_nobody_and_an_empty_one_are_refused_in_words(
    database: Database, cast: Cast, page: int
) -> None:
    path = path_for(database, cast, page)
    with database.transaction() as session:
        hidden = make_page_row(session, "Margins", cast.vera, audience=DIRECTORS).id
    for nobody in (cast.boris, cast.vera):
        with database.transaction() as session, pytest.raises(Forbidden, match="other colleagues"):
            begin_path(session, nobody, path)
    with database.transaction() as session:
        change_head(session, cast.vera, path, Head("First week"))
    with database.transaction() as session, pytest.raises(Forbidden, match="other colleagues"):
        begin_path(session, cast.nina, path)
    unseen = path_for(database, cast, hidden)
    with database.transaction() as session, pytest.raises(Refusal, match="nothing on this path"):
        begin_path(session, cast.nina, unseen)
    with database.transaction() as session, pytest.raises(Missing):
        begin_path(session, cast.nina, 999)
    with database.reading() as session:
        assert session.scalars(select(Enrolment.id)).all() == []


def test_two_clicks_at_once_make_one_walk_and_neither_fails(
    browser_of: Browser, database: Database, cast: Cast, page: int
) -> None:
    path = path_for(database, cast, page)
    browsers = [browser_of(cast.nina) for _click in range(4)]
    with ThreadPoolExecutor(len(browsers)) as clicks:
        answers = list(clicks.map(lambda one: one.post(f"/learning/paths/{path}/begin"), browsers))
    assert [answer.status_code for answer in answers] == [302] * len(browsers)
    with database.reading() as session:
        assert session.scalars(select(Enrolment.user_id)).all() == [cast.nina.id]


def test_the_button_leads_to_the_first_page_and_is_gone_then(
    browser_of: Browser, database: Database, cast: Cast, page: int
) -> None:
    path = path_for(database, cast, page)
    nina, form = browser_of(cast.nina), f'action="/learning/paths/{path}/begin"'
    for address in ("/", "/learning", f"/learning/paths/{path}"):
        assert form in nina.get(address).text
        assert form not in browser_of(cast.boris).get(address).text
    assert "To answer a call alone" in nina.get("/learning").text
    answer = nina.post(f"/learning/paths/{path}/begin", follow_redirects=True)
    assert answer.request.path == "/learning"
    assert "today is your first day" in answer.text
    assert f'href="/pages/{page}-ovens" data-shortcut="n"' in answer.text
    for address in ("/", "/learning", f"/learning/paths/{path}"):
        assert form not in nina.get(address).text


def test_the_browser_is_refused_in_words(
    browser_of: Browser, database: Database, cast: Cast, page: int
) -> None:
    path = path_for(database, cast, page)
    answer = browser_of(cast.boris).post(f"/learning/paths/{path}/begin")
    assert (answer.status_code, "meant for other colleagues" in answer.text) == (403, True)
    with database.transaction() as session:
        set_archived(session, cast.vera, path, True)
    answer = browser_of(cast.nina).post(f"/learning/paths/{path}/begin")
    assert (answer.status_code, "nobody can begin it" in answer.text) == (422, True)
    assert browser_of(cast.nina).post("/learning/paths/999/begin").status_code == 404


def test_a_form_from_elsewhere_begins_nothing(
    app: Flask, browser_of: Browser, database: Database, cast: Cast, page: int
) -> None:
    path = path_for(database, cast, page)
    app.config["WTF_CSRF_ENABLED"] = True
    answer = browser_of(cast.nina).post(f"/learning/paths/{path}/begin")
    assert answer.status_code in (400, 403)
    assert offered(database, cast.nina) == [path]


def test_the_director_sees_that_nobody_is_mentor_yet_and_names_one(
    browser_of: Browser, database: Database, cast: Cast, page: int
) -> None:
    path = path_for(database, cast, page)
    vera, people = browser_of(cast.vera), f"/learning/paths/{path}/people"
    browser_of(cast.nina).post(f"/learning/paths/{path}/begin")
    seen = vera.get(f"/learning/paths/{path}").text
    assert "nobody is mentor yet" in seen
    assert "1 of them has no mentor yet." in seen
    with database.reading() as session:
        (walk,) = enrolments_of(session, path_ids=[path])
    vera.post(f"{people}/{walk.id}", data={"mentor": cast.anna.id, "began_on": "2026-03-02"})
    seen = vera.get(f"/learning/paths/{path}").text
    assert "mentor: Anna" in seen
    assert "no mentor yet" not in seen
    assert "nobody is mentor yet" not in seen


def test_programs_see_what_they_may_begin_and_begin_it(
    browser_of: Browser, database: Database, cast: Cast, page: int
) -> None:
    path = path_for(database, cast, page)
    nina, at = browser_of(cast.nina), f"/api/learning/paths/{path}/begin"
    (offer,) = nina.get("/api/learning").json["offered"]
    assert (offer["path_id"], offer["purpose"], offer["pages"]) == (
        path, "To answer a call alone", 1,
    )  # fmt: skip
    for _time in range(2):
        assert nina.post(at).json == {"id": path, "version": 1, "merged": False}
    found = nina.get("/api/learning").json
    assert (found["offered"], [way["path_id"] for way in found["paths"]]) == ([], [path])
    assert browser_of(cast.boris).post(at).status_code == 403
    assert nina.post("/api/learning/paths/999/begin").status_code == 404


def test_hostile_words_of_an_offer_are_shown_as_text(
    app: Flask, browser_of: Browser, database: Database, cast: Cast, page: int
) -> None:
    with database.transaction() as session:
        head = Head(HOSTILE, HOSTILE, Role.NEWCOMER)
        create_path(session, cast.vera, head, [read("a", page)])
    for address in ("/", "/learning"):
        seen = browser_of(cast.nina).get(address).text
        assert HOSTILE not in seen
        assert "&lt;script&gt;" in seen


@pytest.mark.parametrize("address", ["/", "/learning", "/api/learning"])
def test_no_statement_more_for_thirty_offers_than_for_one(
    app: Flask, browser_of: Browser, database: Database, cast: Cast, page: int, address: str
) -> None:
    path_for(database, cast, page)
    few = _statements(browser_of(cast.nina), database, address)
    pages = [write_page(app, cast.anna, f"Page {number}") for number in range(6)]
    for number in range(30):
        path_for(database, cast, *pages, title=f"Path {number}")
    assert _statements(browser_of(cast.nina), database, address) == few


def _statements(browser: FlaskClient, database: Database, address: str) -> int:
    assert browser.get(address).status_code == 200
    with counting(database) as sent:
        browser.get(address)
    return len(sent)
