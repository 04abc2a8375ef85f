"""The pages of what runs teach: for whom, with what in them, and what their buttons do."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dossiers.approvals.models import ApprovalPath
from dossiers.approvals.paths.edits import change_step
from dossiers.approvals.paths.services import Draft, save_version
from dossiers.clients.models import Client
from dossiers.clients.rules import audience_of
from tests.conftest import Cast, SetClock
from tests.counting import counting
from tests.dossiers.approvals.lessons.making import AS_WRITTEN, Dossier
from tests.factories.approvals import usual_document
from wiki.accounts.actor import Actor
from wiki.database import Database

BrowserOf = Callable[[Actor | None], FlaskClient]
SKIPPED = ("request", "legal security", "-board", "sign")
HOSTILE = "<script>alert(1)</script>"


@dataclass
class Place:
    """Where the path of a client with three finished runs is found."""

    client_id: int
    path_id: int
    run_id: int

    @property
    def path(self) -> str:
        return f"/clients/{self.client_id}/paths/{self.path_id}"

    @property
    def lessons(self) -> str:
        return f"{self.path}/lessons"


@pytest.fixture
def place(app: Flask, database: Database, cast: Cast, clock: SetClock) -> Place:
    with app.app_context(), database.transaction() as session:
        dossier = Dossier.of(session, cast.anna)
        for number in range(3):
            run = dossier.finishes(*SKIPPED, deal=f"Line {number}")
        return Place(dossier.client.id, dossier.path.id, run.id)


def newest_of(database: Database, place: Place) -> int:
    with database.reading() as session:
        return session.get_one(ApprovalPath, place.path_id).newest


def test_the_page_says_how_well_runs_fit_where_they_differ_and_what_to_correct(
    place: Place, cast: Cast, browser_of: BrowserOf
) -> None:
    page = browser_of(cast.anna).get(place.lessons).text
    assert "89 %" in page
    assert "“Board” was skipped in 3 of 3 runs" in page
    assert f"/clients/{place.client_id}/runs/{place.run_id}" in page
    assert "Correct the path" in page


def test_the_paths_of_a_client_stand_beside_how_well_all_its_runs_fit(
    place: Place, database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    paths = f"/clients/{place.client_id}/paths"
    page = browser_of(cast.nina).get(paths).text
    assert "How well the runs fit the paths" in page
    assert "89 %" in page
    assert "Mean of 3 finished runs of this client." in page
    with database.transaction() as session:
        other = Dossier.of(session, cast.anna, "Vasilyok").client.id
    assert "fit the paths" not in browser_of(cast.nina).get(f"/clients/{other}/paths").text


def test_a_path_without_finished_runs_says_what_comes_here(
    app: Flask, database: Database, cast: Cast, clock: SetClock, browser_of: BrowserOf
) -> None:
    with app.app_context(), database.transaction() as session:
        dossier = Dossier.of(session, cast.anna)
        base = f"/clients/{dossier.client.id}/paths/{dossier.path.id}"
    page = browser_of(cast.anna).get(f"{base}/lessons")
    assert "No run of this path has ended yet" in page.text
    assert browser_of(cast.anna).get(f"{base}/lessons/proposal").status_code == 422
    assert "What the runs teach" not in browser_of(cast.anna).get(base).text


def test_one_click_corrects_the_path_and_another_takes_it_back(
    place: Place, database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    browser = browser_of(cast.anna)
    sent = {"lesson": "skipped:board", "base": "1"}
    page = browser.post(f"{place.lessons}/accept", data=sent, follow_redirects=True)
    assert "Take it back" in page.text
    assert 'value="skipped:board"' not in page.text
    assert newest_of(database, place) == 2
    again = browser.post(f"{place.lessons}/accept", data=sent)
    assert (again.status_code, newest_of(database, place)) == (409, 2)


def test_what_is_left_as_it_is_is_no_longer_listed(
    place: Place, database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    browser = browser_of(cast.anna)
    browser.post(f"{place.lessons}/dismiss", data={"lesson": "skipped:board"})
    answer = browser.get(f"/api{place.lessons}").json
    assert answer is not None
    assert "skipped:board" not in [one["key"] for one in answer["lessons"]]
    assert newest_of(database, place) == 1


def test_the_proposed_path_is_shown_beside_the_newest_and_saved(
    place: Place, database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    browser = browser_of(cast.anna)
    page = browser.get(f"{place.lessons}/proposal").text
    assert "no longer a step" in page
    assert "in 3 of 3 runs" in page
    answer = browser.post(f"{place.lessons}/proposal", data={"base": "1"})
    assert answer.location == f"{place.path}/versions/compare?from=1&to=2"
    assert newest_of(database, place) == 2


def test_programs_read_lessons_and_runs(place: Place, cast: Cast, browser_of: BrowserOf) -> None:
    answer = browser_of(cast.boris).get(f"/api{place.lessons}").json
    assert answer is not None
    assert answer["fitness"] == pytest.approx(8 / 9, abs=0.01)
    assert answer["lessons"][0]["sentence"].startswith("“Board” was skipped in 3 of 3 runs")
    assert [one["kind"] for one in answer["runs"][0]["deviations"]] == ["skipped"]


def test_another_team_reads_and_corrects_nothing(
    place: Place, database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    browser = browser_of(cast.boris)
    assert "Correct the path" not in browser.get(place.lessons).text
    for door, sent in (
        ("accept", {"lesson": "skipped:board", "base": "1"}),
        ("dismiss", {"lesson": "skipped:board"}),
        ("proposal", {"base": "1"}),
    ):
        assert browser.post(f"{place.lessons}/{door}", data=sent).status_code == 403
    assert newest_of(database, place) == 1


def test_a_restricted_client_has_no_such_pages_for_others(
    place: Place, database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    with database.transaction() as session:
        client = session.get_one(Client, place.client_id)
        client.restricted, client.audience = True, audience_of(True, client.team_id)
    doors = (place.lessons, f"{place.lessons}/proposal", f"/api{place.lessons}")
    for door in doors:
        assert browser_of(cast.boris).get(door).status_code == 404
        assert browser_of(cast.anna).get(door).status_code == 200
    sent = {"lesson": "skipped:board", "base": "1"}
    assert browser_of(cast.boris).post(f"{place.lessons}/accept", data=sent).status_code == 404


def test_nonsense_is_refused(place: Place, cast: Cast, browser_of: BrowserOf) -> None:
    browser = browser_of(cast.anna)
    for sent in ({}, {"lesson": HOSTILE}, {"lesson": "skipped:board", "base": "77"}):
        answer = browser.post(f"{place.lessons}/accept", data=sent)
        assert answer.status_code in (404, 409)
        assert HOSTILE not in answer.text


def test_hostile_titles_stay_text(
    app: Flask, database: Database, cast: Cast, clock: SetClock, browser_of: BrowserOf
) -> None:
    with app.app_context(), database.transaction() as session:
        dossier = Dossier.of(session, cast.anna)
        board = replace(usual_document().by_code["board"], title=HOSTILE)
        args = (session, cast.anna, dossier.client.id, dossier.path.id)
        save_version(*args, Draft(change_step(usual_document(), board), 1))
        run = dossier.finishes(*SKIPPED, deal=HOSTILE[:90])
        base, run_id = f"/clients/{dossier.client.id}", run.id
        path = f"{base}/paths/{dossier.path.id}"
    browser = browser_of(cast.anna)
    for address in (f"{path}/lessons", path, f"{base}/runs/{run_id}"):
        page = browser.get(address).text
        assert HOSTILE not in page
        assert "&lt;script&gt;" in page
    sent = {"lesson": "skipped:board", "base": "2"}
    done = browser.post(f"{path}/lessons/accept", data=sent, follow_redirects=True)
    assert done.status_code == 200
    assert HOSTILE not in done.text


def test_path_and_run_show_what_was_learnt(place: Place, cast: Cast, browser_of: BrowserOf) -> None:
    browser = browser_of(cast.anna)
    assert place.lessons in browser.get(place.path).text
    run = browser.get(f"/clients/{place.client_id}/runs/{place.run_id}").text
    assert "Beside the path by which it went" in run
    assert "89 %" in run


def test_the_page_takes_as_many_statements_for_many_runs_as_for_few(
    place: Place, app: Flask, database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    browser, sent = browser_of(cast.anna), []
    for more in (0, 6):
        with app.app_context(), database.transaction() as session:
            dossier = Dossier.at(session, cast.anna, place.client_id, place.path_id)
            for number in range(more):
                steps = (*AS_WRITTEN, f"extra{number}")
                dossier.finishes(*steps, deal=f"More {number}")
        browser.get(place.lessons)
        with counting(database) as statements:
            assert browser.get(place.lessons).status_code == 200
        sent.append(len(statements))
    assert sent[0] == sent[1]
