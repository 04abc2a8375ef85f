"""The plain pages of editing: each form makes a new version; the editor's page carries the path."""

import json
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dossiers.approvals.document import PathDocument
from dossiers.approvals.paths.queries import newest_version, path_in
from tests.conftest import Cast, SetClock
from tests.factories.approvals import make_path, usual_document
from tests.factories.dossiers import make_client, pen_of, seat
from wiki.accounts.actor import Actor
from wiki.database import Database

BrowserOf = Callable[[Actor | None], FlaskClient]
HOSTILE = "</script><script>alert(1)</script>\"'&"


@pytest.fixture
def place(database: Database, cast: Cast, clock: SetClock) -> tuple[int, int, int]:
    """A client of Anna's team, its path, and a position with a holder."""
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        lawyer = seat(pen_of(session, cast.anna, client), "Lawyer", name="Olga Petrova")
        path = make_path(session, cast.anna, client, usual_document({"legal": lawyer})).path
        return client.id, path.id, lawyer


@pytest.fixture
def edit(place: tuple[int, int, int]) -> str:
    return f"/clients/{place[0]}/paths/{place[1]}/edit"


@pytest.fixture
def now(database: Database, place: tuple[int, int, int]) -> Callable[[], PathDocument]:
    """The newest version."""

    def newest() -> PathDocument:
        with database.reading() as session:
            return newest_version(session, path_in(session, *place[:2])).document

    return newest


def new(browser: FlaskClient, edit: str, **fields: str) -> TestResponse:
    values = {"title": "Tax", "kind": "legal", "right": "must_sign", "base": "1", **fields}
    return browser.post(f"{edit}/steps/new", data=values)


def test_the_page_carries_the_path_for_the_editor_and_a_form_for_every_deed(
    cast: Cast, browser_of: BrowserOf, edit: str
) -> None:
    page = browser_of(cast.anna).get(edit)
    carried = re.search(r'id="path-drawn">(.*?)</script>', page.text, re.DOTALL)

    assert carried
    drawn = json.loads(carried[1])
    assert drawn["numbers"]["sign"] == "4"
    assert "Olga Petrova" in drawn["fields"]["legal"]["positions"][0]
    for deed in ("steps/legal", "steps/legal/move", "steps/legal/remove", "order", "path"):
        assert f"{edit}/{deed}" in page.text
    assert "where=between&amp;step=request&amp;second=legal" in page.text


@pytest.mark.parametrize(
    ("fields", "after"),
    [
        ({"where": "first"}, set()),
        ({"where": "last"}, {"sign"}),
        ({"where": "after", "step": "legal"}, {"legal"}),
        ({"where": "beside", "step": "legal"}, {"request"}),
        ({"where": "between", "step": "request", "second": "legal"}, {"request"}),
    ],
)
def test_a_step_is_added_at_every_kind_of_place(
    cast: Cast,
    browser_of: BrowserOf,
    edit: str,
    now: Callable[[], PathDocument],
    fields: dict[str, str],
    after: set[str],
) -> None:
    answer = new(browser_of(cast.anna), edit, **fields)

    assert (answer.status_code, answer.location) == (302, edit)
    (added,) = [step for step in now().steps if step.title == "Tax"]
    assert added.after == after


def test_the_form_of_a_step_shows_what_it_is_and_saves_what_was_typed(
    cast: Cast,
    browser_of: BrowserOf,
    edit: str,
    place: tuple[int, int, int],
    now: Callable[[], PathDocument],
) -> None:
    browser = browser_of(cast.anna)
    page = browser.get(f"{edit}/steps/board")
    assert 'value="3 000 000"' in page.text
    legal = browser.get(f"{edit}/steps/legal").text
    assert f"Lawyer – Olga Petrova · № {place[2]}" in legal
    typed = {
        "base": "1",
        "title": "Big board",
        "kind": "board",
        "right": "may_veto",
        "positions": "Lawyer",
        "amount_from": "3,5 млн",
        "median": "4",
        "slow": "9",
        "weekday": "2",
        "nths": ["2", "4"],
        "frozen": "1.7-31.8",
        "documents": "Offer\nContract",
        "deputy": f"№ {place[2]}",
        "limit": "10 000 000",
        "note": HOSTILE,
        "source": "meeting",
        "confidence": "sure",
    }
    assert browser.post(f"{edit}/steps/board", data=typed).status_code == 302
    board = now().by_code["board"]
    assert board.after == {"legal", "security"}
    assert board.positions == (place[2],)
    assert board.deputy == place[2]
    assert str(board.condition.amount_from) == "3500000"
    assert (board.duration.median, board.duration.slow) == (4, 9)
    assert board.meetings is not None
    assert board.meetings.nths == {2, 4}
    assert board.documents == ("Offer", "Contract")
    assert board.note == HOSTILE


