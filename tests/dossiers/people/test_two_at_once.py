"""Several people at one chart: nothing that the server took is lost, and nobody writes blindly."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.dossiers.faults import faults_of
from dossiers.clients.models import Client
from dossiers.facts.models import Change
from dossiers.people.editing import positions
from dossiers.people.editing.pen import Pen
from dossiers.people.editing.positions import Reports
from tests.conftest import Cast
from tests.factories.dossiers import FOUNDED, SEEN, make_client, pen_of, seat
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.errors import Clash

BrowserOf = Callable[[Actor | None], FlaskClient]

SEATS, EDITS = 8, 12


@pytest.fixture
def romashka(database: Database, cast: Cast) -> int:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        pen = pen_of(session, cast.anna, client)
        for number in range(SEATS):
            seat(pen, f"Seat {number}")
        return client.id


class Editor:
    """Somebody who edits one chart again and again, and looks anew whenever told to."""

    def __init__(self, browser: FlaskClient, client: int, name: str, seed: int) -> None:
        self.browser, self.client, self.name = browser, client, name
        self.random = Random(seed)
        self.taken: dict[int, dict[str, Any]] = {}
        self.clashes = 0

    def chart(self) -> dict[str, Any]:
        answer = self.browser.get(f"/api/clients/{self.client}/chart")
        assert answer.status_code == 200, answer.text
        return dict(answer.json)

    def work(self) -> "Editor":
        for number in range(EDITS):
            self.edit(number)
        return self

    def edit(self, number: int) -> None:
        """One edit that is taken in the end, or refused by a rule."""
        while True:
            seen = self.chart()
            what = self.wish(number, seen["positions"])
            asked = {"base": seen["change"], "edit": what}
            answer = self.browser.post(f"/api/clients/{self.client}/chart/edits", json=asked)
            if answer.status_code == 409:
                self.clashes += 1
                continue
            assert answer.status_code in (200, 422), answer.text
            if answer.status_code == 200:
                self.taken[answer.json["change"]] = what | {"new": answer.json["position"]}
            return

    def wish(self, number: int, seats: list[dict[str, Any]]) -> dict[str, Any]:
        one, other = self.random.sample([seat["id"] for seat in seats], 2)
        if number % 3 == 0:
            return {"kind": "add_position", "title": f"{self.name} {number}", "manager": one}
        if number % 3 == 1:
            title = f"{self.name} {number}"
            return {"kind": "change_position", "position": one, "title": title}
        return {"kind": "move_position", "position": one, "manager": other}


def expected(edits: dict[int, dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """Position → what the edits say of it, when done one after the other."""
    found: dict[int, dict[str, Any]] = {}
    for change in sorted(edits):
        what = edits[change]
        if what["kind"] == "add_position":
            found[what["new"]] = {"title": what["title"], "manager": what["manager"]}
        elif what["kind"] == "change_position":
            found.setdefault(what["position"], {})["title"] = what["title"]
        else:
            found.setdefault(what["position"], {})["manager"] = what["manager"]
    return found


def test_every_edit_that_the_server_took_is_in_the_dossier_and_in_the_chart(
    romashka: int, cast: Cast, browser_of: BrowserOf, database: Database
) -> None:
    people = (cast.anna, cast.vera, cast.adam)
    editors = [
        Editor(browser_of(person), romashka, person.name, seed)
        for seed, person in enumerate(people)
    ]
    with ThreadPoolExecutor(len(editors)) as threads:
        list(threads.map(Editor.work, editors))
    taken = {change: what for editor in editors for change, what in editor.taken.items()}
    assert sum(len(editor.taken) for editor in editors) == len(taken) > EDITS
    chart = {seat["id"]: seat for seat in editors[0].chart()["positions"]}
    for position, said in expected(taken).items():
        assert {name: chart[position].get(name) for name in said} == said
    with database.reading() as session:
        changes = set(session.scalars(select(Change.id).where(Change.client_id == romashka)))
        assert changes >= taken.keys()
        assert faults_of(session, romashka) == []


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.transaction() as opened:
        yield opened


@pytest.fixture
def vasilyok(session: Session, cast: Cast) -> Client:
    return make_client(session, cast.anna, "Vasilyok")


def late(session: Session, cast: Cast, client: Client, base: int) -> Pen:
    """Vera's pen, who has seen nothing since the base."""
    return Pen(session, cast.vera, client, FOUNDED, SEEN, base)


def test_a_move_to_the_top_is_seen_by_whoever_moves_the_same_position(
    session: Session, cast: Cast, vasilyok: Client
) -> None:
    pen = pen_of(session, cast.anna, vasilyok)
    one, two = seat(pen, "One"), seat(pen, "Two")
    buyer = seat(pen, "Buyer", one)
    base = pen.begin("look").id
    positions.move_position(pen, buyer, None)
    with pytest.raises(Clash, match="Anna"):
        positions.move_position(late(session, cast, vasilyok, base), buyer, two)
    positions.move_position(late(session, cast, vasilyok, base), two, one)


def test_who_joined_a_branch_meanwhile_is_not_removed_with_it_unseen(
    session: Session, cast: Cast, vasilyok: Client
) -> None:
    pen = pen_of(session, cast.anna, vasilyok)
    one = seat(pen, "One")
    seat(pen, "Buyer", one)
    base = pen.begin("look").id
    clerk = seat(pen, "Clerk", one)
    with pytest.raises(Clash, match="Anna"):
        positions.remove_position(late(session, cast, vasilyok, base), one, Reports.BRANCH)
    positions.remove_position(pen, clerk)
    seen = pen.begin("look").id
    positions.remove_position(late(session, cast, vasilyok, seen), one, Reports.BRANCH)
