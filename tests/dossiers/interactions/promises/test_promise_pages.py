"""The pages of promises: what is late first, one tap to end one, and who sees what."""

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from flask.testing import FlaskClient

from dossiers.clients.models import Client
from dossiers.interactions.kinds import PromiseState
from dossiers.interactions.models import Promise
from dossiers.interactions.promises.groups import Due, due_of
from tests.conftest import Cast
from tests.counting import counting
from tests.factories.dossiers import make_client
from tests.factories.renewals import make_promise
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.database import Database

BrowserOf = Callable[[Actor | None], FlaskClient]
HOSTILE = '<script>alert(1)</script>"{{ 7*7 }}'
LATE, MADE = date(2026, 2, 27), date(2026, 2, 1)

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def one(database: Database, cast: Cast) -> None:
    """Promise 1 at client 1, late; promise 2 at the restricted client 2."""
    with database.transaction() as session:
        for name, restricted in (("Romashka", False), ("Secret", True)):
            client = make_client(session, cast.anna, name, restricted)
            make_promise(session, cast.anna, client, LATE, f"{name} {HOSTILE}", made_on=MADE)


def page(browser: FlaskClient, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status, address
    return str(answer.text)


def test_a_week_ends_on_sunday() -> None:
    monday = date(2026, 3, 2)
    days = [due_of(date(2026, 3, day), monday) for day in (1, 2, 3, 8, 9)]
    assert days == [Due.OVERDUE, Due.TODAY, Due.WEEK, Due.WEEK, Due.LATER]


@pytest.mark.usefixtures("one")
@pytest.mark.parametrize("address", ["/promises", "/clients/1/promises", "/promises/1"])
def test_what_is_late_is_said_and_no_text_is_taken_for_html(
    cast: Cast, browser_of: BrowserOf, address: str
) -> None:
    shown = page(browser_of(cast.anna), address)
    assert "3 days late" in shown
    assert "Romashka &lt;script&gt;" in shown
    assert "<script>alert" not in shown


@pytest.mark.usefixtures("one")
def test_the_first_page_of_the_dossier_leads_to_what_was_promised(
    cast: Cast, browser_of: BrowserOf
) -> None:
    shown = page(browser_of(cast.anna), "/clients/1")
    assert 'href="/promises/1"' in shown
    assert "<script>alert" not in shown


@pytest.mark.usefixtures("one")
def test_one_tap_keeps_a_promise_and_can_be_taken_back(
    database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    anna = browser_of(cast.anna)
    answer = anna.post("/promises/1/done", data={"next": "/promises?only=mine"})
    assert (answer.status_code, answer.location) == (302, "/promises?only=mine")
    shown = page(anna, "/promises")
    assert "Take it back" in shown
    with database.reading() as session:
        assert session.get_one(Promise, 1).state is PromiseState.DONE
    assert "Secret" in shown
    assert "Kept" in page(anna, "/promises/1")


@pytest.mark.usefixtures("one")
def test_a_refused_form_keeps_what_was_typed(cast: Cast, browser_of: BrowserOf) -> None:
    anna = browser_of(cast.anna)
    answer = anna.post(
        "/promises/1/move", data={"move-due_on": "2020-01-01", "move-words": "Prices come late"}
    )
    assert answer.status_code == 422
    assert "Prices come late" in answer.text
    assert anna.post("/promises/1/broken").status_code == 422
    assert anna.post("/promises/1/steal").status_code == 404


@pytest.mark.usefixtures("one")
def test_a_promise_is_written_down_for_the_client(cast: Cast, browser_of: BrowserOf) -> None:
    anna = browser_of(cast.anna)
    said = {"what": "Send their list", "side": "them", "due_on": "2026-03-04"}
    assert anna.post("/clients/1/promises", data=said).status_code == 302
    assert "Send their list" in page(anna, "/promises?only=theirs")
    assert "Send their list" not in page(anna, "/promises?only=mine")
    wrong = anna.post("/clients/1/promises", data=said | {"due_on": "2026-02-04"})
    assert (wrong.status_code, "Send their list" in wrong.text) == (422, True)


@pytest.mark.usefixtures("one")
def test_others_read_and_what_is_restricted_leaves_no_trace(
    cast: Cast, browser_of: BrowserOf
) -> None:
    boris, vera = browser_of(cast.boris), browser_of(cast.vera)
    assert "Romashka" in page(boris, "/promises?only=team")
    assert "/promises/1/done" not in page(boris, "/clients/1/promises")
    assert boris.post("/promises/1/done").status_code == 403
    for address in ("/promises?only=team", "/promises.csv?only=team"):
        assert "Secret" not in page(boris, address)
        assert "Secret" in page(vera, address)
    for address in ("/promises/2", "/clients/2/promises", "/promises/99"):
        page(boris, address, 404)
    assert boris.post("/promises/2/done").status_code == 404


@pytest.mark.usefixtures("one")
@pytest.mark.parametrize("address", ["/promises?only=team", "/clients/1/promises"])
def test_the_statements_of_a_page_do_not_grow_with_the_promises(
    database: Database, cast: Cast, browser_of: BrowserOf, address: str
) -> None:
    anna = browser_of(cast.anna)
    page(anna, address)
    with counting(database) as few:
        page(anna, address)
    with database.transaction() as session:
        first = session.get_one(Client, 1)
        for number in range(9):
            client = make_client(session, cast.anna, f"Client {number}")
            make_promise(session, cast.anna, client, LATE, made_on=MADE)
            make_promise(session, cast.anna, first, LATE, made_on=MADE)
    with counting(database) as many:
        page(anna, address)
    assert len(many) == len(few)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t="])
def test_no_cell_of_the_file_is_a_formula(
    database: Database, cast: Cast, browser_of: BrowserOf, start: str
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna, f"{start}HYPERLINK(1)")
        make_promise(session, cast.anna, client, LATE, f"{start}cmd|' /C calc'!A0", made_on=MADE)
    shown = page(browser_of(cast.anna), "/promises.csv")
    cells = next(csv.reader(shown.splitlines()[1:]))
    assert cells[0] == "2026-02-27"
    assert "HYPERLINK" in cells[1]
    assert "calc" in cells[3]
    assert not [cell for cell in cells[1:] if cell.lstrip("\t").startswith(tuple("=+-@"))]


@pytest.mark.usefixtures("one")
def test_days_in_the_history_are_said_in_the_reader_s_language(
    database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    anna = browser_of(cast.anna)
    move = {"move-due_on": "2026-03-20", "move-words": "Prices come late"}
    assert anna.post("/promises/1/move", data=move).status_code == 302
    assert "from 27 February 2026 to 20 March 2026" in page(anna, "/clients/1/history")
    with database.transaction() as session:
        session.get_one(User, cast.anna.id).language = "ru"
    shown = page(browser_of(replace(cast.anna, language="ru")), "/clients/1/history")
    assert "27 февраля 2026" in shown
    assert "20 марта 2026" in shown


@pytest.mark.usefixtures("one")
def test_promises_of_a_merged_client_stand_in_the_dossier_it_became(
    database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    with database.transaction() as session:
        home = make_client(session, cast.anna, "Lotos", restricted=True).id
        session.get_one(Client, 1).merged_into_id = home
    anna, boris = browser_of(cast.anna), browser_of(cast.boris)
    for address in (f"/clients/{home}/promises", "/promises", f"/clients/{home}", "/promises.csv"):
        shown = page(anna, address)
        assert "Romashka" in shown
        assert "Lotos" in shown
    assert "Lotos" in page(anna, "/promises/1")
    page(boris, "/promises/1", 404)
    assert "Romashka" not in page(boris, "/promises?only=team")
    done = anna.post("/promises/1/done", data={"next": f"/clients/{home}/promises"})
    assert done.status_code == 302
    with database.reading() as session:
        assert session.get_one(Promise, 1).state is PromiseState.DONE
