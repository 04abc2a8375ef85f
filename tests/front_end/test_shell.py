"""The frame around every page, as the server draws it."""

from collections.abc import Callable

import pytest
from flask import Flask, flash, get_flashed_messages, render_template
from flask.testing import FlaskClient

from tests.conftest import Cast
from wiki.accounts.actor import Actor

BrowserOf = Callable[[Actor | None], FlaskClient]


@pytest.fixture
def start_of(browser_of: BrowserOf) -> Callable[[Actor], str]:
    return lambda actor: browser_of(actor).get("/").text


def test_five_rooms_are_offered_and_the_current_one_is_marked(
    start_of: Callable[[Actor], str], cast: Cast
) -> None:
    page = start_of(cast.nina)
    for address in ("/", "/products", "/clients", "/search", "/changes"):
        assert f'class="room" href="{address}"' in page
    assert page.count('aria-current="page"') == 1


def test_colleagues_are_offered_to_those_who_may_invite_them(
    start_of: Callable[[Actor], str], cast: Cast
) -> None:
    assert 'href="/people"' in start_of(cast.adam)
    assert 'href="/people"' in start_of(cast.vera)
    assert 'href="/people"' not in start_of(cast.anna)


@pytest.mark.parametrize(
    ("cookie", "shown"), [("dark", "dark"), ("light", "light"), ('"><script>', "auto")]
)
def test_the_theme_comes_from_the_cookie(
    browser_of: BrowserOf, cast: Cast, cookie: str, shown: str
) -> None:
    browser = browser_of(cast.anna)
    browser.set_cookie("theme", cookie)
    assert f'data-bs-theme="{shown}"' in browser.get("/").text


def test_without_a_choice_the_theme_follows_the_device(
    start_of: Callable[[Actor], str], cast: Cast
) -> None:
    assert 'data-bs-theme="auto"' in start_of(cast.anna)


def test_a_name_of_hostile_letters_stays_text(app: Flask, cast: Cast) -> None:
    with app.test_request_context("/"):
        maker = app.jinja_env.get_template("_macros/people.html").module
        assert "<b" not in maker.avatar("<b <i")  # type: ignore[attr-defined]
        assert "?" in maker.avatar("  ")  # type: ignore[attr-defined]


def test_a_message_is_shown_by_its_kind(app: Flask) -> None:
    with app.test_request_context("/"):
        flash("Gone wrong <b>", "danger")
        shown = render_template("_shell/flashes.html")
    assert 'class="flash flash-danger" role="alert"' in shown
    assert "Gone wrong &lt;b&gt;" in shown


def test_the_note_that_a_text_was_saved_is_no_message(app: Flask) -> None:
    with app.test_request_context("/"):
        flash("page-17", "saved-draft")
        shown = render_template("_shell/flashes.html")
        assert get_flashed_messages() == ["page-17"]
    assert '<span hidden data-saved-draft="page-17"></span>' in shown
    assert "<p>" not in shown


def test_a_saving_script_is_told_where_to_go(browser_of: BrowserOf, cast: Cast) -> None:
    answer = browser_of(cast.anna).post(
        "/account/theme", data={"theme": "dark", "next": "/products"}, headers={"X-Saving": "1"}
    )
    assert (answer.status_code, answer.json) == (200, {"redirect": "/products"})
    assert "theme=dark" in answer.headers["Set-Cookie"]
    assert "Location" not in answer.headers


def test_a_browser_without_scripts_is_redirected(browser_of: BrowserOf, cast: Cast) -> None:
    answer = browser_of(cast.anna).post("/account/theme", data={"theme": "dark"})
    assert answer.status_code == 302


def test_a_stranger_sees_no_navigation(browser_of: BrowserOf, cast: Cast) -> None:
    page = browser_of(None).get("/account/sign-in").text
    assert 'class="plain"' in page
    assert 'class="room"' not in page
