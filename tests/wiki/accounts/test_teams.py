from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.conftest import Cast
from wiki.accounts.actor import Actor
from wiki.accounts.services import teams
from wiki.database import Database
from wiki.errors import Forbidden

BrowserOf = Callable[[Actor | None], FlaskClient]


def test_a_team_is_made_renamed_archived_and_restored(
    cast: Cast, browser_of: BrowserOf, deeds: Callable[[], list]
) -> None:
    vera = browser_of(cast.vera)
    assert vera.post("/people/teams", data={"name": " Запад "}).status_code == 302
    ident = deeds()[0].subject_id
    vera.post(f"/people/teams/{ident}", data={"name": "Дальний Запад"})
    vera.post(f"/people/teams/{ident}/archive")
    assert "archived" in vera.get("/people/teams").text
    vera.post(f"/people/teams/{ident}/restore")
    page = vera.get("/people/teams").text
    assert "Дальний Запад" in page
    assert "archived" not in page
    assert [deed.action for deed in deeds()] == ["create", "rename", "archive", "restore"]
    assert deeds()[1].before == {"name": "Запад"}


@pytest.mark.parametrize("name", ["north", "NORTH", "", "x" * 10_000, "a\x00", "a\u202e"])
def test_a_taken_empty_long_or_invisible_name_is_refused_and_shown_again(
    cast: Cast, browser_of: BrowserOf, name: str
) -> None:
    answer = browser_of(cast.vera).post("/people/teams", data={"name": name})
    assert answer.status_code == 422
    assert not name or f'value="{name[:50]}' in answer.text.replace("\ufffd", "\x00")


def test_names_that_differ_only_in_case_are_one_name_in_russian_too(
    cast: Cast, browser_of: BrowserOf
) -> None:
    vera = browser_of(cast.vera)
    assert vera.post("/people/teams", data={"name": "Север"}).status_code == 302
    assert vera.post("/people/teams", data={"name": "СЕВЕР"}).status_code == 422


def test_an_archived_team_is_no_longer_offered_but_its_people_keep_it(
    cast: Cast, browser_of: BrowserOf
) -> None:
    vera = browser_of(cast.vera)
    assert "North" in vera.get("/people/invite").text
    vera.post(f"/people/teams/{cast.anna.team_id}/archive")
    assert "North" not in vera.get("/people/invite").text
    assert "North" in vera.get(f"/people/{cast.anna.id}").text
    kept = {"role": "newcomer", "team": str(cast.anna.team_id)}
    assert vera.post(f"/people/{cast.anna.id}", data=kept).status_code == 302


def test_a_team_that_does_not_exist_is_missing(cast: Cast, browser_of: BrowserOf) -> None:
    vera = browser_of(cast.vera)
    assert vera.get("/people/teams/99").status_code == 404
    assert vera.post("/people/teams/99/archive").status_code == 404


def test_managers_do_not_make_teams(cast: Cast, database: Database) -> None:
    with database.transaction() as session:
        for deed in (
            lambda: teams.create_team(session, cast.anna, "x"),
            lambda: teams.rename_team(session, cast.anna, 1, "x"),
            lambda: teams.archive_team(session, cast.anna, 1),
            lambda: teams.restore_team(session, cast.anna, 1),
        ):
            with pytest.raises(Forbidden):
                deed()
