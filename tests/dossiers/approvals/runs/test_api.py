"""What programs read and write of runs."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from dossiers.approvals.kinds import StepState
from dossiers.approvals.paths.edits import change_step
from dossiers.approvals.purchases import Condition
from dossiers.approvals.runs.services import Move, move_step
from dossiers.clients.models import Client
from tests.conftest import Cast, SetClock
from tests.counting import counting
from tests.dossiers.approvals.runs.making import Walked, walked_by
from tests.factories.approvals import make_path, usual_document
from tests.factories.pages import make_category
from wiki.accounts.actor import Actor
from wiki.database import Database

Browser = Callable[[Actor | None], FlaskClient]


@pytest.fixture
def walk(database: Database, cast: Cast, clock: SetClock) -> Walked:
    with database.transaction() as session:
        return walked_by(session, cast.anna)


def sent(browser: FlaskClient, address: str, status: int = 200, **values: Any) -> Any:
    answer = browser.post(f"/api{address}", json=values)
    assert answer.status_code == status, answer.text
    return answer.json


def test_a_run_is_begun_moved_and_read(walk: Walked, cast: Cast, browser_of: Browser) -> None:
    anna = browser_of(cast.anna)
    new = f"/clients/{walk.client}/paths/{walk.path}/runs"
    begun = sent(
        anna, new, 201, deal="Line 5", amount="2900000.50", currency="RUB", began="2026-02-27"
    )
    assert [step["step"] for step in begun["steps"]] == ["request", "legal", "security", "sign"]
    here = f"/clients/{walk.client}/runs/{begun['id']}"
    moved = sent(anna, f"{here}/moves", step="request", state="passed", seen=begun["seen"])
    assert [turn["step"] for turn in moved["turns"]] == ["legal", "security"]
    extra = sent(anna, f"{here}/moves", state="running", title="Council", kind="committee")
    assert [(step["title"], step["extra"]) for step in extra["steps"]][-1] == ("Council", True)
    read = anna.get(f"/api{here}").json
    assert (read["amount"], read["seen"]) == ("2900000.5", extra["events"][-1]["id"])
    assert read == extra
    listed = anna.get(f"/api/clients/{walk.client}/runs").json["runs"]
    assert {run["deal"] for run in listed} == {"Line 4", "Line 5"}


def test_an_ended_run_is_listed_with_how_it_ended(
    walk: Walked, cast: Cast, browser_of: Browser
) -> None:
    anna = browser_of(cast.anna)
    sent(anna, f"{walk.url}/give-up", note="No budget")
    ended = anna.get(f"/api/clients/{walk.client}/runs?state=ended").json["runs"]
    assert [(run["deal"], run["state"], run["ended"]) for run in ended] == [
        ("Line 4", "given_up", "2026-03-02")
    ]
    assert anna.get(f"/api/clients/{walk.client}/runs").json["runs"] == []
    assert sent(anna, f"{walk.url}/go-on")["state"] == "running"


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "exploded", "step": "legal"},
        {"state": "passed", "step": "<b>"},
        {"state": "passed"},
        {"state": "passed", "step": "legal", "on": "2026-05-01"},
        {"state": "passed", "step": "legal", "more": 1},
        {"state": "passed", "step": "legal", "note": "x" * 1001},
        {"state": "passed", "step": "legal", "seen": -1},
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    walk: Walked, cast: Cast, browser_of: Browser, wrong: dict[str, Any]
) -> None:
    assert sent(browser_of(cast.anna), f"{walk.url}/moves", 422, **wrong)["error"]


def test_unknown_people_positions_and_files_are_not_found(
    walk: Walked, cast: Cast, browser_of: Browser
) -> None:
    for name in ("person", "position", "file"):
        said = {"step": "legal", "state": "passed", name: 999}
        sent(browser_of(cast.anna), f"{walk.url}/moves", 404, **said)


def test_the_second_of_two_gets_409(walk: Walked, cast: Cast, browser_of: Browser) -> None:
    first = {"step": "legal", "state": "passed", "seen": 0}
    sent(browser_of(cast.vera), f"{walk.url}/moves", **first)
    late = {**first, "state": "refused"}
    assert "Vera" in sent(browser_of(cast.anna), f"{walk.url}/moves", 409, **late)["error"]


def test_other_teams_write_nothing_and_newcomers_read(
    walk: Walked, cast: Cast, browser_of: Browser
) -> None:
    sent(browser_of(cast.boris), f"{walk.url}/moves", 403, step="legal", state="passed")
    sent(browser_of(cast.boris), f"{walk.url}/give-up", 403)
    new = f"/clients/{walk.client}/paths/{walk.path}/runs"
    sent(browser_of(cast.boris), new, 403, deal="x")
    assert browser_of(cast.nina).get(f"/api{walk.url}").status_code == 200


PAGES = (
    "{run}",
    "/api{run}",
    "/clients/1/runs",
    "/api/clients/1/runs",
    "/runs",
    "/clients/1/paths/1",
)


def test_pages_of_many_runs_and_events_cost_as_many_statements_as_of_few(
    walk: Walked, database: Database, cast: Cast, browser_of: Browser
) -> None:
    browser = browser_of(cast.vera)

    def taken() -> dict[str, int]:
        found = {}
        for page in PAGES:
            address = page.format(run=walk.url)
            assert browser.get(address).status_code == 200
            with counting(database) as statements:
                browser.get(address)
            found[page] = len(statements)
        return found

    def fill(deals: range) -> None:
        with database.transaction() as session:
            for number in deals:
                state = (StepState.RUNNING, StepState.RETURNED)[number % 2]
                move = Move("legal", state, person_id=walk.person)
                move_step(session, cast.anna, walk.client, walk.run, move)
                walked_by(session, cast.anna, f"Client {number}", f"Deal {number}")

    def begin(deals: range) -> None:
        new = f"/clients/{walk.client}/paths/{walk.path}/runs"
        for number in deals:
            sent(
                browser_of(cast.anna),
                new,
                201,
                deal=f"More {number}",
                amount=number,
                currency="RUB",
            )

    fill(range(3))
    begin(range(2))
    few = taken()
    fill(range(3, 15))
    begin(range(2, 12))
    assert taken() == few
    assert max(few.values()) <= 40, few


def test_a_category_stands_for_those_above_it_for_programs_and_on_pages(
    walk: Walked, database: Database, cast: Cast, browser_of: Browser
) -> None:
    anna = browser_of(cast.anna)
    with database.transaction() as session:
        machines = make_category(session, "Machines")
        ovens = make_category(session, "Ovens", machines)
        client = session.get_one(Client, walk.client)
        document = usual_document()
        only = replace(
            document.by_code["board"], condition=Condition(categories=frozenset({machines.id}))
        )
        path = make_path(session, cast.anna, client, change_step(document, only), "Machines").path
    new = f"/clients/{walk.client}/paths/{path.id}/runs"
    begun = sent(anna, new, 201, deal="Oven 5", categories=[ovens.id])
    assert "board" in [step["step"] for step in begun["steps"]]
    other = sent(anna, new, 201, deal="Sweets")
    assert "board" not in [step["step"] for step in other["steps"]]
    here = f"/clients/{walk.client}/runs/{begun['id']}"
    page, form = (anna.get(address).text for address in (here, f"{here}/correct"))
    assert "<dd>Ovens</dd>" in page
    assert f'value="{ovens.id}" checked' in form
    assert f'value="{machines.id}" checked' not in form
