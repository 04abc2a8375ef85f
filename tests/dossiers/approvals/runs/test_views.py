"""The pages of runs, as managers use them."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from flask.testing import FlaskClient

from dossiers.approvals.kinds import RunState, StepKind, StepState
from dossiers.approvals.models import ApprovalRun
from dossiers.approvals.runs.hints import Hint, forget_hints, know_hints
from dossiers.approvals.runs.queries import events_of
from dossiers.approvals.runs.services import Beginning, Move, begin_run, move_step
from dossiers.clients.models import Client
from tests.conftest import Cast, SetClock
from tests.dossiers.approvals.runs.making import Walked, walked_by
from tests.dossiers.clients.making import made
from tests.factories.approvals import make_path
from tests.factories.files import picture
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.files.models import Attachment

Browser = Callable[[Actor | None], FlaskClient]
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def walk(database: Database, cast: Cast, clock: SetClock) -> Walked:
    with database.transaction() as session:
        return walked_by(session, cast.anna)


def state(database: Database, walk: Walked) -> RunState:
    with database.reading() as session:
        return session.get_one(ApprovalRun, walk.run).state


def events(database: Database, walk: Walked) -> list[tuple[str, StepState]]:
    with database.reading() as session:
        return [(event.step, event.state) for event in events_of(session, walk.run)]


def status_of(browser: FlaskClient, address: str) -> int:
    with browser.get(address) as answer:
        return answer.status_code


def page(browser: FlaskClient, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.text


def test_one_tap_says_that_a_step_passed_and_shows_whose_turn_it_is(
    walk: Walked, database: Database, cast: Cast, browser_of: Browser
) -> None:
    browser = browser_of(cast.anna)
    assert "Request" in page(browser, walk.url)
    sent = browser.post(
        f"{walk.url}/move", data={"step": "request", "state": "passed", "seen": "0"}
    )
    assert sent.status_code == 302
    assert events(database, walk) == [("request", StepState.PASSED)]
    shown = page(browser, walk.url)
    assert "Ivan Petrov" in shown
    assert 'value="legal"' in shown
    assert "working days late" in shown
    assert "/changes/" in shown


def test_the_second_of_two_sees_who_was_first_and_what_they_typed_themselves(
    walk: Walked, database: Database, cast: Cast, browser_of: Browser
) -> None:
    first = {"step": "request", "state": "passed", "seen": "0"}
    assert browser_of(cast.vera).post(f"{walk.url}/move", data=first).status_code == 302
    late = {"step": "request", "state": "returned", "seen": "0", "note": "They want a new offer"}
    answer = browser_of(cast.anna).post(f"{walk.url}/move", data=late)
    assert answer.status_code == 409
    assert "Vera has written down" in answer.text
    assert "They want a new offer" in answer.text
    assert len(events(database, walk)) == 1


def test_what_happened_is_written_with_day_person_mail_note_and_file(
    walk: Walked, database: Database, cast: Cast, browser_of: Browser
) -> None:
    browser = browser_of(cast.anna)
    sent = {
        "step": "legal",
        "state": "passed",
        "on": "2026-02-20",
        "person": "ivan petrov",
        "mail": "https://mail.example/42",
        "note": HOSTILE,
        "file": (BytesIO(picture()), "signed.png"),
    }
    assert browser.post(f"{walk.url}/move", data=sent).status_code == 302
    shown = page(browser, walk.url)
    for told in ("20 February 2026", "Ivan Petrov", "signed.png", 'href="https://mail.example/42"'):
        assert told in shown
    assert HOSTILE not in shown
    assert "unusual" in shown


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"person": "Nobody At All"}, "Nobody At All"),
        ({"on": "2026-05-01"}, "first day of the run and today"),
        ({"on": "never"}, "Nothing was saved"),
        ({"state": "exploded"}, "Nothing was saved"),
        ({"state": "waiting"}, "Nothing was"),
        ({"step": "", "title": ""}, "Say what the step"),
        ({"step": "nothing"}, "Say what the step"),
        ({"note": "x" * 1001}, "1001 characters"),
        ({"kind": "party"}, "Nothing was saved"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(
    walk: Walked,
    database: Database,
    cast: Cast,
    browser_of: Browser,
    wrong: dict[str, str],
    told: str,
) -> None:
    sent = {"step": "legal", "state": "passed", "mail": "Letter of Monday", **wrong}
    answer = browser_of(cast.anna).post(f"{walk.url}/move", data=sent)
    assert answer.status_code == 422
    assert told in answer.text
    assert "Letter of Monday" in answer.text
    assert events(database, walk) == []


def test_a_step_beside_the_path_and_one_sent_back_to_another(
    walk: Walked, cast: Cast, browser_of: Browser
) -> None:
    browser = browser_of(cast.anna)
    beside = {"step": "", "title": "Works council", "kind": "committee", "state": "running"}
    assert browser.post(f"{walk.url}/move", data=beside).status_code == 302
    back = {"step": "legal", "state": "returned", "back_to": "request"}
    assert browser.post(f"{walk.url}/move", data=back).status_code == 302
    shown = page(browser, walk.url)
    assert "Works council" in shown
    assert "not in the path" in shown
    assert "sent back" in shown


def test_a_run_is_begun_from_an_address_that_says_what_is_bought(
    walk: Walked, database: Database, cast: Cast, browser_of: Browser
) -> None:
    browser = browser_of(cast.anna)
    new = f"/clients/{walk.client}/paths/{walk.path}/runs/new"
    form = page(
        browser, f"{new}?deal=Line+5&amount=2.9+mln&currency=RUB&wanted=2026-06-01&on=2026-03-02"
    )
    for told in ('value="Line 5"', 'value="2.9 mln"', 'value="2026-06-01"', 'value="Line 4"'):
        assert told in form
    sent = {"deal": "Line 5", "amount": "2,9 млн", "on": "2026-02-27", "managers": "2026-05-05"}
    answer = browser.post(new, data=sent)
    assert answer.status_code == 302
    with database.reading() as session:
        run = session.get_one(ApprovalRun, int(answer.location.rsplit("/", 1)[1]))
        assert (run.deal, run.amount, run.currency) == ("Line 5", 2_900_000, "RUB")
        assert (run.began_on, run.managers_date) == (date(2026, 2, 27), date(2026, 5, 5))


@pytest.mark.parametrize(
    "wrong",
    [
        {"deal": ""},
        {"deal": "line 4"},
        {"amount": "much"},
        {"on": "2026-04-01"},
        {"managers": "soon"},
        {"wanted": "2020-01-01"},
    ],
)
def test_a_run_that_cannot_be_comes_back_with_what_was_typed(
    walk: Walked, cast: Cast, browser_of: Browser, wrong: dict[str, str]
) -> None:
    new = f"/clients/{walk.client}/paths/{walk.path}/runs/new"
    sent = {"deal": HOSTILE, "amount": "17", **wrong}
    answer = browser_of(cast.anna).post(new, data=sent)
    assert answer.status_code in (409, 422)
    assert HOSTILE not in answer.text
    assert 'role="alert"' in answer.text


def test_a_run_is_corrected(
    walk: Walked, database: Database, cast: Cast, browser_of: Browser
) -> None:
    browser = browser_of(cast.anna)
    assert 'value="3100000"' in page(browser, f"{walk.url}/correct")
    sent = {"deal": "Line 4b", "amount": "2 900 000", "currency": "RUB", "on": "2026-02-02"}
    assert browser.post(f"{walk.url}/correct", data=sent).status_code == 302
    shown = page(browser, walk.url)
    assert "Line 4b" in shown
    assert "0 of 4 steps" in shown


def test_a_run_is_given_up_and_goes_on(
    walk: Walked, database: Database, cast: Cast, browser_of: Browser
) -> None:
    browser = browser_of(cast.anna)
    up = browser.post(f"{walk.url}/give-up", data={"note": "No budget this year"})
    assert up.status_code == 302
    assert state(database, walk) is RunState.GIVEN_UP
    assert "No budget this year" in page(browser, walk.url)
    assert browser.post(f"{walk.url}/give-up").status_code == 409
    assert browser.post(f"{walk.url}/go-on").status_code == 302
    assert state(database, walk) is RunState.RUNNING


def test_the_last_event_is_taken_back_by_its_button(
    walk: Walked, database: Database, cast: Cast, browser_of: Browser
) -> None:
    with database.transaction() as session:
        move = Move("legal", StepState.REFUSED)
        change = move_step(session, cast.anna, walk.client, walk.run, move).change_id
    address = f"/clients/{walk.client}/changes/{change}/undo"
    assert f'action="{address}"' in page(browser_of(cast.anna), walk.url)
    answer = browser_of(cast.anna).post(address, data={"next": walk.url})
    assert answer.location == walk.url
    assert state(database, walk) is RunState.RUNNING


def test_hints_fill_the_form_and_write_nothing(
    walk: Walked, database: Database, cast: Cast, browser_of: Browser
) -> None:
    def find(_session: object, _actor: object, _client: Client, deal: str) -> list[Hint]:
        return [Hint(date(2026, 2, 9), f"{deal}: {HOSTILE}", StepKind.LEGAL, "CRM")]

    know_hints("test", find)
    try:
        shown = page(browser_of(cast.anna), walk.url)
        assert "?step=legal&amp;on=2026-02-09" in shown
        assert HOSTILE not in shown
        assert "Hints from elsewhere" not in page(browser_of(cast.boris), walk.url)
    finally:
        forget_hints("test")
    filled = page(browser_of(cast.anna), f"{walk.url}?step=legal&on=2026-02-09&note=As+told#write")
    assert "As told" in filled
    assert 'value="2026-02-09"' in filled
    assert events(database, walk) == []


def test_lists_show_whose_turn_it_is_the_latest_first(
    walk: Walked, database: Database, cast: Cast, clock: SetClock, browser_of: Browser
) -> None:
    with database.transaction() as session:
        other = walked_by(session, cast.anna, "Vasilek", "Boiler")
        for step in ("request", "legal"):
            move_step(session, cast.anna, other.client, other.run, Move(step, StepState.PASSED))
    shown = page(browser_of(cast.vera), "/runs")
    assert shown.index("Line 4") < shown.index("Boiler")
    assert "Vasilek" in shown
    assert "Line 4" in page(browser_of(cast.anna), "/runs?only=mine")
    assert "Line 4" not in page(browser_of(cast.boris), "/runs")
    assert "Line 4" in page(browser_of(cast.boris), "/runs?only=all")
    assert "Line 4" in page(browser_of(cast.boris), f"/clients/{walk.client}/runs")
    assert "Line 4" in page(browser_of(cast.boris), f"/clients/{walk.client}/paths/{walk.path}")


def test_other_teams_read_and_write_nothing(
    walk: Walked, database: Database, cast: Cast, browser_of: Browser
) -> None:
    browser = browser_of(cast.boris)
    shown = page(browser, walk.url)
    assert "Line 4" in shown
    assert f"{walk.url}/move" not in shown
    for deed in ("move", "give-up", "go-on", "correct"):
        sent = {"step": "legal", "state": "passed"}
        assert browser.post(f"{walk.url}/{deed}", data=sent).status_code == 403
    new = f"/clients/{walk.client}/paths/{walk.path}/runs/new"
    assert browser.get(new).status_code == 403
    assert browser.post(new, data={"deal": "x"}).status_code == 403
    assert events(database, walk) == []


def test_restricted_clients_hide_their_runs_and_the_files_that_show_something(
    database: Database, cast: Cast, clock: SetClock, browser_of: Browser
) -> None:
    with database.transaction() as session:
        walk = walked_by(session, cast.anna, "Secret", hidden=True)
    sent = {"step": "legal", "state": "passed", "file": (BytesIO(picture()), "secret.png")}
    assert browser_of(cast.anna).post(f"{walk.url}/move", data=sent).status_code == 302
    with database.reading() as session:
        file = session.query(Attachment).one()
    address = f"/files/{file.id}/{file.name}"
    for who, status in ((cast.anna, 200), (cast.vera, 200), (cast.boris, 404)):
        browser = browser_of(who)
        listed = f"/clients/{walk.client}/runs"
        for door in (walk.url, address, listed, f"/api{listed}", f"/api{walk.url}"):
            assert status_of(browser, door) == status
        assert ("Secret" in browser.get("/runs?only=all").text) is (status == 200)
    about = browser_of(cast.anna).get(f"/files/{file.id}/about").text
    assert "Secret: Line 4" in about
    assert "secret.png" not in browser_of(cast.vera).get("/files?show=unused").text
    assert "secret.png" in browser_of(cast.vera).get("/files").text
    tap = {"step": "legal", "state": "passed"}
    assert browser_of(cast.boris).post(f"{walk.url}/move", data=tap).status_code == 404
    assert browser_of(cast.boris).post(f"{walk.url}/give-up").status_code == 404


def test_a_file_that_shows_something_goes_along_when_the_client_is_restricted_and_opened(
    database: Database, cast: Cast, clock: SetClock, browser_of: Browser
) -> None:
    client = made(database, cast.anna, "Romashka")
    with database.transaction() as session:
        path = make_path(session, cast.anna, session.get_one(Client, client)).path
        run = begin_run(session, cast.anna, client, path.id, Beginning("Line 4"))
    sent = {"step": "legal", "state": "passed", "file": (BytesIO(picture()), "letter.png")}
    browser_of(cast.anna).post(f"/clients/{client}/runs/{run.id}/move", data=sent)
    with database.reading() as session:
        file = session.query(Attachment).one()
    address = f"/files/{file.id}/{file.name}"
    assert status_of(browser_of(cast.boris), address) == 200
    for deed, status in (("restrict", 404), ("open", 200)):
        assert browser_of(cast.vera).post(f"/clients/{client}/{deed}").status_code == 302
        assert status_of(browser_of(cast.boris), address) == status
        assert status_of(browser_of(cast.vera), address) == 200


def test_a_run_is_not_found_under_another_client(
    walk: Walked, database: Database, cast: Cast, browser_of: Browser
) -> None:
    with database.transaction() as session:
        other = walked_by(session, cast.anna, "Vasilek")
    wrong = f"/clients/{other.client}/runs/{walk.run}"
    browser = browser_of(cast.anna)
    assert browser.get(wrong).status_code == 404
    assert browser.post(f"{wrong}/move", data={"step": "legal"}).status_code == 404
