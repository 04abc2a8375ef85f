"""Deals in the search: by number, title, company, product and contact, within sight."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from dossiers.clients.services.standing import restrict_client
from dossiers.deals.models import Deal
from dossiers.deals.pinning import pin_deal
from dossiers.deals.record import Company, Contact, Line
from dossiers.people.duplicates.clients import merge_clients
from dossiers.people.editing.pen import open_dossier
from dossiers.people.editing.taking_back import take_back
from search.indexing import compare, keep_current
from search.queries import Wanted as Asked
from search.queries import search_visible_to
from tests.conftest import Cast, SetClock
from tests.dossiers.clients.making import ALWAYS_SO, add_client
from tests.factories.deals import apply, make_source, says
from wiki.accounts.actor import Actor
from wiki.database import Database


class Finder:
    """Asks the search; with `is_indexing` only once the index is up to date."""

    def __init__(self, app: Flask, database: Database, is_indexing: bool) -> None:
        self.app, self.database, self.is_indexing = app, database, is_indexing

    def found(self, actor: Actor, typed: str) -> list[str]:
        """The numbers of the deals that are found."""
        while self.is_indexing and keep_current(self.database, self.app.extensions["search"]):
            pass
        with self.database.reading() as session:
            found = search_visible_to(session, actor, self.app.extensions["search"], Asked(typed))
            idents = [hit.document.ident for hit in found.hits if hit.document.kind == "deal"]
            return sorted(session.get_one(Deal, ident).external_id for ident in idents)


@pytest.fixture(params=[False, True], ids=["waiting", "indexed"])
def finder(request: pytest.FixtureRequest, app: Flask, database: Database) -> Iterator[Finder]:
    yield Finder(app, database, request.param)
    while keep_current(database, app.extensions["search"]):
        pass
    assert not compare(database, app.extensions["search"], lambda _done: None)


@pytest.fixture
def clients(database: Database, cast: Cast, clock: SetClock) -> dict[str, int]:
    """Romashka with deal DX-17, and a deal without a company."""
    with database.transaction() as session:
        found = {name: add_client(session, cast.anna, name).id for name in ("Romashka", "Lopukh")}
        record = says(
            "DX-17", title="Линия упаковки", company=Company(name="Romashka"),
            lines=(Line("Dumplinger"),), contacts=(Contact(name="Zinaida"),), stage="Offer",
        )  # fmt: skip
        apply(session, make_source(session), record, says("N-1", title="Ownerless kettle"))
    return found


def test_a_deal_is_found_by_all_that_names_it(
    finder: Finder, cast: Cast, clients: dict[str, int]
) -> None:
    for words in ("DX-17", "линии упаковки", "kind:deal Romashka", "kind:сделка Dumplinger",
                  "kind:deal Zinaida", "client:romashka упаковка"):  # fmt: skip
        assert finder.found(cast.nina, words) == ["DX-17"], words


def test_a_deal_without_client_is_found_by_those_who_decide_whose_it_is(
    finder: Finder, cast: Cast, database: Database, clients: dict[str, int]
) -> None:
    assert finder.found(cast.boris, "kettle") == ["N-1"]
    assert finder.found(cast.nina, "kettle") == []
    with database.transaction() as session:
        ident = session.scalars(select(Deal.id).where(Deal.external_id == "N-1")).one()
        pin_deal(session, cast.anna, ident, clients["Lopukh"])
    assert finder.found(cast.nina, "kettle") == ["N-1"]
    assert finder.found(cast.nina, "kind:deal client:lopukh kettle") == ["N-1"]


def test_a_client_that_becomes_restricted_takes_its_deals_along(
    finder: Finder, cast: Cast, database: Database, clients: dict[str, int]
) -> None:
    assert finder.found(cast.boris, "упаковка") == ["DX-17"]
    with database.transaction() as session:
        restrict_client(session, cast.anna, clients["Romashka"], ALWAYS_SO)
    assert finder.found(cast.boris, "упаковка") == []
    assert finder.found(cast.anna, "упаковка") == ["DX-17"]


def test_deals_go_along_when_clients_are_merged_and_parted(
    finder: Finder, cast: Cast, database: Database, clients: dict[str, int]
) -> None:
    with database.transaction() as session:
        change = merge_clients(session, cast.anna, clients["Lopukh"], clients["Romashka"]).id
    assert finder.found(cast.nina, "kind:deal client:lopukh упаковка") == ["DX-17"]
    with database.transaction() as session:
        take_back(open_dossier(session, cast.anna, clients["Lopukh"]), change)
    assert finder.found(cast.nina, "kind:deal client:lopukh упаковка") == []
    assert finder.found(cast.nina, "kind:deal client:romashka упаковка") == ["DX-17"]


def test_a_source_that_says_something_new_is_found_anew(
    finder: Finder, cast: Cast, database: Database, clock: SetClock, clients: dict[str, int]
) -> None:
    clock.forward(days=1)
    with database.transaction() as session:
        source = make_source(session, "Other")
        apply(session, source, says("DX-18", title="Boiler", company=Company(name="Romashka")))
    assert finder.found(cast.nina, "boiler") == ["DX-18"]
    clock.forward(days=1)
    with database.transaction() as session:
        apply(session, session.get_one(type(source), source.id), says("DX-18", title="Freezer"))
    assert "DX-18" not in finder.found(cast.nina, "boiler")
    assert finder.found(cast.nina, "freezer") == ["DX-18"]
