"""Talking about a page: who may, what is kept, who hears of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from tests.conftest import Cast, SetClock
from tests.factories.pages import make_page_row
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.errors import Clash, Forbidden, Missing, Refusal
from wiki.history.models import HistoryEntry
from wiki.pages.comments.models import Comment
from wiki.pages.comments.queries import threads_visible_to
from wiki.pages.comments.rules import LONGEST_COMMENT, clean_comment, pieces_of
from wiki.pages.comments.services import (
    add_comment,
    reopen_comment,
    resolve_comment,
    withdraw_comment,
)
from wiki.pages.models import Page
from wiki.pages.watching.models import Notice
from wiki.pages.watching.services import watch_page


@pytest.fixture
def page(database: Database, cast: Cast) -> Page:
    """A page that vera answers for."""
    with database.transaction() as session:
        return make_page_row(session, "Пельмени", cast.vera)


def _say(
    database: Database, actor: Actor, page: Page, text: str, parent: int | None = None
) -> Comment:
    with database.transaction() as session:
        return add_comment(session, actor, page.id, text, parent)


def _open_comments(database: Database, page: Page) -> int:
    with database.reading() as session:
        return session.get_one(Page, page.id).open_comments


def _told(database: Database) -> dict[int, str]:
    with database.reading() as session:
        return dict(session.execute(select(Notice.user_id, Notice.kind)).all())


def test_a_newcomer_may_ask_and_the_owner_hears_of_it(
    database: Database, cast: Cast, page: Page
) -> None:
    comment = _say(database, cast.nina, page, "Почему 40 минут?")
    assert _open_comments(database, page) == 1
    assert _told(database) == {cast.vera.id: "comment"}
    with database.reading() as session:
        notice = session.scalars(select(Notice)).one()
        entry = session.scalars(select(HistoryEntry)).one()
    assert notice.comment_id == comment.id
    assert (entry.action, entry.subject_kind, entry.subject_id) == (
        "create",
        "comment",
        comment.id,
    )


def test_an_answer_reaches_all_in_the_thread_and_those_who_watch(
    database: Database, cast: Cast, page: Page
) -> None:
    with database.transaction() as session:
        watch_page(session, cast.adam.id, page.id)
    first = _say(database, cast.nina, page, "Почему?")
    _say(database, cast.anna, page, "Потому.", first.id)
    with database.transaction() as session:
        session.query(Notice).delete()
    _say(database, cast.boris, page, "Не только.", first.id)
    people = {cast.nina.id, cast.anna.id, cast.vera.id, cast.adam.id}
    assert _told(database) == dict.fromkeys(people, "answer")


def test_an_answer_to_an_answer_stands_in_the_same_thread(
    database: Database, cast: Cast, page: Page
) -> None:
    first = _say(database, cast.nina, page, "1")
    second = _say(database, cast.anna, page, "2", first.id)
    third = _say(database, cast.nina, page, "3", second.id)
    assert (second.parent_id, third.parent_id) == (first.id, first.id)
    with database.reading() as session:
        (thread,) = threads_visible_to(session, cast.nina, page.id)
    assert [answer.body for answer in thread.answers] == ["2", "3"]
    assert _open_comments(database, page) == 1


def test_resolving_and_reopening_keep_the_number_on_the_tab_right(
    database: Database, cast: Cast, page: Page
) -> None:
    first = _say(database, cast.nina, page, "1")
    _say(database, cast.nina, page, "2")
    with database.transaction() as session:
        resolve_comment(session, cast.anna, page.id, first.id)
    assert _open_comments(database, page) == 1
    with pytest.raises(Clash), database.transaction() as session:
        resolve_comment(session, cast.vera, page.id, first.id)
    with database.transaction() as session:
        reopen_comment(session, cast.nina, page.id, first.id)
    assert _open_comments(database, page) == 2


def test_each_change_of_the_discussion_makes_kept_copies_of_the_page_old(
    database: Database, cast: Cast, page: Page
) -> None:
    stamps = [page.stamp]
    first = _say(database, cast.nina, page, "1")
    for act in (resolve_comment, reopen_comment, withdraw_comment):
        with database.reading() as session:
            stamps.append(session.get_one(Page, page.id).stamp)
        with database.transaction() as session:
            act(session, cast.nina, page.id, first.id)
    with database.reading() as session:
        stamps.append(session.get_one(Page, page.id).stamp)
    assert stamps == sorted(set(stamps))


def test_a_newcomer_resolves_only_what_they_asked(
    database: Database, cast: Cast, page: Page
) -> None:
    theirs, own = _say(database, cast.anna, page, "1"), _say(database, cast.nina, page, "2")
    with pytest.raises(Forbidden), database.transaction() as session:
        resolve_comment(session, cast.nina, page.id, theirs.id)
    with database.transaction() as session:
        resolve_comment(session, cast.nina, page.id, own.id)
    assert _open_comments(database, page) == 1


def test_only_the_author_withdraws_and_the_text_is_kept(
    database: Database, cast: Cast, page: Page
) -> None:
    comment = _say(database, cast.nina, page, "Ошибся")
    with pytest.raises(Forbidden), database.transaction() as session:
        withdraw_comment(session, cast.adam, page.id, comment.id)
    with database.transaction() as session:
        withdraw_comment(session, cast.nina, page.id, comment.id)
    assert _open_comments(database, page) == 0
    with database.reading() as session:
        assert session.get_one(Comment, comment.id).body == "Ошибся"


def test_nobody_talks_about_a_page_they_cannot_see_nor_hears_of_it(
    database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        hidden = make_page_row(session, "Юг", cast.vera, audience=f"team:{cast.boris.team_id}")
        watch_page(session, cast.anna.id, hidden.id)
    with pytest.raises(Missing):
        _say(database, cast.anna, hidden, "?")
    comment = _say(database, cast.boris, hidden, "!")
    assert _told(database) == {}
    with pytest.raises(Missing), database.transaction() as session:
        withdraw_comment(session, cast.anna, hidden.id, comment.id)
    with database.reading() as session:
        assert threads_visible_to(session, cast.anna, hidden.id) == []
        assert len(threads_visible_to(session, cast.boris, hidden.id)) == 1


def test_a_comment_of_another_page_cannot_be_answered_here(
    database: Database, cast: Cast, page: Page
) -> None:
    with database.transaction() as session:
        other = make_page_row(session, "Вареники", cast.vera)
    comment = _say(database, cast.nina, page, "1")
    with pytest.raises(Missing):
        _say(database, cast.anna, other, "2", comment.id)


def test_an_archived_page_takes_no_more_comments(
    database: Database, cast: Cast, page: Page
) -> None:
    with database.transaction() as session:
        session.execute(update(Page).values(archived=True))
    with pytest.raises(Refusal, match="archived"):
        _say(database, cast.nina, page, "?")


def test_a_form_sent_twice_is_one_comment(
    database: Database, cast: Cast, page: Page, clock: SetClock
) -> None:
    first, again = (_say(database, cast.nina, page, "Да") for _ in range(2))
    clock.forward(minutes=2)
    later = _say(database, cast.nina, page, "Да")
    assert first.id == again.id != later.id


@pytest.mark.parametrize("text", ["", " \n\t ", "\x00\u202e", "x" * (LONGEST_COMMENT + 1)])
def test_an_empty_or_too_long_comment_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        clean_comment(text)


def test_the_longest_comment_is_taken() -> None:
    assert len(clean_comment("ж" * LONGEST_COMMENT + "\r\n")) == LONGEST_COMMENT


@given(st.text(max_size=200))
def test_cutting_a_text_into_pieces_loses_nothing(text: str) -> None:
    assert "".join(piece for piece, _link in pieces_of(text)) == text


def test_bare_links_end_before_the_full_stop() -> None:
    assert list(pieces_of("См. https://a.example/x?y=1, и javascript:alert(1).")) == [
        ("См. ", False),
        ("https://a.example/x?y=1", True),
        (", и javascript:alert(1).", False),
    ]
