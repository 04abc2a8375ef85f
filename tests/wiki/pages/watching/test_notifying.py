"""Who hears of a change, and how often."""

import pytest
from sqlalchemy import select

from tests.conftest import Cast, SetClock
from tests.factories.pages import make_category, make_page_row
from wiki import clock as wiki_clock
from wiki.accounts.actor import Actor
from wiki.accounts.loading import actor_of
from wiki.accounts.models import User
from wiki.database import Database
from wiki.errors import Missing
from wiki.pages.models import Page
from wiki.pages.watching.models import Notice, Watch
from wiki.pages.watching.services import (
    Target,
    mark_all_read,
    mark_read,
    notify_of_revision,
    unwatch,
    watch,
    watch_page,
)


def _page(database: Database, author: Actor, **values: object) -> Page:
    with database.transaction() as session:
        return make_page_row(session, "Пельмени", author, **values)


def _change(database: Database, actor: Actor, page: Page, number: int = 2) -> None:
    with database.transaction() as session:
        notify_of_revision(session, actor, page, number, "edit")


def _notices(database: Database) -> list[Notice]:
    with database.reading() as session:
        return list(session.scalars(select(Notice).order_by(Notice.id)))


def _unread(database: Database, actor: Actor) -> int:
    with database.reading() as session:
        known = actor_of(session, actor.id)
        assert known is not None
        return known.unread


def test_who_watches_a_page_hears_of_its_change(database: Database, cast: Cast) -> None:
    page = _page(database, cast.vera)
    with database.transaction() as session:
        watch(session, cast.anna, Target("page", page.id))
    _change(database, cast.boris, page)
    (notice,) = _notices(database)
    assert (notice.user_id, notice.actor_id, notice.kind) == (cast.anna.id, cast.boris.id, "edit")
    assert (notice.from_number, notice.revision_number) == (1, 2)
    assert _unread(database, cast.anna) == 1


def test_nobody_hears_of_their_own_change(database: Database, cast: Cast) -> None:
    page = _page(database, cast.vera)
    with database.transaction() as session:
        watch_page(session, cast.vera.id, page.id)
    _change(database, cast.vera, page)
    assert _notices(database) == []


def test_who_watches_a_category_hears_of_pages_far_below_it(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        top = make_category(session, "Продукты")
        middle = make_category(session, "Заморозка", top)
        low = make_category(session, "Вареники", middle)
        beside = make_category(session, "Услуги")
        watch(session, cast.anna, Target("category", top.id))
        watch(session, cast.nina, Target("category", beside.id))
    _change(database, cast.vera, _page(database, cast.vera, category_id=low.id))
    assert [notice.user_id for notice in _notices(database)] == [cast.anna.id]


def test_who_watches_both_a_page_and_its_category_hears_once(
    database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        shelf = make_category(session, "Продукты")
    page = _page(database, cast.vera, category_id=shelf.id)
    with database.transaction() as session:
        watch(session, cast.anna, Target("category", shelf.id))
        watch(session, cast.anna, Target("page", page.id))
    _change(database, cast.vera, page)
    assert (len(_notices(database)), _unread(database, cast.anna)) == (1, 1)


def test_several_changes_before_reading_are_one_notice_from_the_first_known_version(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    page = _page(database, cast.vera)
    with database.transaction() as session:
        watch_page(session, cast.anna.id, page.id)
    for number in (2, 3, 4):
        clock.forward(hours=1)
        _change(database, cast.boris if number == 4 else cast.vera, page, number)
    (notice,) = _notices(database)
    assert (notice.from_number, notice.revision_number, notice.news) == (1, 4, 3)
    assert (notice.actor_id, notice.at) == (cast.boris.id, wiki_clock.now())
    assert _unread(database, cast.anna) == 1


def test_a_change_after_reading_is_a_new_notice(database: Database, cast: Cast) -> None:
    page = _page(database, cast.vera)
    with database.transaction() as session:
        watch_page(session, cast.anna.id, page.id)
    _change(database, cast.vera, page, 2)
    with database.transaction() as session:
        mark_read(session, cast.anna, _notices(database)[0].id)
    assert _unread(database, cast.anna) == 0
    _change(database, cast.vera, page, 3)
    first, second = _notices(database)
    assert first.read_at is not None
    assert (second.from_number, second.news) == (2, 1)
    assert _unread(database, cast.anna) == 1


@pytest.mark.parametrize("audience", ["all", "team:1", "team:2", "directors", "team:9", ""])
def test_a_notice_reaches_exactly_those_whose_audiences_hold_the_page(
    database: Database, cast: Cast, audience: str
) -> None:
    page = _page(database, cast.vera, audience=audience)
    people = [cast.nina, cast.anna, cast.boris, cast.vera, cast.adam]
    with database.transaction() as session:
        for person in people:
            watch_page(session, person.id, page.id)
        nobody = User(
            email="x@example.com",
            email_folded="x@example.com",
            name="X",
            role="manager",
            language="en",
            time_zone="UTC",
            created_at=wiki_clock.now(),
        )
        session.add(nobody)
        session.flush()
        watcher = actor_of(session, nobody.id)
        assert watcher is not None
        notify_of_revision(session, watcher, page, 2, "edit")
    told = {notice.user_id for notice in _notices(database)}
    assert told == {person.id for person in people if audience in person.audiences}


def test_a_deactivated_colleague_hears_nothing(database: Database, cast: Cast) -> None:
    page = _page(database, cast.vera)
    with database.transaction() as session:
        watch_page(session, cast.anna.id, page.id)
        watch_page(session, cast.boris.id, page.id)
        session.get_one(User, cast.anna.id).deactivated_at = wiki_clock.now()
    _change(database, cast.vera, page)
    assert [notice.user_id for notice in _notices(database)] == [cast.boris.id]


def test_a_hidden_page_cannot_be_watched(database: Database, cast: Cast) -> None:
    page = _page(database, cast.boris, audience=f"team:{cast.boris.team_id}")
    with pytest.raises(Missing), database.transaction() as session:
        watch(session, cast.anna, Target("page", page.id))
    with database.transaction() as session:
        watch(session, cast.boris, Target("page", page.id))


def test_watching_twice_is_watching_once_and_unwatching_ends_it(
    database: Database, cast: Cast
) -> None:
    page = _page(database, cast.vera)
    with database.transaction() as session:
        watch(session, cast.anna, Target("page", page.id))
        watch(session, cast.anna, Target("page", page.id))
        assert len(list(session.scalars(select(Watch)))) == 1
        unwatch(session, cast.anna, Target("page", page.id))
    _change(database, cast.vera, page)
    assert _notices(database) == []


def test_nobody_can_mark_the_notice_of_another(database: Database, cast: Cast) -> None:
    page = _page(database, cast.vera)
    with database.transaction() as session:
        watch_page(session, cast.anna.id, page.id)
    _change(database, cast.vera, page)
    with pytest.raises(Missing), database.transaction() as session:
        mark_read(session, cast.boris, _notices(database)[0].id)
    assert _notices(database)[0].read_at is None


def test_marking_all_leaves_the_bell_empty(database: Database, cast: Cast) -> None:
    for title in ("A", "B"):
        with database.transaction() as session:
            page = make_page_row(session, title, cast.vera)
            watch_page(session, cast.anna.id, page.id)
            notify_of_revision(session, cast.vera, page, 2, "edit")
    assert _unread(database, cast.anna) == 2
    with database.transaction() as session:
        mark_all_read(session, cast.anna)
    assert _unread(database, cast.anna) == 0
