"""Finding, comparing and merging in the browser, as far as each of the cast may."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from dossiers.clients.card import Card
from dossiers.clients.models import Client
from dossiers.clients.services.cards import Said, create_client
from dossiers.people.duplicates.people import merge_people
from dossiers.people.editing.persons import add_person, set_contact
from dossiers.people.kinds import ContactKind
from dossiers.people.models import Person
from tests.conftest import Cast
from tests.counting import counting
from tests.factories.dossiers import SEEN, make_client, pen_of
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.history.models import HistoryEntry

BrowserOf = Callable[[Actor | None], FlaskClient]
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def two(database: Database, cast: Cast) -> tuple[int, int]:
    """Two people of anna's client with one address."""
    with database.transaction() as session:
        pen = pen_of(session, cast.anna, make_client(session, cast.anna))
        idents = [add_person(pen, name)[1].id for name in ("Ivan Petrov", "Ivan <b>Smith</b>")]
        for ident in idents:
            set_contact(pen, ident, ContactKind.EMAIL, "ivan@x.ru")
        return idents[0], idents[1]


@pytest.fixture
def clients(database: Database, cast: Cast) -> tuple[int, int]:
    with database.transaction() as session:
        made = [
            create_client(session, cast.anna, Card(name=name, team=cast.anna.team_id), Said(SEEN))
            for name in ("Romashka", "ООО Ромашка")
        ]
        return made[0].id, made[1].id


def person(database: Database, ident: int) -> Person:
    with database.reading() as session:
        return session.get_one(Person, ident)


def test_pairs_are_listed_with_the_reason_and_hostile_names_stay_text(
    two: tuple[int, int], cast: Cast, browser_of: BrowserOf
) -> None:
    page = browser_of(cast.nina).get("/persons/duplicates").text
    assert "1 pair of people" in page
    assert "same e-mail address" in page
    assert "Ivan &lt;b&gt;Smith&lt;/b&gt;" in page
    assert "/merge/" not in page
    assert f"/persons/{two[0]}/merge/{two[1]}" in browser_of(cast.anna).get(
        "/persons/duplicates"
    ).text  # fmt: skip


def test_when_nobody_stands_twice_the_page_says_so(cast: Cast, browser_of: BrowserOf) -> None:
    for path in ("/persons/duplicates", "/clients/duplicates"):
        assert "twice" in browser_of(cast.nina).get(path).text


def test_two_people_are_merged_and_the_address_of_the_one_leads_to_the_other(
    two: tuple[int, int], cast: Cast, database: Database, browser_of: BrowserOf
) -> None:
    keep, lose = two
    anna = browser_of(cast.anna)
    assert "same e-mail address" in anna.get(f"/persons/{lose}/merge/{keep}").text
    answer = anna.post(f"/persons/{lose}/merge/{keep}", data={"keep": keep})
    assert answer.headers["Location"] == f"/persons/{keep}"
    assert person(database, lose).merged_into_id == keep
    assert f"/persons/{keep}" in anna.get(f"/persons/{lose}").headers["Location"]
    assert anna.get(f"/persons/{lose}/merge/{keep}").status_code == 404


def test_a_merge_is_taken_back_with_the_button_that_is_offered(
    two: tuple[int, int], cast: Cast, database: Database, browser_of: BrowserOf
) -> None:
    keep, lose = two
    anna = browser_of(cast.anna)
    page = anna.post(
        f"/persons/{lose}/merge/{keep}", data={"keep": keep}, follow_redirects=True
    ).text
    found = re.search(r'action="(/clients/\d+/changes/\d+/undo)"', page)
    assert found
    anna.post(found[1])
    assert person(database, lose).merged_into_id is None
    assert anna.get(f"/persons/{lose}").status_code == 200


def test_who_stays_must_be_chosen(
    two: tuple[int, int], cast: Cast, database: Database, browser_of: BrowserOf
) -> None:
    anna = browser_of(cast.anna)
    for keep in ("", "x", "999", "-1"):
        answer = anna.post(f"/persons/{two[0]}/merge/{two[1]}", data={"keep": keep})
        assert answer.status_code == 422
        assert "Choose which of the two stays" in answer.text
    assert person(database, two[0]).merged_into_id is None
    assert person(database, two[1]).merged_into_id is None


def test_another_team_may_neither_merge_nor_part(
    two: tuple[int, int], cast: Cast, database: Database, browser_of: BrowserOf
) -> None:
    for actor in (cast.boris, cast.nina):
        browser = browser_of(actor)
        assert browser.get(f"/persons/{two[0]}/merge/{two[1]}").status_code == 403
        for verb in ("merge", "apart"):
            answer = browser.post(f"/persons/{two[0]}/{verb}/{two[1]}", data={"keep": two[0]})
            assert answer.status_code == 403
    assert person(database, two[1]).merged_into_id is None


