"""The programs' door: what it says of itself is true, and no body of a request breaks it."""

import json
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openapi_spec_validator import OpenAPIV31SpecValidator
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests.conftest import Cast, SetClock
from tests.factories.pages import desk_of, rewrite_page, write_page
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.pages.api_shapes import CompareOut, ConflictOut, HistoryOut, PageOut, PagesOut, SavedOut
from wiki.pages.facts import Choice, Field, Kind
from wiki.pages.models import Revision
from wiki.pages.restoring import set_archived
from wiki.pages.shelving import Plan, add_category

Browser = Callable[[Actor | None], FlaskClient]
BODY = "First part.\n\nSecond part.\n\nThird part.\n"
FIELDS = (
    Field("weight", "Вес", "Weight", Kind.NUMBER, unit="kg/m3"),
    Field("price", "Цена", "Price", Kind.MONEY),
    Field("pack", "Упаковка", "Pack", Kind.CHOICE, choices=(Choice("bag", "пакет", "bag"),)),
)
FACTS = {
    "weight": {"value": "12.5", "unit": "kg/m3"},
    "price": {"amount": "99.50", "currency": "RUB"},
    "pack": "bag",
}


@pytest.fixture
def anna(browser_of: Browser, cast: Cast) -> FlaskClient:
    return browser_of(cast.anna)


@pytest.fixture
def page(app: Flask, cast: Cast, database: Database) -> int:
    with database.transaction() as session:
        plan = Plan("Товары", "Goods", fields=FIELDS)
        shelf = add_category(session, cast.vera, plan).id
    return write_page(app, cast.anna, "Pelmeni", BODY, facts=FACTS, category_id=shelf, tags=("a",))


def as_sent(page: dict[str, Any]) -> dict[str, Any]:
    """What was read, in the shape in which it is sent back."""
    kept = {key: page[key] for key in ("title", "body", "facts", "tags", "category")}
    return kept | {"base_revision": page["revision"]}


# What it says of itself


def test_the_description_is_valid_openapi_3_1(anna: FlaskClient) -> None:
    described = anna.get("/api/openapi.json").json
    assert described["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(described).validate()


def test_every_address_of_the_api_is_described(app: Flask, anna: FlaskClient) -> None:
    described = anna.get("/api/openapi.json").json["paths"]
    known = {(path, method) for path, item in described.items() for method in item}
    rules = [r for r in app.url_map.iter_rules() if r.rule.startswith("/api/")]
    real = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in rules
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule != "/api/openapi.json"
    }
    assert known == real


def test_the_readable_page_names_each_operation(anna: FlaskClient) -> None:
    shown = anna.get("/api").text
    for path in anna.get("/api/openapi.json").json["paths"]:
        assert path in shown
    assert "base_revision" in shown


def test_the_answers_are_as_described(app: Flask, cast: Cast, anna: FlaskClient, page: int) -> None:
    rewrite_page(app, cast.boris, page, body="New.", tags=("b",))
    for address, shape in (
        ("/api/pages", PagesOut),
        (f"/api/pages/{page}", PageOut),
        (f"/api/pages/{page}/revisions", HistoryOut),
        (f"/api/pages/{page}/revisions/1", PageOut),
        (f"/api/pages/{page}/compare?from=1&to=2", CompareOut),
    ):
        answer = anna.get(address)
        assert answer.status_code == 200, answer.text
        shape.model_validate(answer.json)


# Reading and writing


def test_a_page_read_and_sent_back_is_unchanged(anna: FlaskClient, page: int) -> None:
    read = anna.get(f"/api/pages/{page}").json
    assert (read["title"], read["facts"], read["category"]) == ("Pelmeni", FACTS, "goods")
    answer = anna.put(f"/api/pages/{page}", json=as_sent(read))
    assert answer.status_code == 200
    assert (answer.json["changed"], answer.json["revision"]) == (False, 1)


def test_a_page_is_created_once_by_its_key(anna: FlaskClient, page: int) -> None:
    sent = {"title": "Vareniki", "language": "en", "body": BODY, "save_key": str(uuid4())}
    first, again = anna.post("/api/pages", json=sent), anna.post("/api/pages", json=sent)
    assert first.status_code == again.status_code == 201
    SavedOut.model_validate(first.json)
    assert first.json["id"] == again.json["id"]
    taken = anna.post("/api/pages", json=sent | {"save_key": str(uuid4())})
    assert (taken.status_code, "already a page" in taken.json["error"]) == (409, True)


def test_a_change_on_an_older_base_is_merged_or_asked_about(
    app: Flask, cast: Cast, anna: FlaskClient, page: int, database: Database
) -> None:
    sent = as_sent(anna.get(f"/api/pages/{page}").json)
    rewrite_page(app, cast.boris, page, body=BODY.replace("First", "Boris's"))
    apart = sent | {"body": BODY.replace("Third", "Anna's")}
    merged = anna.put(f"/api/pages/{page}", json=apart).json
    assert (merged["revision"], merged["merged"]) == (3, True)
    touching = sent | {"body": BODY.replace("First", "Nobody's")}
    asked = anna.put(f"/api/pages/{page}", json=touching)
    assert asked.status_code == 409
    ConflictOut.model_validate(asked.json)
    assert asked.json["current_revision"] == 3
    assert asked.json["conflicts"][0]["yours"] == "Nobody's part."
    assert asked.json["conflicts"][0]["theirs"] == "Boris's part."
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Revision)) == 3


