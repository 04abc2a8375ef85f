"""Odd days and hostile words of promises, and colleagues who lost sight of a client."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dossiers.clients.models import Client
from dossiers.interactions.promises.letters import due_part
from dossiers.interactions.promises.queries import due_count, due_visible_to
from tests.conftest import Cast, SetClock
from tests.factories.dossiers import make_client
from tests.factories.renewals import make_promise
from wiki.accounts.actor import Actor, restricted_to
from wiki.database import Database
from wiki.locale import force_locale

BrowserOf = Callable[[Actor | None], FlaskClient]
DAYS = ("0001-01-01", "9999-12-31", "\x00", "2026-02-30")


@pytest.fixture
def promise(database: Database, cast: Cast, clock: SetClock) -> tuple[int, int]:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        return client.id, make_promise(session, cast.anna, client, date(2026, 3, 1)).id


@pytest.mark.parametrize("day", DAYS)
def test_an_odd_day_is_refused_in_words(
    cast: Cast, browser_of: BrowserOf, promise: tuple[int, int], day: str
) -> None:
    client_id, ident = promise
    anna = browser_of(cast.anna)
    form = {"what": "Send", "side": "us", "due_on": day}
    assert anna.post(f"/clients/{client_id}/promises", data=form).status_code == 422
    moved = {"move-due_on": day, "move-words": "Later"}
    assert anna.post(f"/promises/{ident}/move", data=moved).status_code == 422
    ended = {"broken-words": "Forgot", "broken-on": day}
    assert anna.post(f"/promises/{ident}/broken", data=ended).status_code == 422
    for made in ({"made": day}, {"due": day}, {"colleague": 4294967296}, {"person": 2147483647}):
        sent = {"what": "Send", "due": "2026-03-20"} | made
        answer = anna.post(f"/api/clients/{client_id}/promises", json=sent)
        assert answer.status_code in (404, 422), made


def test_hostile_words_break_nothing(
    cast: Cast, browser_of: BrowserOf, promise: tuple[int, int]
) -> None:
    client_id, ident = promise
    anna = browser_of(cast.anna)
    for what in ("a\x00b", "a\ud800b", "\x00", "=1+1"):
        sent = {"what": what, "due": "2026-03-20"}
        answer = anna.post(f"/api/clients/{client_id}/promises", json=sent)
        assert answer.status_code in (201, 422), what
    form = {"what": "Send\x00", "side": "us", "due_on": "2026-03-20", "person": "Nobody\x00"}
    assert anna.post(f"/clients/{client_id}/promises", data=form).status_code == 422
    for back in ("//evil.example", "https://evil.example", "/\\evil.example"):
        done = {"next": back, "reword-words": f"So {back}"}
        answer = anna.post(f"/promises/{ident}/reword", data=done)
        assert answer.location == f"/promises/{ident}"
    assert ",'=1+1," in anna.get("/promises.csv").text
    assert anna.get("/promises?only=%00").status_code == 200


def test_who_lost_sight_of_a_client_hears_of_its_promises_no_more(
    app: Flask, database: Database, cast: Cast, browser_of: BrowserOf, promise: tuple[int, int]
) -> None:
    client_id, ident = promise
    today = date(2026, 3, 2)
    with database.reading() as session, app.app_context(), force_locale("en"):
        assert due_part(session, cast.anna, today, "http://x") is not None
        assert due_count(session, cast.anna, today) == 1
    with database.transaction() as session:
        client = session.get_one(Client, client_id)
        client.team_id, client.restricted = cast.boris.team_id, True
        client.audience = restricted_to(cast.boris.team_id)
    with database.reading() as session, app.app_context(), force_locale("en"):
        assert due_part(session, cast.anna, today, "http://x") is None
        assert due_visible_to(session, cast.anna, today) == []
        assert due_count(session, cast.anna, today) == 0
        assert due_visible_to(session, cast.vera, today, cast.anna.id)
    anna = browser_of(cast.anna)
    for page in (f"/promises/{ident}", f"/api/promises/{ident}", f"/clients/{client_id}/promises"):
        assert anna.get(page).status_code == 404
    for page in ("/promises", "/promises?only=team", "/promises.csv", "/api/promises", "/"):
        assert "Send the offer" not in anna.get(page).text
