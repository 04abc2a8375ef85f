"""What was said to clients and promised in the search: by its words, within sight."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from dossiers.clients.services.standing import restrict_client
from dossiers.facts.models import Change
from dossiers.interactions.contacts.details import Details
from dossiers.interactions.contacts.services import note_contact, take_back_contact
from dossiers.interactions.contacts.texts import Written
from dossiers.interactions.kinds import InteractionKind
from dossiers.interactions.promises.services import Wish, end_promise, make_promise
from dossiers.people.duplicates.clients import merge_clients
from dossiers.people.editing.pen import open_dossier
from dossiers.people.editing.taking_back import take_back
from search.indexing import compare, keep_current
from search.queries import Wanted as Asked
from search.queries import search_visible_to
from tests.conftest import Cast, SetClock
from tests.dossiers.clients.making import ALWAYS_SO, add_client
from wiki.accounts.actor import Actor
from wiki.database import Database

WORDS = "Договорились о **сливочном** масле"


class Finder:
    """Asks the search; with `is_indexing` only once the index is up to date."""

    def __init__(self, app: Flask, database: Database, is_indexing: bool) -> None:
        self.app, self.database, self.is_indexing = app, database, is_indexing

    def found(self, actor: Actor, typed: str) -> list[str]:
        """The addresses of the contacts and promises that are found."""
        while self.is_indexing and keep_current(self.database, self.app.extensions["search"]):
            pass
        with self.database.reading() as session:
            found = search_visible_to(session, actor, self.app.extensions["search"], Asked(typed))
            documents = [hit.document for hit in found.hits]
            return sorted(d.url for d in documents if d.kind in ("contact", "promise"))


@pytest.fixture(params=[False, True], ids=["waiting", "indexed"])
def finder(request: pytest.FixtureRequest, app: Flask, database: Database) -> Iterator[Finder]:
    yield Finder(app, database, request.param)
    while keep_current(database, app.extensions["search"]):
        pass
    assert not compare(database, app.extensions["search"], lambda _done: None)


@pytest.fixture
def clients(database: Database, cast: Cast, clock: SetClock) -> dict[str, int]:
    """Romashka, with whom was spoken and to whom something is promised; and Lopukh."""
    with database.transaction() as session:
        found = {name: add_client(session, cast.anna, name).id for name in ("Romashka", "Lopukh")}
        details = Details(InteractionKind.CALL, datetime(2026, 3, 1, 9, tzinfo=UTC))
        html = "<p>Договорились о <strong>сливочном</strong> масле</p>"
        text = Written(WORDS, html, "Договорились о сливочном масле")
        note_contact(session, cast.anna, found["Romashka"], details, text)
        wish = Wish(True, "Прислать образцы творога", date(2026, 3, 9))
        make_promise(session, cast.anna, found["Romashka"], wish)
    return found


def test_a_word_said_in_a_call_and_one_promised_are_found(
    finder: Finder, cast: Cast, database: Database, clients: dict[str, int]
) -> None:
    for typed in ("сливочное масло", "kind:contact масло", "вид:звонок client:romashka маслом"):
        assert finder.found(cast.nina, typed) == ["/contacts/1"], typed
    for typed in ("образец творога", "kind:promise творог", "вид:обещание client:romashka творог"):
        assert finder.found(cast.nina, typed) == ["/promises/1"], typed
    with database.transaction() as session:
        end_promise(session, cast.anna, clients["Romashka"], 1, result="Отправлены курьером")
    assert finder.found(cast.nina, "курьер") == ["/promises/1"]


def test_what_was_taken_back_is_not_found(
    finder: Finder, cast: Cast, database: Database, clients: dict[str, int]
) -> None:
    assert finder.found(cast.anna, "масло") == ["/contacts/1"]
    with database.transaction() as session:
        away = take_back_contact(session, cast.anna, clients["Romashka"], 1).id
    assert finder.found(cast.anna, "масло") == []
    with database.transaction() as session:
        take_back(open_dossier(session, cast.anna, clients["Romashka"]), away)
    assert finder.found(cast.anna, "масло") == ["/contacts/1"]
    with database.transaction() as session:
        made = session.scalars(select(Change.id).where(Change.action == "make promise")).one()
        take_back(open_dossier(session, cast.anna, clients["Romashka"]), made)
    assert finder.found(cast.anna, "творог") == []


def test_a_client_that_becomes_restricted_takes_its_words_along(
    finder: Finder, cast: Cast, database: Database, clients: dict[str, int]
) -> None:
    assert finder.found(cast.boris, "масло") == ["/contacts/1"]
    assert finder.found(cast.boris, "творог") == ["/promises/1"]
    with database.transaction() as session:
        restrict_client(session, cast.anna, clients["Romashka"], ALWAYS_SO)
    for typed in ("масло", "творог"):
        assert finder.found(cast.boris, typed) == []
        assert len(finder.found(cast.anna, typed)) == 1


def test_words_of_a_merged_client_are_found_with_the_other(
    finder: Finder, cast: Cast, database: Database, clients: dict[str, int]
) -> None:
    with database.transaction() as session:
        merge_clients(session, cast.anna, clients["Lopukh"], clients["Romashka"])
    assert finder.found(cast.nina, "client:lopukh масло") == ["/contacts/1"]
    assert finder.found(cast.nina, "client:lopukh творог") == ["/promises/1"]
    assert finder.found(cast.nina, "client:romashka масло") == []
