import inspect
from collections.abc import Callable
from dataclasses import replace

import pytest
from argon2 import PasswordHasher
from sqlalchemy import update

from app import create_app
from tests.conftest import Cast, SetClock
from tests.wiki.accounts.conftest import PASSWORD, Browser
from wiki.accounts import passwords
from wiki.accounts.models import User
from wiki.accounts.services import signing_in
from wiki.config import Settings
from wiki.database import Database

Open = Callable[..., Browser]


def test_the_right_password_signs_in_and_leads_to_where_one_wanted_to_go(
    members: Cast, open_browser: Open
) -> None:
    anna = open_browser()
    answer = anna.sign_in(path="/account/sign-in?next=/account/tokens")
    assert answer.status_code == 302
    assert answer.location == "/account/tokens"
    assert anna.is_signed_in()


def test_letters_of_the_address_may_be_large_or_small(members: Cast, open_browser: Open) -> None:
    anna = open_browser()
    assert anna.sign_in("  ANNA").status_code == 302


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    members: Cast, open_browser: Open
) -> None:
    wrong = open_browser("10.0.0.1").sign_in("anna", "not the password")
    unknown = open_browser("10.0.0.2").sign_in("nobody", "not the password")
    assert wrong.status_code == unknown.status_code == 422
    assert "do not belong together" in wrong.text
    assert _sentence(wrong.text) == _sentence(unknown.text)


def test_what_was_typed_into_the_address_is_shown_again_and_the_password_is_not(
    members: Cast, open_browser: Open
) -> None:
    page = open_browser().sign_in("anna", "not the password").text
    assert "anna@example.com" in page
    assert "not the password" not in page