def test_facts_are_checked_cleared_and_never_invented(anna: FlaskClient, page: int) -> None:
    sent = as_sent(anna.get(f"/api/pages/{page}").json)

    def put(facts: dict[str, Any]) -> TestResponse:
        return anna.put(f"/api/pages/{page}", json=sent | {"facts": facts})

    assert "measured in kg/m3" in put({"weight": "5 lb"}).json["error"]
    assert "no facts colour" in put({"colour": "red"}).json["error"]
    assert put({"weight": "7", "pack": ""}).json["revision"] == 2
    assert anna.get(f"/api/pages/{page}").json["facts"] == {
        "weight": {"value": "7", "unit": "kg/m3"}
    }


def test_restoring_and_comparing(app: Flask, cast: Cast, anna: FlaskClient, page: int) -> None:
    rewrite_page(app, cast.boris, page, body=BODY.replace("Second", "Another"))
    compared = anna.get(f"/api/pages/{page}/compare?from=1&to=2").json
    assert ["removed", "Second"] in [s for b in compared["blocks"] for s in b["segments"]]
    restored = anna.post(f"/api/pages/{page}/restore", json={"number": 1, "reason": "So"})
    assert restored.json["revision"] == 3
    lines = anna.get(f"/api/pages/{page}/revisions").json["revisions"]
    assert [(line["number"], line["kind"]) for line in lines] == [
        (3, "restore"),
        (2, "edit"),
        (1, "create"),
    ]


def test_the_list_comes_in_parts_and_by_filters(
    clock: SetClock, app: Flask, cast: Cast, anna: FlaskClient, page: int
) -> None:
    pages = [write_page(app, cast.anna, f"P{n}", language="ru") for n in range(4)]
    set_archived(desk_of(app), cast.vera, pages[0], True)
    clock.forward(days=3)
    rewrite_page(app, cast.anna, pages[1], body="New.")

    def idents(query: str) -> list[int]:
        return [line["id"] for line in anna.get(f"/api/pages?{query}").json["pages"]]

    first = anna.get("/api/pages?limit=2").json
    assert first["next"] == pages[1]
    assert [line["id"] for line in first["pages"]] == [page, pages[1]]
    assert idents(f"limit=2&after={first['next']}") == pages[2:]
    assert anna.get(f"/api/pages?after={pages[3]}").json == {"pages": [], "next": None}
    assert idents("archived=true") == [pages[0]]
    assert idents("language=en") == idents("category=goods") == [page]
    assert idents("changed_since=2026-03-04T09:00:00%2B03:00") == [pages[1]]


# Bad input


@pytest.mark.parametrize(
    "query",
    ["changed_since=2026-03-04", "changed_since=2026-03-04T09:00:00", "changed_since=x",
     "changed_since=0001-01-01T00:00:00%2B14:00", "changed_since=9999-12-31T23:59:59-14:00",
     "limit=0", "limit=201", "after=-1", "after=99999999999999999999", "language=de",
     "category=nowhere", "category=%00", "archived=perhaps"],
)  # fmt: skip
def test_a_list_asked_for_wrongly_is_answered_with_a_sentence(
    anna: FlaskClient, page: int, query: str
) -> None:
    answer = anna.get(f"/api/pages?{query}")
    assert answer.status_code == 422
    assert set(answer.json) == {"error"}


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"title": "x" * 10_000}, 422),
        ({"title": ""}, 422),
        ({"title": None}, 422),
        ({"body": "я" * 2_500_000}, 413),
        ({"tags": ["x"] * 101}, 422),
        ({"tags": ["x" * 61]}, 422),
        ({"reason": "x" * 301}, 422),
        ({"base_revision": 0}, 422),
        ({"base_revision": 2}, 422),
        ({"base_revision": -(10**30)}, 422),
        ({"base_revision": 10**30}, 422),
        ({"base_revision": "one"}, 422),
        ({"category": "nowhere"}, 422),
        ({"more": 1}, 422),
        ({"facts": {"weight": {"value": "1e-999999", "unit": "kg/m3"}}}, 422),
        ({"facts": {"weight": 5}}, 422),
        ({"facts": {"price": {"amount": [], "currency": {}}}}, 422),
    ],
)
def test_a_change_that_cannot_be_is_answered_with_a_sentence(
    anna: FlaskClient, page: int, changes: dict[str, Any], status: int
) -> None:
    sent = as_sent(anna.get(f"/api/pages/{page}").json)
    answer = anna.put(f"/api/pages/{page}", json=sent | changes)
    assert answer.status_code == status
    assert set(answer.json) == {"error"}
    assert anna.get(f"/api/pages/{page}").json["revision"] == 1


