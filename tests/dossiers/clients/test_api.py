"""The programs' door to clients."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.conftest import Cast, SetClock
from tests.dossiers.clients.making import made
from tests.factories.pages import write_page
from wiki.accounts.actor import Actor
from wiki.database import Database

Browser = Callable[[Actor | None], FlaskClient]


@pytest.mark.usefixtures("clock")
def test_a_client_is_made_read_and_changed(cast: Cast, browser_of: Browser) -> None:
    anna = browser_of(cast.anna)
    sent = {
        "name": "Romashka", "country": "RU", "tax_number": "7707083893", "domains": ["Firm.ru"],
        "source": "register", "always": True,
    }  # fmt: skip
    answer = anna.post("/api/clients", json=sent)
    assert (answer.status_code, answer.json["id"], answer.json["notice"]) == (201, 1, None)
    client = anna.get("/api/clients/1").json
    assert client["card"]["domains"]["value"] == ["firm.ru"]
    assert client["card"]["tax_number"] == {
        "value": "7707083893", "since": None, "until": None, "source": "register",
        "confidence": "sure", "learned_on": "2026-03-02", "note": "",
        "recorded_at": "2026-03-02T09:00:00+00:00", "recorded_by": "Anna",
    }  # fmt: skip
    changed = anna.patch("/api/clients/1", json={"segment": "HoReCa", "since": "2026-02-01"})
    assert changed.json["change"]
    assert anna.patch("/api/clients/1", json={"segment": "HoReCa"}).json["change"] is None
    assert anna.get("/api/clients/1").json["card"]["segment"]["since"] == "2026-02-01"
    assert "segment" not in anna.get("/api/clients/1?on=2026-01-31").json["card"]


def test_what_we_believed_on_a_day(
    cast: Cast, browser_of: Browser, database: Database, clock: SetClock
) -> None:
    client, anna = made(database, cast.anna, segment="Retail"), browser_of(cast.anna)
    clock.forward(days=5)
    anna.patch(f"/api/clients/{client}", json={"segment": "HoReCa", "since": "2026-02-01"})

    def segment(query: str) -> Any:
        return anna.get(f"/api/clients/{client}?{query}").json["card"]["segment"]["value"]

    assert segment("on=2026-02-01") == "HoReCa"
    assert segment("on=2026-02-01&known=2026-03-02") == "Retail"


@pytest.mark.usefixtures("clock")
def test_refusals_are_sentences(cast: Cast, browser_of: Browser, database: Database) -> None:
    client = made(database, cast.anna, country="RU", tax_number="7707083893")
    anna, boris, nina = (browser_of(one) for one in (cast.anna, cast.boris, cast.nina))
    for sent, status in (
        ({"name": ""}, 422),
        ({"name": "x", "nonsense": 1}, 422),
        ({"name": "x", "domains": ["mail.ru"]}, 422),
        ({"name": "x", "since": "2030-01-01"}, 422),
        ({"name": "x", "page": 99}, 404),
        ({"name": "Romashka"}, 409),
        ({"name": "x", "country": "RU", "tax_number": "7707083893"}, 409),
        ({"name": "x", "team": cast.boris.team_id}, 403),
    ):
        answer = anna.post("/api/clients", json=sent)
        assert (answer.status_code, bool(answer.json["error"])) == (status, True), sent
    assert (
        anna.post("/api/clients", json={"name": "Romashka", "same_name": True}).status_code == 201
    )
    assert boris.patch(f"/api/clients/{client}", json={"segment": "x"}).status_code == 403
    assert nina.post("/api/clients", json={"name": "x"}).status_code == 403
    for query in ("on=2030-01-01", "known=1800-01-01", "on=x"):
        assert anna.get(f"/api/clients/{client}?{query}").status_code == 422


@pytest.mark.usefixtures("clock")
def test_the_list_goes_on_by_key(cast: Cast, browser_of: Browser, database: Database) -> None:
    for number in range(5):
        made(database, cast.anna, f"Client {number}", segment="AB"[number % 2])
    anna, names, before = browser_of(cast.anna), [], None
    while True:
        query = {"limit": 2, **({"before": before} if before else {})}
        answer = anna.get("/api/clients", query_string=query).json
        names += [line["name"] for line in answer["clients"]]
        before = answer["next"]
        if before is None:
            break
    assert names == [f"Client {number}" for number in range(5)]
    some = anna.get("/api/clients?segment=B").json["clients"]
    assert [line["name"] for line in some] == ["Client 1", "Client 3"]


@pytest.mark.usefixtures("clock")
def test_managers_come_and_go(cast: Cast, browser_of: Browser, database: Database) -> None:
    client, anna = made(database, cast.anna), browser_of(cast.anna)
    address = f"/api/clients/{client}/managers"
    sent = {"user": cast.anna.id, "duty": "lead", "since": "2026-01-01"}
    assert anna.post(address, json=sent).json["change"]
    assert anna.get("/api/clients").json["clients"][0]["lead"] == "Anna"
    assert [line["id"] for line in anna.get("/api/clients?mine=true").json["clients"]] == [client]
    assert anna.post(address, json={"user": cast.anna.id}).json["change"]
    (past,) = anna.get(address).json["managers"]
    assert (past["duty"], past["since"], past["until"]) == ("lead", "2026-01-01", "2026-03-02")
    assert anna.get(f"/api/clients/{client}").json["managers"] == []


@pytest.mark.usefixtures("clock")
def test_a_page_is_taken_for_the_notes(cast: Cast, browser_of: Browser, app: Any) -> None:
    page = write_page(app, cast.anna, "Romashka")
    anna = browser_of(cast.anna)
    client = anna.post("/api/clients", json={"name": "Romashka", "page": page}).json["id"]
    assert anna.get(f"/api/clients/{client}").json["notes"] == f"/pages/{page}"
    assert anna.get(f"/api/pages/{page}").json["room"] == "client"
