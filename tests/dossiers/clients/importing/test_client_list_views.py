"""A list of clients in the browser, from the choice of the file to the report."""

import re
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import Workbook
from sqlalchemy import func, select

from dossiers.clients.models import Client
from tests.conftest import Cast
from tests.dossiers.clients.importing.cards import cards_in
from tests.factories.lists import csv_of
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.history.models import HistoryEntry
from wiki.lists.jobs import MANY
from wiki.lists.models import ImportMapping, ListLoad

BrowserOf = Callable[[Actor | None], FlaskClient]
FILE = (
    "Название;ИНН;Холдинг;Выручка\r\n"
    "Ромашка <b>;7707083893;;100,5\r\nЛепесток;;Ромашка <b>;7\r\nКорень;123;;8\r\n"
)
CHOSEN = {
    "column-name": "Название",
    "column-tax_number": "ИНН",
    "column-parent": "Холдинг",
    "setting-team": "1",
    "setting-country": "RU",
    "offered": ["Выручка"],
    "keep": ["Выручка"],
}


@pytest.fixture
def anna(browser_of: BrowserOf, cast: Cast) -> FlaskClient:
    return browser_of(cast.anna)


def sent(browser: FlaskClient, data: bytes, name: str = "clients.csv") -> str:
    """The address of the list that a sent file has become."""
    answer = browser.post("/clients/import", data={"file": (BytesIO(data), name)})
    assert answer.status_code == 302, answer.text
    return answer.location


def count(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Client)) or 0


def test_a_list_is_sent_named_looked_at_written_and_reported(
    anna: FlaskClient, database: Database
) -> None:
    assert "1. Choose a file" in anna.get("/clients/import").text
    here = sent(anna, FILE.encode("cp1251"))
    columns = anna.get(here).text
    assert "Read as windows-1251" in columns
    assert "Ромашка &lt;b&gt;" in columns
    for code, heading in (("name", "Название"), ("tax_number", "ИНН"), ("parent", "Холдинг")):
        assert re.search(rf'id="column-{code}".*?<option selected>{heading}', columns, re.DOTALL)
    assert 'value="Выручка" checked' in columns
    assert anna.post(here, data=CHOSEN).location == f"{here}/preview"
    preview = anna.get(f"{here}/preview").text
    assert "Nothing has been written yet" in preview
    assert "Row 4, ИНН" in preview
    assert "no tax number of that country" in preview
    assert re.search(r"New ones</th>\s*<td class=\"num\">2<", preview)
    assert "Ромашка &lt;b&gt;" in preview
    assert "100,5" in preview
    assert count(database) == 0
    refused = anna.get(f"{here}/refused.csv")
    assert refused.text.splitlines()[0] == "\ufeffНазвание,ИНН,Холдинг,Выручка,reason"
    assert len(refused.text.splitlines()) == 2
    assert anna.post(f"{here}/write").location == here
    report = anna.get(here).text
    assert "Written." in report
    assert "Row 4, ИНН" in report
    assert "Columns that have no place of their own and are kept: Выручка" in report
    found = cards_in(database)
    assert found["Лепесток"]["parent"] == "Ромашка <b>"
    assert found["Ромашка <b>"]["further"] == {"Выручка": "100,5"}
    assert anna.get(f"{here}/refused.csv").text == refused.text
    with database.reading() as session:
        load = session.get_one(ListLoad, 1)
        assert (load.content, load.state) == (None, "done")
        kinds = set(session.scalars(select(HistoryEntry.action)))
        assert {"import list", "import client"} <= kinds


def test_what_was_written_is_not_written_twice_and_a_file_can_be_forgotten(
    anna: FlaskClient, database: Database
) -> None:
    here = sent(anna, csv_of("name", "One"))
    anna.post(f"{here}/write")
    assert anna.post(f"{here}/write").status_code == 302
    assert anna.post(here, data={"column-name": "name"}).location == here
    assert anna.post(f"{here}/discard").status_code == 409
    other = sent(anna, csv_of("name", "Two"))
    assert anna.post(f"{other}/discard").status_code == 302
    assert anna.get(other).status_code == 404
    assert count(database) == 1


def test_columns_are_remembered_by_name_for_everybody(
    anna: FlaskClient, browser_of: BrowserOf, cast: Cast, database: Database
) -> None:
    rows = csv_of("Имя фирмы,Тип", "One,retail")
    here = sent(anna, rows)
    chosen = {"column-name": "Имя фирмы", "column-segment": "Тип", "setting-team": "1"}
    anna.post(here, data={**chosen, "remember": "1С"})
    with database.reading() as session:
        saved = session.scalars(select(ImportMapping)).one()
        assert (saved.target, saved.name) == ("clients", "1С")
    boris = browser_of(cast.boris)
    again = sent(boris, rows)
    page = boris.get(again).text
    assert re.search(r'id="column-segment".*?<option selected>Тип', page, re.DOTALL)
    # Anna's team is not boris' to choose, so it is his own.
    assert re.search(r'<option value="2" selected>South', page)
    assert boris.get(f"{again}/preview").status_code == 200


