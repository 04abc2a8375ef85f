"""A file of deals in the browser, from the choice of it to the report."""

import csv
import re
from collections.abc import Callable, Mapping
from io import BytesIO, StringIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from dossiers.clients.models import ImportMapping
from dossiers.deals.kinds import DealKind, LoadState
from dossiers.deals.models import Deal, DealLoad, DealSource
from dossiers.deals.views import importing
from tests.conftest import Cast
from tests.counting import counting
from tests.dossiers.deals.files import PIPELINE
from tests.factories.dossiers import make_client
from wiki.accounts.actor import Actor
from wiki.database import Database

BrowserOf = Callable[[Actor | None], FlaskClient]
CHOSEN = {
    "source": "CRM",
    "currency": "USD",
    "column-external_id": "opportunity_id",
    "column-company": "account",
    "column-stage": "deal_stage",
    "column-amount": "close_value",
    "column-closed_on": "close_date",
}

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def anna(browser_of: BrowserOf, cast: Cast) -> FlaskClient:
    return browser_of(cast.anna)


def sent(browser: FlaskClient, data: bytes | str, name: str = "deals.csv") -> str:
    """The address of the import that a sent file has become."""
    content = data.encode() if isinstance(data, str) else data
    answer = browser.post("/deals/import", data={"file": (BytesIO(content), name)})
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def chosen(browser: FlaskClient, here: str, **more: Any) -> Any:
    return browser.post(here, data={**CHOSEN, **more}, follow_redirects=True)


def figures(page: str) -> Mapping[str, str]:
    """The table of figures of a preview or report."""
    return dict(re.findall(r'<th scope="row">([^<]+)</th><td class="num">([^<]+)</td>', page))


def count(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Deal)) or 0


def load(database: Database) -> DealLoad:
    with database.reading() as session:
        found = session.scalars(select(DealLoad).order_by(DealLoad.id.desc())).first()
        assert found is not None
        return found


def test_a_file_is_sent_named_looked_at_written_and_reported(
    anna: FlaskClient, database: Database
) -> None:
    assert "Choose a file" in anna.get("/deals/import").text
    here = sent(anna, PIPELINE)
    columns = anna.get(here).text
    assert "8 rows." in columns
    assert re.search(r"<option selected>\s*opportunity_id", columns)
    assert "Prospecting" in columns
    preview = chosen(anna, here).text
    assert figures(preview)["New deals"] == "8"
    assert "There is no source of that name yet" in preview
    assert count(database) == 0
    report = anna.post(f"{here}/write", follow_redirects=True).text
    assert figures(report)["New deals"] == "8"
    assert count(database) == 8
    assert load(database).content is None
    listed = anna.get("/deals/import").text
    assert "deals.csv" in listed
    assert "written" in listed


def test_the_same_file_again_is_so_already(anna: FlaskClient, database: Database) -> None:
    for _time in range(2):
        here = sent(anna, PIPELINE)
        chosen(anna, here)
        report = anna.post(f"{here}/write", follow_redirects=True).text
    assert figures(report)["New deals"] == "0"
    assert figures(report)["Deals that were so already"] == "8"


def test_stages_are_given_their_meaning_and_all_is_remembered(
    anna: FlaskClient, database: Database
) -> None:
    text = "opportunity_id,deal_stage,close_value,account,close_date\n1,Signed,5,,\n2,Lost,0,,\n"
    here = sent(anna, text)
    said = {"stage-0": "Signed", "kind-0": "won", "stage-1": "Lost", "kind-1": "lost"}
    chosen(anna, here, remember="Ours", **said)
    anna.post(f"{here}/write")
    with database.reading() as session:
        kinds = dict(session.execute(select(Deal.external_id, Deal.kind)).all())
        assert kinds == {"1": DealKind.WON, "2": DealKind.LOST}
        assert session.scalars(select(ImportMapping.name)).all() == ["Ours"]
    again = anna.get(sent(anna, text)).text
    assert 'value="CRM"' in again
    assert re.search(r'<option value="won" selected>', again)


def test_refused_rows_are_shown_and_taken_out_to_be_mended(
    anna: FlaskClient, database: Database
) -> None:
    text = PIPELINE + "B1,=1+1,<script>,,Won,soon,,-7\r\n"
    here = sent(anna, text)
    preview = chosen(anna, here).text
    assert "Row 10" in preview
    assert "less than zero" in preview
    assert "<script>alert" not in preview
    report = anna.post(f"{here}/write", follow_redirects=True).text
    assert figures(report)["Refused rows"] == "1"
    answer = anna.get(f"{here}/refused.csv")
    heading, row = list(csv.reader(StringIO(answer.data.decode("utf-8-sig"))))
    assert heading[-1] == "reason"
    assert row[:2] == ["B1", "'=1+1"]
    assert count(database) == 8


