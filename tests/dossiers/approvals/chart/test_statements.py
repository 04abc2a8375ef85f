"""The chart with a path over it costs as many statements for three steps as for thirty."""

import pytest
from flask.testing import FlaskClient

from dossiers.approvals.document import PathDocument
from dossiers.approvals.kinds import StepKind, StepState
from dossiers.approvals.runs.services import Beginning, Move, begin_run, move_step
from dossiers.approvals.steps import Step
from tests.conftest import Cast, SetClock
from tests.counting import counting
from tests.dossiers.approvals.chart.paths import BrowserOf
from tests.dossiers.clients.making import add_client
from tests.factories.approvals import make_path
from tests.factories.dossiers import pen_of, seat
from wiki.database import Database


def grown(database: Database, cast: Cast, count: int) -> tuple[int, int, int]:
    """A client with so many positions, each acting in a path that a deal walks."""
    with database.transaction() as session:
        client = add_client(session, cast.anna, f"Client of {count}")
        pen = pen_of(session, cast.anna, client)
        seats = [seat(pen, f"Clerk {place}", name=f"Boss {place}") for place in range(count)]
        steps = tuple(
            Step(f"s{ident}", f"Step {ident}", StepKind.LEGAL, positions=(ident,))
            for ident in seats
        )
        path = make_path(session, cast.anna, client, PathDocument("RUB", steps)).path
        run = begin_run(session, cast.anna, client.id, path.id, Beginning("Line 4"))
        for step in steps:
            move_step(session, cast.anna, client.id, run.id, Move(step.code, StepState.RUNNING))
        return client.id, path.id, seats[0]


@pytest.mark.usefixtures("clock")
def test_neither_page_nor_layer_costs_more_for_more_steps(
    database: Database, cast: Cast, browser_of: BrowserOf, clock: SetClock
) -> None:
    anna = browser_of(cast.anna)
    few, many = (statements(database, anna, *grown(database, cast, n)) for n in (3, 30))
    assert few == many


def statements(
    database: Database, browser: FlaskClient, client: int, path: int, position: int
) -> list[int]:
    """How many statements each address takes, the second time."""
    taken = []
    for address in (
        f"/clients/{client}/chart?path={path}",
        f"/api/clients/{client}/chart/layers/path?value={path}",
        f"/api/clients/{client}/paths/{path}",
        f"/api/clients/{client}/positions/{position}/uses",
        f"/clients/{client}/positions/{position}",
    ):
        assert browser.get(address).status_code == 200
        with counting(database) as sent:
            browser.get(address)
        taken.append(len(sent))
    return taken
