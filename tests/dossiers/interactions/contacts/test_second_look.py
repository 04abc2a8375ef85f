"""Odd days and numbers that no database keeps: words instead of a broken page."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.conftest import Cast, SetClock
from tests.factories.dossiers import make_client
from wiki.accounts.actor import Actor
from wiki.database import Database

BrowserOf = Callable[[Actor | None], FlaskClient]
CALL = {"kind": "call", "at": "2026-03-01T10:00:00+03:00", "text": "Hello."}


@pytest.fixture
def romashka(database: Database, cast: Cast, clock: SetClock) -> int:
    with database.transaction() as session:
        return make_client(session, cast.anna).id


@pytest.mark.parametrize(
    "asked",
    ["until=9999-12-31", "since=0001-01-01", "since=9999-12-31&until=0001-01-01", "person=%00",
     "kind=%00", "until=%00", "before=%00", "before=9999-12-31T23:59:59-12:00~1",
     "person=9999999999"],
)  # fmt: skip
def test_odd_filters_show_the_log(
    cast: Cast, browser_of: BrowserOf, romashka: int, asked: str
) -> None:
    anna = browser_of(cast.anna)
    assert anna.get(f"/clients/{romashka}/contacts?{asked}").status_code in (200, 404)
    assert anna.get(f"/clients/{romashka}/contacts.csv?{asked}").status_code == 200
    assert anna.get(f"/api/clients/{romashka}/contacts?{asked}").status_code in (200, 404, 422)


@pytest.mark.parametrize(
    "odd",
    [
        {"at": "0001-01-01T00:00:00+14:00"},
        {"at": "9999-12-31T23:59:59-12:00"},
        {"number": "a\x00"},
        {"number": "\ud800"},
        {"next": "9999-12-31"},
        {"next": "0001-01-01"},
        {"persons": [4294967296]},
        {"topics": [{"kind": "deal", "number": 2147483647}]},
    ],
)
def test_an_odd_contact_is_refused_in_words(
    cast: Cast, browser_of: BrowserOf, romashka: int, odd: dict[str, object]
) -> None:
    answer = browser_of(cast.anna).post(f"/api/clients/{romashka}/contacts", json=CALL | odd)
    assert answer.status_code in (404, 422), answer.text
    assert answer.json["error"] if isinstance(answer.json, dict) else answer.json


def test_hostile_words_are_kept_clean(cast: Cast, browser_of: BrowserOf, romashka: int) -> None:
    anna = browser_of(cast.anna)
    form = {"kind": "call", "at": "2026-03-01T10:00", "text": "So\x00 it\ud7ff is", "another": "1"}
    form |= {"others": "Ivan\x00 Ivanov", "add_people": "1", "promise-1-what": "Send\x00 it"}
    form |= {"promise-1-due": "2026-03-20"}
    assert anna.post(f"/clients/{romashka}/contacts", data=form).status_code == 302
    for wrong in (
        {"at": "0001-01-01T00:00"},
        {"at": "9999-12-31T23:59"},
        {"at": "\x00" * 20},
        {"kind": "\x00"},
        {"next_on": "9999-12-31"},
        {"topic": "deal-\x00"},
        {"promise-1-due": "9999-12-31"},
        {"promise-1-due": "0001-01-01"},
    ):
        answer = anna.post(f"/clients/{romashka}/contacts", data=form | {"text": "x"} | wrong)
        assert answer.status_code == 422, wrong
