"""Versions of a path are listed, compared, restored; paths are confirmed, named, put away."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from flask.testing import FlaskClient

from dossiers.approvals.document import PathDocument
from dossiers.approvals.kinds import StepKind
from dossiers.approvals.models import ApprovalPath, PathConfirmation
from dossiers.approvals.paths.edits import change_step, remove_step
from dossiers.approvals.paths.queries import newest_version
from dossiers.approvals.paths.services import Draft, save_version
from dossiers.approvals.steps import Duration, Step
from tests.conftest import Cast
from tests.factories.approvals import make_path, usual_document
from tests.factories.dossiers import make_client, pen_of, person_id_of, seat
from wiki.accounts.actor import Actor
from wiki.database import Database

BrowserOf = Callable[[Actor | None], FlaskClient]
HERE = "/clients/1/paths/1"
HOSTILE = '<script>alert(1)</script>"{{ 7*7 }}'

pytestmark = pytest.mark.usefixtures("clock")


def page(browser: FlaskClient, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return str(answer.text)


@pytest.fixture
def two_versions(database: Database, cast: Cast) -> PathDocument:
    """A path whose second version has a slower lawyer, and no board."""
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        path = make_path(session, cast.anna, client).path
        legal = replace(usual_document().by_code["legal"], duration=Duration(7, 20))
        document = remove_step(change_step(usual_document(), legal), "board")
        draft = Draft(document, 1, why="The new lawyer is slower")
        save_version(session, cast.anna, client.id, path.id, draft)
    return document


@pytest.mark.usefixtures("two_versions")
def test_versions_tell_who_saved_them_and_why(cast: Cast, browser_of: BrowserOf) -> None:
    listed = page(browser_of(cast.nina), f"{HERE}/versions")
    assert "The new lawyer is slower" in listed
    assert listed.count("draft") >= 2
    assert "new approval path Equipment" in listed
    assert "/restore" not in page(browser_of(cast.nina), f"{HERE}/versions/1")


@pytest.mark.usefixtures("two_versions")
def test_two_versions_are_compared_in_words_whatever_their_order(
    cast: Cast, browser_of: BrowserOf
) -> None:
    browser = browser_of(cast.nina)
    compared = page(browser, f"{HERE}/versions/compare?from=1&to=2")
    assert "<del>5–10 working days</del>" in compared
    assert "<ins>7–20 working days</ins>" in compared
    assert "no longer a step" in compared
    turned = page(browser, f"{HERE}/versions/compare?from=2&to=1")
    assert turned.split("<main")[1] == compared.split("<main")[1]
    assert "say the same" in page(browser, f"{HERE}/versions/compare?from=2&to=2")


@pytest.mark.usefixtures("two_versions")
@pytest.mark.parametrize("query", ["", "?from=1", "?from=1&to=9", "?from=x&to=1"])
def test_versions_that_are_not_there_cannot_be_compared(
    cast: Cast, browser_of: BrowserOf, query: str
) -> None:
    assert browser_of(cast.nina).get(f"{HERE}/versions/compare{query}").status_code == 404


def test_an_old_version_is_shown_and_restored_and_that_is_taken_back(
    database: Database, cast: Cast, browser_of: BrowserOf, two_versions: PathDocument
) -> None:
    browser = browser_of(cast.anna)
    assert "Board" in page(browser, f"{HERE}/versions/1")
    assert "Board" not in page(browser, HERE)
    assert browser.post(f"{HERE}/versions/1/restore").status_code == 302
    restored = page(browser, HERE)
    assert "Board" in restored
    undo = restored.split("/undo")[0].rsplit('"', 1)[1] + "/undo"
    assert browser.post(undo).status_code == 302
    with database.reading() as session:
        path = session.get_one(ApprovalPath, 1)
        assert newest_version(session, path).document == two_versions


def test_a_person_of_the_chart_confirms_and_again_later_without_a_change(
    database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        make_path(session, cast.anna, client)
        known = person_id_of(pen_of(session, cast.anna, client), "Olga Petrova")
    browser = browser_of(cast.anna)
    sent = {"told_by": f"Olga Petrova – Buyer · № {known}", "told_on": "2026-02-01"}
    for day in ("2026-02-01", "2026-03-01"):
        said = {**sent, "told_on": day, "source": "call", "note": "by telephone"}
        assert browser.post(f"{HERE}/confirm", data=said).status_code == 302
    shown = page(browser, HERE)
    assert f"/persons/{known}" in shown
    assert "1 March 2026" in shown
    assert "by telephone" in shown
    with database.reading() as session:
        assert [one.told_by_id for one in session.query(PathConfirmation)] == [known, known]
    listed = page(browser, f"{HERE}/versions")
    assert "1 February 2026" in listed


def test_any_name_confirms_but_a_person_of_another_client_is_only_a_name(
    database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    with database.transaction() as session:
        make_path(session, cast.anna, make_client(session, cast.anna))
        other = make_client(session, cast.boris, "Hidden", restricted=True)
        foreign = person_id_of(pen_of(session, cast.boris, other), "Secret Agent")
    browser = browser_of(cast.anna)
    for name in ("Somebody from the canteen", f"№ {foreign}"):
        said = {"told_by": name, "told_on": "2026-02-01", "source": "call"}
        assert browser.post(f"{HERE}/confirm", data=said).status_code == 302
    with database.reading() as session:
        assert [one.told_by_id for one in session.query(PathConfirmation)] == [None, None]
    assert "Secret Agent" not in page(browser, f"{HERE}/versions")


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ({"told_by": "", "told_on": "2026-02-01"}, "This is empty"),
        ({"told_by": "Olga", "told_on": "2027-02-01"}, "a day to come"),
        ({"told_by": "Olga", "told_on": "soon"}, "Nothing was saved"),
        ({"told_by": "Olga" * 100, "told_on": "2026-02-01"}, "is the limit"),
    ],
)
def test_a_confirmation_that_cannot_be_comes_back_with_what_was_typed(
    database: Database, cast: Cast, browser_of: BrowserOf, said: dict[str, str], answer: str
) -> None:
    with database.transaction() as session:
        make_path(session, cast.anna, make_client(session, cast.anna))
    sent = {**said, "source": "call", "note": "kept words"}
    came = browser_of(cast.anna).post(f"{HERE}/confirm", data=sent)
    assert came.status_code == 422
    assert answer in came.text
    assert "kept words" in came.text


def test_a_path_gets_another_subject_is_put_away_and_comes_back(
    database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    with database.transaction() as session:
        make_path(session, cast.anna, make_client(session, cast.anna))
    browser = browser_of(cast.anna)
    assert browser.post(f"{HERE}/name", data={"subject": "Machines"}).status_code == 302
    assert browser.post(f"{HERE}/name", data={"subject": ""}).status_code == 422
    assert "Machines" in page(browser, "/clients/1/paths")
    assert browser.post(f"{HERE}/archive").status_code == 302
    assert (
        f'href="{HERE}"'
        not in page(browser, "/clients/1/paths").split("<main")[1].split("flash")[0]
    )
    assert "Machines" in page(browser, "/clients/1/paths?archive=1")
    assert browser.post(f"{HERE}/bring-back").status_code == 302
    assert f'href="{HERE}"' in page(browser, "/clients/1/paths")


POSTS = ("/confirm", "/name", "/archive", "/bring-back", "/versions/1/restore")
GETS = ("/versions", "/versions/1", "/versions/compare?from=1&to=1")


@pytest.mark.parametrize("address", POSTS)
def test_readers_change_nothing_and_the_unseen_is_absent(
    database: Database, cast: Cast, browser_of: BrowserOf, address: str
) -> None:
    with database.transaction() as session:
        make_path(session, cast.anna, make_client(session, cast.anna))
        hidden = make_client(session, cast.anna, "Hidden", restricted=True)
        make_path(session, cast.anna, hidden)
    sent = {"subject": "X", "told_by": "X", "told_on": "2026-02-01", "source": "call"}
    for reader in (cast.nina, cast.boris):
        assert browser_of(reader).post(HERE + address, data=sent).status_code == 403
    unseen = browser_of(cast.boris).post(f"/clients/2/paths/2{address}", data=sent)
    absent = browser_of(cast.boris).post(f"/clients/77/paths/2{address}", data=sent)
    crossed = browser_of(cast.anna).post(f"/clients/1/paths/2{address}", data=sent)
    assert (unseen.status_code, absent.status_code, crossed.status_code) == (404, 404, 404)
    assert browser_of(cast.vera).post(HERE + address, data=sent).status_code == 302


@pytest.mark.parametrize("address", ["/confirm", "/name"])
def test_forms_are_not_shown_to_those_who_may_only_read(
    database: Database, cast: Cast, browser_of: BrowserOf, address: str
) -> None:
    with database.transaction() as session:
        make_path(session, cast.anna, make_client(session, cast.anna))
    assert browser_of(cast.anna).get(HERE + address).status_code == 200
    assert browser_of(cast.boris).get(HERE + address).status_code == 403


@pytest.mark.parametrize("address", GETS)
def test_versions_of_a_hidden_client_are_absent_for_others(
    database: Database, cast: Cast, browser_of: BrowserOf, address: str
) -> None:
    with database.transaction() as session:
        make_path(session, cast.anna, make_client(session, cast.anna, restricted=True))
    assert browser_of(cast.anna).get(HERE + address).status_code == 200
    assert browser_of(cast.nina).get(HERE + address).status_code == 200
    assert browser_of(cast.boris).get(HERE + address).status_code == 404


def test_hostile_words_in_versions_stay_words(
    database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    with database.transaction() as session:
        pen = pen_of(session, cast.anna, make_client(session, cast.anna))
        boss = seat(pen, HOSTILE)
        step = Step("sign", HOSTILE, StepKind.SIGN, positions=(boss,), documents=(HOSTILE,))
        path = make_path(session, cast.anna, pen.client, PathDocument("RUB", (step,)), HOSTILE).path
        other = replace(step, documents=(), bring=HOSTILE, positions=())
        draft = Draft(PathDocument("RUB", (other,)), 1, why=HOSTILE)
        save_version(session, cast.anna, pen.client.id, path.id, draft)
    for address in (
        "/versions",
        "/versions/1",
        "/versions/compare?from=1&to=2",
        "/confirm",
        "/name",
    ):
        shown = page(browser_of(cast.anna), HERE + address)
        assert "<script>alert(1)" not in shown
        assert "&lt;script&gt;alert(1)" in shown


def test_a_day_that_is_none_is_today(database: Database, cast: Cast, browser_of: BrowserOf) -> None:
    with database.transaction() as session:
        make_path(session, cast.anna, make_client(session, cast.anna))
    for day in ("x", "9999-99-99", "2026-03-02", str(date.max), str(date.min)):
        assert browser_of(cast.nina).get(f"{HERE}?on={day}").status_code == 200
