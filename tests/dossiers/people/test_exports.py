"""The chart taken out: by whom, how it is served, and that it leaves an entry."""

from collections.abc import Callable
from io import BytesIO
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from tests.conftest import Cast, SetClock
from tests.factories.dossiers import make_client, pen_of, seat
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.history.models import HistoryEntry

Browser = Callable[[Actor | None], FlaskClient]
KINDS = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}


@pytest.fixture
def client_id(database: Database, cast: Cast, clock: SetClock) -> int:
    with database.transaction() as session:
        client = make_client(session, cast.anna, 'Большая / сумка: "<b>"')
        pen = pen_of(session, cast.anna, client)
        director = seat(pen, "Генеральный директор", None, "Иван Петров")
        seat(pen, "Закупщик", director, "Анна Смирнова")
        seat(pen, "Юрист <script>", director)
        return client.id


def exports_noted(database: Database) -> list[str]:
    with database.reading() as session:
        actions = session.query(HistoryEntry.action).order_by(HistoryEntry.id)
        return [action for (action,) in actions if action.startswith("export")]


@pytest.mark.parametrize("kind", KINDS)
def test_everybody_who_may_read_takes_it_out_and_leaves_an_entry(
    kind: str, database: Database, cast: Cast, browser_of: Browser, client_id: int
) -> None:
    answer = browser_of(cast.nina).get(f"/clients/{client_id}/chart.{kind}")
    assert answer.status_code == 200
    assert answer.mimetype == KINDS[kind]
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    said = unquote(answer.headers["Content-Disposition"])
    assert said.startswith("attachment;")
    assert f"Большая сумка b, org chart, 2026-03-02.{kind}" in said
    assert exports_noted(database) == [f"export chart.{kind}"]


def test_names_titles_and_the_day_stand_in_the_drawing(
    cast: Cast, browser_of: Browser, client_id: int
) -> None:
    anna = browser_of(cast.anna)
    svg = anna.get(f"/clients/{client_id}/chart.svg?on=2026-02-01&known=2026-03-02").text
    for text in (
        "Генеральный директор",
        "Анна Смирнова",
        "Юрист &lt;script&gt;",
        "vacant",
        "Chart on 1 February 2026 · 3 positions · as known on 2 March 2026",
    ):
        assert text in svg
    page = PdfReader(BytesIO(anna.get(f"/clients/{client_id}/chart.pdf").data)).pages[0]
    assert "Анна Смирнова" in page.extract_text()


def test_a_day_before_everything_gives_an_empty_chart(
    cast: Cast, browser_of: Browser, client_id: int
) -> None:
    svg = browser_of(cast.anna).get(f"/clients/{client_id}/chart.svg?on=2001-01-01")
    assert svg.status_code == 200
    assert "0 positions" in svg.text
    assert "Анна" not in svg.text


def test_a_branch_is_taken_out_alone_and_another_clients_is_not_found(
    database: Database, cast: Cast, browser_of: Browser, client_id: int
) -> None:
    with database.transaction() as session:
        pen = pen_of(session, cast.anna, make_client(session, cast.anna, "Other"))
        foreign = seat(pen, "Foreign", None, "Eve")
    anna = browser_of(cast.anna)
    svg = anna.get(f"/clients/{client_id}/chart.svg?root=2").text
    assert "Анна Смирнова" in svg
    assert "Иван Петров" not in svg
    for root in (foreign, 999, "x", "-1"):
        assert anna.get(f"/clients/{client_id}/chart.svg?root={root}").status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_what_one_may_not_see_cannot_be_taken_out(
    kind: str, database: Database, cast: Cast, browser_of: Browser
) -> None:
    with database.transaction() as session:
        hidden = make_client(session, cast.anna, "Secret", restricted=True).id
    assert browser_of(cast.boris).get(f"/clients/{hidden}/chart.{kind}").status_code == 404
    assert exports_noted(database) == []
    assert browser_of(cast.anna).get(f"/clients/{hidden}/chart.{kind}").status_code == 200


@pytest.mark.parametrize("query", ["on=x", "known=2026-13-01", "on=0001-01-01"])
def test_an_odd_day_is_refused_and_leaves_no_entry(
    query: str, database: Database, cast: Cast, browser_of: Browser, client_id: int
) -> None:
    answer = browser_of(cast.anna).get(f"/clients/{client_id}/chart.svg?{query}")
    assert answer.status_code == 422
    assert exports_noted(database) == []
