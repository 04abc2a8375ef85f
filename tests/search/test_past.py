"""Pages as they were at the end of a day."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import select, update

from search.assembly import Search
from search.indexing import compare, keep_current, keep_past_current
from search.queries import Wanted, search_visible_to
from tests.conftest import Cast, SetClock
from tests.factories.pages import desk_of, make_category, rewrite_page, write_page
from wiki.accounts.actor import DIRECTORS, Actor
from wiki.database import Database
from wiki.outbox import changed_many
from wiki.pages.models import Revision
from wiki.pages.restoring import set_archived
from wiki.pages.shelving import Plan, change_category

BEFORE, FIRST, SECOND, THIRD = (date(2026, 5, day) for day in (1, 2, 4, 6))


class Archive:
    """A page that said wheat, then rye, then was archived; and who asks for it."""

    def __init__(self, app: Flask, database: Database, search: Search) -> None:
        self.app, self.database, self.search = app, database, search

    def found(self, actor: Actor, words: str, day: date | None) -> list[str]:
        keep_current(self.database, self.search)
        keep_past_current(self.database, self.search)
        with self.database.reading() as session:
            wanted = Wanted(words, as_of=day)
            answer = search_visible_to(session, actor, self.search, wanted)
        assert answer.total == len(answer.hits)
        return [hit.document.kind for hit in answer.hits]


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


@pytest.fixture
def archive(app: Flask, database: Database, search: Search, cast: Cast, clock: SetClock) -> Archive:
    clock.moment = at(FIRST)
    page = write_page(app, cast.vera, "Flour", "Wheat.", audience=DIRECTORS)
    clock.moment = at(SECOND)
    rewrite_page(app, cast.vera, page, body="Rye.")
    clock.moment = at(THIRD)
    set_archived(desk_of(app), cast.vera, page, True)
    return Archive(app, database, search)


def test_each_day_finds_what_the_page_said_then(archive: Archive, cast: Cast) -> None:
    vera = cast.vera
    assert archive.found(vera, "wheat", BEFORE) == []
    assert archive.found(vera, "wheat", FIRST) == ["revision"]
    assert archive.found(vera, "rye", FIRST) == []
    assert archive.found(vera, "wheat", SECOND) == []
    assert archive.found(vera, "rye", SECOND) == ["revision"]
    assert archive.found(vera, "rye", THIRD) == []
    assert archive.found(vera, "rye", None) == []


def test_the_past_of_an_unseen_page_is_unseen(archive: Archive, cast: Cast) -> None:
    for day in (FIRST, SECOND, THIRD):
        assert archive.found(cast.boris, "wheat rye flour", day) == []
        assert bool(archive.found(cast.vera, "wheat rye flour", day)) == (day != THIRD)


def test_the_index_of_the_past_agrees_with_the_database(archive: Archive, cast: Cast) -> None:
    archive.found(cast.vera, "flour", FIRST)
    past = archive.search.past
    assert past is not None
    differences = compare(archive.database, past, lambda _done: None)
    assert differences.documents == 2
    assert not differences


def test_the_past_knows_the_new_name_of_a_category(
    archive: Archive, cast: Cast, database: Database
) -> None:
    with database.transaction() as session:
        shelf = make_category(session, "Cereals")
        session.execute(update(Revision).values(category_id=shelf.id))
        changed_many(session, "revision", session.scalars(select(Revision.id)))
        ident = shelf.id
    assert archive.found(cast.vera, "product:cereals", FIRST) == ["revision"]
    with database.transaction() as session:
        plan = Plan("Зерно", "Grain")
        change_category(session, cast.vera, ident, plan)
    assert archive.found(cast.vera, "product:grain", FIRST) == ["revision"]
