from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Cast, SetClock
from tests.wiki.accounts.conftest import PASSWORD, Browser
from wiki.accounts.queries import everybody
from wiki.accounts.services.first_start import check_code, setup_code
from wiki.config import Settings
from wiki.database import Database
from wiki.errors import Refusal

Open = Callable[..., Browser]


def test_an_empty_installation_leads_everybody_to_its_set_up(open_browser: Open) -> None:
    assert open_browser().get("/account/sign-in").location == "/account/first"
    assert open_browser().get("/account/first").status_code == 200


def test_who_knows_the_setup_code_becomes_the_first_administrator(
    open_browser: Open, settings: Settings, database: Database
) -> None:
    browser = open_browser()
    answer = browser.post("/account/first", **_form(setup_code(settings.home)))
    assert answer.status_code == 302
    assert browser.is_signed_in()
    with database.reading() as session:
        assert [(one.email, one.role) for one in everybody(session)] == [("adam@x.ru", "admin")]
    assert not (settings.home / "setup_code").exists()


@pytest.mark.parametrize("code", ["", "wrong", "x" * 10_000, "\x00", "ж"])
def test_a_stranger_without_the_code_gets_a_sentence_and_keeps_what_was_typed(
    open_browser: Open, database: Database, code: str
) -> None:
    answer = open_browser().post("/account/first", **_form(code))
    assert answer.status_code == 422
    assert "adam@x.ru" in answer.text
    with database.reading() as session:
        assert everybody(session) == []


def test_guessing_the_setup_code_is_slowed_down(open_browser: Open, clock: SetClock) -> None:
    stranger = open_browser()
    for _ in range(5):
        stranger.post("/account/first", **_form("wrong"))
    assert stranger.post("/account/first", **_form("wrong")).status_code == 429


def test_once_somebody_is_there_the_set_up_is_closed(
    cast: Cast, open_browser: Open, settings: Settings, database: Database
) -> None:
    code = setup_code(settings.home)
    assert open_browser().get("/account/first").location == "/account/sign-in"
    assert open_browser().post("/account/first", **_form(code)).location == "/account/sign-in"
    with database.reading() as session:
        assert "adam@x.ru" not in {one.email for one in everybody(session)}


def test_the_code_is_kept_for_its_owner_alone_and_stays_the_same(tmp_path: Path) -> None:
    code = setup_code(tmp_path)
    assert setup_code(tmp_path) == code
    assert (tmp_path / "setup_code").stat().st_mode & 0o777 == 0o600
    assert len(code.replace("-", "")) == 16


def test_the_code_may_be_typed_with_large_letters_and_blanks(tmp_path: Path) -> None:
    check_code(tmp_path, f"  {setup_code(tmp_path).upper()} ")


def test_an_empty_file_opens_nothing(tmp_path: Path) -> None:
    (tmp_path / "setup_code").write_text("")
    with pytest.raises(Refusal):
        check_code(tmp_path, "")


def _form(code: str) -> dict[str, str]:
    return {
        "code": code,
        "name": "Adam",
        "email": "adam@x.ru",
        "password": PASSWORD,
        "language": "ru",
        "time_zone": "Europe/Moscow",
    }
