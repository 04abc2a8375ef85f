from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.conftest import Cast, SetClock
from tests.wiki.accounts.conftest import PASSWORD, Browser, path_in
from wiki.accounts.limits import FREE_PER_ACCOUNT, FREE_PER_ADDRESS, LONGEST_WAIT, wait_after
from wiki.accounts.models import SignInFailure
from wiki.database import Database

Open = Callable[..., Browser]


def test_waiting_begins_after_the_free_failures_and_doubles_up_to_a_quarter_of_an_hour() -> None:
    waits = [int(wait_after(count, 5).total_seconds()) for count in range(4, 12)]
    assert waits == [0, 30, 60, 120, 240, 480, 900, 900]
    assert wait_after(10_000, 5) == LONGEST_WAIT == timedelta(minutes=15)


def test_guessing_is_slowed_down_with_a_sentence_and_the_seconds_to_wait(
    members: Cast, open_browser: Open, clock: SetClock
) -> None:
    attacker = open_browser("6.6.6.6")
    _guess(attacker, FREE_PER_ACCOUNT)
    answer = attacker.sign_in(password="guess")
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "30"
    assert "not locked" in answer.text
    assert "anna@example.com" in answer.text


def test_while_waiting_even_the_right_password_is_not_looked_at(
    members: Cast, open_browser: Open, clock: SetClock
) -> None:
    attacker = open_browser("6.6.6.6")
    _guess(attacker, FREE_PER_ACCOUNT)
    assert attacker.sign_in().status_code == 429
    clock.forward(seconds=31)
    assert attacker.sign_in().status_code == 302


def test_attempts_while_waiting_do_not_make_the_wait_longer(
    members: Cast, open_browser: Open, clock: SetClock
) -> None:
    attacker = open_browser("6.6.6.6")
    _guess(attacker, FREE_PER_ACCOUNT + 3)
    clock.forward(seconds=31)
    assert attacker.sign_in().status_code == 302


def test_an_attacker_elsewhere_never_keeps_anna_out_on_the_device_she_knows(
    members: Cast, open_browser: Open, clock: SetClock
) -> None:
    anna = open_browser("10.0.0.1")
    anna.sign_in()
    anna.post("/sign-out")
    for address in range(3):
        _guess(open_browser(f"6.6.6.{address}"), FREE_PER_ACCOUNT + 1)
    assert anna.sign_in().status_code == 302


def test_an_attacker_in_the_same_office_never_keeps_anna_out_on_the_device_she_knows(
    members: Cast, open_browser: Open, clock: SetClock
) -> None:
    anna = open_browser("10.0.0.1")
    anna.sign_in()
    anna.post("/sign-out")
    neighbour = open_browser("10.0.0.1")
    _guess(neighbour, FREE_PER_ACCOUNT + 1)
    assert neighbour.sign_in().status_code == 429
    assert anna.sign_in().status_code == 302


def test_an_attacker_elsewhere_does_not_keep_anna_out_on_a_new_device_either(
    members: Cast, open_browser: Open, clock: SetClock
) -> None:
    _guess(open_browser("6.6.6.6"), FREE_PER_ACCOUNT + 1)
    assert open_browser("10.0.0.1").sign_in().status_code == 302


def test_on_a_known_device_guessing_is_slowed_down_too(
    members: Cast, open_browser: Open, clock: SetClock
) -> None:
    stolen = open_browser("10.0.0.1")
    stolen.sign_in()
    stolen.post("/sign-out")
    _guess(stolen, FREE_PER_ACCOUNT)
    stolen.address = "6.6.6.6"
    assert stolen.sign_in().status_code == 429


def test_a_device_that_knows_anna_is_no_friend_of_boris(
    members: Cast, open_browser: Open, clock: SetClock
) -> None:
    anna = open_browser("10.0.0.1")
    anna.sign_in()
    anna.post("/sign-out")
    for _ in range(FREE_PER_ACCOUNT):
        anna.sign_in("boris", "guess")
    assert anna.sign_in("boris").status_code == 429
    assert anna.sign_in("anna").status_code == 302


def test_a_forged_device_cookie_is_worth_nothing(
    members: Cast, open_browser: Open, clock: SetClock
) -> None:
    attacker = open_browser("6.6.6.6")
    _guess(attacker, FREE_PER_ACCOUNT)
    attacker.client.set_cookie("dossier_wiki_device_8080", "WyJ4IixbIjEiXV0.forged")
    assert attacker.sign_in().status_code == 429


def test_one_address_that_tries_many_accounts_is_slowed_down(
    members: Cast, open_browser: Open, clock: SetClock
) -> None:
    attacker = open_browser("6.6.6.6")
    for number in range(FREE_PER_ADDRESS):
        attacker.sign_in(f"person{number}", "guess")
    assert attacker.sign_in("person99", "guess").status_code == 429
    assert open_browser("10.0.0.1").sign_in().status_code == 302


def test_signing_in_oneself_does_not_wash_away_guesses_at_others(
    members: Cast, open_browser: Open, clock: SetClock
) -> None:
    attacker = open_browser("6.6.6.6")
    _guess(attacker, FREE_PER_ACCOUNT)
    attacker.sign_in("boris")
    attacker.post("/sign-out")
    assert attacker.sign_in("anna").status_code == 429


def test_a_success_forgets_the_own_failures(
    members: Cast, open_browser: Open, clock: SetClock, database: Database
) -> None:
    anna = open_browser()
    _guess(anna, FREE_PER_ACCOUNT - 1)
    anna.sign_in()
    with database.reading() as session:
        assert session.scalar(select(func.count(SignInFailure.id))) == 0


def test_old_failures_are_removed(
    members: Cast, open_browser: Open, clock: SetClock, database: Database
) -> None:
    _guess(open_browser("6.6.6.6"), 3)
    clock.forward(hours=1, seconds=1)
    _guess(open_browser("7.7.7.7"), 1)
    with database.reading() as session:
        assert list(session.scalars(select(SignInFailure.address))) == ["7.7.7.7"]


def test_a_new_password_by_mail_opens_the_door_at_once(
    members: Cast, open_browser: Open, clock: SetClock, letters: Callable[[], list]
) -> None:
    anna = open_browser("6.6.6.6")
    _guess(anna, FREE_PER_ACCOUNT)
    anna.post("/account/forgotten", email="anna@example.com")
    anna.post(path_in(letters()[0].text), password="another long sentence")
    assert anna.is_signed_in()
    anna.post("/sign-out")
    assert anna.sign_in(password="another long sentence").status_code == 302


@pytest.mark.parametrize("guess", ["x", PASSWORD])
def test_guessing_the_present_password_of_an_open_session_is_slowed_down(
    members: Cast, open_browser: Open, clock: SetClock, guess: str
) -> None:
    thief = open_browser()
    thief.sign_in()
    for _ in range(FREE_PER_ACCOUNT):
        thief.post("/account/password", old_password="x", password="a new long password")
    answer = thief.post("/account/password", old_password=guess, password="a new long password")
    assert answer.status_code == 429


def _guess(browser: Browser, times: int) -> None:
    for _ in range(times):
        browser.sign_in("anna", "guess")
