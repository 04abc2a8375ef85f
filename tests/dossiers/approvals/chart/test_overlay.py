"""An approval path laid over the org chart: its numbers, arrows, states, days and exports."""

from decimal import Decimal

import pytest

from dossiers.approvals.chart.layer import path_choices, path_overlay
from dossiers.approvals.chart.ways import arrows_between, places_of
from dossiers.approvals.kinds import StepState
from dossiers.approvals.models import ApprovalPath
from dossiers.approvals.paths.queries import newest_version
from dossiers.approvals.paths.replacing import replaced
from dossiers.approvals.paths.services import Draft, archive_path, save_version
from dossiers.approvals.purchases import Purchase
from dossiers.approvals.runs.services import Beginning, Move, begin_run, move_step
from dossiers.clients.models import Client
from dossiers.facts.asking import Moment
from dossiers.people.chart.overlays import Arrow, Overlay
from dossiers.people.editing.pen import open_dossier
from dossiers.people.editing.positions import remove_position
from dossiers.people.editing.uses import Instead
from tests.conftest import Cast, SetClock
from tests.dossiers.approvals.chart.paths import BrowserOf, Walked, walked_chart
from tests.factories.approvals import usual_document
from wiki.database import Database


@pytest.fixture
def walked(database: Database, cast: Cast, clock: SetClock) -> Walked:
    return walked_chart(database, cast)


def overlay(database: Database, walked: Walked, clock: SetClock, value: str = "") -> Overlay:
    with database.transaction() as session:
        client = session.get_one(Client, walked.client)
        moment = Moment(clock.moment.date())
        found = path_overlay(session, client, moment, value or str(walked.path))
        assert found is not None
        return found


def test_arrows_pass_over_steps_at_which_nobody_acts_and_join_each_two_once() -> None:
    steps = usual_document({"request": 1, "legal": 2, "sign": 4}).by_code
    arrows = arrows_between(steps, places_of(steps, frozenset({1, 2, 4})))
    assert arrows == (Arrow(1, 2), Arrow(1, 4), Arrow(2, 4))
    assert arrows_between(steps, places_of(steps, frozenset({1, 4}))) == (Arrow(1, 4),)


def test_the_steps_stand_at_the_positions_that_act(
    database: Database, walked: Walked, clock: SetClock
) -> None:
    found = overlay(database, walked, clock)
    seats = walked.seats
    assert [(one.number, one.positions) for one in found.stops] == [
        ("1", (seats["Buyer"],)),
        ("2a", (seats["Lawyer"],)),
        ("2b", ()),
        ("3", ()),
        ("4", (seats["Director"],)),
    ]
    assert [one.who for one in found.stops][:3] == [
        "Buyer – Petr", "Lawyer – Ivan", "nobody known yet",
    ]  # fmt: skip
    assert found.arrows[0] == Arrow(seats["Buyer"], seats["Lawyer"])
    assert found.note == "version 1, a draft"


def test_each_day_shows_the_version_in_force_and_who_is_gone(
    database: Database, cast: Cast, walked: Walked, clock: SetClock
) -> None:
    before = clock.moment.date()
    clock.forward(days=10)
    with database.transaction() as session:
        path = session.get_one(ApprovalPath, walked.path)
        document = replaced(
            newest_version(session, path).document, [walked.seats["Lawyer"]], walked.seats["Guard"]
        )
        save_version(session, cast.anna, walked.client, path.id, Draft(document, 1))
        pen = open_dossier(session, cast.anna, walked.client)
        remove_position(pen, walked.seats["Buyer"], instead=Instead(None))
    with database.transaction() as session:
        client = session.get_one(Client, walked.client)
        then = path_overlay(session, client, Moment(before), str(walked.path))
        now = path_overlay(session, client, Moment(clock.moment.date()), str(walked.path))
    assert then is not None
    assert now is not None
    assert then.stops[1].positions == (walked.seats["Lawyer"],)
    assert now.stops[1].positions == (walked.seats["Guard"],)
    assert now.stops[0].who == "nobody known yet"


def test_a_position_that_ended_without_a_question_is_said_to_be_gone(
    database: Database, cast: Cast, walked: Walked, browser_of: BrowserOf
) -> None:
    with database.transaction() as session:
        archive_path(session, cast.anna, walked.client, walked.path)
        remove_position(open_dossier(session, cast.anna, walked.client), walked.seats["Lawyer"])
        archive_path(session, cast.anna, walked.client, walked.path, away=False)
    anna = browser_of(cast.anna)
    page = anna.get(f"{walked.base}/chart?path={walked.path}").text
    assert "Lawyer – gone since 2 March 2026" in page
    assert '2a<span class="visually-hidden">' not in page
    assert "gone since 2 March 2026" in anna.get(f"{walked.base}/paths/{walked.path}").text


