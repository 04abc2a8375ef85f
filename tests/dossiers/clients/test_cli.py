"""Clients on the command line."""

import json
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from dossiers.clients.cli import clients_commands
from tests.conftest import Cast


@pytest.fixture
def run(app: Flask, cast: Cast) -> Any:
    """Run a command as people type it."""
    runner = app.test_cli_runner()

    def _run(*words: str) -> Result:
        return runner.invoke(clients_commands, words)

    return _run


def test_a_client_is_made_and_listed(run: Any) -> None:
    made = run(
        "create", "ООО «Ромашка»", "--team", "North", "--tax-number", "7707083893",
        "--domain", "romashka.ru", "--tag", "vip", "--state", "prospect",
    )  # fmt: skip
    assert (made.exit_code, made.output) == (0, "Made the client ООО «Ромашка»: /clients/1\n")
    assert run("list").output == "1\tООО «Ромашка»\tprospect\tNorth\t\n"
    line = json.loads(run("list", "--json", "--text", "ромашка").output)
    assert (line["name"], line["tags"], line["team"]) == ("ООО «Ромашка»", ["vip"], "North")
    assert run("list", "--state", "archived").output == ""


def test_refusals_end_with_a_sentence(run: Any) -> None:
    for words in (
        ("create", "x", "--tax-number", "1"),
        ("create", "x", "--team", "Nowhere"),
        ("create", "x", "--as", "nobody@example.com"),
        ("create", "x", "--as", "nina@example.com"),
    ):
        refused = run(*words)
        assert (refused.exit_code, "Nothing was changed" in refused.output) == (1, True), words


def test_one_lists_what_one_may_see(run: Any) -> None:
    run("create", "Hidden", "--team", "North", "--restricted")
    assert "Hidden" in run("list", "--as", "anna@example.com").output
    assert "Hidden" not in run("list", "--as", "boris@example.com").output
