from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import Cast, SetClock
from tests.wiki.accounts.conftest import PASSWORD, Browser, path_in
from wiki.accounts import passwords
from wiki.accounts.models import PasswordReset
from wiki.accounts.secret_words import hash_of
from wiki.database import Database
from wiki.errors import TooMany

Open = Callable[..., Browser]
NEW = "another long sentence"


def test_a_password_matches_its_own_hash_only() -> None:
    kept = passwords.hash_password(PASSWORD)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert passwords.is_password(kept, PASSWORD)
    assert not passwords.is_password(kept, PASSWORD + "!")
    assert not passwords.is_password(None, "nobody's password")


def test_at_most_two_passwords_are_hashed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    lock, running, most = Lock(), 0, 0
    real = passwords._verify

    def watching(password_hash: str, password: str) -> bool:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        result = real(password_hash, password)
        with lock:
            running -= 1
        return result

    monkeypatch.setattr(passwords, "_verify", watching)
    monkeypatch.setattr(passwords, "_WAIT_SECONDS", 600)  # however busy the machine is
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _: passwords.is_password(None, "x"), range(8)))
    assert most == passwords.AT_ONCE == 2


def test_when_both_places_stay_taken_the_next_one_is_told_to_come_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(passwords, "_WAIT_SECONDS", 0)
    with passwords._place(), passwords._place(), pytest.raises(TooMany, match="few seconds"):
        passwords.hash_password(PASSWORD)
    assert passwords.hash_password(PASSWORD)


def test_the_old_password_is_asked_before_it_is_changed(members: Cast, open_browser: Open) -> None:
    anna = open_browser()
    anna.sign_in()
    refused = anna.post("/account/password", old_password="wrong", password=NEW)
    assert refused.status_code == 422
    assert "present password is not right" in refused.text
    assert open_browser().sign_in(password=NEW).status_code == 422
    assert anna.post("/account/password", old_password=PASSWORD, password=NEW).status_code == 302
    assert open_browser("10.0.0.9").sign_in(password=NEW).status_code == 302


def test_changing_the_password_ends_all_other_sessions_and_keeps_this_one(
    members: Cast, open_browser: Open
) -> None:
    here, there = open_browser(), open_browser()
    here.sign_in()
    there.sign_in()
    here.post("/account/password", old_password=PASSWORD, password=NEW)
    assert here.is_signed_in()
    assert not there.is_signed_in()


def test_a_weak_new_password_is_refused_under_its_field(members: Cast, open_browser: Open) -> None:
    anna = open_browser()
    anna.sign_in()
    answer = anna.post("/account/password", old_password=PASSWORD, password="short")
    assert answer.status_code == 422
    assert "shorter than 10 characters" in answer.text


def test_a_password_made_of_the_own_name_is_refused(members: Cast, open_browser: Open) -> None:
    anna = open_browser()
    anna.sign_in()
    answer = anna.post("/account/password", old_password=PASSWORD, password="anna@example.com")
    assert answer.status_code == 422
    assert "too easy" in answer.text


def test_the_answer_does_not_tell_whether_an_address_has_an_account(
    members: Cast, open_browser: Open, letters: Callable[[], list]
) -> None:
    pages = []
    for name in ("anna", "nobody"):
        browser = open_browser()
        asked = browser.post("/account/forgotten", email=f"{name}@example.com")
        pages.append((asked.status_code, asked.location, _flash(browser)))
    assert pages[0] == pages[1]
    assert [letter.to for letter in letters()] == ["anna@example.com"]


def test_the_link_from_the_letter_sets_a_new_password_once(
    members: Cast, open_browser: Open, letters: Callable[[], list]
) -> None:
    anna = open_browser()
    anna.post("/account/forgotten", email="Anna@example.com")
    link = path_in(letters()[0].text)
    assert anna.get(link).status_code == 200
    assert anna.post(link, password=NEW).status_code == 302
    assert anna.is_signed_in()
    again = open_browser().post(link, password="a third long password")
    assert again.status_code == 404
    assert "has been used" in again.text
    assert open_browser().sign_in(password=NEW).status_code == 302


