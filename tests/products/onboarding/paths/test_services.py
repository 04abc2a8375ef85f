"""Writing paths and putting people on them."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from products.onboarding.models import Enrolment
from products.onboarding.paths.enrolling import (
    Group,
    Terms,
    change_terms,
    end_enrolment,
    enrol,
    resume_enrolment,
)
from products.onboarding.paths.heads import Head
from products.onboarding.paths.queries import enrolments_of, newest_items, path_lines
from products.onboarding.paths.services import (
    Draft,
    PathClash,
    change_head,
    create_path,
    put_page,
    restore_version,
    save_items,
    set_archived,
)
from products.onboarding.paths.versions import version_numbered
from tests.conftest import Cast, SetClock
from tests.counting import counting
from tests.products.onboarding.paths.making import (
    codes,
    made_path,
    put_on,
    read,
    to_write,
    written,
)
from wiki.accounts.actor import Role
from wiki.accounts.models import User
from wiki.database import Database
from wiki.errors import Clash, Forbidden, Refusal
from wiki.history.models import HistoryEntry
from wiki.pages.models import Page

DAY = Terms(date(2026, 3, 2))


def test_only_directors_write_paths_and_each_deed_leaves_a_trace(
    app: Flask, database: Database, cast: Cast
) -> None:
    (page,) = written(app, cast.anna, "Prices")
    path = made_path(database, cast.vera, read("a", page))
    draft = Draft((read("a", page, due=3),), 1, "a day")
    for actor in (cast.nina, cast.anna):
        with database.transaction() as session, pytest.raises(Forbidden):
            save_items(session, actor, path, draft)
        with database.transaction() as session, pytest.raises(Forbidden):
            create_path(session, actor, Head("Mine"))
        with database.transaction() as session, pytest.raises(Forbidden):
            enrol(session, actor, path, Group(role=Role.NEWCOMER), DAY)
        with database.transaction() as session, pytest.raises(Forbidden):
            put_page(session, actor, path, "a", page)
    with database.transaction() as session:
        assert save_items(session, cast.vera, path, draft).number == 2
        set_archived(session, cast.vera, path, True)
    with database.reading() as session:
        kind = HistoryEntry.subject_kind == "reading path"
        done = session.scalars(select(HistoryEntry.action).where(kind)).all()
    assert done == ["create", "edit", "archive"]


def test_saving_the_same_twice_makes_one_version(
    app: Flask, database: Database, cast: Cast
) -> None:
    (page,) = written(app, cast.anna, "Prices")
    path = made_path(database, cast.vera, read("a", page))
    draft = Draft((read("a", page, due=3),), 1)
    with database.transaction() as session:
        assert save_items(session, cast.vera, path, draft).number == 2
    with database.transaction() as session:
        assert save_items(session, cast.vera, path, draft).number == 2


def test_what_two_saved_at_once_is_joined_or_told(
    app: Flask, database: Database, cast: Cast
) -> None:
    one, other, third = written(app, cast.anna, "One", "Other", "Third")
    path = made_path(database, cast.vera, read("a", one), read("b", other))
    with database.transaction() as session:
        save_items(session, cast.adam, path, Draft((read("a", one, due=5), read("b", other)), 1))
    mine = (read("a", one), read("b", other), read("c", third))
    with database.transaction() as session:
        saved = save_items(session, cast.vera, path, Draft(mine, 1))
    assert (saved.number, saved.merged) == (3, True)
    with database.reading() as session:
        items = newest_items(session, [path])[path]
    assert items == (read("a", one, due=5), read("b", other), read("c", third))
    with database.transaction() as session, pytest.raises(PathClash) as told:
        save_items(session, cast.vera, path, Draft((read("a", one, due=9), read("b", other)), 1))
    assert "Vera has saved version 3" in str(told.value)
    assert told.value.items[0].due_day == 9
    assert codes(told.value.items) == ["a", "b", "c"]


def test_an_old_version_comes_back_as_a_new_one(app: Flask, database: Database, cast: Cast) -> None:
    one, other = written(app, cast.anna, "One", "Other")
    path = made_path(database, cast.vera, read("a", one), read("b", other))
    with database.transaction() as session:
        save_items(session, cast.vera, path, Draft((read("b", other),), 1))
    with database.transaction() as session:
        assert restore_version(session, cast.vera, path, 1).number == 3
        assert restore_version(session, cast.vera, path, 1).number == 3
        assert codes(version_numbered(session, path, 2).items) == ["b"]
    with database.reading() as session:
        assert codes(newest_items(session)[path]) == ["a", "b"]


def test_a_page_that_is_archived_or_not_seen_is_not_put_in_but_may_stay(
    app: Flask, database: Database, cast: Cast
) -> None:
    one, gone, notes = written(app, cast.anna, "One", "Gone", "Notes")
    path = made_path(database, cast.vera, read("g", gone))
    with database.transaction() as session:
        session.get_one(Page, gone).archived = True
        session.get_one(Page, notes).room = "client"
    for page, word in ((gone, "in the archive"), (notes, "may not see"), (9999, "may not see")):
        with database.transaction() as session, pytest.raises(Refusal, match=word):
            create_path(session, cast.vera, Head("Other"), (read("x", page),))
    with database.transaction() as session:
        items = (read("g", gone), read("a", one))
        assert save_items(session, cast.vera, path, Draft(items, 1)).number == 2


def test_the_page_that_was_written_takes_the_place_kept_for_it(
    app: Flask, database: Database, cast: Cast
) -> None:
    one, other = written(app, cast.anna, "One", "Other")
    path = made_path(database, cast.vera, to_write("w", "Other"), read("a", one, "w"))
    with database.transaction() as session:
        put_page(session, cast.vera, path, "w", other)
    with database.transaction() as session, pytest.raises(Refusal, match="has its page already"):
        put_page(session, cast.vera, path, "w", other)
    with database.reading() as session:
        assert newest_items(session)[path] == (read("w", other), read("a", one, "w"))


def test_two_may_change_different_parts_of_the_name_but_not_the_same(
    database: Database, cast: Cast
) -> None:
    path = made_path(database, cast.vera)
    seen = Head("First week")
    with database.transaction() as session:
        change_head(session, cast.adam, path, seen._replace(purpose="Sell"), seen)
        change_head(session, cast.vera, path, seen._replace(title="Week one"), seen)
    with database.reading() as session:
        line = path_lines(session)[0]
    assert (line.title, line.purpose) == ("Week one", "Sell")
    with database.transaction() as session, pytest.raises(Clash, match="changed the same"):
        change_head(session, cast.vera, path, seen._replace(title="Other"), seen)


def test_a_role_or_a_team_is_put_on_a_path_at_once_and_nobody_twice(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    path = made_path(database, cast.vera)
    with database.transaction() as session:
        session.get_one(User, cast.boris.id).deactivated_at = clock.moment
        north = Group(team_id=cast.anna.team_id)
        assert enrol(session, cast.vera, path, north, Terms(DAY.began_on, cast.anna.id)) == 2
        with pytest.raises(Refusal, match="Nobody is left"):
            enrol(session, cast.vera, path, north, DAY)
        with pytest.raises(Refusal, match="Nobody is left"):
            enrol(session, cast.vera, path, Group(frozenset({cast.boris.id})), DAY)
    with database.reading() as session:
        people = enrolments_of(session, path_ids=[path])
    # Nobody is their own mentor.
    assert [(one.name, one.mentor) for one in people] == [("Anna", ""), ("Nina", "Anna")]


def test_a_walk_is_ended_resumed_and_given_another_mentor(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    path = made_path(database, cast.vera)
    with database.transaction() as session:
        put_on(session, cast.vera, path, cast.nina)
    with database.transaction() as session:
        row = session.scalars(select(Enrolment)).one()
        end_enrolment(session, cast.vera, path, row.id)
        assert enrolments_of(session) == []
        assert [one.name for one in enrolments_of(session, with_ended=True)] == ["Nina"]
        resume_enrolment(session, cast.vera, path, row.id)
        change_terms(session, cast.vera, path, row.id, Terms(date(2026, 4, 1), cast.boris.id))
        (one,) = enrolments_of(session, user_ids=[cast.nina.id])
        assert (one.mentor, one.began_on, one.ended_on) == ("Boris", date(2026, 4, 1), None)
        with pytest.raises(Refusal, match="two years away"):
            change_terms(session, cast.vera, path, row.id, Terms(date(2226, 4, 1)))
        session.get_one(User, cast.boris.id).deactivated_at = clock.moment
        session.flush()
        assert enrolments_of(session)[0].mentor_left
        with pytest.raises(Refusal, match="mentor has left"):
            change_terms(session, cast.vera, path, row.id, Terms(DAY.began_on, cast.boris.id))


def test_an_archived_path_asks_nobody_and_comes_back_with_its_people(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    path = made_path(database, cast.vera)
    with database.transaction() as session:
        put_on(session, cast.vera, path, cast.nina)
        set_archived(session, cast.vera, path, True)
        assert enrolments_of(session) == []
        with pytest.raises(Refusal, match="in the archive"):
            put_on(session, cast.vera, path, cast.anna)
        set_archived(session, cast.vera, path, False)
        assert [one.name for one in enrolments_of(session)] == ["Nina"]


def test_the_newest_items_of_many_paths_take_one_statement(database: Database, cast: Cast) -> None:
    for number in range(5):
        made_path(database, cast.vera, to_write("a", f"Page {number}"), title=f"Path {number}")
    with counting(database) as statements, database.reading() as session:
        assert len(newest_items(session)) == 5
    assert len([one for one in statements if one.startswith("SELECT")]) == 1
