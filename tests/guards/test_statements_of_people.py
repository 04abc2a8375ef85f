"""No page of positions and people costs more statements when a client has more of them."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.people.editing.judging import Acquainted, Tie, acquaint, judge, tie
from dossiers.people.editing.lines import draw_line
from dossiers.people.editing.persons import add_name_form, set_contact
from dossiers.people.kinds import Aspect, ContactKind, Coverage, InfluenceKind, LineKind
from search.documents import Key
from tests.conftest import Cast
from tests.counting import counting
from tests.factories.dossiers import make_client, pen_of, person_id_of, seat
from wiki.accounts.actor import Actor
from wiki.database import Database

FEW, MANY = 3, 40
PAGES = {
    "list": "/clients/1/people?show=all",
    "new person": "/clients/1/people/new",
    "position": "/clients/1/positions/1",
    "position of then": "/clients/1/positions/1?on=2026-02-01&known=2026-02-01",
    "new position": "/clients/1/positions/new?manager=1",
    "person": "/persons/1?client=1",
    "positions": "/clients/1/positions/suggest?q=clerk&outside=2",
    "people": "/clients/1/people/suggest?q=boss",
    "clients": "/persons/clients?q=r",
    "api person": "/api/persons/1",
    "api people": "/api/clients/1/people?show=all",
}


def fill(session: Session, cast: Cast, numbers: range) -> None:
    """Reports one below the other, each held, judged, tied and known; and the boss at each turn."""
    pen = pen_of(session, cast.anna, session.get_one(Client, 1))
    below = 1
    for number in numbers:
        seat(pen, f"Aide {number}", 1)
        below = seat(pen, f"Clerk {number}", below, f"Boss {number}")
        draw_line(pen, below, 1, LineKind.DOTTED)
        other = person_id_of(pen, f"Boss {number}")
        tie(pen, Tie(1, other, InfluenceKind.TRUSTS))
        for person in (1, other):
            judge(pen, person, Aspect.ROLE, "champion", f"D{number}")
            acquaint(pen, cast.anna.id, person, Acquainted(Coverage.DEEP))
            set_contact(pen, person, ContactKind.PHONE, f"+7 900 {number:03}")
            add_name_form(pen, person, f"Alias {number}")


def statements(database: Database, browser: FlaskClient) -> dict[str, int]:
    """How many statements each page takes, the second time."""
    taken = {}
    for name, address in PAGES.items():
        assert browser.get(address).status_code == 200, name
        with counting(database) as sent:
            browser.get(address)
        taken[name] = len(sent)
    return taken


@pytest.mark.usefixtures("clock")
def test_many_people_cost_as_many_statements_as_few(
    cast: Cast, database: Database, browser_of: Callable[[Actor | None], FlaskClient]
) -> None:
    with database.transaction() as session:
        seat(pen_of(session, cast.anna, make_client(session, cast.anna)), "Head", name="Boss")
        fill(session, cast, range(FEW))
    few = statements(database, browser_of(cast.anna))
    with database.transaction() as session:
        fill(session, cast, range(FEW, MANY))
    assert statements(database, browser_of(cast.anna)) == few
    assert max(few.values()) <= 38, few


def test_documents_of_many_people_are_loaded_in_as_many_statements_as_few(
    cast: Cast, database: Database, app: Flask
) -> None:
    with database.transaction() as session:
        seat(pen_of(session, cast.anna, make_client(session, cast.anna)), "Head", name="Boss")
        fill(session, cast, range(MANY))
    sources, taken = app.extensions["search"].sources, []
    for number in (2, MANY):
        with database.reading() as session, counting(database) as sent:
            found = sources.load(session, [Key("person", i) for i in range(1, number + 1)])
        assert len(found) == number
        taken.append(len(sent))
    assert taken[0] == taken[1]
