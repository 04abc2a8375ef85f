"""Contracts through the API."""

from collections.abc import Callable

from flask.testing import FlaskClient

from tests.conftest import Cast
from tests.factories.approvals import make_path
from tests.factories.dossiers import make_client
from tests.factories.pages import make_page_row
from wiki.accounts.actor import Actor
from wiki.database import Database

Browser = Callable[[Actor | None], FlaskClient]
TERMS = {
    "number": "<K-1>", "starts_on": "2026-01-01", "ends_on": "2027-06-30", "value": "1200.50",
    "currency": "RUB", "subject": "Flour",
}  # fmt: skip


def test_a_program_writes_changes_and_reads_contracts(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna, restricted=True)
        path = make_path(session, cast.anna, client).path.id
        page = make_page_row(session, "Flour", cast.anna).id
        door = f"/api/clients/{client.id}/contracts"
    anna, boris = browser_of(cast.anna), browser_of(cast.boris)
    made = anna.post(door, json={**TERMS, "path": path, "products": [page]})
    assert made.status_code == 201, made.text
    told = made.json
    assert told
    assert (told["value"], told["products"], told["version"]) == ("1200.5", [page], 1)
    assert told["start_by"]
    one = f"/api/contracts/{told['id']}"
    changed = anna.patch(one, json={"base": 1, "subject": "Salt", "why": "Asked"})
    assert changed.json
    assert (changed.json["subject"], changed.json["value"]) == ("Salt", "1200.5")
    joined = anna.patch(one, json={"base": 1, "notice_days": 30})
    assert joined.json
    assert (joined.json["subject"], joined.json["notice_days"]) == ("Salt", 30)
    assert anna.patch(one, json={"base": 1, "subject": "Sugar"}).status_code == 409
    next_terms = {**TERMS, "number": "K-2", "value": 900, "predecessor": told["id"]}
    after = anna.post(door, json=next_terms)
    assert after.status_code == 201, after.text
    read = anna.get(one).json
    assert read
    assert (read["state"], read["files"]) == ("shrunk", [])
    listed = anna.get("/api/contracts?limit=1").json
    assert listed
    assert (len(listed["contracts"]), listed["next"]) == (1, 1)
    assert [row["number"] for row in (anna.get(door).json or {})["contracts"]] == ["K-2", "<K-1>"]
    assert boris.get("/api/contracts").json == {"contracts": [], "next": None}
    for answer in (
        boris.get(door), boris.get(one), boris.post(door, json=TERMS),
        boris.patch(one, json={"base": 1}), boris.post(f"{one}/state", json={"state": "agreed"}),
    ):  # fmt: skip
        assert answer.status_code == 404


def test_a_program_is_refused_in_words(database: Database, cast: Cast, browser_of: Browser) -> None:
    with database.transaction() as session:
        door = f"/api/clients/{make_client(session, cast.anna).id}/contracts"
        foreign = make_client(session, cast.boris, "Foreign").id
    anna = browser_of(cast.anna)
    assert anna.post(door, json=TERMS).status_code == 201
    for wrong in (
        {"number": "<k-1>"}, {"number": "K-3", "ends_on": "2025-01-01"},
        {"number": "K-3", "currency": "XQQ"}, {"number": "K-3", "notice_days": 3000},
        {"number": "K-3", "products": [999]}, {"number": "K-3", "value": "NaN"},
        {"number": "K-3", "unknown": 1}, {"number": "K-3", "owner": 999},
    ):  # fmt: skip
        answer = anna.post(door, json={**TERMS, **wrong})
        assert answer.status_code == 422, wrong
        assert (answer.json or {})["error"]
    assert anna.post("/api/contracts/1/state", json={"state": "lost"}).status_code == 422
    assert anna.patch("/api/contracts/1", json={"base": 1, "starts_on": None}).status_code == 422
    assert anna.patch("/api/contracts/1", json={"base": 9}).status_code == 404
    assert anna.post(f"/api/clients/{foreign}/contracts", json=TERMS).status_code == 403
    agreed = anna.post("/api/contracts/1/state", json={"state": "agreed"}).json
    assert agreed
    assert agreed["state"] == "agreed"
