"""Odd input gets a sentence, never an error of ours, and never more time than it is worth."""

import json
from collections.abc import Callable
from contextlib import suppress
from time import perf_counter, process_time

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import Cast
from tests.factories.pages import write_page
from wiki.accounts import wording
from wiki.accounts.actor import Actor
from wiki.errors import Refusal
from wiki.files.rules import clean_name
from wiki.pages.blocks import split_blocks
from wiki.pages.matching import Budget
from wiki.pages.merge_sides import Addition, Side
from wiki.pages.merge_text import _additions_by_gap

Browser = Callable[[Actor | None], FlaskClient]

FORM = "multipart/form-data; boundary=x"
HEAD = b'--x\r\nContent-Disposition: form-data; name="archive"; filename="x.zip"\r\n\r\n'
# Half a second for each 15,000 of them, four times as long for twice as many.
MARKS = "a" + "\u0301\u0316" * 100_000


@pytest.mark.parametrize(
    "fold",
    [
        wording.fold_email,
        wording.fold_password,
        wording.check_name,
        wording.check_email,
        wording.check_password,
        lambda text: clean_name(text, "text/plain"),
    ],
)
def test_endless_accents_cannot_hold_up_the_server(fold: Callable[[str], object]) -> None:
    began = perf_counter()
    with suppress(Refusal):
        fold(MARKS)
    assert perf_counter() - began < 1


@pytest.mark.parametrize("typed", ["9" * 10, "9" * 30, "-1", "٣", "x"])
def test_an_answer_to_a_comment_that_cannot_be_is_not_there(
    app: Flask, cast: Cast, browser_of: Browser, typed: str
) -> None:
    page = write_page(app, cast.anna, "Pelmeni")
    values = {"text": "Why?", "parent": typed}
    assert browser_of(cast.nina).post(f"/pages/{page}/comments", data=values).status_code < 500


def test_a_broken_address_to_come_back_to_is_left_out(cast: Cast, browser_of: Browser) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://["}
    answer = browser_of(None).get("/notices", headers=headers)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/account/sign-in")
    answer = browser_of(None).post("/notices/read", headers={"Referer": "http://["})
    assert answer.location == "/account/sign-in"


@pytest.mark.parametrize("limit", ["0" * 8 + "1" + "0" * 5000, "1" * 5000, "١", "-1", ""])
def test_a_number_of_hits_that_cannot_be_is_refused(
    cast: Cast, browser_of: Browser, limit: str
) -> None:
    answer = browser_of(cast.nina).get("/api/search", query_string={"q": "x", "limit": limit})
    assert answer.status_code == 422


@pytest.mark.parametrize("key", ["\ud800", "\0", "a\nb", "x" * 61])
def test_a_fact_that_could_not_be_shown_is_not_taken_from_a_form(
    app: Flask, cast: Cast, browser_of: Browser, key: str
) -> None:
    anna, page = browser_of(cast.anna), write_page(app, cast.anna, "Pelmeni")
    content: dict[str, object] = {
        "title": "Pelmeni", "body": "Other.", "facts": {key: "x"}, "tags": [], "category_id": None,
        "archived": False,
    }  # fmt: skip
    form = {"content": json.dumps(content), "base_number": "1", "theirs_number": "1"}
    assert anna.post(f"/pages/{page}/settle", data=form).status_code == 422
    assert anna.get(f"/pages/{page}", follow_redirects=True).status_code == 200


def test_json_nested_without_end_is_refused(cast: Cast, browser_of: Browser) -> None:
    answer = browser_of(cast.anna).post(
        "/api/pages", data="[" * 200_000, content_type="application/json"
    )
    assert (answer.status_code, answer.is_json) == (422, True)


@pytest.mark.parametrize("path", ["/account/sign-in", "/account/theme", "/files", "/nowhere"])
def test_a_stranger_cannot_send_much(app: Flask, browser_of: Browser, path: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    answer = browser_of(None).post(path, data=b"x" * 9_000_000, content_type=FORM)
    assert answer.status_code in (404, 413)


def test_only_who_imports_may_send_an_archive(app: Flask, cast: Cast, browser_of: Browser) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    for person, status in ((None, 413), (cast.anna, 413), (cast.vera, 400)):
        browser, sent = browser_of(person), HEAD + b"x" * 9_000_000 + b"\r\n--x--\r\n"
        answer = browser.post("/transfer/import", data=sent, content_type=FORM)
        assert answer.status_code == status


def test_a_preview_is_no_longer_than_a_page(cast: Cast, browser_of: Browser) -> None:
    anna = browser_of(cast.anna)
    assert anna.post("/pages/preview", data={"body": "x" * 300_001}).status_code == 413
    assert anna.post("/pages/preview", data={"body": "x"}).status_code == 200


def test_addresses_of_nothing_fill_no_memory(app: Flask, cast: Cast, browser_of: Browser) -> None:
    nina = browser_of(cast.nina)
    for number in range(5):
        nina.get(f"/nowhere-{number}")
    assert len(app.extensions["kept_frames"]) < 10
    assert not any("nowhere" in str(key) for key in app.extensions["kept_frames"])


def test_many_additions_of_two_people_are_merged_in_bearable_time() -> None:
    ours, theirs = (
        [Addition(gap, gap, range(0)) for gap in range(first, 40_000, 2)] for first in (0, 1)
    )
    nothing = split_blocks("")
    began = process_time()
    _additions_by_gap(Side(nothing, {}, ours), Side(nothing, {}, theirs), Budget())
    assert process_time() - began < 2
