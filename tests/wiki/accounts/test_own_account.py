from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.conftest import Cast
from tests.counting import counting
from tests.wiki.accounts.conftest import Browser
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.database import Database

BrowserOf = Callable[[Actor | None], FlaskClient]
Open = Callable[..., Browser]
FORM = {"name": "Anna Petrova", "language": "ru", "time_zone": "Asia/Omsk"}


def test_a_person_changes_name_language_time_zone_and_daily_letter(
    cast: Cast, browser_of: BrowserOf, database: Database, deeds: Callable[[], list]
) -> None:
    anna = browser_of(cast.anna)
    assert anna.post("/account", data=FORM).status_code == 302
    with database.reading() as session:
        user = session.get_one(User, cast.anna.id)
    assert (user.name, user.language, user.time_zone) == tuple(FORM.values())
    assert user.daily_mail is False
    assert deeds()[0].before["name"] == "Anna"
    assert deeds()[0].after["name"] == "Anna Petrova"


def test_saving_what_is_already_so_leaves_no_history(
    cast: Cast, browser_of: BrowserOf, deeds: Callable[[], list]
) -> None:
    same = {"name": "Anna", "language": "en", "time_zone": "Europe/Moscow", "daily_mail": "y"}
    assert browser_of(cast.anna).post("/account", data=same).status_code == 302
    assert deeds() == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 10_000),
        ("name", "a\x00b"),
        ("name", "<b>\u202e"),
        ("language", "de"),
        ("time_zone", "Mars/Base"),
    ],
)
def test_bad_values_are_refused_and_nothing_typed_is_lost(
    cast: Cast, browser_of: BrowserOf, field: str, value: str, deeds: Callable[[], list]
) -> None:
    form = {**FORM, "name": "Typed with care", field: value}
    answer = browser_of(cast.anna).post("/account", data=form)
    assert answer.status_code == 422
    assert field == "name" or "Typed with care" in answer.text
    assert "<b>" not in answer.text
    assert deeds() == []


def test_hostile_names_are_text_everywhere(cast: Cast, browser_of: BrowserOf) -> None:
    hostile = '"><script>alert(1)</script>'
    anna = browser_of(cast.anna)
    assert anna.post("/account", data={**FORM, "name": hostile}).status_code == 302
    pages = [anna.get("/account").text]
    pages += [browser_of(cast.adam).get(path).text for path in ("/people", "/people/history")]
    for page in pages:
        assert "<script>alert" not in page
        assert "alert(1)" in page


def test_the_language_switch_changes_the_language_of_the_page_for_strangers(
    cast: Cast, open_browser: Open
) -> None:
    stranger = open_browser()
    for code in ("ru", "en"):
        answer = stranger.get(f"/language/{code}?next=/account/sign-in")
        assert answer.location == "/account/sign-in"
        assert f'<html lang="{code}"' in stranger.get("/account/sign-in").text


def test_the_language_switch_of_a_signed_in_person_is_kept_in_the_account(
    members: Cast, open_browser: Open
) -> None:
    anna = open_browser()
    anna.sign_in()
    assert '<html lang="en"' in anna.get("/account").text
    anna.get("/language/ru?next=/account", headers={"Sec-Fetch-Site": "same-origin"})
    assert '<html lang="ru"' in anna.get("/account").text
    elsewhere = open_browser()
    elsewhere.sign_in()
    assert '<html lang="ru"' in elsewhere.get("/account").text


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Referer": "http://evil/"}, {}]
)
def test_a_link_on_another_site_does_not_change_the_account(
    cast: Cast, browser_of: BrowserOf, headers: dict[str, str], deeds: Callable[[], list]
) -> None:
    assert browser_of(cast.anna).get("/language/ru", headers=headers).status_code == 302
    assert deeds() == []


def test_a_language_nobody_speaks_here_is_missing(cast: Cast, open_browser: Open) -> None:
    assert open_browser().get("/language/de").status_code == 404


def test_the_theme_is_kept_in_the_browser(cast: Cast, browser_of: BrowserOf) -> None:
    anna = browser_of(cast.anna)
    anna.post("/account/theme", data={"theme": "dark"})
    assert 'data-bs-theme="dark"' in anna.get("/account").text
    anna.post("/account/theme", data={"theme": "auto"})
    assert 'data-bs-theme="auto"' in anna.get("/account").text
    anna.post("/account/theme", data={"theme": '"><script>'})
    assert 'data-bs-theme="auto"' in anna.get("/account").text


@pytest.mark.parametrize("path", ["/account", "/account/password", "/account/tokens"])
def test_the_pages_of_the_own_account_take_few_statements(
    cast: Cast, browser_of: BrowserOf, database: Database, path: str
) -> None:
    anna = browser_of(cast.anna)
    anna.get(path)
    with counting(database) as sent:
        assert anna.get(path).status_code == 200
    assert len([text for text in sent if text.lstrip().upper().startswith("SELECT")]) <= 2
