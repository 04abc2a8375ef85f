"""Contacts with promises from files: what goes in, what is refused, and the same file again."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import Workbook
from sqlalchemy import func, select

from dossiers.interactions.contacts.details import details_of
from dossiers.interactions.importing.sort import CONTACTS
from dossiers.interactions.kinds import Door, InteractionKind, PromiseState
from dossiers.interactions.models import Interaction, InteractionText, Promise
from dossiers.people.editing.pen import open_dossier
from dossiers.people.editing.persons import add_person
from dossiers.people.models import Person
from tests.conftest import Cast, SetClock
from tests.counting import counting
from tests.factories.dossiers import make_client, pen_of, person_id_of
from tests.factories.lists import Lists, csv_of, figures, sentences
from tests.factories.renewals import make_interaction
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.errors import Refusal
from wiki.lists.plans import Fate

BrowserOf = Callable[[Actor | None], FlaskClient]
HEADING = "Номер;Клиент;Дата;Тип;С кем;Кто;Описание;Мы обещали;Они обещали;Срок"
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def lists(app: Flask, clock: SetClock) -> Lists:
    return Lists(app, CONTACTS)


@pytest.fixture
def romashka(database: Database, cast: Cast, clock: SetClock) -> int:
    with database.transaction() as session:
        client = make_client(session, cast.anna, "Romashka")
        person_id_of(pen_of(session, cast.anna, client), "Olga Petrova")
        return client.id


def counted(database: Database) -> tuple[int, int, int]:
    """Contacts, promises and people."""
    with database.reading() as session:
        tables = (Interaction, Promise, Person)
        found = [session.scalar(select(func.count()).select_from(t)) or 0 for t in tables]
        return found[0], found[1], found[2]


def test_a_call_from_a_file_has_people_text_promises_and_its_door(
    lists: Lists, database: Database, cast: Cast, romashka: int
) -> None:
    said = '"Two\n\n**more** lines"'
    row = f"17;romashka;02.02.2026 14:30;Звонок;Olga Petrova;Anna;{said};Send it;Answer;09.03.2026"
    assert figures(lists.write(cast.anna, csv_of(HEADING, row))) == (1, 0, 0, 0, 0)
    with database.reading() as session:
        found = session.scalars(select(Interaction)).one()
        details = details_of(session, found)
        text = session.scalars(select(InteractionText)).one()
        ours, theirs = session.scalars(select(Promise).order_by(Promise.by_us.desc())).all()
        assert found.door is Door.FILE
        assert details.kind is InteractionKind.CALL
        assert details.ours == {cast.anna.id}
        assert [session.get_one(Person, one).name for one in details.theirs] == ["Olga Petrova"]
        assert text.body == "Two\n\n**more** lines\n"
        assert "<strong>more</strong>" in text.html
        assert (ours.what, ours.due_on, ours.by_us) == ("Send it", date(2026, 3, 9), True)
        assert (theirs.what, theirs.by_us, theirs.state) == ("Answer", False, PromiseState.OPEN)
        assert {ours.person_id, theirs.person_id} == details.theirs
        assert ours.made_on == date(2026, 2, 2)


@pytest.mark.parametrize("number", ["17", ""])
def test_the_same_file_again_changes_nothing(
    lists: Lists, database: Database, cast: Cast, romashka: int, number: str
) -> None:
    row = f"{number};Romashka;02.02.2026;Meeting;Nina New;Anna;Said;Send it;;09.03.2026"
    assert figures(lists.write(cast.anna, csv_of(HEADING, row))) == (1, 0, 0, 0, 0)
    before = counted(database)
    assert before == (1, 1, 2)
    other_form = row.replace("02.02.2026", "2026-02-02")
    for again in (row, other_form):
        assert figures(lists.write(cast.anna, csv_of(HEADING, again))) == (0, 0, 1, 0, 0)
    assert counted(database) == before


def test_rows_of_one_number_add_promises_and_a_row_that_contradicts_is_refused(
    lists: Lists, database: Database, cast: Cast, romashka: int
) -> None:
    rows = [
        "5;Romashka;02.02.2026;call;Olga Petrova;Anna;Said;First;;09.03.2026",
        "5;Romashka;02.02.2026;call;Olga Petrova;Anna;Said;Second;;10.03.2026",
        "5;Romashka;02.02.2026;call;Olga Petrova;Anna;Other words;;;",
    ]
    report = lists.write(cast.anna, csv_of(HEADING, *rows))
    assert figures(report) == (1, 0, 0, 1, 1)
    assert "number of the contact of row 2" in sentences(report, "refused")[0]
    assert counted(database)[:2] == (1, 2)


def test_what_was_exported_is_known_again_and_other_words_are_told(
    lists: Lists, database: Database, cast: Cast, romashka: int, browser_of: BrowserOf
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna, "Vasilek")
        make_interaction(session, cast.anna, client, date(2026, 2, 1), "By hand")
        ident = client.id
    exported = browser_of(cast.anna).get(f"/clients/{ident}/contacts.csv").text
    assert figures(lists.write(cast.anna, exported.encode())) == (0, 0, 1, 0, 0)
    report = lists.write(cast.anna, exported.replace("By hand", "Otherwise").encode())
    assert figures(report) == (0, 0, 1, 0, 0)
    assert "in other words" in sentences(report, "remarks")[0]
    assert counted(database)[0] == 1


def test_a_name_that_two_people_share_is_refused_until_its_number_is_there(
    lists: Lists, database: Database, cast: Cast, romashka: int
) -> None:
    with database.transaction() as session:
        pen = open_dossier(session, cast.anna, romashka)
        second = [add_person(pen, "Ivan Ivanov")[1].id for _twin in range(2)][1]
    row = ";Romashka;02.02.2026;call;%s;Anna;Said;;;"
    report = lists.write(cast.anna, csv_of(HEADING, row % "Ivan Ivanov"))
    assert figures(report) == (0, 0, 0, 0, 1)
    assert "2 people of the client are called" in sentences(report, "refused")[0]
    assert report["refused"]["lines"][0]["column"] == "С кем"
    assert counted(database)[0] == 0
    lists.write(cast.anna, csv_of(HEADING, row % f"Ivan Ivanov · № {second}"))
    with database.reading() as session:
        contact = session.scalars(select(Interaction)).one()
        assert details_of(session, contact).theirs == {second}


def test_names_that_nobody_has_become_people_or_stay_in_the_text(
    lists: Lists, database: Database, cast: Cast, romashka: int
) -> None:
    row = ";Romashka;02.02.2026;call;Nina New;Former Seller;Said;;;"
    report = lists.write(cast.anna, csv_of(HEADING, row), people="text")
    assert [s.split(".")[0] for s in sentences(report, "remarks")] == [
        "“Nina New” is not in the dossier",
        "There is not just one colleague called “Former Seller”",
    ]
    assert counted(database)[2] == 1
    with database.reading() as session:
        contact = session.scalars(select(Interaction)).one()
        assert details_of(session, contact).ours == frozenset()
        body = session.scalars(select(InteractionText.body)).one()
        assert body == "Said\n\nWho of us: Former Seller\n\nWith whom: Nina New\n"
    lists.write(cast.anna, csv_of(HEADING, row.replace("02.02", "03.02")))
    assert counted(database)[2] == 2


def test_a_restricted_client_leaves_no_trace(
    lists: Lists, database: Database, cast: Cast, romashka: int
) -> None:
    with database.transaction() as session:
        secret = make_client(session, cast.anna, "Secret", restricted=True).id
    absent = "7;%s;02.02.2026;call;X;Anna;Said;;;"
    told = {}
    for name in ("Secret", "Absent", f"/clients/{secret}", "/clients/999"):
        report = lists.write(cast.boris, csv_of(HEADING, absent % name))
        assert figures(report) == (0, 0, 0, 0, 1)
        told[name] = sentences(report, "refused")[0].replace(name, "…")
    assert len(set(told.values())) == 1
    assert counted(database)[0] == 0
    assert figures(lists.write(cast.anna, csv_of(HEADING, absent % "Secret"))) == (1, 0, 0, 0, 0)


def test_who_may_only_read_a_client_writes_nothing_into_it(
    lists: Lists, database: Database, cast: Cast, romashka: int
) -> None:
    row = "7;Romashka;02.02.2026;call;;Boris;Said;;;"
    report = lists.write(cast.boris, csv_of(HEADING, row))
    assert figures(report) == (0, 0, 0, 0, 1)
    assert "not write in it" in sentences(report, "refused")[0]
    assert counted(database)[0] == 0


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (";;02.02.2026;call;;;Said;;;", "names no client"),
        (";Romashka;;call;;;Said;;;", "when you spoke"),
        (";Romashka;32.13.2026;call;;;Said;;;", "no day"),
        (";Romashka;02.02.2077;call;;;Said;;;", "still to come"),
        (";Romashka;02.02.2026;call;;;;;;", "Neither what was said"),
        (";Romashka;02.02.2026;call;;;Said;Promise;;", "needs a day"),
        (";Romashka;02.02.2026;call;;;Said;Promise;;01.02.2026", "was given, or later"),
        (";Romashka;02.02.2026;call;№ 99;;Said;;;", "number of a person"),
        (";Romashka;02.02.2026;call;;;Said;" + "x" * 501 + ";;01.03.2026", "500 is the limit"),
        ("9" * 201 + ";Romashka;02.02.2026;call;;;Said;;;", "200 is the limit"),
        (";Romashka;02.02.2026;call;;;a;b;c;d;e;f;g", "cannot be told apart"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    lists: Lists, database: Database, cast: Cast, romashka: int, row: str, why: str
) -> None:
    good = ";Romashka;03.02.2026;call;;;Good;;;"
    report = lists.write(cast.anna, csv_of(HEADING, row, good))
    assert figures(report) == (1, 0, 0, 0, 1)
    assert why in sentences(report, "refused")[0]
    assert counted(database)[0] == 1


def test_hostile_cells_stay_text_and_formulas_lose_their_mark(
    lists: Lists, cast: Cast, romashka: int, browser_of: BrowserOf
) -> None:
    row = f";Romashka;02.02.2026;{HOSTILE};{HOSTILE};Anna;'=cmd()  {HOSTILE};{HOSTILE};;09.03.2026"
    assert figures(lists.write(cast.anna, csv_of(HEADING, row))) == (1, 0, 0, 0, 0)
    page = browser_of(cast.anna).get(f"/clients/{romashka}/contacts").text
    assert HOSTILE not in page
    assert "&lt;script&gt;" in page
    assert "'=cmd()" not in page


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"\x89PNG\r\n" + bytes(range(256))])
def test_what_is_no_table_is_refused(lists: Lists, cast: Cast, data: bytes) -> None:
    with pytest.raises(Refusal):
        lists.plan(cast.anna, data)


def test_a_workbook_is_read_and_one_client_can_be_named_for_all(
    lists: Lists, database: Database, cast: Cast, romashka: int
) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Дата", "Описание"])
    sheet.append([date(2026, 2, 2), "Said"])
    out = BytesIO()
    book.save(out)
    with pytest.raises(Refusal, match="names the client"):
        lists.plan(cast.anna, out.getvalue())
    report = lists.write(cast.anna, out.getvalue(), client=f"/clients/{romashka}")
    assert figures(report) == (1, 0, 0, 0, 0)
    with database.reading() as session:
        contact = session.scalars(select(Interaction)).one()
        assert details_of(session, contact).ours == {cast.anna.id}


def test_days_that_can_be_read_in_two_ways_are_asked_for(
    lists: Lists, database: Database, cast: Cast, romashka: int
) -> None:
    data = csv_of(HEADING, ";Romashka;03/02/2026;call;;;Said;;;")
    assert "two ways" in str(next(iter(lists.plan(cast.anna, data).refused.values())))
    lists.write(cast.anna, data, days="month")
    with database.reading() as session:
        assert session.scalars(select(Interaction)).one().happened_at.date() == date(2026, 3, 2)


def test_a_file_goes_in_through_the_browser(
    database: Database, cast: Cast, romashka: int, browser_of: BrowserOf
) -> None:
    anna = browser_of(cast.anna)
    assert 'href="/contacts/import"' in anna.get(f"/clients/{romashka}/contacts").text
    assert 'href="/contacts/import"' in anna.get("/clients").text
    data = csv_of(HEADING, f"1;Romashka;02.02.2026;call;Nina New;Anna;{HOSTILE};;;")
    sent = anna.post("/contacts/import", data={"file": (BytesIO(data), "calls.csv")})
    columns = {"column-client": "Клиент", "column-when": "Дата", "column-text": "Описание",
               "column-with": "С кем", "setting-people": "add"}  # fmt: skip
    assert HOSTILE not in anna.get(sent.location).text
    assert anna.post(sent.location, data=columns).location == f"{sent.location}/preview"
    preview = anna.get(f"{sent.location}/preview").text
    assert "Romashka, 2026-02-02" in preview
    assert "is not in the dossier yet" in preview
    assert HOSTILE not in preview
    assert counted(database)[0] == 0
    anna.post(f"{sent.location}/write")
    assert "Written." in anna.get(sent.location).text
    assert counted(database)[0] == 1
    assert browser_of(cast.boris).get(sent.location).status_code == 404
    assert browser_of(cast.nina).get("/contacts/import").status_code == 403


def test_many_rows_cost_as_many_statements_as_few(
    lists: Lists, database: Database, cast: Cast, romashka: int
) -> None:
    def rows(count: int) -> bytes:
        row = "{0};Romashka;02.02.2026;call;Olga Petrova;Anna;Said {0};Send {0};;09.03.2026"
        return csv_of(HEADING, *(row.format(number) for number in range(count)))

    lists.write(cast.anna, rows(2))
    taken = []
    for count in (3, 60):
        with counting(database) as sent:
            assert len(lists.plan(cast.anna, rows(count)).of(Fate.SAME)) == 2
        taken.append(len(sent))
    assert taken[0] == taken[1]
