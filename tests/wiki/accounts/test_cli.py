from collections.abc import Callable

import pytest
from click.testing import Result
from flask import Flask

from tests.conftest import Cast
from tests.wiki.accounts.conftest import PASSWORD, Browser, path_in
from wiki.accounts.queries import everybody
from wiki.database import Database

Run = Callable[..., Result]
Open = Callable[..., Browser]


@pytest.fixture
def run(app: Flask) -> Run:
    return lambda *words, **options: app.test_cli_runner().invoke(args=["users", *words], **options)


def test_create_makes_an_account_with_a_password_from_standard_input(
    cast: Cast, run: Run, open_browser: Open
) -> None:
    words = ("create", "olga@example.com", "--name", "Olga", "--team", "north", "--password-stdin")
    result = run(*words, input=f"{PASSWORD}\n")
    assert result.exit_code == 0, result.output
    assert PASSWORD not in result.output
    assert open_browser().sign_in("olga").status_code == 302


def test_create_without_a_password_prints_a_link_that_sets_one(
    cast: Cast, run: Run, open_browser: Open
) -> None:
    result = run("create", "olga@example.com", "--name", "Olga", "--role", "director")
    assert result.exit_code == 0
    olga = open_browser()
    olga.post(path_in(result.output), password=PASSWORD)
    assert olga.is_signed_in()


def test_invite_prints_the_link(cast: Cast, run: Run, open_browser: Open) -> None:
    result = run("invite", "olga@example.com", "--role", "newcomer", "--team", "South")
    assert result.exit_code == 0
    assert "olga@example.com" in open_browser().get(path_in(result.output)).text


def test_token_prints_the_token_and_nothing_else(cast: Cast, run: Run) -> None:
    result = run("token", "vera@example.com", "--name", "nightly import")
    assert result.exit_code == 0
    assert result.output.startswith("dw_")
    assert len(result.output.split()) == 1


def test_deactivate_and_list_tell_the_state(cast: Cast, run: Run, database: Database) -> None:
    assert run("deactivate", "BORIS@example.com").exit_code == 0
    lines = run("list").output.splitlines()
    assert "boris@example.com\tBoris\tmanager\tSouth\tdeactivated" in lines
    assert "anna@example.com\tAnna\tmanager\tNorth\tactive" in lines
    assert run("token", "boris@example.com", "--name", "x").exit_code == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("create", "anna@example.com", "--name", "Anna"), "already an account"),
        (("create", "no address", "--name", "Anna"), "e-mail address"),
        (("create", "o@x.ru", "--name", "x" * 10_000), "longer than 100"),
        (("create", "o@x.ru", "--name", "\udcff"), "invisible or broken"),
        (("create", "\udcff@x.ru", "--name", "O"), "invisible or broken"),
        (("create", "o@x.ru", "--name", "O", "--team", "East"), "no team called East"),
        (("invite", "anna@example.com"), "already an account"),
        (("deactivate", "\udcff"), "no account"),
        (("deactivate", "adam@example.com"), "last active administrator"),
        (("token", "nobody@example.com", "--name", "x"), "no account"),
    ],
)
def test_a_refusal_is_a_sentence_and_the_exit_code_1(
    cast: Cast, run: Run, words: tuple[str, ...], sentence: str, database: Database
) -> None:
    result = run(*words)
    assert result.exit_code == 1
    assert sentence in result.output
    with database.reading() as session:
        assert len(everybody(session)) == 5


def test_a_wrong_command_line_has_the_exit_code_2(cast: Cast, run: Run) -> None:
    assert run("create", "o@x.ru").exit_code == 2
    assert run("invite", "o@x.ru", "--role", "king").exit_code == 2


@pytest.mark.parametrize("command", ["create", "invite", "deactivate", "token", "list"])
def test_help_shows_an_example(run: Run, command: str) -> None:
    output = run(command, "--help").output
    assert "Example" in output
    assert f"dossier-wiki users {command}" in output