def test_a_large_file_is_written_by_the_worker_with_progress(
    anna: FlaskClient, app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "MANY", 3)
    monkeypatch.setattr("dossiers.deals.files.loading.AT_ONCE", 3)
    here = sent(anna, PIPELINE)
    chosen(anna, here)
    waiting = anna.post(f"{here}/write", follow_redirects=True).text
    assert "Waiting for the worker" in waiting
    assert count(database) == 0
    assert "HX-Refresh" not in anna.get(f"{here}/progress").headers
    assert app.extensions["jobs"].do_next(database)
    assert count(database) == 8
    assert anna.get(f"{here}/progress").headers["HX-Refresh"] == "true"
    assert figures(anna.get(here).text)["New deals"] == "8"


def test_what_broke_off_can_go_on(
    anna: FlaskClient, app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "MANY", 3)
    here = sent(anna, PIPELINE)
    chosen(anna, here)
    anna.post(f"{here}/write")
    with database.transaction() as session:
        session.get_one(DealLoad, load(database).id).columns = {"columns": {"title": "Gone"}}
    app.extensions["jobs"].do_next(database)
    assert load(database).state is LoadState.FAILED
    assert "broke off" in anna.get(here).text
    with database.transaction() as session:
        mended = {"columns": {"external_id": "opportunity_id", "stage": "deal_stage"}}
        session.get_one(DealLoad, load(database).id).columns = mended
    anna.post(f"{here}/write")
    app.extensions["jobs"].do_next(database)
    assert (load(database).state, count(database)) == (LoadState.DONE, 8)


def test_what_cannot_be_is_said_on_the_page_and_the_file_stays(
    anna: FlaskClient, database: Database
) -> None:
    here = sent(anna, PIPELINE)
    for more, why in (
        ({"column-external_id": ""}, "No column holds the number"),
        ({"column-amount": "Gone"}, "no column “Gone”"),
        ({"source": " "}, "1 to 100 characters"),
        ({"currency": "€$x"}, "no currency"),
        ({"mark": "?"}, "none of these"),
        ({"remember": "x" * 101}, "1 to 100 characters"),
    ):
        answer = chosen(anna, here, **more)
        assert answer.status_code == 422
        assert why in answer.text
    assert load(database).state is LoadState.SENT
    assert anna.post("/deals/import", data={}).status_code == 422
    assert anna.post("/deals/import", data={"file": (BytesIO(b""), "a.csv")}).status_code == 422


def test_a_file_is_read_again_in_another_encoding_or_forgotten(
    anna: FlaskClient, database: Database
) -> None:
    here = sent(anna, "opportunity_id;deal_stage\n1;Выиграна\n".encode("cp866"))
    page = anna.post(here, data={"deed": "read", "encoding": "cp866"}, follow_redirects=True).text
    assert "Выиграна" in page
    anna.post(f"{here}/discard")
    assert anna.get(here).status_code == 404
    assert load(database).content is None


def test_a_file_is_seen_by_its_sender_alone_and_others_see_the_counts(
    anna: FlaskClient, browser_of: BrowserOf, cast: Cast, database: Database
) -> None:
    with database.transaction() as session:
        make_client(session, cast.anna, "Secret", restricted=True)
    here = sent(anna, PIPELINE + "S1,Ada,Zip,Secret,Won,2025-01-01,2025-01-02,-1\n", "Secret.csv")
    chosen(anna, here)
    anna.post(f"{here}/write")
    for person in (cast.boris, cast.vera, cast.adam):
        browser = browser_of(person)
        listed = browser.get("/deals/import").text
        assert "file of a colleague" in listed
        assert "Secret" not in listed
        for part in ("", "/preview", "/progress", "/refused.csv"):
            assert browser.get(here + part).status_code == 404
        for part in ("", "/write", "/discard"):
            assert browser.post(here + part).status_code == 404
    assert "Secret.csv" in anna.get("/deals/import").text
    assert browser_of(cast.nina).get("/deals/import").status_code == 403


def test_a_file_that_was_written_is_not_written_again(
    anna: FlaskClient, database: Database
) -> None:
    here = sent(anna, PIPELINE)
    chosen(anna, here)
    anna.post(f"{here}/write")
    again = anna.post(f"{here}/write", follow_redirects=True).text
    assert "written already" in again
    assert chosen(anna, here).status_code == 200
    assert "written already" in anna.post(f"{here}/discard", follow_redirects=True).text
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(DealSource)) == 1


def test_the_list_of_imports_costs_the_same_however_many_there_are(
    anna: FlaskClient, database: Database
) -> None:
    counts = []
    for _time in range(3):
        sent(anna, PIPELINE)
        with counting(database) as statements:
            anna.get("/deals/import")
        counts.append(len(statements))
    assert counts[0] == counts[-1]


@pytest.mark.parametrize("number", ["0", "9" * 9, "9" * 30])
def test_an_import_that_cannot_be_is_not_there(anna: FlaskClient, number: str) -> None:
    for part in ("", "/preview", "/progress", "/refused.csv"):
        assert anna.get(f"/deals/import/{number}{part}").status_code == 404