def test_those_who_are_two_are_not_shown_again_until_somebody_doubts(
    two: tuple[int, int], cast: Cast, browser_of: BrowserOf
) -> None:
    anna, base = browser_of(cast.anna), f"/persons/{two[0]}"
    anna.post(f"{base}/apart/{two[1]}")
    assert "1 pair of people" not in anna.get("/persons/duplicates").text
    assert "said that they are two" in anna.get(f"{base}/merge/{two[1]}").text
    anna.post(f"{base}/apart/{two[1]}", data={"again": "yes"})
    assert "1 pair of people" in anna.get("/persons/duplicates").text


def test_who_is_in_a_restricted_dossier_is_neither_listed_nor_counted_nor_compared(
    database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    with database.transaction() as session:
        seen = make_client(session, cast.boris, "Seen")
        secret = make_client(session, cast.anna, "Secret", restricted=True)
        one = add_person(pen_of(session, cast.boris, seen), "Ivan Petrov")[1].id
        other = add_person(pen_of(session, cast.anna, secret), "Ivan Petrov")[1].id
    assert "1 pair of people" in browser_of(cast.vera).get("/persons/duplicates").text
    boris = browser_of(cast.boris)
    assert "Ivan Petrov" not in boris.get("/persons/duplicates").text
    assert boris.get(f"/persons/{one}/merge/{other}").status_code == 404
    assert boris.post(f"/persons/{one}/merge/{other}", data={"keep": one}).status_code == 404
    assert boris.post(f"/persons/{one}/apart/{other}").status_code == 404


def test_an_address_that_is_known_only_from_a_restricted_dossier_brings_nobody_together(
    database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    with database.transaction() as session:
        seen = make_client(session, cast.boris, "Seen")
        secret = make_client(session, cast.boris, "Secret", restricted=True)
        there = pen_of(session, cast.boris, secret)
        for name in ("Anna Orlova", "Pyotr Sidorov"):
            someone = add_person(pen_of(session, cast.boris, seen), name)[1]
            keep = add_person(there, f"{name} {name}")[1]
            set_contact(there, keep.id, ContactKind.EMAIL, "secret@x.ru")
            merge_people(session, cast.boris, keep.id, someone.id)
    assert "same e-mail address" in browser_of(cast.vera).get("/persons/duplicates").text
    page = browser_of(cast.anna).get("/persons/duplicates").text
    assert "Nobody stands here twice" in page
    assert "secret@x.ru" not in page


def test_a_restricted_client_is_no_twin_for_those_who_do_not_see_it(
    database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    with database.transaction() as session:
        one = make_client(session, cast.boris, "Romashka").id
        other = make_client(session, cast.anna, "Romashka", restricted=True).id
    assert "1 pair of clients" in browser_of(cast.vera).get("/clients/duplicates").text
    boris = browser_of(cast.boris)
    assert "Romashka" not in boris.get("/clients/duplicates").text
    assert boris.get(f"/clients/{one}/merge/{other}").status_code == 404
    assert boris.post(f"/clients/{one}/merge/{other}", data={"keep": one}).status_code == 404


def test_two_clients_are_merged_and_taken_back(
    clients: tuple[int, int], cast: Cast, database: Database, browser_of: BrowserOf
) -> None:
    keep, lose = clients
    anna = browser_of(cast.anna)
    assert "same name in other letters" in anna.get("/clients/duplicates").text
    assert "in other letters" in anna.get(f"/clients/{keep}/merge/{lose}").text
    page = anna.post(f"/clients/{keep}/merge/{lose}", data={"keep": keep}, follow_redirects=True)
    assert "Merged into this client" in page.text
    assert anna.get(f"/clients/{lose}").headers["Location"] == f"/clients/{keep}"
    found = re.search(r'action="(/clients/\d+/changes/\d+/undo)"', page.text)
    assert found
    anna.post(found[1])
    assert anna.get(f"/clients/{lose}").status_code == 200
    with database.reading() as session:
        merged = select(Client.id).where(Client.merged_into_id.is_not(None))
        assert session.scalars(merged).all() == []


def test_whoever_compares_two_has_looked_at_their_dossiers(
    two: tuple[int, int], cast: Cast, database: Database, browser_of: BrowserOf
) -> None:
    browser_of(cast.anna).get(f"/persons/{two[0]}/merge/{two[1]}")
    with database.reading() as session:
        looks = select(HistoryEntry.actor_id).where(HistoryEntry.action == "view duplicates")
        assert session.scalars(looks).all() == [cast.anna.id]


def test_more_pairs_cost_no_more_statements(
    two: tuple[int, int], cast: Cast, database: Database, browser_of: BrowserOf
) -> None:
    anna = browser_of(cast.anna)

    def cost() -> list[int]:
        taken = []
        for page in ("/persons/duplicates", "/clients/duplicates"):
            anna.get(page)
            with counting(database) as sent:
                anna.get(page)
            taken.append(len(sent))
        return taken

    few = cost()
    with database.transaction() as session:
        for number in range(20):
            pen = pen_of(session, cast.anna, make_client(session, cast.anna, f"C{number // 2}"))
            add_person(pen, f"Pyotr Petrov {number // 2}")
    assert cost() == [few[0], few[1]]
