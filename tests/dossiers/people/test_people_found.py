"""People are found by name, position and every address; a hit says what its reader may see."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from dossiers.clients.dependents import find_anew, things_of
from dossiers.clients.models import Client
from dossiers.clients.rules import audience_of
from dossiers.people.editing.employments import Appointment, appoint, move_to_client
from dossiers.people.editing.pen import Pen
from dossiers.people.editing.persons import add_name_form, set_contact
from dossiers.people.kinds import ContactKind, ContactStanding
from dossiers.people.models import Person
from search.indexing import keep_current
from search.queries import Wanted, search_visible_to
from tests.conftest import Cast
from tests.factories.dossiers import make_client, pen_of, person_id_of, seat
from wiki.accounts.actor import Actor
from wiki.database import Database


class Finder:
    """Asks the search, with or without the index being up to date."""

    def __init__(self, app: Flask, database: Database) -> None:
        self.app, self.database = app, database

    def index(self) -> None:
        while keep_current(self.database, self.app.extensions["search"]):
            pass

    def hits(self, actor: Actor, typed: str) -> list[tuple[str, str, str]]:
        """Title, place and client of each hit, and never another number of them."""
        with self.database.reading() as session:
            found = search_visible_to(session, actor, self.app.extensions["search"], Wanted(typed))
        assert found.total == len(found.hits)
        documents = [hit.document for hit in found.hits if "person" in hit.document.kind]
        return sorted((d.title, d.place, d.client.ru if d.client else "") for d in documents)


@pytest.fixture
def finder(app: Flask, database: Database) -> Finder:
    return Finder(app, database)


def settled(pen: Pen, name: str, title: str, addresses: Iterable[str] = ()) -> int:
    """Somebody in a position, with these addresses."""
    seat(pen, title, name=name)
    ident = person_id_of(pen, name)
    for address in addresses:
        set_contact(pen, ident, ContactKind.EMAIL, address)
    return ident


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("indexed", [False, True])
def test_somebody_is_found_by_all_that_names_them(
    cast: Cast, database: Database, finder: Finder, indexed: bool
) -> None:
    finder.index()
    with database.transaction() as session:
        pen = pen_of(session, cast.anna, make_client(session, cast.anna, "Ромашка"))
        olga = settled(pen, "Ольга Петрова", "Закупщик", ["olga.p@romashka.example"])
        add_name_form(pen, olga, "Сидорова")
        set_contact(pen, olga, ContactKind.PHONE, "8 (912) 345-67-89")
        later = replace(pen, day=date(2025, 1, 1))
        address = "olga.p@romashka.example"
        set_contact(later, olga, ContactKind.EMAIL, address, ContactStanding.OLD)
    if indexed:
        finder.index()
    for typed in ("петровой", "Сидорова", "закупщик", "olga.p@romashka.example", "79123456789"):
        assert finder.hits(cast.boris, typed) == [("Ольга Петрова", "Закупщик", "Ромашка")], typed
    assert finder.hits(cast.boris, "Иванова") == []


@pytest.mark.usefixtures("clock")
def test_whoever_moved_is_found_by_the_old_place_and_shown_at_the_new_one(
    cast: Cast, database: Database, finder: Finder
) -> None:
    with database.transaction() as session:
        there = make_client(session, cast.anna, "Lopukh").id
        pen = pen_of(session, cast.anna, make_client(session, cast.anna, "Romashka"))
        olga = settled(pen, "Olga Petrova", "Buyer", ["olga@romashka.example"])
        move_to_client(replace(pen, day=date(2025, 1, 1)), olga, there, None)
    finder.index()
    for typed in ("Petrova", "Petrova buyer", "olga@romashka.example", "Petrova Lopukh"):
        assert finder.hits(cast.boris, typed) == [("Olga Petrova", "", "Lopukh")], typed


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("indexed", [False, True])
def test_a_restricted_dossier_tells_its_own_readers_and_nobody_else(
    cast: Cast, database: Database, finder: Finder, indexed: bool
) -> None:
    with database.transaction() as session:
        pen = pen_of(session, cast.boris, make_client(session, cast.boris, "Agora"))
        olga = settled(pen, "Olga", "Speaker", ["olga@agora.example"])
        hidden = make_client(session, cast.anna, "Sanctum", restricted=True)
        guarded = pen_of(session, cast.anna, hidden)
        keeper = seat(guarded, "Keeper")
        appoint(guarded, keeper, session.get_one(Person, olga), Appointment())
        set_contact(guarded, olga, ContactKind.EMAIL, "olga@sanctum.example")
        settled(guarded, "Igor", "Warden")
    if indexed:
        finder.index()
    open_hit = ("Olga", "Speaker", "Agora")
    assert finder.hits(cast.boris, "Olga") == [open_hit]
    for typed in ("Igor", "Keeper", "Warden", "Sanctum", "olga@sanctum.example"):
        assert finder.hits(cast.boris, typed) == [], typed
    assert ("Igor", "Warden", "Sanctum") in finder.hits(cast.anna, "Igor")
    if indexed:
        hidden_hit = ("Olga", "Keeper", "Sanctum")
        assert finder.hits(cast.anna, "Olga") == [hidden_hit, open_hit]
        assert finder.hits(cast.anna, "olga@sanctum.example") == [hidden_hit]


@pytest.mark.usefixtures("clock")
def test_a_client_that_becomes_restricted_takes_its_people_out_at_once(
    cast: Cast, database: Database, finder: Finder
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna, "Sanctum")
        settled(pen_of(session, cast.anna, client), "Igor", "Warden")
        ident = client.id
    finder.index()
    assert finder.hits(cast.boris, "Igor") == [("Igor", "Warden", "Sanctum")]
    with database.transaction() as session:
        client = session.get_one(Client, ident)
        client.restricted, client.audience = True, audience_of(True, cast.anna.team_id)
        find_anew(session, things_of(session, [ident]))
    assert finder.hits(cast.boris, "Igor") == []
    assert finder.hits(cast.anna, "Igor") == [("Igor", "Warden", "Sanctum")]
    finder.index()
    assert finder.hits(cast.boris, "Igor") == []


@pytest.mark.usefixtures("clock")
def test_an_index_made_anew_holds_the_same(
    cast: Cast, database: Database, finder: Finder, app: Flask
) -> None:
    with database.transaction() as session:
        hidden = make_client(session, cast.anna, "Sanctum", restricted=True)
        pen = pen_of(session, cast.anna, make_client(session, cast.anna, "Agora"))
        olga = settled(pen, "Olga", "Speaker")
        appoint(
            guarded := pen_of(session, cast.anna, hidden), seat(guarded, "Keeper"),
            session.get_one(Person, olga), Appointment(),
        )  # fmt: skip
    finder.index()
    before = finder.hits(cast.vera, "Olga")
    sources = app.extensions["search"].sources
    with database.reading() as session:
        keys = [key for key in sources.keys(session) if "person" in key.kind]
        loaded = sources.load(session, keys)
    assert sorted(loaded) == sorted(keys)
    assert len(before) == len(keys) == 2
