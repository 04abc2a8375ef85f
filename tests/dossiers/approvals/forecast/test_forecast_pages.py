"""Forecasts as they are kept, shown and compared; who may see them and who may say more."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dossiers.approvals.document import PathDocument
from dossiers.approvals.forecast.queries import forecasts_of, proved_first
from dossiers.approvals.forecast.services import expect_signature, keep_forecast
from dossiers.approvals.kinds import RunState, StepState
from dossiers.approvals.models import ApprovalRun, SignatureForecast
from dossiers.approvals.run_panels import run_panels_of
from dossiers.approvals.runs.services import Beginning, Move, begin_run, move_step
from dossiers.approvals.working_days import Frozen
from dossiers.clients.models import Client
from dossiers.people.editing.pen import open_dossier
from dossiers.people.editing.taking_back import take_back
from tests.conftest import Cast, SetClock
from tests.factories.approvals import make_path, usual_document
from tests.factories.dossiers import make_client
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.errors import Clash, Refusal
from wiki.locale import force_locale

BrowserOf = Callable[[Actor | None], FlaskClient]
HOSTILE = '<script>alert(1)</script>"{{ 7*7 }}'
TODAY = date(2026, 3, 2)
FORECAST, API = "/clients/1/runs/1/forecast", "/api/clients/1/runs/1/forecast"
EXPECT = "/clients/1/runs/1/expect"

pytestmark = pytest.mark.usefixtures("clock")


@dataclass
class Begun:
    client: Client
    run: ApprovalRun


def begun(
    session: Session,
    actor: Actor,
    deal: str = "Line 4",
    restricted: bool = False,
    document: PathDocument | None = None,
) -> Begun:
    client = make_client(session, actor, restricted=restricted)
    path = make_path(session, actor, client, document).path
    return Begun(client, begin_run(session, actor, client.id, path.id, Beginning(deal)))


def move(session: Session, actor: Actor, run: ApprovalRun, *steps: str) -> None:
    for step in steps:
        move_step(session, actor, run.client_id, run.id, Move(step, StepState.PASSED))


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(SignatureForecast)) or 0


def test_a_run_has_a_forecast_of_each_day_on_which_it_moved(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        run = begun(session, cast.anna).run
        first = forecasts_of(session, run.id)[0]
        assert first.made_on == TODAY < first.early <= first.likely <= first.late
        move(session, cast.anna, run, "request")
        assert count(session) == 1
        clock.forward(days=20)
        move(session, cast.anna, run, "legal")
        made = forecasts_of(session, run.id)
        assert [one.made_on for one in made] == [TODAY, date(2026, 3, 22)]
        assert made[0].likely < made[1].likely


def test_a_run_that_has_ended_is_not_forecast(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        run = begun(session, cast.anna).run
        clock.forward(days=1)
        move(session, cast.anna, run, "request", "legal", "security", "board", "sign")
        assert run.state is RunState.SIGNED
        assert keep_forecast(session, cast.anna, run) is None


def test_a_calendar_without_working_days_stops_no_move(
    database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    never = replace(usual_document(), frozen=(Frozen((1, 1), (12, 31)),))
    with database.transaction() as session:
        move(session, cast.anna, begun(session, cast.anna, document=never).run, "request")
        assert count(session) == 0
    answer = browser_of(cast.anna).get(FORECAST)
    assert answer.status_code == 200
    assert "no day on which the step could happen" in answer.text


def test_finished_runs_change_what_is_expected_of_the_next(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        done = begun(session, cast.anna)
        told = forecasts_of(session, done.run.id)[0]
        for deal in ("A", "B", "C", "D"):
            run = begin_run(session, cast.anna, done.client.id, done.run.path_id, Beginning(deal))
            move(session, cast.anna, run, "request")
            clock.forward(days=90)
            move(session, cast.anna, run, "legal", "security", "board", "sign")
        learned = keep_forecast(
            session,
            cast.anna,
            begin_run(session, cast.anna, done.client.id, done.run.path_id, Beginning("E")),
        )
        assert learned is not None
        assert learned.basis["runs"] == 4
        assert (learned.late - learned.made_on).days > 80 > (told.late - told.made_on).days


def test_the_managers_date_is_kept_with_its_change_and_taken_back(
    database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        made = begun(session, cast.anna)
        client, run = made.client.id, made.run
        change = expect_signature(session, cast.anna, client, run.id, date(2026, 3, 20))
        assert forecasts_of(session, run.id)[-1].managers_date == date(2026, 3, 20)
        assert 0 <= forecasts_of(session, run.id)[-1].basis["chances"]["managers"] <= 1
        undo = take_back(open_dossier(session, cast.anna, client), change.id)
        assert run.managers_date is None
        take_back(open_dossier(session, cast.anna, client), undo.id)
        assert run.managers_date == date(2026, 3, 20)


def test_an_older_date_of_the_manager_is_not_taken_back_over_a_newer_one(
    database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        made = begun(session, cast.anna)
        first = expect_signature(session, cast.anna, 1, made.run.id, date(2026, 3, 20))
        expect_signature(session, cast.anna, 1, made.run.id, date(2026, 3, 27))
        with pytest.raises(Clash):
            take_back(open_dossier(session, cast.anna, 1), first.id)
        assert made.run.managers_date == date(2026, 3, 27)


def test_nobody_expects_a_signature_before_the_run_began_or_after_it_ended(
    database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        run = begun(session, cast.anna).run
        with pytest.raises(Refusal):
            expect_signature(session, cast.anna, 1, run.id, date(2026, 3, 1))
        move(session, cast.anna, run, "request", "legal", "security", "board", "sign")
        with pytest.raises(Clash):
            expect_signature(session, cast.anna, 1, run.id, date(2026, 3, 9))
        assert run.managers_date is None


def test_the_page_says_the_range_what_holds_up_and_what_was_said_before(
    database: Database, cast: Cast, browser_of: BrowserOf, clock: SetClock
) -> None:
    with database.transaction() as session:
        begun(session, cast.anna, deal=HOSTILE, document=_hostile())
    clock.forward(days=7)
    page = browser_of(cast.anna).get(FORECAST).text
    assert "in eight of ten cases between" in page
    assert page.count('<svg class="forecast-picture"') == 2
    assert "2 March 2026" in page
    assert "9 March 2026" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert HOSTILE not in page
    assert page.index("What holds it up") < page.index("Forecasts as they were made")


def _hostile() -> PathDocument:
    document = usual_document()
    return replace(document, steps=tuple(replace(s, title=HOSTILE) for s in document.steps))


def test_opening_the_page_keeps_one_forecast_a_day(
    database: Database, cast: Cast, browser_of: BrowserOf, clock: SetClock
) -> None:
    with database.transaction() as session:
        begun(session, cast.anna)
    for day in (1, 0, 1):
        clock.forward(days=day)
        assert browser_of(cast.nina).get(FORECAST).status_code == 200
    with database.reading() as session:
        assert count(session) == 3


def test_the_managers_date_is_written_on_the_page_and_compared_with_the_walks(
    database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    with database.transaction() as session:
        begun(session, cast.anna)
    anna = browser_of(cast.anna)
    answer = anna.post(EXPECT, data={"expected": "2027-03-02"}, follow_redirects=True)
    assert "as good as certain" in answer.text
    assert "signature expected by 2 March 2027" in answer.text
    answer = anna.post(EXPECT, data={"expected": "2026-02-02"})
    assert answer.status_code == 422
    assert "after the first day of the run" in answer.text


def test_who_may_only_read_sees_the_forecast_and_writes_no_date(
    database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    with database.transaction() as session:
        begun(session, cast.anna)
    assert EXPECT in browser_of(cast.anna).get(FORECAST).text
    for actor in (cast.nina, cast.boris):
        browser = browser_of(actor)
        page = browser.get(FORECAST)
        assert page.status_code == 200
        assert EXPECT not in page.text
        assert browser.post(EXPECT, data={"expected": "2026-04-01"}).status_code == 403
    with database.reading() as session:
        assert session.get_one(ApprovalRun, 1).managers_date is None


def test_the_forecast_of_a_restricted_client_is_not_there_for_others(
    database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    with database.transaction() as session:
        begun(session, cast.anna, restricted=True)
    addresses = (FORECAST, API, "/clients/1/paths/1/forecasts")
    for address in addresses:
        assert browser_of(cast.anna).get(address).status_code == 200, address
        assert browser_of(cast.boris).get(address).status_code == 404, address
    boris = browser_of(cast.boris)
    assert boris.post(EXPECT, data={"expected": "2026-04-01"}).status_code == 404
    assert browser_of(cast.anna).get("/clients/1/runs/2/forecast").status_code == 404


def test_a_run_of_another_client_is_not_found_under_this_one(
    database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    with database.transaction() as session:
        begun(session, cast.anna)
        make_client(session, cast.anna, "Tulip")
    anna = browser_of(cast.anna)
    assert anna.get("/clients/2/runs/1/forecast").status_code == 404
    assert anna.get("/api/clients/2/runs/1/forecast").status_code == 404
    assert anna.post("/clients/2/runs/1/expect", data={}).status_code == 404


def test_programs_get_the_range_its_reasons_and_what_was_said_before(
    database: Database, cast: Cast, browser_of: BrowserOf, clock: SetClock
) -> None:
    with database.transaction() as session:
        run = begun(session, cast.anna).run
        expect_signature(session, cast.anna, 1, run.id, date(2026, 3, 20))
    clock.forward(days=1)
    found = browser_of(cast.nina).get(API).json
    assert found["now"]["made"] == "2026-03-03"
    assert found["now"]["early"] <= found["now"]["likely"] <= found["now"]["late"]
    assert found["now"]["manager"] == "2026-03-20"
    assert sum(week["share"] for week in found["weeks"]) == pytest.approx(1)
    assert found["holding"][0]["step"] in ("legal", "request", "board", "sign")
    assert [one["made"] for one in found["made"]] == ["2026-03-02", "2026-03-03"]


def _signed(session: Session, cast: Cast, clock: SetClock, deals: int) -> None:
    made = begun(session, cast.anna, deal="Line 0")
    for number in range(deals):
        run = made.run
        if number:
            wanted = Beginning(f"Line {number}")
            run = begin_run(session, cast.anna, made.client.id, made.run.path_id, wanted)
        day = date.fromordinal(clock.moment.date().toordinal() + 10)
        expect_signature(session, cast.anna, made.client.id, run.id, day)
        clock.forward(days=20)
        move(session, cast.anna, run, "request", "legal", "security", "board", "sign")


def test_forecasts_that_came_true_or_failed_stand_beside_the_managers_dates(
    database: Database, cast: Cast, browser_of: BrowserOf, clock: SetClock
) -> None:
    anna = browser_of(cast.anna)
    with database.transaction() as session:
        begun(session, cast.anna)
    assert "No forecast has come true" in anna.get("/clients/1/paths/1/forecasts").text
    with database.transaction() as session:
        _signed(session, cast, clock, 3)
        assert len(proved_first(session, 2)) == 3
    page = anna.get("/clients/2/paths/2/forecasts").text
    assert "Of 3 runs that were signed" in page
    assert "The manager&#39;s own date" in page or "The manager's own date" in page
    path = anna.get("/clients/2/paths/2").text
    assert "How forecasts came true" in path
    assert "How forecasts came true" not in anna.get("/clients/1/paths/1").text
    ended = anna.get("/clients/2/runs/2/forecast").text
    assert "Signed on 22 March 2026" in ended
    assert "The first forecast, of 2 March 2026" in ended
    assert EXPECT.replace("1", "2", 1) not in ended


def test_the_page_of_a_run_shows_the_forecast_in_short(
    database: Database, cast: Cast, app: object, clock: SetClock
) -> None:
    with database.transaction() as session:
        made = begun(session, cast.anna)
    clock.forward(days=3)
    here = app.test_request_context()  # type: ignore[attr-defined]
    with here, force_locale("en"), database.reading() as session:
        run = session.get_one(ApprovalRun, made.run.id)
        drawn = run_panels_of(session, cast.anna, made.client, run, aside=True)
        assert any("When it will be signed" in panel for panel in drawn)
        assert count(session) == 1
