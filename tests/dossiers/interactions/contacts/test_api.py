"""The contact log through the API."""

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import Cast, SetClock
from tests.factories.dossiers import make_client
from wiki.accounts.actor import Actor
from wiki.database import Database

BrowserOf = Callable[[Actor | None], FlaskClient]
CALL = {"kind": "call", "at": "2026-03-01T10:00:00+03:00", "text": "Hello.", "number": "7"}


def told(answer: TestResponse) -> Any:
    return answer.json


def test_a_program_notes_a_contact_once_and_others_see_nothing(
    database: Database, cast: Cast, browser_of: BrowserOf, clock: SetClock
) -> None:
    with database.transaction() as session:
        client_id = make_client(session, cast.anna, restricted=True).id
    door, anna = f"/api/clients/{client_id}/contacts", browser_of(cast.anna)
    first, again = anna.post(door, json=CALL), anna.post(door, json=CALL)
    assert (first.status_code, again.status_code) == (201, 200), first.text
    ident = told(first)["id"]
    assert ident == told(again)["id"]
    assert (told(first)["door"], told(first)["number"]) == ("api", "7")
    listed = told(anna.get(door))["contacts"]
    assert [one["text"] for one in listed] == ["Hello.\n"]
    assert told(anna.get(f"/api/contacts/{ident}"))["version"] == 1
    boris = browser_of(cast.boris)
    assert boris.get(door).status_code == 404
    assert boris.get(f"/api/contacts/{ident}").status_code == 404
    assert boris.post(door, json=CALL).status_code == 404


def test_a_bad_contact_is_refused_in_words(
    database: Database, cast: Cast, browser_of: BrowserOf, clock: SetClock
) -> None:
    with database.transaction() as session:
        client_id = make_client(session, cast.anna).id
    door = f"/api/clients/{client_id}/contacts"
    for wrong in ({"at": "2030-01-01T00:00:00Z"}, {"kind": "dance"}, {"text": ""}):
        answer = browser_of(cast.anna).post(door, json={**CALL, **wrong})
        assert answer.status_code == 422
        assert told(answer)["error"]
    missing = browser_of(cast.anna).post(door, json={**CALL, "persons": [999]})
    assert missing.status_code == 404
