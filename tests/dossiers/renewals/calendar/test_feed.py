"""The secret address of a calendar: what it shows, to whom, and how it ends."""

import re
from datetime import date

import pytest
from icalendar import Calendar
from sqlalchemy import select

from dossiers.clients.models import Client
from dossiers.renewals.models import CalendarFeed
from tests.conftest import Cast, SetClock
from tests.dossiers.renewals.calendar.conftest import Browser
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.database import Database

pytestmark = pytest.mark.usefixtures("renewals")


def make_address(browser_of: Browser, person: Actor) -> str:
    answer = browser_of(person).post("/renewals/feed")
    assert answer.headers["Cache-Control"] == "no-store"
    found = re.search(r"/calendar/[\w-]+\.ics", answer.text)
    assert found is not None
    return found[0]


def events(browser_of: Browser, address: str) -> list[tuple[str, date]]:
    answer = browser_of(None).get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    found = Calendar.from_ical(answer.data).walk("VEVENT")
    return [(str(one["summary"]), one.decoded("dtstart")) for one in found]


def test_the_file_holds_the_days_of_what_is_one_s_own(browser_of: Browser, cast: Cast) -> None:
    assert events(browser_of, make_address(browser_of, cast.boris)) == [
        ("Begin the renewal: Vasilek", date(2026, 3, 12)),
        ("Last day for notice: Vasilek", date(2026, 3, 31)),
        ("Contract ends: Vasilek", date(2026, 6, 30)),
        ("Begin the renewal: Vasilek", date(2027, 3, 1)),
        ("Contract ends: Vasilek", date(2027, 6, 30)),
    ]


def test_directors_get_all_and_what_became_restricted_goes(
    browser_of: Browser, cast: Cast, database: Database
) -> None:
    texts = " ".join(one for one, _day in events(browser_of, make_address(browser_of, cast.vera)))
    assert all(name in texts for name in ("Romashka", "Vasilek", "Secret"))
    address = make_address(browser_of, cast.boris)
    with database.transaction() as session:
        session.get_one(Client, 2).audience = "restricted:1"
    assert events(browser_of, address) == []


def test_each_event_keeps_its_name_so_that_calendars_move_it(
    browser_of: Browser, cast: Cast
) -> None:
    address = make_address(browser_of, cast.boris)
    names = [
        {str(one["uid"]) for one in Calendar.from_ical(browser_of(None).get(address).data).events}
        for _turn in range(2)
    ]
    assert names[0] == names[1]
    assert len(names[0]) == 5


def test_a_revoked_and_an_older_address_no_longer_work(browser_of: Browser, cast: Cast) -> None:
    old = make_address(browser_of, cast.boris)
    new = make_address(browser_of, cast.boris)
    assert browser_of(None).get(old).status_code == 404
    assert browser_of(None).get(new).status_code == 200
    browser_of(cast.anna).post("/renewals/feed/revoke")
    assert browser_of(None).get(new).status_code == 200
    browser_of(cast.boris).post("/renewals/feed/revoke")
    assert browser_of(None).get(new).status_code == 404


def test_who_has_left_shows_nothing_any_more(
    browser_of: Browser, cast: Cast, database: Database, clock: SetClock
) -> None:
    address = make_address(browser_of, cast.boris)
    with database.transaction() as session:
        session.get_one(User, cast.boris.id).deactivated_at = clock.moment
    assert browser_of(None).get(address).status_code == 404
    assert browser_of(None).get("/calendar/nothing.ics").status_code == 404


def test_only_the_hash_is_kept_and_the_use_is_told_to_the_owner(
    browser_of: Browser, cast: Cast, database: Database
) -> None:
    address = make_address(browser_of, cast.boris)
    page = browser_of(cast.boris).get("/renewals/feed").text
    assert "not used yet" in page
    assert address not in page
    browser_of(None).get(address)
    assert "last used 2 Mar 2026" in browser_of(cast.boris).get("/renewals/feed").text
    with database.reading() as session:
        kept = session.scalars(select(CalendarFeed.secret_hash)).one()
    assert len(kept) == 64
    assert kept not in address


def test_the_file_speaks_the_owner_s_language_to_whoever_asks(
    browser_of: Browser, cast: Cast, database: Database
) -> None:
    address = make_address(browser_of, cast.boris)
    english = browser_of(None).get(address, headers={"Accept-Language": "ru"}).data.decode()
    assert "Contract ends" in english
