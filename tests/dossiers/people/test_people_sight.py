"""Whoever does not see a client meets nothing of it on the page of somebody who works there."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from dossiers.clients.models import Client
from dossiers.people.editing.employments import Appointment, appoint, move_to_client
from dossiers.people.editing.judging import Acquainted, Tie, acquaint, judge, tie
from dossiers.people.editing.pen import Pen
from dossiers.people.editing.persons import add_name_form, person_called, set_contact
from dossiers.people.kinds import Aspect, ContactKind, Coverage, InfluenceKind
from dossiers.people.models import Person
from tests.conftest import Cast
from tests.factories.dossiers import make_client, pen_of, person_id_of, seat
from wiki.accounts.actor import Actor
from wiki.database import Database

BrowserOf = Callable[[Actor | None], FlaskClient]
SECRETS = (
    "Sanctum", "Keeper", "Grey Wolf", "+7 900 111", "secret@sanctum.example", "guarded", "Mystery",
)  # fmt: skip
"""Words that stand in the restricted dossier only."""


class Two:
    """Olga works at an open client, and at one that only Anna's team and directors see."""

    def __init__(self, database: Database, cast: Cast) -> None:
        with database.transaction() as session:
            pen = pen_of(session, cast.boris, make_client(session, cast.boris, "Agora"))
            hidden = make_client(session, cast.anna, "Sanctum", restricted=True)
            guarded = pen_of(session, cast.anna, hidden)
            self.open, self.hidden = pen.client.id, hidden.id
            seat(pen, "Speaker", name="Olga")
            self.olga = person_id_of(pen, "Olga")
            set_contact(pen, self.olga, ContactKind.EMAIL, "olga@agora.example")
            keeper = seat(guarded, "Keeper")
            appoint(guarded, keeper, session.get_one(Person, self.olga), Appointment())
            self.fill_hidden(guarded)
            self.only_hidden = person_id_of(guarded, "Mystery")

    def fill_hidden(self, pen: Pen) -> None:
        set_contact(pen, self.olga, ContactKind.PHONE, "+7 900 111 22 33")
        set_contact(pen, self.olga, ContactKind.EMAIL, "secret@sanctum.example")
        add_name_form(pen, self.olga, "Grey Wolf")
        judge(pen, self.olga, Aspect.ROLE, "blocker")
        other = person_called(pen, "Mystery").id
        tie(pen, Tie(self.olga, other, InfluenceKind.TRUSTS))
        seen = Acquainted(Coverage.DEEP, evidence="a guarded talk")
        acquaint(pen, pen.actor.id, self.olga, seen)


@pytest.fixture
def two(database: Database, cast: Cast) -> Two:
    return Two(database, cast)


def plain(answer: Any) -> tuple[int, str]:
    """Status and text without what is new in every answer."""
    text = re.sub(r'csrf-token" content="[^"]*|nonce="[^"]*', "", answer.text)
    text = re.sub(r'name="csrf_token" value="[^"]*', "", text)
    return answer.status_code, re.sub(r"persons/\d+", "persons/", text)


def test_the_page_shows_what_is_known_in_seen_dossiers_and_nothing_else(
    two: Two, cast: Cast, browser_of: BrowserOf
) -> None:
    for address in (f"/persons/{two.olga}", f"/persons/{two.olga}?client={two.hidden}"):
        page = browser_of(cast.boris).get(address)
        assert page.status_code == 200
        assert "olga@agora.example" in page.text
        assert [word for word in SECRETS if word in page.text] == []
        assert "blocker" not in page.text.split("<form")[0]


def test_who_sees_both_sees_both(two: Two, cast: Cast, browser_of: BrowserOf) -> None:
    for name in ("anna", "vera"):
        browser = browser_of(getattr(cast, name))
        page = browser.get(f"/persons/{two.olga}?client={two.hidden}").text
        assert [word for word in (*SECRETS, "olga@agora.example") if word not in page] == []


def test_somebody_at_an_unseen_client_alone_does_not_exist(
    two: Two, cast: Cast, browser_of: BrowserOf
) -> None:
    boris = browser_of(cast.boris)
    for path in ("/persons/{}", "/api/persons/{}"):
        hidden, absent = (boris.get(path.format(i)) for i in (two.only_hidden, 9_999))
        assert hidden.status_code == 404
        assert plain(hidden) == plain(absent)
        assert browser_of(cast.anna).get(path.format(two.only_hidden)).status_code == 200
    typed = {"client": two.open, "role-value": "champion"}
    hidden, absent = (
        boris.post(f"/persons/{i}/role", data=typed) for i in (two.only_hidden, 9_999)
    )
    assert hidden.status_code == 404
    assert plain(hidden) == plain(absent)


def test_nobody_writes_into_an_unseen_dossier(two: Two, cast: Cast, browser_of: BrowserOf) -> None:
    typed = {"role-value": "champion", "role-source": "call", "role-confidence": "sure"}
    answers = {
        client: browser_of(cast.boris).post(
            f"/persons/{two.olga}/role", data={**typed, "client": client}
        )
        for client in (two.hidden, 9_999, two.open)
    }
    assert answers[two.hidden].status_code == answers[9_999].status_code == 404
    assert plain(answers[two.hidden]) == plain(answers[9_999])
    assert answers[two.open].status_code == 302


def test_suggestions_and_lists_name_nobody_unseen(
    two: Two, cast: Cast, browser_of: BrowserOf
) -> None:
    paths = (
        f"/clients/{two.open}/people?show=all",
        f"/clients/{two.open}/people/suggest?q=",
        "/persons/clients?q=",
        f"/api/clients/{two.open}/people?show=all",
    )
    for path in paths:
        page = browser_of(cast.boris).get(path)
        assert page.status_code == 200, path
        assert [word for word in SECRETS if word in page.text] == [], path
    for path in (f"/clients/{two.hidden}/people", f"/api/clients/{two.hidden}/people"):
        assert browser_of(cast.boris).get(path).status_code == 404
        assert browser_of(cast.anna).get(path).status_code == 200
    assert "Sanctum" in browser_of(cast.anna).get("/persons/clients?q=sanc").text


def test_a_move_to_an_unseen_client_shows_no_arrow_and_no_name(
    two: Two, cast: Cast, browser_of: BrowserOf, database: Database
) -> None:
    with database.transaction() as session:
        pen = pen_of(session, cast.vera, session.get_one(Client, two.open))
        ivan = person_id_of(pen, "Ivan")
        move_to_client(replace(pen, day=date(2026, 2, 1)), ivan, two.hidden, None)
    seen = browser_of(cast.vera).get(f"/persons/{ivan}?client={two.open}").text
    assert "Sanctum" in seen
    hidden = browser_of(cast.boris)
    for path in (f"/persons/{ivan}", f"/clients/{two.open}/people?show=former"):
        page = hidden.get(path).text
        assert "moved to another client" in page
        assert "Sanctum" not in page


def test_a_move_is_refused_alike_for_an_unseen_and_an_absent_client(
    two: Two, cast: Cast, browser_of: BrowserOf
) -> None:
    said = []
    for name in ("Sanctum", "Nowhere", f"№ {two.hidden}"):
        typed = {"client": two.open, "move-client": name, "move-source": "call",
                 "move-confidence": "sure"}  # fmt: skip
        answer = browser_of(cast.boris).post(f"/persons/{two.olga}/move", data=typed)
        assert answer.status_code == 422
        said.append("There is no client" in answer.text)
    assert said == [True] * 3
