"""Everyone keeps searches of their own."""

import pytest
from flask import Flask
from sqlalchemy import select

from search.assembly import Search
from search.saved import rules
from search.saved.models import SavedSearch
from search.saved.queries import Saved, saved_visible_to
from search.saved.rules import Telling
from search.saved.services import (
    KIND,
    bring_back_search,
    change_search,
    mark_read,
    remove_search,
    save_search,
)
from tests.conftest import Cast, SetClock
from tests.counting import counting
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.errors import Missing, Refusal
from wiki.history.models import HistoryEntry


def _save(database: Database, actor: Actor, name: str = "Договоры", query: str = "q=a") -> int:
    with database.transaction() as session:
        return save_search(session, actor, name, query).id


@pytest.fixture
def search(app: Flask) -> Search:
    found: Search = app.extensions["search"]
    return found


def _list(database: Database, actor: Actor, search: Search) -> list[Saved]:
    with database.reading() as session:
        return saved_visible_to(session, actor, search)


def test_a_search_is_kept_for_the_one_who_saved_it(
    database: Database, cast: Cast, search: Search
) -> None:
    _save(database, cast.anna)
    (saved,) = _list(database, cast.anna, search)
    assert (saved.name, saved.url, saved.telling) == ("Договоры", "/search?q=a", Telling.OFF)
    for other in (cast.boris, cast.vera, cast.adam):
        assert _list(database, other, search) == []


def test_the_same_search_saved_twice_is_one_under_the_new_name(
    database: Database, cast: Cast, search: Search
) -> None:
    assert _save(database, cast.anna) == _save(database, cast.anna, "Новое имя")
    assert [saved.name for saved in _list(database, cast.anna, search)] == ["Новое имя"]
    assert _save(database, cast.boris) != _save(database, cast.anna)


def test_nobody_touches_the_searches_of_others(database: Database, cast: Cast) -> None:
    ident = _save(database, cast.anna)
    for act in (
        lambda s: change_search(s, cast.boris, ident, "Моё", "list"),
        lambda s: remove_search(s, cast.boris, ident),
        lambda s: bring_back_search(s, cast.adam, ident),
    ):
        with pytest.raises(Missing), database.transaction() as session:
            act(session)


def test_a_removed_search_can_be_brought_back_and_saving_it_again_does_so(
    database: Database, cast: Cast, search: Search
) -> None:
    ident = _save(database, cast.anna)
    for way_back in (
        lambda s: bring_back_search(s, cast.anna, ident),
        lambda s: save_search(s, cast.anna, "Договоры", "q=a"),
    ):
        with database.transaction() as session:
            remove_search(session, cast.anna, ident)
        assert [saved.archived for saved in _list(database, cast.anna, search)] == [True]
        with database.transaction() as session:
            way_back(session)
        assert [saved.archived for saved in _list(database, cast.anna, search)] == [False]


def test_news_count_from_the_moment_in_which_one_asks_for_them(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    ident = _save(database, cast.anna)
    later = clock.forward(days=3)
    with database.transaction() as session:
        change_search(session, cast.anna, ident, "Договоры", "list")
    clock.forward(days=1)
    with database.transaction() as session:
        change_search(session, cast.anna, ident, "Договоры", "mail")
    with database.reading() as session:
        assert session.get_one(SavedSearch, ident).told_since == later


def test_what_breaks_a_rule_is_refused(database: Database, cast: Cast) -> None:
    ident = _save(database, cast.anna)
    for act in (
        lambda s: save_search(s, cast.anna, "", "q=b"),
        lambda s: save_search(s, cast.anna, "x", ""),
        lambda s: save_search(s, cast.anna, "x", "q=" + "a" * rules.LONGEST_QUERY),
        lambda s: change_search(s, cast.anna, ident, "x", "telegram"),
        lambda s: change_search(s, cast.anna, ident, "x" * 101, "off"),
    ):
        with pytest.raises(Refusal), database.transaction() as session:
            act(session)


def test_a_person_keeps_a_hundred_and_no_more(
    database: Database, cast: Cast, search: Search
) -> None:
    for number in range(rules.MOST_SAVED):
        _save(database, cast.anna, f"{number}", f"q={number}")
    with pytest.raises(Refusal, match="keep 100 searches"):
        _save(database, cast.anna, "more", "q=more")
    _save(database, cast.anna, "known", "q=5")
    _save(database, cast.boris)
    with counting(database) as sent:
        assert len(_list(database, cast.anna, search)) == rules.MOST_SAVED
    assert len([one for one in sent if one.startswith("SELECT")]) == 2


def test_every_change_leaves_an_entry_in_the_history_without_the_question(
    database: Database, cast: Cast
) -> None:
    ident = _save(database, cast.anna, "Имя", "q=secret")
    with database.transaction() as session:
        change_search(session, cast.anna, ident, "Имя", "off")
        change_search(session, cast.anna, ident, "Новое", "list")
        remove_search(session, cast.anna, ident)
        bring_back_search(session, cast.anna, ident)
    with database.reading() as session:
        wanted = select(HistoryEntry).where(HistoryEntry.subject_kind == KIND)
        entries = list(session.scalars(wanted.order_by(HistoryEntry.id)))
    assert [entry.action for entry in entries] == ["create", "change", "archive", "bring back"]
    assert entries[1].before == {"name": "Имя", "telling": "off"}
    assert entries[1].after == {"name": "Новое", "telling": "list"}
    assert "secret" not in str([entry.after for entry in entries])


def test_marking_read_reaches_only_own_finds(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        assert mark_read(session, cast.boris, [1, 2, 3]) == 0
