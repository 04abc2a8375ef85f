import pytest
from click.testing import Result
from flask import Flask

from search.assembly import Search
from search.cli import search as commands
from search.documents import Key
from search.indexing import keep_current
from tests.conftest import Cast
from tests.search.conftest import WritePage, find
from wiki.database import Database

pytestmark = pytest.mark.usefixtures("cast")


@pytest.fixture
def run(app: Flask, cast: Cast):  # type: ignore[no-untyped-def]
    def invoke(*arguments: str) -> Result:
        return app.test_cli_runner().invoke(commands, list(arguments))

    return invoke


def test_rebuild_makes_the_index_and_says_how_much(
    run, search: Search, write_page: WritePage
) -> None:  # type: ignore[no-untyped-def]
    write_page("Скидка")
    result = run("rebuild")
    assert result.exit_code == 0, result.output
    assert "1 documents" in result.output
    assert find(search.engine, "скидка").total == 1


def test_check_agrees_after_a_rebuild(run, write_page: WritePage) -> None:  # type: ignore[no-untyped-def]
    write_page("Скидка")
    run("rebuild", "--quiet")
    result = run("check", "--quiet")
    assert result.exit_code == 0
    assert "agree: 1 documents" in result.output


def test_check_names_what_differs(
    run, database: Database, search: Search, write_page: WritePage
) -> None:  # type: ignore[no-untyped-def]
    page = write_page("Скидка")
    keep_current(database, search)
    with search.engine.writing():
        search.engine.write([], [Key("page", page)])
    result = run("check", "--quiet")
    assert result.exit_code == 1
    assert f"1 missing in the index: page:{page}" in result.output


def test_check_without_an_index_says_what_to_do(run) -> None:  # type: ignore[no-untyped-def]
    result = run("check", "--quiet")
    assert result.exit_code == 2
    assert "search rebuild" in result.output


def test_help_has_examples(run) -> None:  # type: ignore[no-untyped-def]
    for command in ("rebuild", "check"):
        assert f"dossier-wiki search {command}" in run(command, "--help").output
