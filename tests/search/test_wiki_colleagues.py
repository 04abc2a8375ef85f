"""Colleagues as the search knows them."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from search.assembly import Search
from search.documents import Document
from search.indexing import compare, keep_current
from search.queries import Wanted, search_visible_to
from search.wiki_colleagues import COLLEAGUES
from tests.conftest import Cast
from tests.search.conftest import WritePage
from wiki.accounts.actor import Role
from wiki.accounts.models import User
from wiki.accounts.services.own_account import Profile, change_profile
from wiki.accounts.services.people import (
    NewPerson,
    change_place,
    create_user,
    deactivate,
    reactivate,
)
from wiki.accounts.services.teams import rename_team
from wiki.database import Database
from wiki.outbox import OutboxRow, changed

Deed = Callable[[Session, Cast], object]


def found(database: Database, *idents: int) -> list[Document]:
    with database.reading() as session:
        return list(COLLEAGUES.load(session, idents))


def told(database: Database) -> set[int]:
    """The colleagues that the index is told of; they are forgotten."""
    with database.transaction() as session:
        rows = set(session.scalars(select(OutboxRow.ident).where(OutboxRow.kind == "colleague")))
        session.execute(delete(OutboxRow))
        return rows


def test_a_colleague_is_known_by_name_team_and_role_and_not_by_mail_address(
    database: Database, cast: Cast
) -> None:
    (boris,) = found(database, cast.boris.id)
    assert (boris.title, boris.body) == ("Boris", "South")
    assert "менеджер" in boris.facts
    assert boris.place == "Manager"
    assert "example.com" not in repr(boris)


def test_everyone_may_open_the_address_of_a_colleague(
    app: Flask, database: Database, cast: Cast
) -> None:
    address = found(database, cast.boris.id)[0].url
    assert app.test_client(user=cast.nina).get(address).status_code == 200


def test_who_was_signed_out_for_good_is_not_found(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        deactivate(session, cast.adam, cast.boris.id)
    assert [one.ident for one in found(database, cast.anna.id, cast.boris.id)] == [cast.anna.id]
    with database.reading() as session:
        assert cast.boris.id not in list(COLLEAGUES.idents(session))


@pytest.mark.parametrize(
    "deed",
    [
        lambda s, c: change_place(s, c.adam, c.boris.id, Role.DIRECTOR, None),
        lambda s, c: deactivate(s, c.adam, c.boris.id),
        lambda s, c: (deactivate(s, c.adam, c.boris.id), reactivate(s, c.adam, c.boris.id)),
        lambda s, c: change_profile(s, c.boris, Profile("Boris B.", "en", "Europe/Moscow", True)),
        lambda s, c: rename_team(s, c.adam, c.boris.team_id, "Far South"),
    ],
    ids=["place", "deactivated", "reactivated", "name", "team"],
)
def test_the_search_hears_of_each_change(database: Database, cast: Cast, deed: Deed) -> None:
    with database.transaction() as session:
        deed(session, cast)
    assert told(database) == {cast.boris.id}


def test_a_new_colleague_is_found(database: Database, cast: Cast) -> None:
    new = NewPerson("olga@example.com", "Olga", Role.MANAGER, None, "en", "Europe/Moscow")
    with database.transaction() as session:
        ident = create_user(session, cast.adam, new).id
    assert told(database) == {ident}
    assert found(database, ident)[0].title == "Olga"


def test_the_things_of_a_colleague_are_found_by_a_new_name(
    database: Database, search: Search, cast: Cast, write_page: WritePage
) -> None:
    page = write_page("Скидка")
    keep_current(database, search)
    with database.transaction() as session:
        session.get_one(User, cast.anna.id).name = "Жозефина"
        changed(session, "colleague", cast.anna.id)
    keep_current(database, search)
    assert not compare(database, search, lambda _done: None)
    with database.reading() as session:
        answer = search_visible_to(session, cast.nina, search, Wanted("author:жозефина"))
    assert [hit.document.ident for hit in answer.hits] == [page]
