"""The outline's page: opened, looked at, done; nothing typed is lost; only who may, may."""

from collections.abc import Callable
from html import unescape
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from dossiers.clients.changes import newest_change
from dossiers.clients.models import Client
from dossiers.facts.asking import Moment
from dossiers.people.chart.queries import seats_of
from dossiers.people.editing.positions import Wanted, change_position
from tests.conftest import Cast, SetClock
from tests.counting import counting
from tests.factories.dossiers import make_client, pen_of, seat
from wiki import clock as wiki_clock
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.history.models import HistoryEntry

Browser = Callable[[Actor | None], FlaskClient]
TYPED = "Director — Ann Lee\n    Buyer — Bob Ray\n    Clerk — ?\n"


@pytest.fixture
def client_id(database: Database, cast: Cast, clock: SetClock) -> int:
    with database.transaction() as session:
        return make_client(session, cast.anna).id


def send(browser: FlaskClient, client_id: int, deed: str, **fields: object) -> TestResponse:
    form = {"text": TYPED, "on": "2026-03-02", "base_number": "0", "source": "meeting", **fields}
    return browser.post(f"/clients/{client_id}/chart/outline", data={**form, "deed": deed})


def titles(database: Database, client_id: int) -> list[str]:
    with database.reading() as session:
        chart = seats_of(session, client_id, Moment(wiki_clock.today()))
        return [seat.title for seat in chart.seats.values()]


def test_a_typed_outline_is_looked_at_then_done_then_opened_as_text(
    database: Database, cast: Cast, browser_of: Browser, client_id: int
) -> None:
    anna = browser_of(cast.anna)
    preview = send(anna, client_id, "preview")
    page = unescape(preview.text)
    assert preview.status_code == 200
    assert "3 changes. Nothing has been changed yet." in page
    assert "New position “Buyer”, reports to “Director”. Holds it: Bob Ray." in page
    assert titles(database, client_id) == []
    done = send(anna, client_id, "apply")
    assert done.headers["Location"] == f"/clients/{client_id}/chart"
    assert f'data-saved-draft="outline-{client_id}"' in anna.get(done.headers["Location"]).text
    assert titles(database, client_id) == ["Director", "Buyer", "Clerk"]
    text = unescape(anna.get(f"/clients/{client_id}/chart/outline").text)
    assert "Director — Ann Lee #1\n    Buyer — Bob Ray #2\n    Clerk — ? #3\n" in text


def test_what_cannot_be_read_comes_back_with_the_line_and_the_whole_text(
    database: Database, cast: Cast, browser_of: Browser, client_id: int
) -> None:
    wrong = "Director — Ann\n    Buyer [North\n  Clerk\n<script>alert(1)</script>"
    for deed in ("preview", "apply"):
        answer = send(browser_of(cast.anna), client_id, deed, text=wrong)
        assert answer.status_code == 422
        assert wrong in unescape(answer.text)
        assert "<script>alert" not in answer.text
        assert 'data-go-line="2">In line 2 a square bracket is missing' in answer.text
        assert "Line 3 is indented less" in answer.text
    assert titles(database, client_id) == []


@pytest.mark.parametrize(
    "fields",
    [{"on": "yesterday"}, {"on": "0001-01-01"}, {"source": "gossip"}, {"base_number": "77"}],
)
def test_odd_fields_are_refused_with_a_sentence_and_the_text_stays(
    fields: dict[str, str], cast: Cast, browser_of: Browser, client_id: int
) -> None:
    answer = send(browser_of(cast.anna), client_id, "apply", **fields)
    assert answer.status_code == 422
    assert TYPED in unescape(answer.text)


def test_lines_that_are_missing_are_told_and_taken_out_only_when_that_was_ticked(
    database: Database, cast: Cast, browser_of: Browser, client_id: int
) -> None:
    anna = browser_of(cast.anna)
    send(anna, client_id, "apply")
    with database.reading() as session:
        base = newest_change(session, client_id)
    kept = {"text": "Director — Ann Lee #1\n", "base_number": str(base)}
    page = send(anna, client_id, "preview", **kept).text
    assert "2 positions of the chart are not in the text. They stay as they are" in page
    assert "There is nothing to change" in page
    assert "is gone" in send(anna, client_id, "preview", **kept, remove="1").text
    send(anna, client_id, "apply", **kept, remove="1")
    assert titles(database, client_id) == ["Director"]


def test_a_clash_with_somebody_else_keeps_the_text_and_names_them(
    database: Database, cast: Cast, browser_of: Browser, client_id: int, clock: SetClock
) -> None:
    anna = browser_of(cast.anna)
    send(anna, client_id, "apply")
    with database.transaction() as session:
        base = newest_change(session, client_id)
        clock.forward(minutes=1)
        pen = pen_of(session, cast.vera, _client(session, client_id), wiki_clock.today())
        change_position(pen, 2, Wanted("Chief buyer"))
    text = TYPED.replace("Bob Ray", "Eve Fox #2")
    answer = send(anna, client_id, "apply", text=text, base_number=str(base))
    assert answer.status_code == 409
    assert "Vera has meanwhile changed positions" in answer.text
    assert text in unescape(answer.text)
    assert "Chief buyer" in titles(database, client_id)


