"""Clients in the search: by every name, with their notes, counted by client."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dossiers.clients.kinds import Duty
from dossiers.clients.services.cards import change_card
from dossiers.clients.services.managers import assign
from dossiers.clients.services.notes import start_notes
from dossiers.clients.services.standing import archive_client
from search.indexing import compare, keep_current
from tests.conftest import Cast
from tests.dossiers.clients.making import made, since
from tests.factories.pages import desk_of, rewrite_page, write_page
from wiki.accounts.actor import Actor
from wiki.database import Database

Browser = Callable[[Actor | None], FlaskClient]


@pytest.fixture(params=[False, True], ids=["waiting", "indexed"])
def romashka(request: pytest.FixtureRequest, app: Flask, cast: Cast, database: Database) -> int:
    """A client that was called otherwise before, with notes and a manager."""
    client = made(
        database, cast.anna, "Lepestok", legal_name="AO Tsvetnik", country="RU",
        tax_number="7707083893", domains=("xn--e1ajbkdj3e.xn--p1ai", "klumba.ru"), segment="HoReCa",
    )  # fmt: skip
    page = start_notes(desk_of(app), cast.anna, client)
    rewrite_page(app, cast.anna, page, body="They like dumplings.\n")
    write_page(app, cast.boris, "Dumplings")
    with database.transaction() as session:
        change_card(session, cast.anna, client, {"name": "Romashka"}, since(2026, 2))
        assign(session, cast.anna, client, cast.anna.id, Duty.LEAD, since(2026, 2))
    if request.param:
        drain(app, database)
    return client


def drain(app: Flask, database: Database) -> None:
    while keep_current(database, app.extensions["search"]):
        pass


def hits(browser: FlaskClient, question: str, **choices: str) -> list[tuple[str, str]]:
    answer = browser.get("/api/search", query_string={"q": question, **choices}).json
    return [(hit["kind"], hit["title"]) for hit in answer["hits"]]


def test_a_client_is_found_by_all_it_is_called(
    romashka: int, cast: Cast, browser_of: Browser
) -> None:
    nina = browser_of(cast.nina)
    for name in ("Romashka", "Lepestok", "Tsvetnik", "7707083893", "klumba.ru", "HoReCa"):
        assert ("client", "Romashka") in hits(nina, name), name
    assert romashka


def test_the_notes_are_found_and_counted_by_their_client(
    romashka: int, cast: Cast, browser_of: Browser
) -> None:
    nina = browser_of(cast.nina)
    assert ("page", "Lepestok") in hits(nina, "client:Romashka dumplings")
    assert hits(nina, "dumplings", client=str(romashka)) == [("page", "Lepestok")]
    facets = nina.get(f"/api/search?q=Romashka+dumplings&client={romashka}").json["facets"]
    (of_client,) = (facet for facet in facets if facet["facet"] == "client")
    assert [(value["name"], value["count"]) for value in of_client["values"]] == [("Romashka", 2)]
    owned = nina.get(f"/api/search?q=Romashka&owner={cast.anna.id}&kind=client").json
    assert owned["total"] == 1


def test_an_archived_client_is_not_found_and_the_index_agrees(
    romashka: int, app: Flask, cast: Cast, browser_of: Browser, database: Database
) -> None:
    with database.transaction() as session:
        archive_client(session, cast.anna, romashka, since(2026, 3))
    assert hits(browser_of(cast.nina), "kind:client Romashka") == []
    drain(app, database)
    assert hits(browser_of(cast.nina), "kind:client Romashka") == []
    assert not compare(database, app.extensions["search"], lambda _done: None)


def test_hints_lead_to_the_dossier(romashka: int, cast: Cast, browser_of: Browser) -> None:
    hints = browser_of(cast.nina).get("/search/suggest?q=romash").text
    assert f'href="/clients/{romashka}"' in hints
