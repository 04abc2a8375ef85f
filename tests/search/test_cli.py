from collections.abc import Callable

import pytest
from click.testing import Result
from flask import Flask

from search.assembly import Search
from search.cli import search as commands
from search.documents import Key
from search.indexing import keep_current, keep_past_current
from tests.conftest import Cast
from tests.search.conftest import WritePage, find
from wiki.database import Database

A_PAGE_AND_THE_CAST = 1 + 5
Run = Callable[..., Result]
pytestmark = pytest.mark.usefixtures("cast")


@pytest.fixture
def run(app: Flask, cast: Cast) -> Run:
    def invoke(*arguments: str) -> Result:
        return app.test_cli_runner().invoke(commands, list(arguments))

    return invoke


def test_rebuild_makes_the_index_and_says_how_much(
    run: Run, search: Search, write_page: WritePage
) -> None:
    write_page("Скидка")
    result = run("rebuild")
    assert result.exit_code == 0, result.output
    assert f"The index is new: {A_PAGE_AND_THE_CAST} documents." in result.output
    assert find(search.engine, "скидка").total == 1


def test_check_agrees_after_a_rebuild(run: Run, write_page: WritePage) -> None:
    write_page("Скидка")
    run("rebuild", "--quiet")
    result = run("check", "--quiet")
    assert result.exit_code == 0
    assert f"agree: {A_PAGE_AND_THE_CAST} documents" in result.output


def test_check_names_what_differs(
    run: Run, database: Database, search: Search, write_page: WritePage
) -> None:
    page = write_page("Скидка")
    keep_current(database, search)
    keep_past_current(database, search)
    with search.engine.writing():
        search.engine.write([], [Key("page", page)])
    result = run("check", "--quiet")
    assert result.exit_code == 1
    assert f"1 missing in the index: page:{page}" in result.output


def test_check_without_an_index_says_what_to_do(run: Run) -> None:
    result = run("check", "--quiet")
    assert result.exit_code == 2
    assert "search rebuild" in result.output


def test_help_has_examples(run: Run) -> None:
    for command in ("rebuild", "check"):
        assert f"dossier-wiki search {command}" in run(command, "--help").output
