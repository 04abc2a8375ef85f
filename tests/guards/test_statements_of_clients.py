"""No page of clients costs more statements when there is more to show."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dossiers.clients.kinds import Duty
from dossiers.clients.services.cards import change_card
from dossiers.clients.services.managers import assign, release
from dossiers.clients.services.notes import start_notes
from search.indexing import keep_current
from tests.conftest import Cast
from tests.counting import counting
from tests.dossiers.clients.making import add_client, made, since
from tests.factories.pages import desk_of, rewrite_page
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.kept import KeptAnswers

FEW, MANY = 5, 60
MOST = 75
"""The first page of a dossier shows the panels of other packages, too; the others take a fifth."""

PAGES = {
    "list": "/clients",
    "mine": "/clients?only=mine&sort=newest",
    "narrowed": "/clients?segment=s1&text=client",
    "new": "/clients/new",
    "overview": "/clients/1",
    "edit": "/clients/1/edit",
    "team": "/clients/1/team",
    "history": "/clients/1/history",
    "history of a day": "/clients/1/history?on=2026-01-01&known=2026-03-01",
    "log": "/clients/1/log",
    "log of exports": "/clients/log",
    "notes": "/pages/1",
    "search": "/search?q=kind:client+client",
    "hints": "/search/suggest?q=below",
    "api list": "/api/clients",
    "api one": "/api/clients/1",
    "api managers": "/api/clients/1/managers",
}


def fill(app: Flask, cast: Cast, client: int, numbers: range) -> None:
    """Changes of the card, managers, branches and looks at one client; others beside it."""
    database: Database = app.extensions["database"]
    for number in numbers:
        with database.transaction() as session:
            change_card(session, cast.anna, client, {"region": f"r{number}"}, since(2026, 1, 1))
            who, day = (cast.anna, cast.boris)[number % 2], since(2026, 1 + number % 2, 1)
            assign(session, cast.anna, client, who.id, (Duty.LEAD, Duty.MEMBER)[number % 2], day)
            release(session, cast.anna, client, who.id, since(2026, 2, 20))
            below = add_client(
                session, cast.anna, f"Client {number}", parent=client, segment=f"s{number}"
            )
            assign(session, cast.anna, below.id, cast.vera.id, Duty.LEAD, day)
            add_client(session, cast.boris, f"Below {number}", parent=below.id)
    rewrite_page(app, cast.anna, 1, body="Notes.\n\n" * numbers.stop)
    while keep_current(database, app.extensions["search"]):
        pass


def statements(database: Database, browser: FlaskClient) -> dict[str, int]:
    """How many statements each page takes; caches are warm."""
    taken = {}
    for name, path in PAGES.items():
        assert browser.get(path, follow_redirects=True).status_code == 200, name
        with counting(database) as sent:
            browser.get(path, follow_redirects=True)
        taken[name] = len(sent)
    return taken


@pytest.mark.usefixtures("clock")
def test_sixty_rows_cost_as_many_statements_as_five(
    app: Flask, cast: Cast, database: Database, browser_of: Callable[[Actor | None], FlaskClient]
) -> None:
    app.extensions["kept_pages"] = KeptAnswers(0)
    client = made(database, cast.anna, "The client", tags=("a",), domains=("a.ru",))
    start_notes(desk_of(app), cast.anna, client)
    fill(app, cast, client, range(FEW))
    few = statements(database, browser_of(cast.vera))
    fill(app, cast, client, range(FEW, MANY))
    many = statements(database, browser_of(cast.vera))
    assert many == few
    assert max(many.values()) <= MOST, many
