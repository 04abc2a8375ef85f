"""Deals on the command line: imported, looked at, taken out."""

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from dossiers.deals.models import Deal
from tests.conftest import Cast
from tests.dossiers.deals.files import PIPELINE, command
from wiki.database import Database
from wiki.history.models import HistoryEntry

pytestmark = pytest.mark.usefixtures("cast", "clock")


@pytest.fixture
def pipeline(tmp_path: Path) -> Path:
    path = tmp_path / "pipeline.csv"
    path.write_bytes(PIPELINE.encode())
    return path


def imported(app: Flask, file: Path, *more: str) -> tuple[int, Any]:
    done = command(app, "import", str(file), "--source", "CRM", "--json", *more)
    return done.exit_code, json.loads(done.output) if done.output.startswith("{") else done.output


def count(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Deal)) or 0


def test_a_dry_run_says_what_would_be_done_and_does_nothing(
    app: Flask, database: Database, pipeline: Path
) -> None:
    code, report = imported(app, pipeline, "--dry-run")
    assert (code, report["dry_run"], report["deals"]["created"]) == (0, True, 8)
    assert count(database) == 0
    code, report = imported(app, pipeline)
    assert (code, report["dry_run"], report["deals"]["created"]) == (0, False, 8)
    assert count(database) == 8
    assert imported(app, pipeline)[1]["deals"]["same"] == 8


def test_refused_rows_are_written_down_mended_and_sent_again(
    app: Flask, database: Database, tmp_path: Path
) -> None:
    file, left = tmp_path / "deals.csv", tmp_path / "left.csv"
    file.write_text("id;title;amount\n1;=HYPERLINK(A1);5\n2;=HYPERLINK(A2);-5\n3;+7;1,2345678\n")
    code, report = imported(app, file, "--refused", str(left))
    assert (code, report["refused"]["count"]) == (3, 2)
    rows = list(csv.reader(StringIO(left.read_text("utf-8-sig"))))
    assert rows[0] == ["id", "title", "amount", "reason"]
    assert [row[:3] for row in rows[1:]] == [
        ["2", "'=HYPERLINK(A2)", "'-5"],
        ["3", "'+7", "1,2345678"],
    ]
    assert rows[1][3] == "amount: “-5” is less than zero."
    mended = left.read_text("utf-8").replace("'-5", "5").replace("1,2345678", "1,23")
    left.write_text(mended, "utf-8")
    code, report = imported(app, left)
    assert (code, report["deals"]["created"]) == (0, 2)
    with database.reading() as session:
        titles = session.scalars(select(Deal.title).order_by(Deal.external_id)).all()
    assert titles == ["=HYPERLINK(A1)", "=HYPERLINK(A2)", "+7"]


def test_columns_settings_and_stages_are_typed_and_remembered(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "deals.csv"
    file.write_text("Nr;Phase;Wert;Am\n1;Fertig;1,234;03/04/2026\n")
    said = (
        "--map", "external_id=Nr,stage=phase,amount=Wert,closed_on=Am", "--currency", "eur",
        "--decimal", "point", "--days", "month", "--kinds", "Fertig=won",
    )  # fmt: skip
    _code, report = imported(app, file, *said, "--remember", "German")
    assert report["sums"] == [
        {"kind": "won", "currency": "EUR", "deals": 1, "amount": "1234", "unsaid": 0}
    ]
    for again in ((), ("--mapping", "German")):
        code, report = imported(app, file, *again)
        assert (code, report["deals"]["same"]) == (0, 1)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (("--map", "colour=Nr"), "no field “colour”"),
        (("--map", "title=Nr"), "No column holds the number"),
        (("--mapping", "Gone"), "No columns are remembered as “Gone”"),
        (("--kinds", "Won"), "no pair of a stage and a kind"),
        (("--kinds", "Won=perhaps"), "none of these: open, won, lost"),
        (("--currency", "roubles!"), "no currency"),
        (("--as", "nina@firm.example"), "nobody in whose name"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_is_changed(
    app: Flask, database: Database, tmp_path: Path, more: tuple[str, ...], why: str
) -> None:
    file = tmp_path / "deals.csv"
    file.write_text("Nr;stage\n1;Won\n")
    code, output = imported(app, file, *more)
    assert code == 1
    assert why in output
    assert count(database) == 0


def test_deals_are_listed_and_taken_out(
    app: Flask, database: Database, pipeline: Path, tmp_path: Path
) -> None:
    imported(app, pipeline, "--currency", "USD")
    done = command(app, "list", "--kind", "won", "--json")
    listed = json.loads(done.output)
    assert listed["total"] == 2
    assert {deal["amount"] for deal in listed["deals"]} == {"990", "180"}
    assert "2 deals; page 1 of 1" in command(app, "list", "--kind", "lost").output
    assert command(app, "list", "--source", "Gone").exit_code == 1
    out = tmp_path / "out.csv"
    assert command(app, "export", "--source", "CRM", "--output", str(out)).exit_code == 0
    rows = list(csv.DictReader(StringIO(out.read_text("utf-8-sig"))))
    assert len(rows) == 8
    assert "external_id" in rows[0]
    with database.reading() as session:
        exports = select(HistoryEntry).where(HistoryEntry.action == "export deals.csv")
        assert session.scalars(exports).one()


def test_what_was_taken_out_is_understood_when_it_comes_back(
    app: Flask, cast: Cast, pipeline: Path, tmp_path: Path
) -> None:
    imported(app, pipeline, "--currency", "USD")
    out = tmp_path / "out.csv"
    command(app, "export", "--output", str(out))
    code, report = imported(app, out, "--dry-run")
    assert (code, report["deals"]["created"], report["rows"]) == (0, 0, 8)
