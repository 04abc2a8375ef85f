"""The pages of paths: the list, a new one, the path itself, and who may see and do what."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from flask.testing import FlaskClient

from dossiers.approvals.document import PathDocument
from dossiers.approvals.kinds import StepKind, StepState
from dossiers.approvals.paths.queries import newest_version, paths_of
from dossiers.approvals.paths.services import Draft, Told, confirm_version, save_version
from dossiers.approvals.purchases import Condition
from dossiers.approvals.runs.services import Beginning, Move, begin_run, move_step
from dossiers.approvals.steps import Step
from dossiers.facts.kinds import Confidence, Source
from tests.conftest import Cast, SetClock
from tests.factories.approvals import make_path, usual_document
from tests.factories.dossiers import make_client, pen_of, seat
from wiki.accounts.actor import Actor
from wiki.database import Database

BrowserOf = Callable[[Actor | None], FlaskClient]
HOSTILE = '<script>alert(1)</script>"{{ 7*7 }}'

pytestmark = pytest.mark.usefixtures("clock")


def page(browser: FlaskClient, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return str(answer.text)


def test_a_client_without_paths_says_what_to_do_next(
    database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    with database.transaction() as session:
        make_client(session, cast.anna)
    assert 'href="/clients/1/paths/new"' in page(browser_of(cast.anna), "/clients/1/paths")
    read = page(browser_of(cast.nina), "/clients/1/paths")
    assert "Nobody wrote down how they decide" in read
    assert "/paths/new" not in read


def test_the_list_tells_drafts_from_confirmed_paths_and_by_whom(
    database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        make_path(session, cast.anna, client, subject="Raw goods")
        path = make_path(session, cast.anna, client).path
        told = Told(date(2026, 2, 20), name="Petrova from purchasing")
        confirm_version(session, cast.anna, client.id, path.id, 1, told)
    listed = page(browser_of(cast.nina), "/clients/1/paths")
    raw, equipment = listed.split('href="/clients/1/paths/1"')[1], listed.split("Equipment")[1]
    assert "Not confirmed by anybody yet" in raw
    assert "Petrova from purchasing" in equipment.split("</li>")[0]
    assert "10 days ago" in equipment.split("</li>")[0]


def test_the_usual_path_begins_as_a_guess_with_a_condition_for_the_board(
    database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    with database.transaction() as session:
        make_client(session, cast.anna)
    browser = browser_of(cast.anna)
    answer = browser.post(
        "/clients/1/paths/new", data={"subject": "Equipment", "beginning": "usual"}
    )
    assert answer.status_code == 302
    with database.reading() as session:
        document = newest_version(session, paths_of(session, 1)[0]).document
    assert all(step.confidence is Confidence.GUESS for step in document.steps)
    assert document.by_code["board"].condition.amount_from == 10_000_000
    shown = page(browser, "/clients/1/paths/1")
    assert "only from 10,000,000" in shown
    assert "at the same time as 2b" in shown
    assert "a guess" in shown


def test_a_copy_from_another_client_brings_the_steps_but_neither_people_nor_notes(
    database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    with database.transaction() as session:
        other = make_client(session, cast.vera, "Other")
        director = seat(pen_of(session, cast.vera, other), "Director", name="Petrov")
        known = Step(
            "sign", "Signature", StepKind.SIGN, positions=(director,), note="secret", bring="pies"
        )
        make_path(session, cast.vera, other, PathDocument("RUB", (known,)))
        make_client(session, cast.anna, "Own")
    sent = {"subject": "Copied", "beginning": "copy", "copy_of": "1"}
    assert browser_of(cast.anna).post("/clients/2/paths/new", data=sent).status_code == 302
    with database.reading() as session:
        step = newest_version(session, paths_of(session, 2)[0]).document.steps[0]
    assert (step.title, step.positions, step.note, step.bring) == ("Signature", (), "", "")
    assert step.source is Source.GUESS


def test_a_path_of_a_hidden_client_is_neither_offered_nor_copied(
    database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    with database.transaction() as session:
        hidden = make_client(session, cast.boris, "Hidden", restricted=True)
        make_path(session, cast.boris, hidden, subject="Whispered")
        make_path(session, cast.anna, make_client(session, cast.anna, "Open"), subject="Spoken")
    form = page(browser_of(cast.anna), "/clients/2/paths/new")
    assert "Spoken" in form
    assert "Whispered" not in form
    sent = {"subject": "Copied", "beginning": "copy", "copy_of": "1"}
    answer = browser_of(cast.anna).post("/clients/2/paths/new", data=sent)
    assert answer.status_code == 422
    assert "Choose the path that is to be copied" in answer.text


def test_the_path_page_names_who_acts_today_and_who_acted_then(
    database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    with database.transaction() as session:
        pen = pen_of(session, cast.anna, make_client(session, cast.anna))
        lawyer = seat(pen, "Head of law", name="Ivanova")
        boss = seat(replace(pen, day=date(2026, 1, 1)), "Director", name="Petrov")
        vacant = seat(pen, "Guard")
        document = usual_document({"legal": lawyer, "sign": boss, "security": vacant})
        make_path(session, cast.anna, pen.client, document)
    now = page(browser_of(cast.nina), "/clients/1/paths/1")
    for said in ("Head of law", "Ivanova", "Petrov", "vacant", "Who acts is not known yet."):
        assert said in now
    then = page(browser_of(cast.nina), "/clients/1/paths/1?on=2025-06-01")
    assert "Ivanova" in then
    assert "no longer in the chart" in then
    assert "Petrov" not in then


def test_an_older_version_is_in_force_on_an_older_day(
    database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        path = make_path(session, cast.anna, client).path
        before = Step("old", "Handshake", StepKind.SIGN)
        old = Draft(PathDocument("RUB", (before,)), 1, date(2025, 1, 1))
        save_version(session, cast.anna, client.id, path.id, old)
        new = Draft(usual_document(), 2, date(2026, 2, 1))
        save_version(session, cast.anna, client.id, path.id, new)
    browser = browser_of(cast.nina)
    assert "Handshake" in page(browser, "/clients/1/paths/1?on=2025-06-01")
    assert "Handshake" not in page(browser, "/clients/1/paths/1")


def test_hostile_words_are_shown_as_they_were_typed(
    database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    with database.transaction() as session:
        pen = pen_of(session, cast.anna, make_client(session, cast.anna))
        boss = seat(pen, HOSTILE, name=HOSTILE)
        step = Step(
            "sign",
            HOSTILE,
            StepKind.SIGN,
            positions=(boss,),
            documents=(HOSTILE,),
            bring=HOSTILE,
            note=HOSTILE,
            evidence=HOSTILE,
        )
        path = make_path(session, cast.anna, pen.client, PathDocument("RUB", (step,)), HOSTILE).path
        told = Told(date(2026, 2, 20), name=HOSTILE, note=HOSTILE)
        confirm_version(session, cast.anna, pen.client.id, path.id, 1, told)
    for address in ("/clients/1/paths", "/clients/1/paths/1", "/clients/1"):
        shown = page(browser_of(cast.nina), address)
        assert "<script>alert(1)" not in shown
        assert "&lt;script&gt;alert(1)" in shown
        assert "{{ 7*7 }}" in shown


@pytest.mark.parametrize("address", ["/paths", "/paths/1", "/paths/1?on=2025-01-01"])
def test_a_hidden_client_and_an_absent_one_give_the_same_answer(
    database: Database, cast: Cast, browser_of: BrowserOf, address: str
) -> None:
    with database.transaction() as session:
        hidden = make_client(session, cast.anna, restricted=True)
        make_path(session, cast.anna, hidden)
    seen = browser_of(cast.anna).get(f"/clients/1{address}")
    unseen = browser_of(cast.boris).get(f"/clients/1{address}")
    absent = browser_of(cast.boris).get(f"/clients/77{address}")
    assert (seen.status_code, unseen.status_code, absent.status_code) == (200, 404, 404)
    assert "There is nothing at this address" in unseen.text


def test_who_only_reads_cannot_make_a_path(
    database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    with database.transaction() as session:
        make_client(session, cast.anna)
    sent = {"subject": "Equipment", "beginning": "empty"}
    for reader in (cast.nina, cast.boris):
        answer = browser_of(reader).post("/clients/1/paths/new", data=sent)
        assert answer.status_code == 403
    assert browser_of(None).get("/clients/1/paths").status_code == 302
    assert browser_of(cast.vera).post("/clients/1/paths/new", data=sent).status_code == 302


def test_a_path_without_a_subject_comes_back_with_what_is_missing(
    database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    with database.transaction() as session:
        make_client(session, cast.anna)
    sent = {"subject": " ", "beginning": "usual"}
    answer = browser_of(cast.anna).post("/clients/1/paths/new", data=sent)
    assert answer.status_code == 422
    with database.reading() as session:
        assert not paths_of(session, 1)


def test_a_confirmation_that_is_long_ago_asks_to_be_renewed(
    database: Database, cast: Cast, browser_of: BrowserOf, clock: SetClock
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        path = make_path(session, cast.anna, client).path
        told = Told(date(2026, 2, 20), name="Petrova")
        confirm_version(session, cast.anna, client.id, path.id, 1, told)
    browser = browser_of(cast.anna)
    assert "ask whether it is still so" not in page(browser, "/clients/1/paths/1")
    clock.forward(days=300)
    assert "Not confirmed for 310 days" in page(browser, "/clients/1/paths/1")


def test_the_first_page_of_a_dossier_shows_paths_and_where_open_runs_stand(
    database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        path = make_path(session, cast.anna, client).path
        run = begin_run(session, cast.anna, client.id, path.id, Beginning("Ovens"))
        move_step(session, cast.anna, client.id, run.id, Move("request", StepState.PASSED))
    first = page(browser_of(cast.nina), "/clients/1").split('id="decisions-title"')[1]
    panel = first.split("</section>")[0]
    for said in ('href="/clients/1/paths/1"', "draft", 'href="/clients/1/runs/1"', "Legal"):
        assert said in panel


def test_the_first_page_of_a_dossier_without_paths_says_so_and_offers_one_to_editors(
    database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    with database.transaction() as session:
        make_client(session, cast.anna)
    assert "Nobody wrote down how they decide" in page(browser_of(cast.nina), "/clients/1")
    assert "/clients/1/paths/new" not in page(browser_of(cast.nina), "/clients/1")
    assert "/clients/1/paths/new" in page(browser_of(cast.anna), "/clients/1")


def test_steps_that_no_purchase_goes_through_both_are_shown_as_one_or_the_other(
    database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    three = Decimal(3_000_000)
    small = Step("a", "Manager", StepKind.SIGN, condition=Condition("RUB", amount_to=three))
    large = Step("b", "Director", StepKind.SIGN, condition=Condition("RUB", amount_from=three))
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        make_path(session, cast.anna, client, PathDocument("RUB", (small, large)))
    shown = page(browser_of(cast.nina), "/clients/1/paths/1")
    assert "or else 1b" in shown
    assert "at the same time" not in shown


def test_the_path_is_drawn_as_a_diagram(
    database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    with database.transaction() as session:
        make_path(session, cast.anna, make_client(session, cast.anna))
    browser = browser_of(cast.nina)
    drawn = page(browser, "/clients/1/paths/1?view=diagram&on=2026-02-01")
    assert '<svg xmlns="http://www.w3.org/2000/svg" class="path-drawing' in drawn
    assert "path-drawing" not in page(browser, "/clients/1/paths/1")
