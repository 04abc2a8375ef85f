"""The programs' door to reading paths."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import Cast
from tests.products.onboarding.paths.making import written
from wiki.accounts.actor import Actor

Browser = Callable[[Actor | None], FlaskClient]
LIST = "/api/learning/paths"


@pytest.fixture
def sent(app: Flask, cast: Cast) -> dict[str, Any]:
    one, other = written(app, cast.anna, "Prices", "Boilers")
    items = [
        {"code": "a", "kind": "page", "page": one, "due_day": 1},
        {"code": "b", "kind": "question", "page": other, "after": ["a"]},
        {"code": "c", "kind": "placeholder", "title": "Our  freezers"},
    ]
    return {"title": "First week", "purpose": "Sell", "role": "newcomer", "items": items}


def test_a_path_is_made_read_and_listed(
    browser_of: Browser, cast: Cast, sent: dict[str, Any]
) -> None:
    made = browser_of(cast.vera).post(LIST, json=sent)
    assert made.get_json() == {"id": 1, "version": 1, "merged": False}
    nina = browser_of(cast.nina)
    path = nina.get(f"{LIST}/1").get_json()
    assert path["role"] == "newcomer"
    assert path["seconds"] >= 20
    assert [one["name"] for one in path["items"]] == [
        "Prices",
        "Questions: Boilers",
        "Our freezers",
    ]
    assert [one["state"] for one in path["items"]] == ["open", "open", "waits"]
    assert path["items"][1]["after"] == ["a"]
    listed = nina.get(LIST).get_json()["paths"]
    assert [(one["title"], one["team"]) for one in listed] == [("First week", None)]
    assert nina.get(f"{LIST}?archived=true").get_json() == {"paths": []}
    assert nina.get(f"{LIST}/7").status_code == 404
    assert nina.get(f"{LIST}/1?version=9").status_code == 404
    assert nina.post(LIST, json=sent).status_code == 403


def test_a_new_version_is_saved_joined_refused_and_brought_back(
    browser_of: Browser, cast: Cast, sent: dict[str, Any]
) -> None:
    vera, items = browser_of(cast.vera), sent["items"]
    vera.post(LIST, json=sent)
    later = [{**items[0], "due_day": 5}, *items[1:]]
    assert vera.post(f"{LIST}/1", json={"items": later, "base": 1}).get_json()["version"] == 2
    joined = vera.post(f"{LIST}/1", json={"items": items[:2], "base": 1}).get_json()
    assert joined == {"id": 1, "version": 3, "merged": True}
    clash = [{**items[0], "due_day": 9}, *items[1:]]
    refused = vera.post(f"{LIST}/1", json={"items": clash, "base": 1})
    assert refused.status_code == 409
    assert "Vera has saved version 3" in refused.get_json()["error"]
    circle = [{**items[0], "after": ["b"]}, items[1]]
    answer = vera.post(f"{LIST}/1", json={"items": circle, "base": 3})
    assert answer.status_code == 422
    assert "«Prices» → «Questions: Boilers» → «Prices»" in answer.get_json()["error"]
    assert vera.post(f"{LIST}/1/versions/1/restore").get_json()["version"] == 4
    versions = vera.get(f"{LIST}/1/versions").get_json()["versions"]
    assert [one["number"] for one in versions] == [4, 3, 2, 1]
    assert len(vera.get(f"{LIST}/1").get_json()["items"]) == 3


@pytest.mark.parametrize(
    "odd",
    [
        {"items": [{"code": "a", "kind": "page"}], "base": 1},
        {"items": [{"code": "<a>", "kind": "placeholder", "title": "x"}], "base": 1},
        {"items": [{"code": "a", "kind": "page", "page": 2**40}], "base": 1},
        {"items": [{"code": "a", "kind": "placeholder", "title": " "}], "base": 1},
        {"items": [{"code": "a", "kind": "page", "page": 1, "due_day": -3}], "base": 1},
        {"items": [], "base": 0},
        {"items": "x", "base": 1},
    ],
)
def test_what_makes_no_sense_is_answered_with_a_sentence(
    browser_of: Browser, cast: Cast, sent: dict[str, Any], odd: dict[str, Any]
) -> None:
    vera = browser_of(cast.vera)
    vera.post(LIST, json=sent)
    answer = vera.post(f"{LIST}/1", json=odd)
    assert answer.status_code == 422
    assert answer.get_json()["error"]
    assert vera.get(f"{LIST}/1").get_json()["version"] == 1


@pytest.mark.parametrize("number", [2**70, 0, -1, "x"])
def test_a_person_whose_number_cannot_be_is_refused(
    browser_of: Browser, cast: Cast, sent: dict[str, Any], number: object
) -> None:
    vera = browser_of(cast.vera)
    vera.post(LIST, json=sent)
    assert vera.post(f"{LIST}/1/people", json={"users": [number]}).status_code == 422


def test_people_are_put_on_a_path_and_taken_off(
    browser_of: Browser, cast: Cast, sent: dict[str, Any]
) -> None:
    vera = browser_of(cast.vera)
    vera.post(LIST, json=sent)
    people = f"{LIST}/1/people"
    assert vera.post(people, json={"role": "newcomer", "mentor": cast.anna.id}).status_code == 200
    (nina,) = vera.get(people).get_json()["people"]
    assert (nina["name"], nina["mentor"], nina["ended_on"]) == ("Nina", "Anna", None)
    assert vera.post(people, json={"users": [cast.nina.id]}).status_code == 422
    assert vera.post(f"{people}/{nina['id']}/end").status_code == 200
    assert vera.get(people).get_json()["people"][0]["ended_on"]
    assert browser_of(cast.anna).get(people).status_code == 403


def test_a_path_is_named_put_away_and_brought_back(
    browser_of: Browser, cast: Cast, sent: dict[str, Any]
) -> None:
    vera = browser_of(cast.vera)
    vera.post(LIST, json=sent)
    assert vera.post(f"{LIST}/1/about", json={"title": "Week one"}).status_code == 200
    assert vera.post(f"{LIST}/1/about", json={"title": "x", "team": 99}).status_code == 422
    vera.post(f"{LIST}/1/archive")
    assert vera.get(LIST).get_json() == {"paths": []}
    assert vera.get(f"{LIST}?archived=true").get_json()["paths"][0]["title"] == "Week one"
    vera.post(f"{LIST}/1/bring-back")
    assert vera.get(f"{LIST}/1").get_json()["archived"] is False
