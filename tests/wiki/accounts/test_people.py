from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.conftest import Cast
from tests.counting import counting
from tests.wiki.accounts.conftest import Browser
from wiki.accounts.actor import Actor, Role
from wiki.accounts.models import User
from wiki.accounts.queries import actor_of
from wiki.accounts.services import people
from wiki.accounts.services.api_tokens import create_token
from wiki.accounts.services.people import NewPerson
from wiki.database import Database
from wiki.errors import Forbidden, Missing, Refusal

BrowserOf = Callable[[Actor | None], FlaskClient]


def test_the_list_shows_everybody_with_role_team_and_state(
    cast: Cast, browser_of: BrowserOf
) -> None:
    page = browser_of(cast.vera).get("/people").text
    for text in ("Anna", "boris@example.com", "Newcomer", "South", "Administrator"):
        assert text in page


@pytest.mark.parametrize("name", ["nina", "anna"])
def test_the_list_is_not_for_managers_and_newcomers(
    cast: Cast, browser_of: BrowserOf, name: str
) -> None:
    client = browser_of(getattr(cast, name))
    for path in ("/people", "/people/1", "/people/invite", "/people/teams", "/people/history"):
        assert client.get(path).status_code == 403


def test_a_colleague_gets_another_role_and_team(
    cast: Cast, browser_of: BrowserOf, database: Database
) -> None:
    answer = browser_of(cast.vera).post(
        f"/people/{cast.nina.id}", data={"role": "manager", "team": str(cast.boris.team_id)}
    )
    assert answer.status_code == 302
    with database.reading() as session:
        nina = actor_of(session, cast.nina.id)
    assert nina is not None
    assert (nina.role, nina.team_id) == (Role.MANAGER, cast.boris.team_id)


@pytest.mark.parametrize("form", [{"role": "king", "team": ""}, {"role": "manager", "team": "99"}])
def test_a_role_or_team_that_does_not_exist_is_refused(
    cast: Cast, browser_of: BrowserOf, form: dict[str, str]
) -> None:
    answer = browser_of(cast.vera).post(f"/people/{cast.nina.id}", data=form)
    assert answer.status_code == 422


def test_a_director_does_not_touch_directors_and_administrators(
    cast: Cast, browser_of: BrowserOf, database: Database
) -> None:
    vera = browser_of(cast.vera)
    assert vera.post(f"/people/{cast.adam.id}/deactivate").status_code == 403
    assert vera.post(f"/people/{cast.nina.id}", data={"role": "admin", "team": ""}).status_code in (
        403,
        422,
    )
    with database.transaction() as session:
        with pytest.raises(Forbidden):
            people.change_place(session, cast.vera, cast.nina.id, Role.ADMIN, None)
        with pytest.raises(Forbidden):
            people.change_place(session, cast.vera, cast.adam.id, Role.NEWCOMER, None)


def test_nobody_changes_or_deactivates_themself(cast: Cast, browser_of: BrowserOf) -> None:
    adam = browser_of(cast.adam)
    answer = adam.post(f"/people/{cast.adam.id}/deactivate")
    assert answer.status_code == 422
    assert "your own role" in answer.text
    answer = adam.post(f"/people/{cast.adam.id}", data={"role": "manager", "team": ""})
    assert answer.status_code == 422


def test_the_last_administrator_stays_even_for_the_command_line(
    cast: Cast, database: Database
) -> None:
    with database.transaction() as session:
        with pytest.raises(Refusal, match="last active administrator"):
            people.deactivate(session, None, cast.adam.id)
        with pytest.raises(Refusal, match="last active administrator"):
            people.change_place(session, None, cast.adam.id, Role.MANAGER, None)
        people.change_place(session, cast.adam, cast.vera.id, Role.ADMIN, None)
        people.deactivate(session, replace(cast.vera, role=Role.ADMIN), cast.adam.id)


