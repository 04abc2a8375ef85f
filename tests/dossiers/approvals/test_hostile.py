"""Whatever stands in the fields of a path and its runs, or in an address, is only text."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from dossiers.approvals.models import ApprovalPath, ApprovalRun
from tests.conftest import Cast, SetClock
from tests.factories.dossiers import make_client, pen_of, seat
from wiki.accounts.actor import Actor
from wiki.database import Database

BrowserOf = Callable[[Actor | None], FlaskClient]

EVIL = "<b id=evil>\"'%(x)s%{{7*7}}\\\u202e\x00&amp;"
"""Markup, quotes, places for values, a template, a turn of direction, a NUL, an entity."""
RAW = ("<b id=evil>", "&amp;lt;b", "\x00")
"""How it would look if somebody had not made text of it, or had done so twice."""


@dataclass(frozen=True)
class Evil:
    """The addresses of a client, its path and its run, all called by evil names."""

    client: str
    path: str
    run: str


@pytest.fixture
def evil(database: Database, cast: Cast, clock: SetClock, browser_of: BrowserOf) -> Evil:
    """All written by the forms that people use."""
    with database.transaction() as session:
        client = make_client(session, cast.anna, EVIL.replace("\x00", ""))
        pen = pen_of(session, cast.anna, client)
        position = seat(pen, EVIL.replace("\x00", ""), name=EVIL.replace("\x00", "") + " Ivanov")
        here = f"/clients/{client.id}"
    anna = browser_of(cast.anna)
    sent(anna, f"{here}/paths/new", subject=EVIL, beginning="empty")
    with database.reading() as session:
        path = f"{here}/paths/{session.scalar(select(ApprovalPath.id))}"
    text = dict.fromkeys(("title", "documents", "bring", "note", "evidence", "tags"), EVIL)
    step = {**text, "kind": "sign", "right": "must_sign", "confidence": "sure", "source": "mail"}
    acting = {"positions": f"№ {position}", "deputy": f"№ {position}"}
    sent(anna, f"{path}/edit/steps/new", where="last", **step, **acting)
    sent(anna, f"{path}/edit/path", currency="RUB", frozen="20.12–10.01", why=EVIL)
    sent(anna, f"{path}/confirm", told_by=EVIL, told_on="2026-03-02", source="mail", note=EVIL)
    sent(anna, f"{path}/runs/new", deal=EVIL, amount="2.9 mln", tags=EVIL)
    with database.reading() as session:
        run = f"{here}/runs/{session.scalar(select(ApprovalRun.id))}"
    move = {"step": "", "title": EVIL, "state": "passed", "note": EVIL, "mail": EVIL}
    file = (BytesIO(b"text"), "<b id=evil>.txt")
    sent(anna, f"{run}/move", **move, file=file)
    sent(anna, f"{run}/give-up", note=EVIL)
    sent(anna, f"{run}/go-on", note=EVIL)
    return Evil(here, path, run)


def sent(browser: FlaskClient, address: str, **values: object) -> None:
    """A form that must be taken."""
    answer = browser.post(address, data=values)
    assert answer.status_code == 302, answer.text


PAGES = [
    "{client}",
    "{client}/paths",
    "{client}/runs",
    "{client}/history",
    "{client}/log",
    "{path}",
    "{path}?view=diagram",
    "{path}/versions",
    "{path}/versions/2",
    "{path}/versions/compare?from=1&to=3",
    "{path}/edit",
    "{path}/edit/order",
    "{path}/confirm",
    "{path}/name",
    "{path}/answer?amount=1",
    "{path}/print",
    "{path}/for-client",
    "{path}/path.bpmn",
    "{path}/for-client.bpmn",
    "{path}/lessons",
    "{path}/forecasts",
    "{path}/runs/new",
    "{run}",
    "{run}/correct",
    "{run}/forecast",
    "/runs?only=all",
    "{client}/chart?path=1",
    "{client}/chart?path=1-1",
    "{client}/answer?subject=x",
]


def test_no_page_takes_a_name_for_more_than_text(
    evil: Evil, cast: Cast, browser_of: BrowserOf
) -> None:
    vera = browser_of(cast.vera)
    for page in PAGES:
        answer = vera.get(page.format(client=evil.client, path=evil.path, run=evil.run))
        assert answer.status_code == 200, page
        assert "&lt;b id=evil&gt;" in answer.text, page
        assert [raw for raw in RAW if raw in answer.text] == [], page
    for page in (evil.path, evil.run):
        assert "{{7*7}}" in vera.get(page).text
        assert "%(x)s%" in vera.get(page).text


def test_numbers_in_addresses_beyond_all_rows_are_not_found(
    evil: Evil, cast: Cast, browser_of: BrowserOf
) -> None:
    vera, far = browser_of(cast.vera), "9" * 30
    for page in ("paths/{}", "runs/{}", "paths/1/versions/{}", "paths/{}/answer"):
        assert vera.get(f"{evil.client}/{page.format(far)}").status_code == 404, page
    for day in ("0001-01-01", "9999-12-31", "x", "%00"):
        for page in (f"answer?amount=1&on={day}", f"answer?amount=1&wanted={day}", f"?on={day}"):
            answer = vera.get(f"{evil.path}/{page}" if page[0] == "a" else evil.path + page)
            assert answer.status_code in (200, 422), page
