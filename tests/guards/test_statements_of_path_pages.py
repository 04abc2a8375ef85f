"""No page of paths costs more statements when there are more paths, versions, steps or runs."""

from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from dossiers.approvals.document import PathDocument
from dossiers.approvals.kinds import StepKind, StepState
from dossiers.approvals.paths.services import Draft, Told, confirm_version, save_version
from dossiers.approvals.runs.services import Beginning, Move, begin_run, move_step
from dossiers.approvals.steps import Step
from dossiers.clients.models import Client
from tests.conftest import Cast
from tests.counting import counting
from tests.factories.approvals import make_path
from tests.factories.dossiers import make_client, pen_of, person_id_of, seat
from wiki.accounts.actor import Actor
from wiki.database import Database

FEW, MANY = 3, 30
PAGES = {
    "first page": "/clients/1",
    "list": "/clients/1/paths",
    "archive": "/clients/1/paths?archive=1",
    "new": "/clients/1/paths/new",
    "path": "/clients/1/paths/1",
    "path of then": "/clients/1/paths/1?on=2026-02-01",
    "diagram": "/clients/1/paths/1?view=diagram",
    "versions": "/clients/1/paths/1/versions",
    "version": "/clients/1/paths/1/versions/1",
    "compare": "/clients/1/paths/1/versions/compare?from=1&to=2",
    "confirm": "/clients/1/paths/1/confirm",
    "name": "/clients/1/paths/1/name",
    "editor": "/clients/1/paths/1/edit",
    "new step": "/clients/1/paths/1/edit/steps/new",
}


def fill(session: Session, cast: Cast, numbers: range) -> None:
    """Paths of many steps, each held; versions, confirmed ones and drafts; runs that moved."""
    pen = pen_of(session, cast.anna, session.get_one(Client, 1))
    seats = [seat(pen, f"Clerk {number}", name=f"Boss {number}") for number in numbers]
    boss = person_id_of(pen, f"Boss {numbers[0]}")
    steps = tuple(
        Step(
            f"s{ident}", f"Step {ident}", StepKind.LEGAL, positions=(ident, seats[0]), deputy=ident
        )
        for ident in seats
    )
    for number in numbers:
        subject = f"Purchase {number}"
        path = make_path(session, cast.anna, pen.client, PathDocument("RUB", steps), subject).path
        path.archived = number % 3 == 2
        draft = Draft(PathDocument("RUB", steps[1:]), 0)
        first = session.get_one(type(path), 1)
        base = Draft(draft.document, first.newest, date(2025, 1, 1))
        save_version(session, cast.anna, 1, 1, base)
        confirm_version(session, cast.anna, 1, 1, first.newest, Told(date(2026, 2, 1), boss))
        run = begin_run(session, cast.anna, 1, path.id, Beginning(f"Deal {number}"))
        move_step(session, cast.anna, 1, run.id, Move(steps[-1].code, StepState.PASSED))


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
def test_many_paths_cost_as_many_statements_as_few(
    cast: Cast, database: Database, browser_of: Callable[[Actor | None], FlaskClient]
) -> None:
    with database.transaction() as session:
        make_client(session, cast.anna)
        fill(session, cast, range(FEW))
    few = statements(database, browser_of(cast.anna))
    with database.transaction() as session:
        fill(session, cast, range(FEW, MANY))
    assert statements(database, browser_of(cast.anna)) == few
    assert max(few.values()) <= 75, few
