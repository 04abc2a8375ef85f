from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.conftest import Cast, SetClock
from tests.wiki.accounts.conftest import Browser, path_in
from wiki.accounts.actor import Actor, Role
from wiki.accounts.models import Invitation, User
from wiki.accounts.services.inviting import Wanted, invite
from wiki.database import Database
from wiki.errors import Forbidden

Open = Callable[..., Browser]
BrowserOf = Callable[[Actor | None], FlaskClient]
OLGA = {
    "name": "Olga",
    "password": "four plain words here",
    "language": "ru",
    "time_zone": "Asia/Omsk",
}


def test_an_invited_person_makes_their_own_account_and_is_signed_in(
    cast: Cast,
    browser_of: BrowserOf,
    open_browser: Open,
    letters: Callable[[], list],
    database: Database,
) -> None:
    page = _invite(browser_of(cast.vera), role="manager", team=str(cast.boris.team_id))
    link = path_in(page)
    assert letters()[0].to == "olga@example.com"
    assert path_in(letters()[0].text) == link
    olga = open_browser()
    assert "olga@example.com" in olga.get(link).text
    assert olga.post(link, **OLGA).status_code == 302
    assert olga.is_signed_in()
    with database.reading() as session:
        user = session.scalars(select(User).where(User.name == "Olga")).one()
    assert (user.role, user.team_id, user.language) == (Role.MANAGER, cast.boris.team_id, "ru")
    assert user.time_zone == "Asia/Omsk"


def test_an_invitation_works_once(cast: Cast, browser_of: BrowserOf, open_browser: Open) -> None:
    link = path_in(_invite(browser_of(cast.vera)))
    open_browser().post(link, **OLGA)
    again = open_browser()
    assert again.get(link).status_code == 404
    answer = again.post(link, **OLGA)
    assert answer.status_code == 404
    assert "has been used" in answer.text


def test_an_invitation_works_for_seven_days(
    cast: Cast, browser_of: BrowserOf, open_browser: Open, clock: SetClock
) -> None:
    link = path_in(_invite(browser_of(cast.vera)))
    clock.forward(days=7, minutes=-1)
    assert open_browser().get(link).status_code == 200
    clock.forward(minutes=2)
    assert open_browser().post(link, **OLGA).status_code == 404


def test_a_withdrawn_invitation_no_longer_works(
    cast: Cast, browser_of: BrowserOf, open_browser: Open, database: Database
) -> None:
    vera = browser_of(cast.vera)
    link = path_in(_invite(vera))
    with database.reading() as session:
        ident = session.scalars(select(Invitation.id)).one()
    assert "olga@example.com" in vera.get("/people").text
    vera.post(f"/people/invitations/{ident}/withdraw")
    assert "olga@example.com" not in vera.get("/people").text
    assert open_browser().post(link, **OLGA).status_code == 404


def test_what_was_typed_is_shown_again_when_the_account_is_refused(
    cast: Cast, browser_of: BrowserOf, open_browser: Open
) -> None:
    link = path_in(_invite(browser_of(cast.vera)))
    olga = open_browser()
    answer = olga.post(link, **{**OLGA, "password": "short"})
    assert answer.status_code == 422
    assert 'value="Olga"' in answer.text
    assert olga.post(link, **OLGA).status_code == 302


@pytest.mark.parametrize(
    "name", ["", "x" * 10_000, "a\x00b", "a\u202eb", "<script>alert(1)</script>" * 9]
)
def test_odd_names_get_a_sentence_and_the_invitation_stays(
    cast: Cast, browser_of: BrowserOf, open_browser: Open, name: str
) -> None:
    link = path_in(_invite(browser_of(cast.vera)))
    answer = open_browser().post(link, **{**OLGA, "name": name})
    assert answer.status_code == 422
    assert "<script>alert(1)" not in answer.text
    assert open_browser().get(link).status_code == 200


def test_nobody_is_invited_who_has_an_account(cast: Cast, browser_of: BrowserOf) -> None:
    answer = browser_of(cast.vera).post(
        "/people/invite",
        data={"email": "ANNA@example.com", "role": "manager", "team": "", "language": "en"},
    )
    assert answer.status_code == 422
    assert "already an account" in answer.text
    assert "ANNA@example.com" in answer.text


@pytest.mark.parametrize("role", list(Role))
def test_a_director_invites_newcomers_and_managers_and_an_administrator_everybody(
    app: Flask, cast: Cast, database: Database, role: Role
) -> None:
    wanted = Wanted("olga@example.com", role, None, "en")
    with app.app_context(), database.transaction() as session:
        assert invite(session, cast.adam, wanted, "http://x")
        if role in (Role.NEWCOMER, Role.MANAGER):
            assert invite(session, cast.vera, wanted, "http://x")
        else:
            with pytest.raises(Forbidden):
                invite(session, cast.vera, wanted, "http://x")
        with pytest.raises(Forbidden):
            invite(session, cast.anna, wanted, "http://x")


def test_a_team_archived_since_the_invitation_does_not_keep_the_person_out(
    cast: Cast, browser_of: BrowserOf, open_browser: Open
) -> None:
    link = path_in(_invite(browser_of(cast.vera), team=str(cast.boris.team_id)))
    browser_of(cast.vera).post(f"/people/teams/{cast.boris.team_id}/archive")
    assert open_browser().post(link, **OLGA).status_code == 302


def test_inviting_and_accepting_leave_history_entries_without_the_secret(
    cast: Cast, browser_of: BrowserOf, open_browser: Open, deeds: Callable[[], list]
) -> None:
    link = path_in(_invite(browser_of(cast.vera)))
    open_browser().post(link, **OLGA)
    assert [deed.action for deed in deeds()] == ["invite", "create", "accept"]
    written = "".join(f"{deed.before} {deed.after}" for deed in deeds())
    assert link.rpartition("/")[2] not in written
    assert "argon2" not in written


def _invite(client: FlaskClient, role: str = "manager", team: str = "") -> str:
    answer = client.post(
        "/people/invite",
        data={"email": "olga@example.com", "role": role, "team": team, "language": "en"},
    )
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.text
