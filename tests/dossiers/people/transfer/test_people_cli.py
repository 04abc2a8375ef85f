import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from dossiers.clients.models import Client
from dossiers.facts.asking import Moment
from dossiers.people.chart.queries import chart_of
from dossiers.people.cli import people_commands
from tests.conftest import Cast
from tests.factories.dossiers import make_client
from wiki.database import Database
from wiki.history.models import HistoryEntry

FILE = (
    "Pos No;Boss;Job;Who\n1;;Director;Ann\n2;1;Head of sales;Bob\n3;2;Salesman;Carl\n"
    "4;9;Lost;Dora\n"
)
MAP = "position=Pos No,reports_to=Boss,title=Job,person=Who"


@pytest.fixture
def romashka(database: Database, cast: Cast) -> int:
    with database.transaction() as session:
        return make_client(session, cast.anna, "ООО «Ромашка»").id


@pytest.fixture
def staff(tmp_path: Path) -> Path:
    path = tmp_path / "staff.csv"
    path.write_text(FILE, "cp1251")
    return path


def run(app: Flask, *arguments: object) -> Result:
    return app.test_cli_runner().invoke(people_commands, [str(one) for one in arguments])


def chart_on(database: Database, client_id: int, day: date) -> dict[str, list[str]]:
    with database.reading() as session:
        seats = chart_of(session, client_id, Moment(day)).seats.values()
        return {seat.title: [holder.name for holder in seat.holders] for seat in seats}


def test_a_file_is_imported_as_of_its_day_and_the_refused_rows_are_written_down(
    app: Flask, database: Database, romashka: int, staff: Path, tmp_path: Path
) -> None:
    left = tmp_path / "left.csv"
    arguments = ("--client", "ООО «Ромашка»", "--as-of", "2026-01-15", "--map", MAP)
    done = run(app, "import", staff, *arguments, "--refused", left)
    assert done.exit_code == 3, done.output
    assert "4 rows as of 2026-01-15: 3 changed something" in done.output
    assert "row 5: It reports to “9”" in done.output
    assert chart_on(database, romashka, date(2026, 1, 15)) == {
        "Director": ["Ann"], "Head of sales": ["Bob"], "Salesman": ["Carl"],
    }  # fmt: skip
    assert chart_on(database, romashka, date(2026, 1, 14)) == {}
    assert left.read_text("utf-8-sig").splitlines()[0] == "Pos No,Boss,Job,Who,reason"
    mended = left.read_text("utf-8-sig").replace("4,9,", "4,2,")
    left.write_text(mended, "utf-8-sig")
    again = run(app, "import", left, *arguments)
    assert again.exit_code == 0, again.output
    assert len(chart_on(database, romashka, date(2026, 1, 15))) == 4


def test_a_dry_run_says_the_same_and_writes_nothing(
    app: Flask, database: Database, romashka: int, staff: Path
) -> None:
    arguments = ("import", staff, "--client", romashka, "--as-of", "2026-01-15", "--map", MAP)
    tried = run(app, *arguments, "--dry-run", "--json")
    assert tried.exit_code == 3, tried.output
    assert chart_on(database, romashka, date(2026, 1, 15)) == {}
    said = json.loads(tried.stdout)
    assert said["dry_run"] is True
    assert (said["rows"], said["going"], said["refused"]["count"]) == (4, 3, 1)
    assert said["encoding"] == "utf-8"
    assert [one["what"] for one in said["differences"]] == ["new", "new", "new"]
    done = json.loads(run(app, *arguments, "--json").stdout)
    assert done | {"dry_run": True} == said
    nothing = json.loads(run(app, *arguments, "--json").stdout)
    assert (nothing["going"], nothing["same"], nothing["differences"]) == (0, 3, [])


def test_an_exported_chart_imported_into_another_client_gives_the_same_file_again(
    app: Flask, database: Database, cast: Cast, romashka: int, staff: Path, tmp_path: Path
) -> None:
    run(app, "import", staff, "--client", romashka, "--as-of", "2026-01-15", "--map", MAP)
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    arguments = ("--as-of", "2026-02-01")
    done = run(app, "export", "--client", romashka, *arguments, "--output", one)
    assert "3 positions, 3 people" in done.output
    assert run(app, "import", one, "--client", romashka, *arguments).output.startswith(
        "3 rows as of 2026-02-01: 0 changed something, 3 were so already"
    )
    with database.transaction() as session:
        copy = make_client(session, cast.anna, "Copy").id
    assert run(app, "import", one, "--client", "copy", *arguments).exit_code == 0
    assert chart_on(database, copy, date(2026, 2, 1)) == chart_on(
        database, romashka, date(2026, 2, 1)
    )
    run(app, "export", "--client", copy, *arguments, "--output", other)
    assert _without_our_numbers(one) == _without_our_numbers(other)


def _without_our_numbers(path: Path) -> list[list[str]]:
    lines = path.read_text("utf-8-sig").splitlines()
    return [[cell for cell in line.split(",") if "wiki-" not in cell] for line in lines]


def test_an_export_is_printed_and_noted_and_asks_what_was_believed(
    app: Flask, database: Database, romashka: int, staff: Path
) -> None:
    run(app, "import", staff, "--client", romashka, "--as-of", "2026-01-15", "--map", MAP)
    out = run(app, "export", "--client", romashka, "--as-of", "2026-02-01")
    assert out.exit_code == 0, out.output
    assert "Head of sales" in out.stdout
    then = run(
        app, "export", "--client", romashka, "--as-of", "2026-02-01", "--known", "2020-01-01"
    )
    assert "Head of sales" not in then.stdout
    with database.reading() as session:
        noted = select(HistoryEntry.action).where(HistoryEntry.action == "export chart.csv")
        assert len(session.scalars(noted).all()) == 2


def test_what_cannot_be_done_is_one_sentence_and_exit_code_one(
    app: Flask, database: Database, cast: Cast, romashka: int, staff: Path, tmp_path: Path
) -> None:
    with database.transaction() as session:
        twins = [make_client(session, cast.anna, "Twin").id for _each in range(2)]
        make_client(session, cast.anna, "Secret", restricted=True)
    (tmp_path / "bad.csv").write_bytes(b'a,b\n1,"2\n')
    for arguments, words in (
        ((staff, "--client", "Nobody"), "no client called “Nobody”"),
        ((staff, "--client", "Twin"), f"by its number: {twins[0]}, {twins[1]}"),
        ((staff, "--client", "999"), "nothing at this address"),
        ((staff, "--client", romashka, "--as", cast.boris.email), "another team"),
        ((staff, "--client", "Secret", "--as", cast.boris.email), "no client called"),
        ((staff, "--client", romashka, "--map", "a=Who"), "no field “a”"),
        ((staff, "--client", romashka, "--as-of", "1066-10-14"), "between 1900"),
        ((tmp_path / "bad.csv", "--client", romashka), "not closed"),
    ):
        for dry_run in ([], ["--dry-run"]):
            done = run(app, "import", *arguments, *dry_run)
            assert done.exit_code == 1, done.output
            assert words in done.output
            assert "Traceback" not in done.output
    with database.reading() as session:
        assert all(client.stamp == 1 for client in session.scalars(select(Client)))
    assert run(app, "export", "--client", "Secret", "--as", cast.boris.email).exit_code == 1
    assert run(app, "export", "--client", "Secret", "--as", cast.anna.email).exit_code == 0
