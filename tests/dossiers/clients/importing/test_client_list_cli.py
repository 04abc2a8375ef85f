"""Lists of clients on the command line: in, out, and in again."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from dossiers.clients.cli import clients_commands
from tests.conftest import Cast
from tests.dossiers.clients.importing.cards import cards_in
from tests.dossiers.clients.making import made
from tests.factories.lists import csv_of
from wiki.database import Database


@pytest.fixture
def run(app: Flask, cast: Cast) -> Any:
    """Run a command as people type it."""
    runner = app.test_cli_runner()

    def _run(*words: str | Path) -> Result:
        return runner.invoke(clients_commands, [str(word) for word in words])

    return _run


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "accounts.csv"
    path.write_bytes(csv_of("Firma,Sektor,Umsatz", "One,retail,5", "Two,,6", ",,7"))
    return path


def test_a_file_is_tried_imported_and_imported_again(
    run: Any, file: Path, database: Database, tmp_path: Path
) -> None:
    words = ("import", file, "--map", "name=Firma,segment=Sektor", "--team", "north")
    tried = run(*words, "--dry-run")
    assert (tried.exit_code, cards_in(database)) == (3, {})
    assert "3 rows: 2 would be new" in tried.output
    assert "row 4: The row has no name of a client." in tried.output
    refused = tmp_path / "refused.csv"
    report = json.loads(run(*words, "--json", "--refused", refused, "--remember", "ours").output)
    assert (report["new"], report["kept"], report["dry_run"]) == (2, ["Umsatz"], False)
    assert refused.read_text("utf-8").count("\n") == 2
    assert cards_in(database)["One"]["further"] == {"Umsatz": "5"}
    again = run("import", file, "--mapping", "ours")
    assert (again.exit_code, "0 new, 0 changed, 2 were so already" in again.output) == (3, True)


def test_refusals_end_with_a_sentence(run: Any, file: Path) -> None:
    for words in (
        ("import", file),
        ("import", file, "--map", "name=Nowhere"),
        ("import", file, "--map", "nothing=Firma"),
        ("import", file, "--map", "name=Firma", "--team", "Nowhere"),
        ("import", file, "--map", "name=Firma", "--country", "QQ"),
        ("import", file, "--mapping", "unknown"),
        ("import", file, "--map", "name=Firma", "--as", "nobody@example.com"),
        ("import", file, "--map", "name=Firma", "--as", "nina@example.com"),
    ):
        refused = run(*words)
        assert (refused.exit_code, "Nothing was changed" in refused.output) == (1, True), words


def test_what_is_exported_reads_back_without_a_change(
    run: Any, cast: Cast, database: Database, tmp_path: Path
) -> None:
    made(database, cast.anna, "=Formula", tags=("a", "b"), region="North", segment="+x")
    made(
        database, cast.anna, "Child", parent=1, tax_number="7707083893", country="RU",
        domains=("child.ru", "xn--e1afmkfd.xn--p1ai"), legal_name="-OOO", restricted=True,
    )  # fmt: skip
    path = tmp_path / "clients.csv"
    assert "2 clients" in run("export", "--output", path).output
    assert "'=Formula" in path.read_text("utf-8-sig")
    before = cards_in(database)
    back = run("import", path)
    assert "0 new, 0 changed, 2 were so already" in back.output, back.output
    assert cards_in(database) == before
    assert run("export", "--as", "boris@example.com").output.count("\n") == 2