def test_what_cannot_be_chosen_is_refused_with_a_sentence(anna: FlaskClient) -> None:
    here = sent(anna, csv_of("name,b", "One,2"))
    for data, sentence in (
        ({"column-segment": "b"}, "No column holds the name"),
        ({"column-name": "Elsewhere"}, "The file has no column"),
        ({"column-name": "name", "column-segment": "name"}, "is to mean two things"),
        ({"column-name": "name", "setting-country": "QQ"}, "cannot be chosen"),
        ({"column-name": "name", "setting-team": "2"}, "cannot be chosen"),
    ):
        answer = anna.post(here, data=data)
        assert (answer.status_code, sentence in answer.text) == (422, True), sentence


def test_newcomers_and_strangers_are_kept_out(browser_of: BrowserOf, cast: Cast) -> None:
    assert browser_of(cast.nina).get("/clients/import").status_code == 403
    files = {"file": (BytesIO(b"name\nOne\n"), "x.csv")}
    assert browser_of(cast.nina).post("/clients/import", data=files).status_code == 403
    assert browser_of(None).get("/clients/import").status_code == 302
    assert "/clients/import" not in browser_of(cast.nina).get("/clients").text
    assert "/clients/import" in browser_of(cast.anna).get("/clients").text


def workbook(*rows: tuple[object, ...]) -> bytes:
    book, out = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(out)
    return out.getvalue()


def bomb() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 400_000_000)
    return out.getvalue()


def test_a_workbook_goes_in_too(anna: FlaskClient, database: Database) -> None:
    here = sent(anna, workbook(("name", "employees"), ("One", 12), ("=1+1", 7)), "x.xlsx")
    anna.post(f"{here}/write")
    assert cards_in(database)["One"]["further"] == {"employees": "12"}


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"", 422),
        (b"PK\x03\x04 no workbook", 422),
        (b"\xd0\xcf\x11\xe0 old", 422),
        (b"a," * 300 + b"\nx\n", 413),
        (b'name,b\n"never closed,1\n', 422),
        (b"name\n" + b"x\n" * 20_001, 413),
    ],
    ids=["empty", "damaged", "old", "columns", "quotes", "rows"],
)
def test_hostile_files_get_a_sentence(anna: FlaskClient, data: bytes, status: int) -> None:
    answer = anna.post("/clients/import", data={"file": (BytesIO(data), "x.csv")})
    assert answer.status_code == status
    assert "Nothing was changed" in answer.text


def test_a_zip_bomb_is_not_unpacked(anna: FlaskClient) -> None:
    answer = anna.post("/clients/import", data={"file": (BytesIO(bomb()), "x.xlsx")})
    assert answer.status_code == 422
    assert "workbook" in answer.text


def test_hostile_cells_are_refused_or_shown_as_they_are(
    anna: FlaskClient, database: Database
) -> None:
    long, script = "x" * 10_001, "<script>alert(1)</script>"
    mark = "[x](javascript:alert(1)) | [[Y]]"
    rows = csv_of("name,note", f"{long},a", f"=cmd|calc,{script}", f"'=quoted,{mark}")
    here = sent(anna, rows)
    anna.post(here, data={"column-name": "name", "setting-team": "1"})
    assert "<script>" not in anna.get(f"{here}/preview").text
    anna.post(f"{here}/write")
    found = cards_in(database)
    assert set(found) == {"=cmd|calc", "=quoted"}
    assert found["=cmd|calc"]["further"] == {"note": script}
    assert found["=quoted"]["further"] == {"note": mark}
    for number in (1, 2):
        page = anna.get(f"/clients/{number}").text
        assert "<script>alert" not in page
        assert 'href="javascript' not in page
    table = anna.get("/clients/clients.csv").text
    assert "'=cmd|calc" in table
    assert "'=quoted" in table
    assert f"\n{long}" in anna.get(f"{here}/refused.csv").text


def test_a_long_list_is_written_by_the_worker_and_goes_on_where_it_broke_off(
    app: Flask, anna: FlaskClient, cast: Cast, database: Database
) -> None:
    rows = MANY + 20
    here = sent(anna, csv_of("name,parent", *(f"Client {n},Client {n // 9}" for n in range(rows))))
    assert "The worker writes it" in anna.get(f"{here}/preview").text
    anna.post(f"{here}/write")
    assert "Waiting for the worker" in anna.get(here).text
    assert anna.get(f"{here}/progress").headers.get("HX-Refresh") is None
    assert count(database) == 0
    app.extensions["jobs"].do_next(database)
    assert count(database) == rows
    assert anna.get(f"{here}/progress").headers["HX-Refresh"] == "true"
    with database.reading() as session:
        report = session.get_one(ListLoad, 1).report
    assert (report["new"], report["same"], report["rows"]) == (rows, 0, rows)
