"""A file of people in the browser, from the choice of it to the report."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from dossiers.clients.models import Client, ImportMapping
from dossiers.facts.asking import Moment
from dossiers.people.chart.queries import chart_of
from dossiers.people.editing.persons import add_person, set_contact
from dossiers.people.kinds import ContactKind
from dossiers.people.models import PeopleImport
from dossiers.people.transfer import jobs
from tests.conftest import Cast, SetClock
from tests.factories.dossiers import make_client, pen_of
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.history.models import HistoryEntry

FILE = (
    "Код;Руководитель;Должность;ФИО\n1;;Директор;Иванов Иван\n2;1;Начальник склада;Петрова Анна\n"
    "3;9;Водитель;Сидоров <b>Пётр</b>\n"
)
TODAY = date(2026, 3, 2)
CHOSEN = {
    "column-position": "Код",
    "column-reports_to": "Руководитель",
    "column-title": "Должность",
    "column-person": "ФИО",
    "day": "2026-02-01",
}

BrowserOf = Callable[[Actor | None], FlaskClient]


@pytest.fixture
def romashka(database: Database, cast: Cast, clock: SetClock) -> int:
    with database.transaction() as session:
        return make_client(session, cast.anna).id


@pytest.fixture
def anna(browser_of: BrowserOf, cast: Cast) -> FlaskClient:
    return browser_of(cast.anna)


def sent(browser: FlaskClient, client_id: int, data: bytes, name: str = "staff.csv") -> str:
    """The address of the import that a sent file has become."""
    answer = browser.post(
        f"/clients/{client_id}/people/import", data={"file": (BytesIO(data), name)}
    )
    assert answer.status_code == 302, answer.text
    return answer.location


def base_in(page: str) -> str:
    found = re.search(r'name="base" value="(\d+)"', page)
    assert found
    return found[1]


def titles(database: Database, client_id: int, day: date = TODAY) -> list[str]:
    with database.reading() as session:
        seats = chart_of(session, client_id, Moment(day)).seats.values()
        return sorted(seat.title for seat in seats)


def test_a_file_is_sent_named_looked_at_written_and_reported(
    anna: FlaskClient, database: Database, romashka: int
) -> None:
    assert "Choose a file" in anna.get(f"/clients/{romashka}/people/import").text
    here = sent(anna, romashka, FILE.encode("cp1251"))
    columns = anna.get(here).text
    assert "Read as windows-1251" in columns
    assert "Сидоров &lt;b&gt;Пётр" in columns
    assert re.search(r'id="column-title".*?<option selected>Должность', columns, re.DOTALL)
    assert anna.post(here, data={**CHOSEN, "absent": ""}).location == f"{here}/preview"
    preview = anna.get(f"{here}/preview").text
    assert "Nothing has been written yet" in preview
    assert "reports to “Директор”" in preview
    assert "Row 4" in preview
    assert "neither in the file nor in the chart" in preview
    assert "<b>Пётр" not in preview
    assert titles(database, romashka) == []
    refused = anna.get(f"{here}/refused.csv")
    assert refused.get_data(as_text=True).startswith("\ufeffКод,Руководитель,Должность,ФИО,reason")
    written = anna.post(f"{here}/write", data={"base": base_in(preview)})
    assert written.location == here
    report = anna.get(here).text
    assert "Written as of" in report
    assert "Row 4" in report
    assert titles(database, romashka) == ["Директор", "Начальник склада"]
    assert titles(database, romashka, date(2026, 1, 31)) == []
    assert anna.get(f"{here}/refused.csv").data == refused.data
    assert "staff.csv" in anna.get(f"/clients/{romashka}/people/import").text
    with database.reading() as session:
        assert session.scalars(select(PeopleImport.content)).one() == b""


def test_a_written_import_cannot_be_written_changed_or_forgotten_again(
    anna: FlaskClient, database: Database, romashka: int
) -> None:
    here = sent(anna, romashka, FILE.encode())
    anna.post(here, data=CHOSEN)
    base = base_in(anna.get(f"{here}/preview").text)
    anna.post(f"{here}/write", data={"base": base})
    assert anna.get(f"{here}/preview").location == here
    for part in ("/write", "", "/discard"):
        answer = anna.post(here + part, data={**CHOSEN, "base": base})
        assert answer.status_code in (302, 409)
    assert titles(database, romashka) == ["Директор", "Начальник склада"]


def test_what_somebody_did_meanwhile_is_shown_before_anything_is_written(
    anna: FlaskClient, database: Database, cast: Cast, romashka: int
) -> None:
    here = sent(anna, romashka, FILE.encode())
    anna.post(here, data=CHOSEN)
    base = base_in(anna.get(f"{here}/preview").text)
    with database.transaction() as session:
        client = session.get_one(Client, romashka)
        add_person(pen_of(session, cast.anna, client, TODAY), "Somebody")
    answer = anna.post(f"{here}/write", data={"base": base})
    assert answer.status_code == 409
    assert "changed while you looked" in answer.text
    assert titles(database, romashka) == []
    anna.post(f"{here}/write", data={"base": base_in(answer.text)})
    assert titles(database, romashka) == ["Директор", "Начальник склада"]


def test_columns_can_be_remembered_for_everybody(
    anna: FlaskClient, browser_of: BrowserOf, cast: Cast, database: Database, romashka: int
) -> None:
    odd = FILE.replace("Код", "A1").replace("Должность", "B2")
    here = sent(anna, romashka, odd.encode())
    chosen = {**CHOSEN, "column-position": "A1", "column-title": "B2", "remember": "Odd one"}
    assert anna.post(here, data=chosen).status_code == 302
    with database.reading() as session:
        saved = session.scalars(select(ImportMapping)).one()
        assert (saved.target, saved.name, saved.columns["title"]) == ("people", "Odd one", "B2")
    again = sent(browser_of(cast.vera), romashka, odd.encode())
    page = browser_of(cast.vera).get(again).text
    assert re.search(r'id="column-title".*?<option selected>B2', page, re.DOTALL)
    other = sent(anna, romashka, FILE.encode())
    asked = anna.get(f"{other}?mapping={saved.id}").text
    assert "Odd one" in asked


def test_what_cannot_be_is_said_where_it_was_typed(anna: FlaskClient, romashka: int) -> None:
    here = sent(anna, romashka, FILE.encode())
    for data, words in (
        ({**CHOSEN, "day": "tomorrow"}, "must be written like"),
        ({**CHOSEN, "day": "1500-01-01"}, "between 1900"),
        ({**CHOSEN, "column-title": "Nope"}, "no column “Nope”"),
        ({"day": "2026-02-01"}, "Neither a position nor a person"),
        ({**CHOSEN, "encoding": "rot13"}, "none of the encodings"),
        ({**CHOSEN, "remember": "x" * 101}, "1 to 100 characters"),
    ):
        answer = anna.post(here, data=data)
        assert answer.status_code == 422
        assert words in answer.text


def test_files_that_cannot_be_read_come_back_with_a_sentence(
    anna: FlaskClient, database: Database, romashka: int
) -> None:
    address = f"/clients/{romashka}/people/import"
    for data, words in (
        (b"", "no rows"),
        (b"PK\x03\x04", "damaged or no workbook"),
        (b'a,b\n1,"2\n', "not closed"),
        (b"a," * 500, "200 columns"),
    ):
        answer = anna.post(address, data={"file": (BytesIO(data), "x.csv")})
        assert answer.status_code in (413, 422)
        assert words in answer.text
    assert "Choose a file first" in anna.post(address, data={}).text
    for length, status in ((25_200_000, 413), (24_000_000, 400)):
        answer = anna.post(
            address,
            input_stream=BytesIO(b"--x--"),
            content_type="multipart/form-data; boundary=x",
            environ_overrides={"CONTENT_LENGTH": str(length)},
        )
        assert answer.status_code == status
    with database.reading() as session:
        assert session.scalars(select(PeopleImport)).all() == []


def test_another_encoding_can_be_chosen(anna: FlaskClient, romashka: int) -> None:
    here = sent(anna, romashka, FILE.encode("cp1251"))
    assert anna.post(here, data={"encoding": "koi8-r", "deed": "read"}).location == here
    assert "Должность" not in anna.get(here).text
    anna.post(here, data={"encoding": "windows-1251", "deed": "read"})
    assert "Должность" in anna.get(here).text


def test_a_large_file_is_written_by_the_worker(
    app: Flask, anna: FlaskClient, database: Database, romashka: int
) -> None:
    rows = "".join(f"{n};1;Место {n};Человек {n}\n" for n in range(2, jobs.MANY + 2))
    here = sent(anna, romashka, ("Код;Руководитель;Должность;ФИО\n1;;Д;И\n" + rows).encode())
    anna.post(here, data=CHOSEN)
    preview = anna.get(f"{here}/preview").text
    assert "Only the first 100 are shown" in preview
    anna.post(f"{here}/write", data={"base": base_in(preview)})
    assert "This goes on by itself" in anna.get(here).text
    assert anna.post(f"{here}/write", data={"base": base_in(preview)}).status_code == 302
    assert "HX-Refresh" not in anna.get(f"{here}/progress").headers
    assert titles(database, romashka) == []
    assert app.extensions["jobs"].do_next(database)
    assert not app.extensions["jobs"].do_next(database)
    assert anna.get(f"{here}/progress").headers["HX-Refresh"] == "true"
    assert "Written as of" in anna.get(here).text
    assert len(titles(database, romashka)) == jobs.MANY + 1


def test_a_large_file_that_was_overtaken_can_be_looked_at_anew(
    app: Flask, anna: FlaskClient, database: Database, cast: Cast, romashka: int
) -> None:
    rows = "".join(f"{n};Место {n}\n" for n in range(jobs.MANY + 2))
    here = sent(anna, romashka, ("Код;Должность\n" + rows).encode())
    anna.post(here, data={**CHOSEN, "column-reports_to": "", "column-person": ""})
    anna.post(f"{here}/write", data={"base": base_in(anna.get(f"{here}/preview").text)})
    with database.transaction() as session:
        client = session.get_one(Client, romashka)
        add_person(pen_of(session, cast.anna, client, TODAY), "Somebody")
    app.extensions["jobs"].do_next(database)
    page = anna.get(here).text
    assert "changed while you looked" in page
    assert titles(database, romashka) == []
    anna.post(f"{here}/write", data={"base": base_in(anna.get(f"{here}/preview").text)})
    app.extensions["jobs"].do_next(database)
    assert len(titles(database, romashka)) == jobs.MANY + 2


def test_only_editors_of_the_client_come_near_its_files(
    browser_of: BrowserOf, anna: FlaskClient, cast: Cast, database: Database, romashka: int
) -> None:
    here = sent(anna, romashka, FILE.encode())
    start = f"/clients/{romashka}/people/import"
    gets = [start, here, f"{here}/preview", f"{here}/progress", f"{here}/refused.csv"]
    posts = [start, here, f"{here}/write", f"{here}/discard"]
    with database.transaction() as session:
        secret = make_client(session, cast.anna, "Secret", restricted=True).id
        own = make_client(session, cast.anna, "Own").id
    hidden = sent(anna, secret, FILE.encode())
    for person in (cast.nina, cast.boris):
        browser = browser_of(person)
        assert {browser.get(address).status_code for address in gets} == {403}
        assert {browser.post(address).status_code for address in posts} == {403}
    boris = browser_of(cast.boris)
    for address in [*gets, hidden]:
        unseen = address.replace(f"/clients/{romashka}/", f"/clients/{secret}/")
        assert boris.get(unseen).status_code == 404
    # An import is reached through its own client only.
    assert anna.get(here.replace(f"/clients/{romashka}/", f"/clients/{own}/")).status_code == 404
    assert browser_of(cast.vera).get(here).status_code == 200


def test_a_file_can_be_forgotten(anna: FlaskClient, database: Database, romashka: int) -> None:
    here = sent(anna, romashka, FILE.encode())
    anna.post(f"{here}/discard")
    assert anna.get(here).status_code == 404
    with database.reading() as session:
        assert session.scalars(select(PeopleImport)).all() == []


CARDS = (
    "BEGIN:VCARD\nVERSION:3.0\nFN:Anna Petrova\nEMAIL:anna@romashka.ru\nTEL:+7 900 1112233\n"
    "END:VCARD\nBEGIN:VCARD\nVERSION:4.0\nFN:New One\nTITLE:Buyer\nORG:Romashka\nEND:VCARD\n"
    "BEGIN:VCARD\nVERSION:3.0\nFN:Broken\n"
)


def test_cards_find_people_by_address_and_others_come_in_unplaced(
    anna: FlaskClient, database: Database, cast: Cast, romashka: int
) -> None:
    with database.transaction() as session:
        client = session.get_one(Client, romashka)
        pen = pen_of(session, cast.anna, client)
        _change, person = add_person(pen, "Анна Петрова")
        set_contact(pen, person.id, ContactKind.EMAIL, "anna@romashka.ru")
    here = sent(anna, romashka, CARDS.encode(), "cards.vcf")
    assert "Buyer" in anna.get(here).text
    chosen = {"column-person": "name", "column-email": "email", "column-phone": "phone"}
    anna.post(here, data={**chosen, "day": "2026-02-01"})
    preview = anna.get(f"{here}/preview").text
    assert "This card is damaged" in preview
    anna.post(f"{here}/write", data={"base": base_in(preview)})
    with database.reading() as session:
        chart = chart_of(session, romashka, Moment(TODAY))
        assert sorted(holder.name for holder in chart.unplaced) == ["New One", "Анна Петрова"]
    card = anna.get(f"/persons/{person.id}.vcf")
    assert card.mimetype == "text/vcard"
    assert "FN:Анна Петрова" in card.text
    assert "TEL:+7 900 1112233" in card.text


def test_the_chart_is_taken_out_as_csv_and_that_is_noted(
    anna: FlaskClient, browser_of: BrowserOf, cast: Cast, database: Database, romashka: int
) -> None:
    here = sent(anna, romashka, FILE.replace("Иванов", "=Иванов").encode())
    anna.post(here, data=CHOSEN)
    anna.post(f"{here}/write", data={"base": base_in(anna.get(f"{here}/preview").text)})
    answer = browser_of(cast.nina).get(f"/clients/{romashka}/chart.csv")
    assert answer.mimetype == "text/csv"
    assert answer.get_data(as_text=True).startswith("\ufeffposition,reports_to,title")
    assert "'=Иванов Иван" in answer.get_data(as_text=True)
    then = anna.get(f"/clients/{romashka}/chart.csv?on=2026-01-01").get_data(as_text=True)
    assert len(then.splitlines()) == 1
    with database.reading() as session:
        seats = chart_of(session, romashka, Moment(TODAY)).seats.values()
        root = next(seat.id for seat in seats if seat.title == "Начальник склада")
        noted = select(HistoryEntry).where(HistoryEntry.action == "export chart.csv")
        assert len(session.scalars(noted).all()) == 2
    branch = anna.get(f"/clients/{romashka}/chart.csv?root={root}").get_data(as_text=True)
    assert len(branch.splitlines()) == 2
    with database.transaction() as session:
        secret = make_client(session, cast.anna, "Secret", restricted=True).id
    assert browser_of(cast.boris).get(f"/clients/{secret}/chart.csv").status_code == 404


def test_programs_import_rows_or_csv(
    anna: FlaskClient, browser_of: BrowserOf, cast: Cast, database: Database, romashka: int
) -> None:
    address = f"/api/clients/{romashka}/people/import"
    rows = [
        {"position": 1, "title": "Boss", "person": "Ann", "reports_to": None},
        {"position": 2, "title": "Clerk", "person": "Bob", "reports_to": 1},
        {"position": 3, "title": "Lost", "person": "Carl", "reports_to": 9},
    ]
    body = {"rows": rows, "as_of": "2026-02-01"}
    tried = anna.post(address, json={**body, "dry_run": True}).json
    assert (tried["going"], tried["refused"]["count"], tried["change"]) == (2, 1, None)
    assert titles(database, romashka) == []
    done = anna.post(address, json=body).json
    assert done["change"] is not None
    assert titles(database, romashka) == ["Boss", "Clerk"]
    text = "A;B\n1;Boss\n4;New\n"
    mapped = {"position": "A", "title": "B"}
    more = anna.post(address, json={"csv": text, "map": mapped, "as_of": "2026-02-01"}).json
    assert [one["title"] for one in more["differences"]] == ["New"]
    for wrong in ({}, {"rows": rows, "csv": text}, {"csv": text, "map": {"x": "A"}}):
        assert anna.post(address, json=wrong).status_code == 422
    assert browser_of(cast.boris).post(address, json=body).status_code == 403
