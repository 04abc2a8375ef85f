"""Promises through the API: read, written down, ended, moved, handed on."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dossiers.clients.models import Client
from tests.conftest import Cast
from tests.factories.dossiers import make_client
from tests.factories.renewals import make_promise
from wiki.accounts.actor import Actor
from wiki.database import Database

BrowserOf = Callable[[Actor | None], FlaskClient]
OFFER = {"what": "Send the offer", "due": "2026-03-09"}
LATE, MADE = date(2026, 2, 27), date(2026, 2, 1)

pytestmark = pytest.mark.usefixtures("clock", "clients")


@pytest.fixture
def clients(database: Database, cast: Cast) -> None:
    """Client 1 for all, client 2 restricted to anna's team; promise 1 is the secret one."""
    with database.transaction() as session:
        make_client(session, cast.anna)
        secret = make_client(session, cast.anna, "Secret", restricted=True)
        make_promise(session, cast.anna, secret, LATE, "Hidden thing", made_on=MADE)


def told(answer: TestResponse, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json


def whats(browser: FlaskClient, address: str) -> list[str]:
    return [one["what"] for one in told(browser.get(address))["promises"]]


def test_a_program_writes_down_a_promise_and_tells_what_became_of_it(
    cast: Cast, browser_of: BrowserOf
) -> None:
    anna = browser_of(cast.anna)
    made = told(anna.post("/api/clients/1/promises", json=OFFER), 201)
    assert (made["what"], made["due"], made["state"]) == ("Send the offer", "2026-03-09", "open")
    assert made["colleague"] == {"id": cast.anna.id, "name": cast.anna.name}
    door = f"/api/promises/{made['id']}"
    moved = told(anna.post(f"{door}/move", json={"due": "2026-03-20", "why": "Prices"}))
    assert moved["due"] == "2026-03-20"
    handed = told(anna.post(f"{door}/hand", json={"colleague": cast.vera.id}))
    assert handed["colleague"]["id"] == cast.vera.id
    ended = told(anna.post(f"{door}/end", json={"words": "Sent"}))
    assert (ended["state"], ended["ended"]) == ("done", "2026-03-02")
    events = told(anna.get(door))["events"]
    assert [one["deed"] for one in events] == ["made", "moved", "handed", "done"]
    assert (events[1]["due"], events[2]["colleague"]) == ("2026-03-20", cast.vera.name)


def test_open_promises_are_listed_by_whose_they_are_and_a_dossier_has_all(
    cast: Cast, browser_of: BrowserOf
) -> None:
    anna = browser_of(cast.anna)
    theirs = OFFER | {"what": "Send their list", "by_us": False}
    first = told(anna.post("/api/clients/1/promises", json=OFFER), 201)["id"]
    told(anna.post("/api/clients/1/promises", json=theirs), 201)
    assert whats(anna, "/api/promises") == ["Hidden thing", "Send the offer"]
    assert whats(anna, "/api/promises?only=theirs") == ["Send their list"]
    told(anna.post(f"/api/promises/{first}/end", json={}))
    assert whats(anna, "/api/promises") == ["Hidden thing"]
    assert whats(anna, "/api/clients/1/promises") == ["Send the offer", "Send their list"]
    assert anna.get("/api/promises?only=everything").status_code == 422


def test_what_is_restricted_does_not_exist_for_others(cast: Cast, browser_of: BrowserOf) -> None:
    boris, vera = browser_of(cast.boris), browser_of(cast.vera)
    assert whats(vera, "/api/promises?only=team") == ["Hidden thing"]
    assert whats(boris, "/api/promises?only=team") == []
    for address in ("/api/promises/1", "/api/clients/2/promises"):
        told(vera.get(address))
        told(boris.get(address), 404)
    for deed, said in (
        ("end", {}),
        ("move", {"due": "2026-03-20", "why": "Prices"}),
        ("hand", {"colleague": cast.boris.id}),
    ):
        told(boris.post(f"/api/promises/1/{deed}", json=said), 404)
        told(boris.post(f"/api/promises/99/{deed}", json=said), 404)
    told(boris.post("/api/clients/2/promises", json=OFFER), 404)


def test_another_team_reads_and_does_not_write(cast: Cast, browser_of: BrowserOf) -> None:
    ident = told(browser_of(cast.anna).post("/api/clients/1/promises", json=OFFER), 201)["id"]
    boris = browser_of(cast.boris)
    told(boris.get(f"/api/promises/{ident}"))
    told(boris.post(f"/api/promises/{ident}/end", json={}), 403)
    told(boris.post("/api/clients/1/promises", json=OFFER), 403)


@pytest.mark.parametrize(
    "wrong",
    [{"what": " "}, {"what": "x" * 501}, {"due": "2020-01-01"}, {"due": "soon"}, {"sum": 1}],
)
def test_a_bad_promise_is_refused_in_words(
    cast: Cast, browser_of: BrowserOf, wrong: dict[str, object]
) -> None:
    answer = browser_of(cast.anna).post("/api/clients/1/promises", json=OFFER | wrong)
    assert told(answer, 422)["error"]


def test_a_person_or_a_contact_of_no_dossier_is_missing_and_a_second_ending_a_clash(
    cast: Cast, browser_of: BrowserOf
) -> None:
    anna = browser_of(cast.anna)
    for wrong in ({"person": 99}, {"contact": 99}):
        answer = anna.post("/api/clients/1/promises", json=OFFER | wrong)
        assert answer.status_code in (404, 422), answer.text
    ident = told(anna.post("/api/clients/1/promises", json=OFFER), 201)["id"]
    told(anna.post(f"/api/promises/{ident}/end", json={"kept": False}), 422)
    told(anna.post(f"/api/promises/{ident}/end", json={}))
    told(anna.post(f"/api/promises/{ident}/end", json={}))
    told(anna.post(f"/api/promises/{ident}/end", json={"kept": False, "words": "No"}), 409)


def test_a_merged_client_s_promises_stand_in_the_client_it_became(
    database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    anna = browser_of(cast.anna)
    ident = told(anna.post("/api/clients/1/promises", json=OFFER), 201)["id"]
    with database.transaction() as session:
        home = make_client(session, cast.anna, "Lotos").id
        session.get_one(Client, 1).merged_into_id = home
    assert whats(anna, f"/api/clients/{home}/promises") == ["Send the offer"]
    one = told(anna.get(f"/api/promises/{ident}"))
    assert (one["client"], one["client_name"]) == (home, "Lotos")
    ended = told(anna.post(f"/api/promises/{ident}/end", json={}))
    assert ended["state"] == "done"
    with database.transaction() as session:
        session.get_one(Client, home).audience = f"restricted:{cast.anna.team_id}"
    told(browser_of(cast.boris).get(f"/api/promises/{ident}"), 404)


def test_the_doors_are_described(cast: Cast, browser_of: BrowserOf) -> None:
    described = told(browser_of(cast.anna).get("/api/openapi.json"))["paths"]
    assert {
        "/api/promises",
        "/api/promises/{promise_id}",
        "/api/promises/{promise_id}/end",
        "/api/promises/{promise_id}/move",
        "/api/promises/{promise_id}/hand",
        "/api/clients/{client_id}/promises",
    } <= set(described)
    assert {"get", "post"} <= set(described["/api/clients/{client_id}/promises"])