def test_deactivation_ends_sessions_and_tokens_and_keeps_the_person(
    members: Cast, browser_of: BrowserOf, open_browser: Callable[..., Browser], database: Database
) -> None:
    boris = open_browser()
    boris.sign_in("boris", remember="y")
    token = _token(database, members.boris)
    header = {"Authorization": f"Bearer {token}"}
    answer = browser_of(members.vera).post(f"/people/{members.boris.id}/deactivate")
    assert answer.status_code == 302
    assert not boris.is_signed_in()
    assert open_browser().get("/api/nothing", headers=header).status_code in (401, 404)
    page = browser_of(members.vera).get("/people").text
    assert "Boris" in page
    assert "deactivated" in page


def test_a_reactivated_person_signs_in_with_the_old_password_but_old_sessions_stay_dead(
    members: Cast, browser_of: BrowserOf, open_browser: Callable[..., Browser]
) -> None:
    boris = open_browser()
    boris.sign_in("boris")
    vera = browser_of(members.vera)
    vera.post(f"/people/{members.boris.id}/deactivate")
    vera.post(f"/people/{members.boris.id}/reactivate")
    assert not boris.is_signed_in()
    assert boris.sign_in("boris").status_code == 302


def test_people_who_do_not_exist_are_missing(cast: Cast, browser_of: BrowserOf) -> None:
    vera = browser_of(cast.vera)
    for ident in (0, 999, 2**40):
        assert vera.get(f"/people/{ident}").status_code == 404
        assert vera.post(f"/people/{ident}/deactivate").status_code == 404


def test_every_change_of_a_person_leaves_a_history_entry(
    cast: Cast, database: Database, deeds: Callable[[], list]
) -> None:
    with database.transaction() as session:
        people.create_user(session, cast.adam, _olga())
        people.change_place(session, cast.adam, cast.nina.id, Role.MANAGER, None)
        people.change_place(session, cast.adam, cast.nina.id, Role.MANAGER, None)
        people.deactivate(session, cast.adam, cast.nina.id)
        people.deactivate(session, cast.adam, cast.nina.id)
        people.reactivate(session, cast.adam, cast.nina.id)
    assert [deed.action for deed in deeds()] == ["create", "change", "deactivate", "reactivate"]
    assert deeds()[1].before["role"] == "newcomer"
    assert deeds()[1].after["role"] == "manager"
    assert all("password" not in str(deed.after) for deed in deeds())


def test_one_address_has_one_account_in_any_spelling(cast: Cast, database: Database) -> None:
    with database.transaction() as session:
        people.create_user(session, None, _olga("Ольга@Example.com"))
        with pytest.raises(Refusal, match="already an account"):
            people.create_user(session, None, _olga("ОЛЬГА@example.com"))


def test_the_statements_of_the_list_do_not_grow_with_the_people(
    cast: Cast, browser_of: BrowserOf, database: Database
) -> None:
    vera = browser_of(cast.vera)
    vera.get("/people")
    with counting(database) as few:
        vera.get("/people")
    with database.transaction() as session:
        for number in range(30):
            _add_person(session, number)
    with counting(database) as many:
        assert "Person 29" in vera.get("/people").text
    assert len(many) == len(few) <= 5


def _add_person(session: Session, number: int) -> User:
    new = NewPerson(f"p{number}@x.ru", f"Person {number}", Role.MANAGER, None, "ru", "UTC")
    return people.create_user(session, None, new)


def _olga(email: str = "olga@example.com") -> NewPerson:
    return NewPerson(email, "Olga", Role.MANAGER, None, "ru", "UTC")


def _token(database: Database, actor: Actor) -> str:
    with database.transaction() as session:
        return create_token(session, actor, actor.id, "import")[1]


def test_a_missing_team_is_refused_by_the_service_too(cast: Cast, database: Database) -> None:
    with database.transaction() as session, pytest.raises(Refusal, match="no such team"):
        people.change_place(session, cast.adam, cast.nina.id, Role.MANAGER, 99)


def test_a_person_who_does_not_exist_cannot_be_changed(cast: Cast, database: Database) -> None:
    with database.transaction() as session, pytest.raises(Missing):
        people.change_place(session, cast.adam, 999, Role.MANAGER, None)
