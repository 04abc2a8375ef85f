"""Paths and runs of a client that was merged into another stand in the other's dossier."""

import pytest

from dossiers.approvals.chart.layer import path_choices
from dossiers.approvals.document import plain_document
from dossiers.approvals.kinds import StepState
from dossiers.approvals.paths.queries import path_in, paths_of
from dossiers.approvals.paths.services import Draft, create_path, name_path, save_version
from dossiers.approvals.runs.queries import run_in
from dossiers.approvals.runs.services import Beginning, Move, begin_run, move_step
from dossiers.people.duplicates.clients import merge_clients
from dossiers.people.editing.pen import open_dossier
from dossiers.people.editing.positions import remove_position
from dossiers.people.editing.taking_back import take_back
from dossiers.people.editing.uses import Instead, InUse, uses_of
from tests.conftest import Cast, SetClock
from tests.dossiers.approvals.chart.paths import BrowserOf, Walked, walked_chart
from tests.dossiers.clients.making import add_client
from tests.factories.approvals import usual_document
from wiki.database import Database
from wiki.errors import Clash, Missing, Refusal


@pytest.fixture
def walked(database: Database, cast: Cast, clock: SetClock) -> Walked:
    return walked_chart(database, cast)


@pytest.fixture
def other(database: Database, cast: Cast, clock: SetClock) -> int:
    """The client into which the other is merged."""
    with database.transaction() as session:
        return add_client(session, cast.anna, "Lepestok").id


def merged(database: Database, cast: Cast, keep: int, lose: int) -> int:
    """The change that merged them."""
    with database.transaction() as session:
        return merge_clients(session, cast.anna, keep, lose).id


def test_paths_and_runs_appear_in_the_dossier_that_stays_and_leave_it_with_the_undo(
    database: Database, cast: Cast, walked: Walked, other: int
) -> None:
    with database.transaction() as session:
        run = begin_run(session, cast.anna, walked.client, walked.path, Beginning("Line 4")).id
    change = merged(database, cast, other, walked.client)
    with database.transaction() as session:
        assert [path.id for path in paths_of(session, other)] == [walked.path]
        assert run_in(session, other, run).id == run
        assert [one.text for one in path_choices(session, other)] == [
            "Equipment",
            "Equipment · Line 4",
        ]
        move_step(session, cast.anna, other, run, Move("request", StepState.PASSED))
    with database.transaction() as session:
        take_back(open_dossier(session, cast.anna, other), change)
        assert paths_of(session, other) == []
        assert run_in(session, walked.client, run).id == run
        with pytest.raises(Missing):
            path_in(session, other, walked.path)


def test_steps_may_name_positions_of_both_charts_and_removals_ask_for_both(
    database: Database, cast: Cast, walked: Walked, other: int
) -> None:
    merged(database, cast, other, walked.client)
    with database.transaction() as session:
        document = usual_document({"sign": walked.seats["Guard"]})
        create_path(session, cast.anna, other, "Licences", Draft(document))
        save_version(session, cast.anna, other, walked.path, Draft(document, 1))
    with database.transaction() as session:
        pen = open_dossier(session, cast.anna, other)
        with pytest.raises(InUse, match="«Equipment», «Licences»"):
            remove_position(pen, walked.seats["Guard"])
        remove_position(pen, walked.seats["Guard"], instead=Instead(walked.seats["Lawyer"]))
        found = uses_of(session, other, [walked.seats["Lawyer"]])
        assert [use.name for use in found] == ["Equipment", "Licences"]
        assert {use.address.split("/")[2] for use in found} == {str(other)}


def test_after_parting_a_path_keeps_the_positions_of_the_other_and_cannot_name_new_ones(
    database: Database, cast: Cast, walked: Walked, other: int
) -> None:
    change = merged(database, cast, other, walked.client)
    with database.transaction() as session:
        document = usual_document({"sign": walked.seats["Guard"]})
        mine = create_path(session, cast.anna, other, "Licences", Draft(document)).path.id
    with database.transaction() as session:
        take_back(open_dossier(session, cast.anna, other), change)
    with database.transaction() as session:
        # Whoever removes the position at its own client learns nothing of the other's path.
        assert uses_of(session, walked.client, [walked.seats["Guard"]]) == []
    again = usual_document({"sign": walked.seats["Lawyer"]})
    with pytest.raises(Refusal, match="not in the chart"), database.transaction() as session:
        save_version(session, cast.anna, other, mine, Draft(again, 1))


def test_a_deed_of_the_joint_dossier_cannot_reach_into_a_dossier_that_was_parted_from_it(
    database: Database, cast: Cast, walked: Walked, other: int
) -> None:
    change = merged(database, cast, other, walked.client)
    with database.transaction() as session:
        run = begin_run(session, cast.anna, other, walked.path, Beginning("Line 4"))
        begun = run.change_id
        named = name_path(session, cast.anna, other, walked.path, "Lathes").id
    with database.transaction() as session:
        take_back(open_dossier(session, cast.anna, other), begun)
    with database.transaction() as session:
        take_back(open_dossier(session, cast.anna, other), change)
    with pytest.raises(Clash, match="were parted"), database.transaction() as session:
        take_back(open_dossier(session, cast.anna, other), named)
    with database.transaction() as session:
        assert path_in(session, walked.client, walked.path).subject == "Lathes"


def test_the_pages_of_the_dossier_that_stays_show_them(
    database: Database, cast: Cast, walked: Walked, other: int, browser_of: BrowserOf
) -> None:
    merged(database, cast, other, walked.client)
    anna = browser_of(cast.anna)
    assert "Equipment" in anna.get(f"/clients/{other}/paths").text
    page = anna.get(f"/clients/{other}/chart?path={walked.path}").text
    assert '2a<span class="visually-hidden"> Legal</span>' in page
    lawyer = anna.get(f"/clients/{other}/positions/{walked.seats['Lawyer']}").text
    assert f"/clients/{other}/paths/{walked.path}" in lawyer
    told = anna.get(f"/api/clients/{other}/paths/{walked.path}").get_json()
    usual = usual_document(
        {
            "request": walked.seats["Buyer"],
            "legal": walked.seats["Lawyer"],
            "sign": walked.seats["Director"],
        }
    )
    assert told["document"] == plain_document(usual)
    assert not any(one["gone"] for one in told["actors"])