def test_wrong_fields_come_back_with_what_was_typed_and_nothing_is_saved(
    cast: Cast, browser_of: BrowserOf, edit: str, now: Callable[[], PathDocument]
) -> None:
    refused = new(browser_of(cast.anna), edit, title=HOSTILE, amount_from="much", frozen="whenever")

    assert refused.status_code == 422
    assert "is no amount" in refused.text
    assert "is no stretch of days" in refused.text
    assert "&lt;script&gt;alert(1)" in refused.text
    assert "<script>alert(1)" not in refused.text
    assert now() == newest_usual(now())


def newest_usual(document: PathDocument) -> PathDocument:
    """The usual path with whoever acts in that one."""
    usual = usual_document()
    acting = document.by_code["legal"].positions
    steps = tuple(
        replace(step, positions=acting) if step.code == "legal" else step for step in usual.steps
    )
    return replace(usual, steps=steps)


def test_steps_are_moved_removed_and_told_what_to_wait_for(
    cast: Cast, browser_of: BrowserOf, edit: str, now: Callable[[], PathDocument]
) -> None:
    browser = browser_of(cast.anna)
    moved = {"base": "1", "where": "last"}
    assert browser.post(f"{edit}/steps/legal/move", data=moved).status_code == 302
    assert now().by_code["legal"].after == {"sign"}
    assert browser.post(f"{edit}/steps/board/remove", data={"base": "2"}).status_code == 302
    assert now().by_code["sign"].after == {"security"}
    waits = {"base": "3", "how": "part", "first": "request", "second": "security"}
    assert browser.post(f"{edit}/order", data=waits).status_code == 302
    assert now().by_code["security"].after == frozenset()
    circle = {"base": "4", "how": "join", "first": "legal", "second": "sign"}
    refused = browser.post(f"{edit}/order", data=circle)
    assert (refused.status_code, "in a circle" in refused.text) == (422, True)


def test_the_whole_path_has_a_currency_free_days_and_a_reason(
    cast: Cast, browser_of: BrowserOf, edit: str, now: Callable[[], PathDocument]
) -> None:
    browser = browser_of(cast.anna)
    asked = {"base": "1", "currency": "usd", "frozen": "20.12–10.01", "why": "Told by Olga"}
    assert browser.post(f"{edit}/path", data=asked).status_code == 302
    document = now()
    assert document.currency == "USD"
    assert document.by_code["board"].condition.currency == "USD"
    assert (document.frozen[0].start, document.frozen[0].end) == ((12, 20), (1, 10))
    wrong = browser.post(f"{edit}/path", data={**asked, "base": "2", "currency": "XQX"})
    assert wrong.status_code == 422


def test_what_somebody_else_saved_meanwhile_is_joined_or_refused_in_a_sentence(
    cast: Cast, browser_of: BrowserOf, edit: str, now: Callable[[], PathDocument]
) -> None:
    anna, vera = browser_of(cast.anna), browser_of(cast.vera)
    title = {"kind": "legal", "right": "must_sign", "base": "1"}
    vera.post(f"{edit}/steps/legal", data={**title, "title": "Theirs", "median": "5", "slow": "10"})
    assert new(anna, edit, where="last").status_code == 302
    assert {"Theirs", "Tax"} <= {step.title for step in now().steps}
    clash = anna.post(f"{edit}/steps/legal", data={**title, "title": "Mine"})
    assert clash.status_code == 409
    assert 'value="Mine"' in clash.text


def test_hostile_titles_are_only_text_in_the_page_of_the_editor(
    database: Database, cast: Cast, browser_of: BrowserOf, clock: SetClock
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna, "Client")
        usual = usual_document()
        steps = tuple(replace(step, title=HOSTILE, note=HOSTILE) for step in usual.steps)
        hostile = replace(usual, steps=steps)
        path = make_path(session, cast.anna, client, hostile, subject=HOSTILE).path
        address = f"/clients/{client.id}/paths/{path.id}/edit"
    for page in ("", "/steps/legal", "/steps/legal/move", "/steps/new", "/order", "/path"):
        answer = browser_of(cast.anna).get(address + page)
        assert answer.status_code == 200
        assert "<script>alert(1)" not in answer.text


def test_only_those_who_may_edit_get_in_and_what_is_not_theirs_is_not_there(
    app: Flask, database: Database, cast: Cast, browser_of: BrowserOf, edit: str
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna, "Secret", restricted=True)
        path = make_path(session, cast.anna, client).path
        secret = f"/clients/{client.id}/paths/{path.id}/edit"
    pages = ("", "/steps/new", "/steps/legal", "/steps/legal/move", "/order", "/path")
    for page in pages:
        assert browser_of(cast.boris).get(edit + page).status_code == 403
        assert browser_of(cast.boris).get(secret + page).status_code == 404
        assert browser_of(cast.anna).get(secret + page).status_code == 200
    assert browser_of(cast.anna).get(f"{edit}/steps/nothing").status_code == 404
    gone = browser_of(cast.boris).post(f"{secret}/steps/legal/remove", data={"base": "1"})
    assert gone.status_code == 404
    app.config["WTF_CSRF_ENABLED"] = True
    assert new(browser_of(cast.anna), edit, where="last").status_code == 400