RAW = [b"", b"{", b"null", b"[]", b'"x"', b"5", b"[" * 200_000, b"9" * 5000, b"\xff\xfe", b"NaN",
       b'{"title": "\\ud800", "language": "en"}',
       b'{"title": "a\\u0000b\\ud800", "language": "en"}',
       b'{"title": 1e999, "language": "en"}', b"{" + b'"a":{' * 50_000]  # fmt: skip


@pytest.mark.parametrize("data", RAW)
@pytest.mark.parametrize("kind", ["application/json", "text/plain", None])
def test_a_body_that_is_no_request_never_breaks_anything(
    anna: FlaskClient, page: int, data: bytes, kind: str | None
) -> None:
    for method, address in (
        ("POST", "/api/pages"),
        ("PUT", f"/api/pages/{page}"),
        ("POST", f"/api/pages/{page}/restore"),
    ):
        answer = anna.open(address, method=method, data=data, content_type=kind)
        assert answer.status_code in (201, 400, 413, 415, 422), answer.text
        if answer.status_code != 201:
            assert set(answer.json) == {"error"}


_PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters())
ANY = st.recursive(
    _PLAIN,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)
FACT = ANY | st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("value", "unit", "amount", "currency", "page", "url"), ANY)
)
SENT = st.fixed_dictionaries(
    {},
    optional={
        "title": st.text() | ANY,
        "body": st.text() | ANY,
        "language": st.sampled_from(["ru", "en"]) | ANY,
        "facts": st.dictionaries(st.sampled_from(["weight", "price", "pack", "x"]), FACT) | ANY,
        "tags": st.lists(st.text() | ANY) | ANY,
        "category": st.sampled_from(["goods", "nowhere"]) | ANY,
        "reason": st.text() | ANY,
        "save_key": st.text() | ANY,
        "base_revision": st.integers() | st.just(1) | ANY,
        "number": st.integers() | ANY,
    },
)


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(sent=SENT)
def test_hostile_requests_never_break_anything_and_what_they_save_can_be_read(
    anna: FlaskClient, page: int, sent: dict[str, Any]
) -> None:
    new = {key: value for key, value in sent.items() if key not in ("base_revision", "number")}
    change = {key: value for key, value in sent.items() if key not in ("language", "number")}
    whole = {"title": "Pelmeni", "base_revision": 1, "category": "goods"} | change
    for method, address, body in (
        ("POST", "/api/pages", {"title": "T", "language": "en", "category": "goods"} | new),
        ("PUT", f"/api/pages/{page}", whole),
        ("POST", f"/api/pages/{page}/restore", {"number": sent.get("number")}),
    ):
        answer = anna.open(address, method=method, data=json.dumps(body),
                           content_type="application/json")  # fmt: skip
        assert answer.status_code < 500, answer.text
        if answer.status_code < 300:
            saved = answer.json["id"]
            assert anna.get(f"/api/pages/{saved}").status_code == 200
            assert anna.get(f"/pages/{saved}", follow_redirects=True).status_code == 200
            assert anna.get(f"/pages/{saved}/edit").status_code == 200


# Who may


def test_a_newcomer_reads_but_does_not_write(browser_of: Browser, cast: Cast, page: int) -> None:
    nina = browser_of(cast.nina)
    assert nina.get(f"/api/pages/{page}").status_code == 200
    assert nina.post("/api/pages", json={"title": "A", "language": "en"}).status_code == 403
    assert nina.put(f"/api/pages/{page}", json={}).status_code == 403
    assert browser_of(None).get(f"/api/pages/{page}").status_code == 401


def test_a_page_of_another_team_is_not_there_for_programs_either(
    app: Flask, browser_of: Browser, cast: Cast, page: int
) -> None:
    south = f"team:{cast.boris.team_id}"
    secret = write_page(app, cast.boris, "Zukunft", "Secret.", audience=south)
    rewrite_page(app, cast.boris, secret, body="Secret still.")
    paths = ("", "/revisions", "/revisions/1", "/compare?from=1&to=2")
    boris = browser_of(cast.boris)
    assert "Zukunft" in boris.get("/api/pages").text
    assert all(boris.get(f"/api/pages/{secret}{path}").status_code == 200 for path in paths)
    for person in (cast.anna, cast.nina, cast.vera, cast.adam):
        browser = browser_of(person)
        assert "Zukunft" not in browser.get("/api/pages").text
        for path in paths:
            hidden, absent = (browser.get(f"/api/pages/{n}{path}") for n in (secret, 999))
            assert hidden.status_code == absent.status_code == 404
            assert hidden.json == absent.json
    sent = {"title": "Z", "base_revision": 1}
    assert browser_of(cast.anna).put(f"/api/pages/{secret}", json=sent).status_code == 404
    restored = browser_of(cast.anna).post(f"/api/pages/{secret}/restore", json={"number": 1})
    assert restored.status_code == 404
