"""The page of a person, and the list of everybody at a client."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from dossiers.clients.models import Client
from dossiers.people.editing.employments import leave_client
from dossiers.people.editing.persons import add_person
from dossiers.people.kinds import EndReason
from dossiers.people.models import Person
from tests.conftest import Cast
from tests.factories.dossiers import make_client, pen_of, person_id_of, seat
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.history.models import HistoryEntry

BrowserOf = Callable[[Actor | None], FlaskClient]


class Romashka:
    """A client with a director and a buyer; Lopukh is another one of the same team."""

    def __init__(self, database: Database, cast: Cast) -> None:
        with database.transaction() as session:
            pen = pen_of(session, cast.anna, make_client(session, cast.anna))
            self.id = pen.client.id
            self.director = seat(pen, "Director", name="Olga")
            self.buyer = seat(pen, "Buyer", self.director, "Pavel")
            self.olga, self.pavel = (person_id_of(pen, name) for name in ("Olga", "Pavel"))
            other = pen_of(session, cast.anna, make_client(session, cast.anna, "Lopukh"))
            self.other, self.there = other.client.id, seat(other, "Head of purchasing")

    @property
    def people(self) -> str:
        return f"/clients/{self.id}/people"


@pytest.fixture
def romashka(database: Database, cast: Cast) -> Romashka:
    return Romashka(database, cast)


def send(browser: FlaskClient, person: int, deed: str, dossier: int, /, **typed: Any) -> Any:
    """Send one form of the page; its fields bear its name."""
    said = {"source": "call", "confidence": "likely", "since": "2026-03-02"} | typed
    data = {f"{deed}-{field}": value for field, value in said.items()}
    address = f"/persons/{person}/{deed}"
    return browser.post(address, data=data | {"client": dossier}, follow_redirects=True)


def said_of(page: str) -> str:
    """What the page tells, without its forms and the list of all rows."""
    told = page.split("<main")[1].split('<section id="past">')[0]
    return re.sub(r'<details class="fold question".*?</form>', "", told, flags=re.S)


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize(
    ("deed", "typed", "shown"),
    [
        ("name", {"name": "Olga Petrova", "how": "new"}, "Olga Petrova"),
        ("name", {"name": "Olga Ivanova", "how": "form"}, "also called Olga Ivanova"),
        ("contact", {"contact": "8 (912) 345-67-89", "standing": "current"}, "8 (912) 345-67-89"),
        ("contact", {"contact": "olga@r.example", "standing": "shared"}, "shared with others"),
        ("role", {"value": "champion", "deal": "D-17"}, "for the deal D-17"),
        ("attitude", {"value": "sceptic"}, "<strong>sceptic</strong>"),
        ("power", {"value": "inner_circle"}, "<strong>inner circle</strong>"),
        ("orientation", {"value": "financial"}, "<strong>money</strong>"),
        ("tie", {"kind": "trusts", "other": "Pavel", "direction": "out", "strength": "3"},
         "strong"),
        (
            "acquaintance",
            {"colleague": "2", "coverage": "deep", "level": "advisor", "wanted": "advisor",
             "wanted_by": "2026-12-31", "evidence": "She rang back"},
            "She rang back",
        ),
        ("place", {"position": "Buyer", "additional": "y", "predecessor": "stays"}, "additional"),
        ("leave", {"reason": "retired"}, "no longer works at Romashka"),
    ],
)  # fmt: skip
def test_every_question_of_the_page_is_answered_and_shown(
    romashka: Romashka, cast: Cast, browser_of: BrowserOf, deed: str, typed: Any, shown: str
) -> None:
    anna = browser_of(cast.anna)
    assert said_of(anna.get(f"/persons/{romashka.olga}").text).count(shown) == 0
    page = send(anna, romashka.olga, deed, romashka.id, **typed)
    assert page.status_code == 200
    assert "Written down" in page.text
    assert shown in said_of(page.text)
    assert "call, likely" in page.text


@pytest.mark.usefixtures("clock")
def test_a_move_is_one_deed_the_past_stays_and_an_arrow_leads_on(
    romashka: Romashka, cast: Cast, browser_of: BrowserOf, database: Database
) -> None:
    anna = browser_of(cast.anna)
    send(anna, romashka.olga, "contact", romashka.id, contact="olga@r.example", standing="current")
    page = send(
        anna, romashka.olga, "move", romashka.id, client="lopukh", position="Head of purchasing"
    ).text
    assert "Olga went to another client" in page
    went = page.split('class="went-on"')[1].split("</p>")[0]
    assert "Lopukh" in went
    assert "Head of purchasing" in went
    former = anna.get(f"{romashka.people}?show=former").text
    assert all(word in former for word in ("Olga", "moved to another client", "Lopukh"))
    assert "Olga" not in anna.get(romashka.people).text.split("<main")[1]
    assert "olga@r.example" in anna.get(f"/clients/{romashka.other}/people").text
    undo = page.split('action="/clients/')[1].split('"')[0]
    anna.post(f"/clients/{undo}")
    assert "Olga" in anna.get(romashka.people).text.split("<main")[1]
    assert "Olga" not in anna.get(f"/clients/{romashka.other}/people?show=all").text


@pytest.mark.usefixtures("clock")
def test_a_contact_grows_old_and_one_that_never_was_theirs_goes(
    romashka: Romashka, cast: Cast, browser_of: BrowserOf
) -> None:
    anna = browser_of(cast.anna)
    for contact in ("olga@r.example", "wrong@r.example"):
        send(anna, romashka.olga, "contact", romashka.id, contact=contact, standing="current")
    known = {"kind": "email"}
    send(anna, romashka.olga, "contact-old", romashka.id, contact="olga@r.example", **known)
    page = send(
        anna, romashka.olga, "contact-withdraw", romashka.id, contact="wrong@r.example", **known
    )
    listed = page.text.split('<section class="panel">')[1]
    assert "olga@r.example" in listed
    assert "old</span>" in listed
    assert "wrong@r.example" not in listed
    assert "olga@r.example" not in anna.get(romashka.people).text


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize(
    ("deed", "typed", "said"),
    [
        ("name", {"name": "  ", "how": "new"}, "needs a name"),
        ("contact", {"contact": "12", "standing": "current"}, "3 to 20 digits"),
        ("contact", {"contact": "a@", "standing": "current"}, "no e-mail address"),
        ("role", {"value": "king"}, "Not a valid choice"),
        ("attitude", {"value": "mentor", "deal": "D" * 101}, "100 is the limit"),
        ("tie", {"kind": "trusts", "other": "Nobody", "direction": "out", "strength": "2"},
         "Nobody in this dossier is called"),
        ("tie", {"kind": "trusts", "other": "Olga", "direction": "in", "strength": "2"},
         "two different people"),
        ("acquaintance", {"colleague": "9999", "coverage": "deep"}, "no such colleague"),
        ("place", {"position": "Throne", "predecessor": "stays"}, "there is no position"),
        ("move", {"client": "Romashka"}, "the same client"),
        ("move", {"client": "Nowhere"}, "There is no client"),
        ("leave", {"reason": "left", "since": "2019-01-01"}, "does not work at the client"),
        ("leave", {"reason": "left", "learned_on": "2026-05-01"}, "in the future"),
        ("nonsense", {}, "nothing at this address"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_what_was_typed_stays(
    romashka: Romashka, cast: Cast, browser_of: BrowserOf, deed: str, typed: Any, said: str
) -> None:
    answer = send(browser_of(cast.anna), romashka.olga, deed, romashka.id, **typed)
    assert answer.status_code in (404, 422)
    assert said in answer.text
    for value in set(typed.values()) - {"king", "9999", "  "}:
        assert value in answer.text


@pytest.mark.usefixtures("clock")
def test_somebody_new_comes_with_position_role_and_contacts_in_one_deed(
    romashka: Romashka, cast: Cast, browser_of: BrowserOf
) -> None:
    anna = browser_of(cast.anna)
    address = f"{romashka.people}/new?role=economic_buyer&position={romashka.director}"
    form = anna.get(address).text
    assert f"Director – Olga · № {romashka.director}" in form
    assert '<option selected value="economic_buyer">' in form
    typed = {"name": "Zoya", "position": "Buyer", "role": "economic_buyer", "phone": "8 900 1",
             "email": "z@r.example", "source": "mail", "confidence": "sure"}  # fmt: skip
    page = anna.post(f"{romashka.people}/new", data=typed, follow_redirects=True).text
    row = page.split("Zoya</a>")[1].split("</li>")[0]
    assert all(w in row for w in ("Buyer", "economic buyer", "8 900 1", "z@r.example"))
    undo = page.split('action="/clients/')[1].split('"')[0]
    anna.post(f"/clients/{undo}")
    assert "Zoya" not in anna.get(f"{romashka.people}?show=all").text.split("<main")[1]


def test_a_namesake_is_asked_about(
    romashka: Romashka, cast: Cast, browser_of: BrowserOf, database: Database
) -> None:
    anna, address = browser_of(cast.anna), f"{romashka.people}/new"
    typed = {"name": "olga", "source": "mail", "confidence": "sure"}
    answer = anna.post(address, data=typed)
    assert (answer.status_code, "is in this dossier already" in answer.text) == (422, True)
    assert anna.post(address, data=typed | {"namesake": "y"}).status_code == 302
    with database.reading() as session:
        assert len(session.scalars(select(Person).where(Person.name_folded == "olga")).all()) == 2


def test_a_long_list_comes_in_parts_and_is_searched(
    romashka: Romashka, cast: Cast, browser_of: BrowserOf, database: Database
) -> None:
    with database.transaction() as session:
        pen = pen_of(session, cast.anna, session.get_one(Client, romashka.id))
        for number in range(55):
            add_person(pen, f"Clerk {number:02}")
        gone = add_person(pen, "Clerk gone")[1].id
        leave_client(replace(pen, day=date(2025, 1, 1)), gone, EndReason.LEFT)
    nina = browser_of(cast.nina)
    first, second = nina.get(romashka.people).text, nina.get(f"{romashka.people}?page=2").text
    assert "Clerk 00" in first
    assert "Clerk 54" not in first
    assert "Clerk 54" in second
    assert "1 of 2" in first
    found = nina.get(f"{romashka.people}?q=clerk+17").text
    assert "Clerk 17" in found
    assert "Clerk 18" not in found
    assert "Clerk gone" in nina.get(f"{romashka.people}?show=former").text
    assert "Clerk gone" not in nina.get(f"{romashka.people}?q=gone").text.split("<main")[1]


def test_somebody_who_was_merged_leads_to_the_one_who_stays(
    romashka: Romashka, cast: Cast, browser_of: BrowserOf, database: Database
) -> None:
    with database.transaction() as session:
        session.get_one(Person, romashka.pavel).merged_into_id = romashka.olga
    nina = browser_of(cast.nina)
    answer = nina.get(f"/persons/{romashka.pavel}?client={romashka.id}")
    assert answer.location == f"/persons/{romashka.olga}?client={romashka.id}"


def test_the_api_tells_the_same(romashka: Romashka, cast: Cast, browser_of: BrowserOf) -> None:
    nina = browser_of(cast.nina)
    one = nina.get(f"/api/persons/{romashka.pavel}").json
    assert (one["name"], one["client"]) == ("Pavel", romashka.id)
    (place,) = one["places"]
    assert (place["title"], place["clientName"], place["since"], "until" in place) == (
        "Buyer", "Romashka", "2020-01-01", False,
    )  # fmt: skip
    people = nina.get(f"/api/clients/{romashka.id}/people?q=pav").json
    assert (people["total"], people["people"][0]["name"]) == (1, "Pavel")
    assert nina.get(f"/api/clients/{romashka.id}/people?show=nobody").status_code == 422


def test_every_look_is_written_down_in_each_dossier_that_is_shown(
    romashka: Romashka, cast: Cast, browser_of: BrowserOf, database: Database
) -> None:
    browser_of(cast.boris).get(f"/persons/{romashka.olga}")
    browser_of(cast.boris).get(romashka.people)
    with database.reading() as session:
        newest = session.scalars(select(HistoryEntry).order_by(HistoryEntry.id.desc()).limit(2))
        looks = [(entry.actor_id, entry.action, entry.subject_id) for entry in newest]
    boris = cast.boris.id
    assert looks == [(boris, "view people", romashka.id), (boris, "view person", romashka.id)]


def test_others_read_without_forms(romashka: Romashka, cast: Cast, browser_of: BrowserOf) -> None:
    for name, status in {"boris": 403, "nina": 403, "anna": 200}.items():
        browser = browser_of(getattr(cast, name))
        page = browser.get(f"/persons/{romashka.olga}").text
        assert ('action="/persons/' in page) is (name == "anna")
        answer = send(browser, romashka.olga, "role", romashka.id, value="champion")
        assert answer.status_code == status, name
        assert browser.get(f"{romashka.people}/new").status_code == status
