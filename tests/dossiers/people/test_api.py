"""The programs' door to charts."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from dossiers.people.edit_shapes import ChartOut
from tests.conftest import Cast, SetClock
from tests.factories.dossiers import make_client, pen_of, seat
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.history.models import HistoryEntry

BrowserOf = Callable[[Actor | None], FlaskClient]


@pytest.fixture
def romashka(database: Database, cast: Cast) -> int:
    """A client with a director and a buyer below."""
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        pen = pen_of(session, cast.anna, client)
        seat(pen, "Buyer", seat(pen, "Director", name="Olga"))
        return client.id


def chart(browser: FlaskClient, client: int, **query: str) -> dict[str, Any]:
    answer = browser.get(f"/api/clients/{client}/chart", query_string=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json)


def edit(browser: FlaskClient, client: int, base: int | None = None, **what: Any) -> Any:
    said = {"on": "2026-03-01", "edit": what} | ({"base": base} if base else {})
    return browser.post(f"/api/clients/{client}/chart/edits", json=said)


def titles(document: dict[str, Any]) -> list[str]:
    return [position["title"] for position in document["positions"]]


@pytest.mark.usefixtures("clock")
def test_the_chart_is_read_managers_first_and_says_who_holds_what(
    romashka: int, cast: Cast, browser_of: BrowserOf
) -> None:
    document = chart(browser_of(cast.anna), romashka)
    assert ChartOut.model_validate(document).model_dump(exclude_unset=True) == document
    director, buyer = document["positions"]
    assert (director["title"], director["holders"][0]["name"]) == ("Director", "Olga")
    assert (buyer["manager"], buyer["vacant"], "manager" in director) == (
        director["id"], True, False,
    )  # fmt: skip
    assert (document["mayEdit"], document["on"]) == (True, "2026-03-02")


@pytest.mark.usefixtures("clock")
def test_an_edit_is_done_taken_back_and_done_again(
    romashka: int, cast: Cast, browser_of: BrowserOf
) -> None:
    anna = browser_of(cast.anna)
    made = edit(anna, romashka, kind="add_position", title="Clerk", name="Pavel").json
    assert titles(chart(anna, romashka)) == ["Director", "Clerk", "Buyer"]
    address = f"/api/clients/{romashka}/chart/undo"
    undone = anna.post(address, json={"change": made["change"]}).json
    assert "Clerk" not in titles(chart(anna, romashka))
    assert chart(anna, romashka)["unplaced"] == []
    anna.post(address, json={"change": undone["change"]})
    assert "Clerk" in titles(chart(anna, romashka))
    told = browser_of(cast.vera).get(f"/api/clients/{romashka}/version?base={made['change'] - 1}")
    assert [other["what"] for other in told.json["others"]] == [
        "new position Clerk at the top",
        "taken back: new position Clerk at the top",
        "done again: new position Clerk at the top",
    ]


@pytest.mark.usefixtures("clock")
def test_the_second_of_two_hears_what_the_first_did(
    romashka: int, cast: Cast, browser_of: BrowserOf
) -> None:
    base = chart(browser_of(cast.vera), romashka)["change"]
    edit(browser_of(cast.anna), romashka, kind="add_position", title="Clerk")
    heard = browser_of(cast.vera).get(f"/api/clients/{romashka}/version?base={base}").json
    assert [(other["who"], other["what"]) for other in heard["others"]] == [
        ("Anna", "new position Clerk at the top")
    ]
    mine = edit(browser_of(cast.vera), romashka, base, kind="add_position", title="Driver").json
    assert len(mine["others"]) == 1
    assert {"Clerk", "Driver"} <= set(titles(chart(browser_of(cast.vera), romashka)))


@pytest.mark.usefixtures("clock")
def test_two_who_move_the_same_box_are_told(
    romashka: int, cast: Cast, browser_of: BrowserOf
) -> None:
    seen = chart(browser_of(cast.vera), romashka)
    director, buyer = (position["id"] for position in seen["positions"])
    moved = {"kind": "move_position", "position": buyer, "manager": None}
    assert edit(browser_of(cast.anna), romashka, **moved).status_code == 200
    again = {"kind": "move_position", "position": buyer, "manager": director}
    answer = edit(browser_of(cast.vera), romashka, seen["change"], **again)
    assert answer.status_code == 409
    assert "Anna" in answer.json["error"]


@pytest.mark.usefixtures("clock")
def test_a_circle_is_refused_in_a_sentence_and_changes_nothing(
    romashka: int, cast: Cast, browser_of: BrowserOf
) -> None:
    before = chart(browser_of(cast.anna), romashka)
    director, buyer = (position["id"] for position in before["positions"])
    answer = edit(
        browser_of(cast.anna), romashka, kind="move_position", position=director, manager=buyer
    )
    assert answer.status_code == 422
    assert "report to itself" in answer.json["error"]
    assert chart(browser_of(cast.anna), romashka) == before


@pytest.mark.parametrize("name", ["boris", "nina"])
def test_others_may_read_but_not_edit(
    romashka: int, cast: Cast, browser_of: BrowserOf, name: str
) -> None:
    browser = browser_of(getattr(cast, name))
    assert chart(browser, romashka)["mayEdit"] is False
    assert edit(browser, romashka, kind="add_position", title="Clerk").status_code == 403


def test_a_restricted_client_is_there_for_its_team_and_the_directors_alone(
    database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    with database.transaction() as session:
        hidden = make_client(session, cast.anna, restricted=True).id
    for path in ("chart", "version"):
        for name, status in {
            "anna": 200,
            "nina": 200,
            "vera": 200,
            "adam": 200,
            "boris": 404,
        }.items():
            answer = browser_of(getattr(cast, name)).get(f"/api/clients/{hidden}/{path}")
            assert answer.status_code == status, (path, name)
    asked = edit(browser_of(cast.boris), hidden, kind="add_position", title="Clerk")
    absent = edit(browser_of(cast.boris), 9_999, kind="add_position", title="Clerk")
    assert (asked.status_code, asked.json) == (absent.status_code, absent.json)


def test_every_look_at_a_chart_is_written_down(
    romashka: int, cast: Cast, browser_of: BrowserOf, database: Database
) -> None:
    chart(browser_of(cast.boris), romashka)
    with database.reading() as session:
        newest = session.scalars(select(HistoryEntry).order_by(HistoryEntry.id.desc())).first()
    assert newest is not None
    assert (newest.actor_id, newest.action, newest.subject_id) == (
        cast.boris.id, "view chart", romashka,
    )  # fmt: skip


@pytest.mark.usefixtures("clock")
def test_how_it_was_and_what_was_believed_are_two_questions(
    romashka: int, cast: Cast, browser_of: BrowserOf, clock: Any
) -> None:
    anna = browser_of(cast.anna)
    clock.forward(days=10)
    edit(anna, romashka, kind="add_position", title="Clerk")
    asked = {"on": "2026-03-05"}
    assert "Clerk" in titles(chart(anna, romashka, **asked))
    assert "Clerk" not in titles(chart(anna, romashka, known="2026-03-05", **asked))
    assert "Clerk" not in titles(chart(anna, romashka, on="2026-02-20"))


@pytest.mark.parametrize(
    "what",
    [
        {"kind": "nonsense"},
        {"kind": "add_position", "title": ""},
        {"kind": "add_position", "title": "x" * 300},
        {"kind": "add_position", "title": "x", "manager": 9_999},
        {"kind": "move_position", "position": 9_999, "manager": None},
        {"kind": "judge", "person": 9_999, "aspect": "role", "value": "champion"},
        {"kind": "judge", "person": 1, "aspect": "role", "value": "<script>"},
        {"kind": "appoint", "position": 1, "name": "***"},
    ],
)
def test_what_cannot_be_is_refused(
    romashka: int, cast: Cast, browser_of: BrowserOf, what: dict[str, Any]
) -> None:
    answer = edit(browser_of(cast.anna), romashka, **what)
    assert answer.status_code in (404, 422)
    assert answer.json["error"]


@pytest.mark.parametrize("day", ["0001-01-01", "1600-01-01", "9999-12-31"])
def test_a_day_outside_of_our_time_is_refused(
    romashka: int, cast: Cast, browser_of: BrowserOf, day: str
) -> None:
    for name in ("on", "known"):
        path = f"/api/clients/{romashka}/chart?{name}={day}"
        assert browser_of(cast.anna).get(path).status_code == 422


def test_a_chart_that_stays_open_is_one_look(
    romashka: int, cast: Cast, browser_of: BrowserOf, database: Database, clock: SetClock
) -> None:
    for minutes in (0, 5, 20):
        clock.forward(minutes=minutes)
        chart(browser_of(cast.boris), romashka)
    with database.reading() as session:
        looks = session.query(HistoryEntry).filter_by(action="view chart", actor_id=cast.boris.id)
        assert looks.count() == 2
