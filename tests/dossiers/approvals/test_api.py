"""The programs' door to approval paths."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from dossiers.approvals.document import plain_document
from tests.conftest import Cast, SetClock
from tests.dossiers.approvals.chart.paths import BrowserOf, Walked, walked_chart
from tests.factories.approvals import usual_document
from wiki.database import Database
from wiki.history.models import HistoryEntry


@pytest.fixture
def walked(database: Database, cast: Cast, clock: SetClock) -> Walked:
    return walked_chart(database, cast)


def api(walked: Walked, *parts: object) -> str:
    return "/".join(map(str, ("/api/clients", walked.client, "paths", *parts)))


def read(browser: FlaskClient, address: str, **query: Any) -> dict[str, Any]:
    answer = browser.get(address, query_string=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.get_json())


def write(browser: FlaskClient, address: str, **said: Any) -> dict[str, Any]:
    answer = browser.post(address, json=said)
    assert answer.status_code == 200, answer.text
    return dict(answer.get_json())


def test_a_path_is_written_down_read_confirmed_and_taken_back(
    walked: Walked, cast: Cast, browser_of: BrowserOf
) -> None:
    anna = browser_of(cast.anna)
    document = plain_document(usual_document({"sign": walked.seats["Director"]}))
    made = write(anna, api(walked), subject="Licences", document=document, why="heard it")
    here = api(walked, made["id"])
    shown = read(anna, here)
    assert shown["document"] == document
    assert (shown["number"], shown["why"], shown["numbers"]["security"]) == (1, "heard it", "2b")
    assert shown["actors"] == [
        {
            "position": walked.seats["Director"],
            "title": "Director",
            "holder": "Olga",
            "gone": False,
        }
    ]
    people = anna.get(f"/api/clients/{walked.client}/people").get_json()["people"]
    olga = next(one["id"] for one in people if one["name"] == "Olga")
    done = write(anna, f"{here}/confirmations", person=olga, on="2026-03-01", source="call")
    told = read(anna, here)["confirmed"]
    assert (told["name"], told["on"], told["source"]) == ("Olga", "2026-03-01", "call")
    undo = f"/api/clients/{walked.client}/chart/undo"
    assert anna.post(undo, json={"change": done["change"]}).status_code == 200
    assert read(anna, here)["confirmed"] is None


def test_versions_are_listed_restored_and_asked_for_by_number(
    walked: Walked, cast: Cast, browser_of: BrowserOf
) -> None:
    anna, here = browser_of(cast.anna), api(walked, walked.path)
    changed = {**read(anna, here)["document"], "currency": "USD"}
    write(anna, f"{here}/versions", document=changed, base=1)
    assert read(anna, here)["document"]["currency"] == "USD"
    assert read(anna, here, version=1)["document"]["currency"] == "RUB"
    assert write(anna, f"{here}/versions/1/restore")["newest"] == 3
    versions = read(anna, f"{here}/versions")["versions"]
    assert [(one["number"], one["restored"]) for one in versions] == [(3, 1), (2, None), (1, None)]
    assert anna.post(f"{here}/versions/9/restore").status_code == 404
    assert anna.get(here, query_string={"version": 9}).status_code == 404


def test_paths_are_listed_named_put_away_and_brought_back(
    walked: Walked, cast: Cast, browser_of: BrowserOf
) -> None:
    anna, here = browser_of(cast.anna), api(walked, walked.path)
    assert write(anna, f"{here}/name", subject="Lathes")["subject"] == "Lathes"
    (line,) = read(anna, api(walked))["paths"]
    assert (line["subject"], line["in_force"], line["confirmed"], line["open_runs"]) == (
        "Lathes", 1, None, 0,
    )  # fmt: skip
    write(anna, f"{here}/archive")
    assert read(anna, api(walked))["paths"] == []
    assert len(read(anna, api(walked), archived="true")["paths"]) == 1
    write(anna, f"{here}/bring-back")
    assert len(read(anna, api(walked))["paths"]) == 1


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        ({"steps": [{"code": "a", "title": "", "kind": "sign"}]}, "title"),
        ({"steps": [{"code": "a", "title": "A", "kind": "dance"}]}, "kind"),
        ({"steps": [{"code": "a", "title": "A", "kind": "sign", "after": ["a"]}]}, "circle"),
        ({"steps": [{"code": "a", "title": "A", "kind": "sign", "positions": [999]}]}, "chart"),
        ({"currency": "roubles"}, "currency"),
    ],
)
def test_what_cannot_be_a_path_is_refused_with_a_sentence(
    document: dict[str, Any],
    problem: str,
    walked: Walked,
    cast: Cast,
    browser_of: BrowserOf,
) -> None:
    anna = browser_of(cast.anna)
    answer = anna.post(api(walked), json={"subject": "Licences", "document": document})
    assert answer.status_code == 422
    assert problem in answer.get_json()["error"]
    assert len(read(anna, api(walked))["paths"]) == 1


def test_others_read_and_only_the_team_writes_and_nobody_else_sees_a_restricted_client(
    walked: Walked, database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    boris, here = browser_of(cast.boris), api(walked, walked.path)
    assert boris.get(here).status_code == 200
    assert boris.post(f"{here}/archive").status_code == 403
    assert boris.post(f"{here}/confirmations", json={}).status_code == 403
    secret = walked_chart(database, cast, "Secret", restricted=True)
    for address in (api(secret), api(secret, secret.path), api(secret, secret.path, "versions")):
        assert boris.get(address).status_code == 404, address
        assert browser_of(cast.anna).get(address).status_code == 200, address
    other = api(walked, secret.path)
    assert browser_of(cast.anna).get(other).status_code == 404
    assert browser_of(cast.anna).post(f"{other}/archive").status_code == 404


def test_a_person_of_another_dossier_has_not_confirmed_anything(
    walked: Walked, database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    anna = browser_of(cast.anna)
    other = walked_chart(database, cast, "Lepestok")
    stranger = anna.get(f"/api/clients/{other.client}/people").get_json()["people"][0]["id"]
    address = f"{api(walked, walked.path)}/confirmations"
    assert anna.post(address, json={"person": stranger}).status_code == 404
    assert anna.post(address, json={"on": "2027-01-01"}).status_code == 422


def test_looks_are_kept_and_the_description_tells_of_steps(
    app: Flask, walked: Walked, database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    nina = browser_of(cast.nina)
    for address in (api(walked), api(walked, walked.path), api(walked, walked.path, "versions")):
        read(nina, address)
    with database.reading() as session:
        mine = select(HistoryEntry.action).where(HistoryEntry.actor_id == cast.nina.id)
        looks = set(session.scalars(mine))
    assert {"view paths", "view path", "view path versions"} <= looks
    described = nina.get("/api/openapi.json").get_json()
    assert "/api/clients/{client_id}/paths/{path_id}/confirmations" in described["paths"]
    assert "needed" in str(described["components"]["schemas"])