def _client(session: Session, client_id: int) -> Client:
    return session.get_one(Client, client_id)


def test_who_may_only_read_sees_the_text_and_cannot_send_it(
    database: Database, cast: Cast, browser_of: Browser, client_id: int
) -> None:
    send(browser_of(cast.anna), client_id, "apply")
    for reader in (cast.nina, cast.boris):
        page = browser_of(reader).get(f"/clients/{client_id}/chart/outline")
        assert "Ann Lee #1" in page.text
        assert "Change the chart" not in page.text
        assert send(browser_of(reader), client_id, "apply").status_code == 403
    assert len(titles(database, client_id)) == 3


def test_a_restricted_client_has_no_outline_and_no_changes_for_others(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    with database.transaction() as session:
        hidden = make_client(session, cast.anna, "Secret", restricted=True).id
    for path in ("chart/outline", "chart/changes"):
        assert browser_of(cast.anna).get(f"/clients/{hidden}/{path}").status_code == 200
        assert browser_of(cast.boris).get(f"/clients/{hidden}/{path}").status_code == 404
        assert browser_of(cast.boris).get(f"/clients/99/{path}").status_code == 404
    assert send(browser_of(cast.boris), hidden, "preview").status_code == 404
    changes = f"/api/clients/{hidden}/changes?from=2026-01-01"
    assert browser_of(cast.anna).get(changes).status_code == 200
    assert browser_of(cast.boris).get(changes).status_code == 404


def test_to_look_at_the_text_or_the_changes_leaves_an_entry(
    database: Database, cast: Cast, browser_of: Browser, client_id: int
) -> None:
    nina = browser_of(cast.nina)
    for path in ("/chart/outline", "/chart/changes"):
        nina.get(f"/clients/{client_id}{path}")
    nina.get(f"/api/clients/{client_id}/changes?from=2026-01-01")
    with database.reading() as session:
        found = [
            (e.action, e.subject_id) for e in session.query(HistoryEntry).order_by(HistoryEntry.id)
        ]
    assert found == [
        ("view outline", client_id),
        ("view changes", client_id),
        ("view changes", client_id),
    ]


def test_changes_between_two_days_are_listed_and_are_in_the_api(
    database: Database, cast: Cast, browser_of: Browser, client_id: int
) -> None:
    anna = browser_of(cast.anna)
    send(anna, client_id, "apply", on="2026-01-10")
    page = unescape(
        anna.get(f"/clients/{client_id}/chart/changes?from=2026-01-01&to=2026-02-01").text
    )
    assert "3 differences between 1 January 2026 and 1 February 2026." in page
    assert "New positions" in page
    assert "#position-2" in page
    answer = anna.get(f"/api/clients/{client_id}/changes?from=2026-01-01&to=2026-02-01").json
    assert answer["from"] == "2026-01-01"
    assert answer["changes"][1] == {
        "what": "new",
        "position": 2,
        "person": None,
        "title": "Buyer",
        "before": None,
        "after": 1,
        "kind": "",
        "sentence": "New position “Buyer”, reports to “Director”. Holds it: Bob Ray.",
    }
    same = anna.get(f"/clients/{client_id}/chart/changes?from=2026-02-01&to=2026-02-02").text
    assert "The chart is the same on both days" in same


@pytest.mark.parametrize("query", ["from=x", "from=2026-02-30", "from=0001-01-01", "to=9999-12-31"])
def test_an_odd_day_is_refused(query: str, cast: Cast, browser_of: Browser, client_id: int) -> None:
    anna = browser_of(cast.anna)
    assert anna.get(f"/clients/{client_id}/chart/changes?{quote(query, '=&')}").status_code == 422
    assert anna.get(f"/api/clients/{client_id}/changes?{quote(query, '=&')}").status_code == 422


def test_the_pages_take_as_many_statements_for_many_positions_as_for_one(
    database: Database, cast: Cast, browser_of: Browser, client_id: int
) -> None:
    anna = browser_of(cast.anna)
    counts = []
    for more in (1, 20):
        with database.transaction() as session:
            pen = pen_of(session, cast.anna, _client(session, client_id))
            for number in range(more):
                seat(pen, f"Post {number}", None, f"Person {number}")
        with counting(database) as counted:
            anna.get(f"/clients/{client_id}/chart/outline")
            anna.get(f"/clients/{client_id}/chart/changes?from=2019-01-01")
        counts.append(len(counted))
    assert counts[0] == counts[1]