def test_the_only_open_run_tells_how_far_each_step_is_and_several_are_chosen_one_by_one(
    database: Database, cast: Cast, walked: Walked, clock: SetClock
) -> None:
    with database.transaction() as session:
        run = begin_run(session, cast.anna, walked.client, walked.path, Beginning("Line 4"))
        move = Move("request", StepState.PASSED)
        move_step(session, cast.anna, walked.client, run.id, move)
        first = run.id
    stops = overlay(database, walked, clock).stops
    assert [(one.state, one.said) for one in stops][:2] == [
        ("passed", "passed"), ("waiting", "waiting"),
    ]  # fmt: skip
    with database.transaction() as session:
        begin_run(session, cast.anna, walked.client, walked.path, Beginning("Line 5"))
        texts = [one.text for one in path_choices(session, walked.client)]
    assert texts == ["Equipment", "Equipment · Line 4", "Equipment · Line 5"]
    assert {one.state for one in overlay(database, walked, clock).stops} == {""}
    chosen = overlay(database, walked, clock, f"{walked.path}-{first}")
    assert (chosen.stops[0].state, chosen.note) == ("passed", "Line 4 · version 1, a draft")


def test_a_step_that_the_only_deal_does_not_need_is_said_so(
    database: Database, cast: Cast, walked: Walked, clock: SetClock
) -> None:
    cheap = Purchase(Decimal(100), "RUB")
    with database.transaction() as session:
        begin_run(session, cast.anna, walked.client, walked.path, Beginning("Line 4", cheap))
    board = overlay(database, walked, clock).stops[3]
    assert (board.title, board.state, board.said) == (
        "Board", "unneeded", "not needed for this deal",
    )  # fmt: skip


@pytest.mark.parametrize("value", ["0", "x", "999", "1-999", "1-", "-1", "9" * 40])
def test_a_way_that_is_not_there_is_none(
    value: str, cast: Cast, walked: Walked, browser_of: BrowserOf
) -> None:
    anna = browser_of(cast.anna)
    value = value if value != "1-999" else f"{walked.path}-999"
    if value == "1-":
        value = f"{walked.path + 1}-"
    address = f"/api/clients/{walked.client}/chart/layers/path"
    assert anna.get(address, query_string={"value": value}).status_code == 404
    assert anna.get(f"{walked.base}/chart", query_string={"path": value}).status_code == 200


def test_the_page_offers_paths_and_lists_the_numbers_without_scripts(
    cast: Cast, walked: Walked, browser_of: BrowserOf
) -> None:
    anna = browser_of(cast.anna)
    plain = anna.get(f"{walked.base}/chart").text
    assert f'<option value="{walked.path}">Equipment</option>' in plain
    assert "step-number" not in plain
    page = anna.get(f"{walked.base}/chart?path={walked.path}").text
    assert f'<option value="{walked.path}" selected>Equipment</option>' in page
    assert '2a<span class="visually-hidden"> Legal</span>' in page
    assert "Lawyer – Ivan" in page
    assert f"chart.pdf?on=2026-03-02&amp;path={walked.path}" in page


def test_the_layer_is_told_to_programs_within_sight(
    database: Database, cast: Cast, clock: SetClock, browser_of: BrowserOf
) -> None:
    walked = walked_chart(database, cast, "Secret", restricted=True)
    address = f"/api/clients/{walked.client}/chart/layers/path?value={walked.path}"
    told = browser_of(cast.anna).get(address).get_json()
    assert (told["title"], told["stops"][0]["who"]) == ("Equipment", "Buyer – Petr")
    assert browser_of(cast.boris).get(address).status_code == 404
    open_one = walked_chart(database, cast)
    other = f"/api/clients/{open_one.client}/chart/layers/path?value={walked.path}"
    assert browser_of(cast.anna).get(other).status_code == 404


def test_what_is_taken_out_bears_numbers_arrows_and_the_steps_in_words(
    cast: Cast, walked: Walked, browser_of: BrowserOf
) -> None:
    anna = browser_of(cast.anna)
    plain = anna.get(f"{walked.base}/chart.svg").text
    drawn = anna.get(f"{walked.base}/chart.svg?path={walked.path}").text
    assert ">2a<" in drawn
    assert "2a Legal: Lawyer – Ivan" in drawn
    assert ">2a<" not in plain
    assert drawn.count("<path") > plain.count("<path")
    pdf = anna.get(f"{walked.base}/chart.pdf?path={walked.path}")
    assert pdf.data.startswith(b"%PDF")
    branch = anna.get(f"{walked.base}/chart.svg?path={walked.path}&root={walked.seats['Lawyer']}")
    assert ">2a<" in branch.text


def test_a_step_has_one_number_in_the_path_in_its_run_and_on_the_chart(
    database: Database, cast: Cast, walked: Walked, browser_of: BrowserOf
) -> None:
    anna = browser_of(cast.anna)
    cheap = Beginning("Line 4", Purchase(Decimal(100), "RUB"))
    with database.transaction() as session:
        run = begin_run(session, cast.anna, walked.client, walked.path, cheap).id
    assert (
        '<span class="path-number">4</span>' in anna.get(f"{walked.base}/paths/{walked.path}").text
    )
    page = anna.get(f"{walked.base}/runs/{run}").text
    assert '<span class="quiet">4</span> <strong>Sign</strong>' in page
    assert "3 Board</option>" in page
    layer = f"?path={walked.path}-{run}"
    assert f'href="{walked.base}/chart{layer}"' in page
    chart = anna.get(f"{walked.base}/chart{layer}").text
    assert '4<span class="visually-hidden">' in chart