def test_looking_at_the_link_does_not_use_it_up(
    members: Cast, open_browser: Open, letters: Callable[[], list]
) -> None:
    anna = open_browser()
    anna.post("/account/forgotten", email="anna@example.com")
    link = path_in(letters()[0].text)
    for _ in range(3):
        assert anna.get(link).status_code == 200


def test_the_link_works_for_an_hour(
    members: Cast, open_browser: Open, letters: Callable[[], list], clock: SetClock
) -> None:
    anna = open_browser()
    anna.post("/account/forgotten", email="anna@example.com")
    link = path_in(letters()[0].text)
    clock.forward(minutes=59)
    assert anna.get(link).status_code == 200
    clock.forward(minutes=2)
    assert anna.get(link).status_code == 404
    assert anna.post(link, password=NEW).status_code == 404


def test_a_new_password_by_mail_ends_all_sessions_and_all_other_links(
    members: Cast, open_browser: Open, letters: Callable[[], list]
) -> None:
    thief, anna = open_browser(), open_browser()
    thief.sign_in()
    for _ in range(2):
        anna.post("/account/forgotten", email="anna@example.com")
    first, second = (path_in(letter.text) for letter in letters())
    anna.post(second, password=NEW)
    assert not thief.is_signed_in()
    assert anna.get(first).status_code == 404


def test_a_refused_password_leaves_the_link_usable(
    members: Cast, open_browser: Open, letters: Callable[[], list]
) -> None:
    anna = open_browser()
    anna.post("/account/forgotten", email="anna@example.com")
    link = path_in(letters()[0].text)
    assert anna.post(link, password="short").status_code == 422
    assert anna.post(link, password=NEW).status_code == 302


def test_nobody_can_fill_a_colleagues_mailbox(
    members: Cast, open_browser: Open, letters: Callable[[], list], clock: SetClock
) -> None:
    for _ in range(5):
        open_browser().post("/account/forgotten", email="anna@example.com")
    assert len(letters()) == 3
    clock.forward(hours=1, seconds=1)
    open_browser().post("/account/forgotten", email="anna@example.com")
    assert len(letters()) == 4


def test_only_the_hash_of_the_secret_is_kept(
    members: Cast, open_browser: Open, letters: Callable[[], list], database: Database
) -> None:
    open_browser().post("/account/forgotten", email="anna@example.com")
    secret = path_in(letters()[0].text).rpartition("/")[2]
    with database.reading() as session:
        assert session.scalars(select(PasswordReset.secret_hash)).all() == [hash_of(secret)]


def test_the_letter_goes_to_the_configured_address_and_not_to_the_host_of_the_request(
    members: Cast, open_browser: Open, letters: Callable[[], list]
) -> None:
    open_browser().client.post(
        "/account/forgotten",
        data={"email": "anna@example.com"},
        headers={"Host": "evil.example"},
    )
    assert "evil.example" not in letters()[0].text
    assert "http://127.0.0.1:8080/account/reset/" in letters()[0].text


def test_the_page_of_the_link_is_kept_by_nobody_and_tells_nobody_its_address(
    members: Cast, open_browser: Open, letters: Callable[[], list]
) -> None:
    anna = open_browser()
    anna.post("/account/forgotten", email="anna@example.com")
    page = anna.get(path_in(letters()[0].text))
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "same-origin"


def test_behind_https_the_form_of_the_link_passes_the_check_against_forgery(
    app: Flask, members: Cast, open_browser: Open, letters: Callable[[], list]
) -> None:
    anna = open_browser()
    anna.post("/account/forgotten", email="anna@example.com")
    link = path_in(letters()[0].text)
    app.config["WTF_CSRF_ENABLED"] = True
    https = {"base_url": "https://localhost"}
    page = anna.client.get(link, **https)
    token = page.text.partition('name="csrf-token" content="')[2].partition('"')[0]
    sends_referrer = page.headers["Referrer-Policy"] != "no-referrer"
    headers = {"Referer": f"https://localhost{link}"} if sends_referrer else {}
    form = {"password": NEW, "csrf_token": token}
    answer = anna.client.post(link, data=form, headers=headers, **https)
    assert answer.status_code == 302


def _flash(browser: Browser) -> str:
    page = browser.get("/account/sign-in").text
    return page[page.index("If there is an account") :][:120]
