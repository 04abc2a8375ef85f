"""Contracts in the search: by number, subject and client, within sight."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from dossiers.clients.services.standing import restrict_client
from dossiers.renewals.contracts.services import archive_contract, save_terms, write_contract
from search.indexing import compare, keep_current
from search.queries import Wanted as Asked
from search.queries import search_visible_to
from tests.conftest import Cast, SetClock
from tests.dossiers.clients.making import ALWAYS_SO, add_client
from tests.dossiers.renewals.contracts.test_undo import TERMS
from wiki.accounts.actor import Actor
from wiki.database import Database


class Finder:
    """Asks the search; with `is_indexing` only once the index is up to date."""

    def __init__(self, app: Flask, database: Database, is_indexing: bool) -> None:
        self.app, self.database, self.is_indexing = app, database, is_indexing

    def found(self, actor: Actor, typed: str) -> list[int]:
        """The numbers here of the contracts that are found."""
        while self.is_indexing and keep_current(self.database, self.app.extensions["search"]):
            pass
        with self.database.reading() as session:
            found = search_visible_to(session, actor, self.app.extensions["search"], Asked(typed))
            return [hit.document.ident for hit in found.hits if hit.document.kind == "contract"]


@pytest.fixture(params=[False, True], ids=["waiting", "indexed"])
def finder(request: pytest.FixtureRequest, app: Flask, database: Database) -> Iterator[Finder]:
    yield Finder(app, database, request.param)
    while keep_current(database, app.extensions["search"]):
        pass
    assert not compare(database, app.extensions["search"], lambda _done: None)


def test_a_contract_is_found_by_what_names_it_and_follows_its_changes(
    finder: Finder, database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        client = add_client(session, cast.anna, "Romashka").id
        terms = replace(TERMS, number="DG-17", subject="Мука для пекарен")
        one = write_contract(session, cast.anna, client, terms).id
    for words in ("DG-17", "муки пекарен", "kind:contract Romashka", "вид:договор DG-17"):
        assert finder.found(cast.nina, words) == [one], words
    with database.transaction() as session:
        save_terms(session, cast.anna, one, replace(terms, subject="Соль"), 1)
    assert finder.found(cast.nina, "соль") == [one]
    assert finder.found(cast.nina, "мука пекарен") == []
    with database.transaction() as session:
        restrict_client(session, cast.anna, client, ALWAYS_SO)
    assert finder.found(cast.anna, "DG-17") == [one]
    assert finder.found(cast.boris, "DG-17") == []
    with database.transaction() as session:
        archive_contract(session, cast.anna, one)
    assert finder.found(cast.anna, "DG-17") == []