def test_an_unknown_address_costs_one_hash_like_a_known_one(
    members: Cast, open_browser: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashes: list[str] = []
    real = passwords._verify

    def noting(password_hash: str, password: str) -> bool:
        hashes.append(password_hash)
        return real(password_hash, password)

    monkeypatch.setattr(passwords, "_verify", noting)
    open_browser("10.0.0.1").sign_in("anna", "not the password")
    open_browser("10.0.0.2").sign_in("nobody", "not the password")
    assert len(hashes) == 2
    parameters = {text.rpartition("$")[0].rpartition("$")[0] for text in hashes}
    assert parameters == {"$argon2id$v=19$m=65536,t=3,p=4"}


def test_the_password_check_does_not_ask_whether_the_person_exists() -> None:
    source = inspect.getsource(signing_in.check_claim)
    assert "user_id" not in source


def test_a_person_without_a_password_cannot_sign_in(cast: Cast, open_browser: Open) -> None:
    assert open_browser().sign_in("anna", "nobody's password").status_code == 422


def test_a_deactivated_person_gets_the_sentence_of_a_wrong_password(
    members: Cast, open_browser: Open, database: Database, clock: SetClock
) -> None:
    with database.transaction() as session:
        session.execute(
            update(User).where(User.id == members.boris.id).values(deactivated_at=clock.moment)
        )
    answer = open_browser().sign_in("boris")
    assert answer.status_code == 422
    assert "do not belong together" in answer.text


def test_signing_out_ends_the_session_of_this_browser_only(
    members: Cast, open_browser: Open
) -> None:
    here, there = open_browser(), open_browser()
    here.sign_in()
    there.sign_in()
    here.post("/sign-out")
    assert not here.is_signed_in()
    assert there.is_signed_in()


def test_signing_out_by_a_link_is_not_possible(members: Cast, open_browser: Open) -> None:
    anna = open_browser()
    anna.sign_in()
    assert anna.get("/sign-out").status_code == 405
    assert anna.is_signed_in()


def test_signing_out_everywhere_ends_sessions_and_remembered_sign_ins(
    members: Cast, open_browser: Open
) -> None:
    here, there = open_browser(), open_browser()
    here.sign_in()
    there.sign_in(remember="y")
    here.post("/account/sign-out-everywhere")
    assert not here.is_signed_in()
    assert not there.is_signed_in()
    assert there.sign_in().status_code == 302


def test_a_remembered_sign_in_outlives_the_closing_of_the_browser(
    members: Cast, open_browser: Open, settings: Settings
) -> None:
    remembered, other = open_browser(), open_browser()
    remembered.sign_in(remember="y")
    other.sign_in()
    for browser in (remembered, other):
        browser.client.delete_cookie(f"dossier_wiki_session_{settings.port}")
    assert remembered.is_signed_in()
    assert not other.is_signed_in()


def test_a_session_from_before_signing_in_is_thrown_away(members: Cast, open_browser: Open) -> None:
    anna = open_browser()
    anna.get("/account/sign-in")
    with anna.client.session_transaction() as before:
        before["planted"] = "by somebody else"
    anna.sign_in()
    with anna.client.session_transaction() as after:
        assert "planted" not in after


def test_cookies_are_closed_to_scripts_and_to_other_sites(
    members: Cast, open_browser: Open
) -> None:
    cookies = open_browser().sign_in(remember="y").headers.getlist("Set-Cookie")
    assert len(cookies) == 3
    for cookie in cookies:
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Secure" not in cookie


def test_behind_https_cookies_are_secure_and_bound_to_the_host(settings: Settings) -> None:
    app = create_app(replace(settings, public_url="https://wiki.example.com"))
    assert app.config["SESSION_COOKIE_SECURE"] is True
    assert app.config["REMEMBER_COOKIE_SECURE"] is True
    assert app.config["SESSION_COOKIE_NAME"].startswith("__Host-")
    app.extensions["database"].dispose()


def test_two_instances_on_one_host_do_not_take_each_others_cookies(settings: Settings) -> None:
    apps = [create_app(replace(settings, port=port)) for port in (8001, 8002)]
    names = {app.config["SESSION_COOKIE_NAME"] for app in apps}
    assert len(names) == 2
    for app in apps:
        app.extensions["database"].dispose()


def test_whoever_is_not_signed_in_is_led_to_the_door_and_back(
    members: Cast, open_browser: Open
) -> None:
    anna = open_browser()
    answer = anna.get("/account/tokens?x=1")
    assert answer.status_code == 302
    assert answer.location == "/account/sign-in?next=/account/tokens?x%3D1"
    assert anna.sign_in(path=answer.location).location == "/account/tokens?x=1"


def test_a_form_sent_after_the_session_ended_leads_back_to_the_page_of_the_form(
    members: Cast, open_browser: Open
) -> None:
    answer = open_browser().client.post(
        "/account/password", headers={"Referer": "http://localhost/account"}
    )
    assert answer.location == "/account/sign-in?next=/account"


def test_a_part_of_a_page_asked_for_after_the_session_ended_reloads_the_whole_page(
    members: Cast, open_browser: Open
) -> None:
    answer = open_browser().get("/account", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"].startswith("/account/sign-in")


def test_signing_in_leaves_a_history_entry_and_failing_does_not(
    members: Cast, open_browser: Open, deeds: Callable[[], list]
) -> None:
    open_browser().sign_in(password="wrong")
    assert deeds() == []
    open_browser().sign_in()
    assert [(deed.actor_id, deed.action) for deed in deeds()] == [(members.anna.id, "sign in")]


def test_a_hash_with_weaker_parameters_is_made_anew_at_the_next_sign_in(
    members: Cast, open_browser: Open, database: Database
) -> None:

    weak = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    with database.transaction() as session:
        session.get_one(User, members.anna.id).password_hash = weak
    assert open_browser().sign_in().status_code == 302
    with database.reading() as session:
        stronger = session.get_one(User, members.anna.id).password_hash
    assert stronger is not None
    assert "m=65536" in stronger


@pytest.mark.parametrize("password", ["", "x" * 100_000, "\x00\x01", "😀" * 300])
def test_odd_passwords_get_a_sentence(members: Cast, open_browser: Open, password: str) -> None:
    answer = open_browser().sign_in(password=password)
    assert answer.status_code == 422


@pytest.mark.parametrize("name", ["", "x" * 10_000, "\x00", "a@b@c", "ａｎｎａ\u202e", "%s%n'--"])
def test_odd_addresses_get_a_sentence(members: Cast, open_browser: Open, name: str) -> None:
    assert open_browser().sign_in(name, "whatever it is").status_code == 422


def _sentence(page: str) -> str:
    return page[page.index("do not belong") - 40 : page.index("do not belong") + 150]
