"""Confirming that a version was read."""

from collections.abc import Mapping, Sequence
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from products.onboarding.models import QuestionAttempt, Reading, ReadingConfirmation
from products.onboarding.reading import due
from products.onboarding.reading.services import KIND, confirm_reading
from tests.conftest import Cast, SetClock
from tests.factories.pages import make_page_row, rewrite_page, write_page
from wiki import clock as wiki_clock
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.errors import Missing, Refusal
from wiki.history.models import HistoryEntry


@pytest.fixture
def page(app: Flask, cast: Cast, clock: SetClock) -> int:
    page = write_page(app, cast.anna, "Oven", "The oven costs 900 USD.")
    rewrite_page(app, cast.anna, page, body="The oven costs 950 USD.")
    return page


@pytest.fixture(autouse=True)
def questions(app: Flask, monkeypatch: pytest.MonkeyPatch) -> dict[int, int]:
    """Questions that wait, by page; a test fills it."""
    waiting: dict[int, int] = {}

    def count(_session: Session, _user: int, pages: Sequence[int]) -> Mapping[int, int]:
        return {page: waiting[page] for page in pages if page in waiting}

    monkeypatch.setattr(due, "_counters", {})
    due.register_questions_due(count)
    return waiting


def confirm(
    database: Database, actor: Actor, page: int, revision: int, attempt: int | None = None
) -> None:
    with database.transaction() as session:
        confirm_reading(session, actor, page, revision, attempt)


def kept(database: Database, actor: Actor, page: int) -> Reading | None:
    with database.reading() as session:
        return session.get(Reading, (actor.id, page))


def confirmations(database: Database) -> list[int]:
    with database.reading() as session:
        return list(session.scalars(select(ReadingConfirmation.revision).order_by("id")))


def attempt_of(database: Database, actor: Actor, page: int) -> int:
    with database.transaction() as session:
        row = QuestionAttempt(
            user_id=actor.id,
            page_id=page,
            revision=2,
            asked=[],
            passed=True,
            begun_at=wiki_clock.now(),
        )
        session.add(row)
        session.flush()
        return row.id


def test_a_confirmation_is_kept_with_its_version_time_and_history(
    database: Database, cast: Cast, clock: SetClock, page: int
) -> None:
    confirm(database, cast.nina, page, 1)
    later = clock.forward(days=3)
    confirm(database, cast.nina, page, 2)
    mine = kept(database, cast.nina, page)
    assert mine is not None
    assert (mine.revision, mine.at, mine.by_questions) == (2, later, False)
    assert kept(database, cast.anna, page) is None
    assert confirmations(database) == [1, 2]
    with database.reading() as session:
        told = session.scalars(select(HistoryEntry).filter_by(subject_kind=KIND)).all()
    assert [entry.before for entry in told] == [None, {"revision": 1}]
    assert told[1].after == {"revision": 2, "by_questions": False}
    assert told[1].actor_id == cast.nina.id


def test_the_same_and_an_older_version_change_nothing(
    database: Database, cast: Cast, clock: SetClock, page: int
) -> None:
    confirm(database, cast.nina, page, 2)
    first = clock.moment
    clock.forward(days=1)
    confirm(database, cast.nina, page, 2)
    confirm(database, cast.nina, page, 1)
    mine = kept(database, cast.nina, page)
    assert mine is not None
    assert (mine.revision, mine.at) == (2, first)
    assert confirmations(database) == [2]


def test_two_tabs_that_confirm_at_once_both_succeed(
    database: Database, cast: Cast, page: int
) -> None:
    together, failed = Barrier(4), list[Exception]()

    def tab(revision: int) -> None:
        together.wait()
        try:
            confirm(database, cast.nina, page, revision)
        except Exception as error:
            failed.append(error)

    tabs = [Thread(target=tab, args=(revision,)) for revision in (1, 2, 2, 1)]
    for one in tabs:
        one.start()
    for one in tabs:
        one.join()
    assert failed == []
    mine = kept(database, cast.nina, page)
    assert mine is not None
    assert mine.revision == 2
    assert confirmations(database)[-1] == 2
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Reading)) == 1


@pytest.mark.parametrize("revision", [0, -1, 3, 2**40])
def test_a_version_that_is_not_there_is_refused(
    database: Database, cast: Cast, page: int, revision: int
) -> None:
    with pytest.raises(Refusal, match="no version"):
        confirm(database, cast.nina, page, revision)
    assert kept(database, cast.nina, page) is None


def test_pages_that_one_may_not_see_and_notes_of_clients_are_missing(
    app: Flask, database: Database, cast: Cast
) -> None:
    team = next(one for one in cast.anna.audiences if one not in cast.boris.audiences)
    secret = write_page(app, cast.anna, "Secret", audience=team)
    with database.transaction() as session:
        notes = make_page_row(session, "Notes", cast.anna, room="client").id
    for actor, number in ((cast.boris, secret), (cast.anna, notes), (cast.anna, 10**6)):
        with pytest.raises(Missing):
            confirm(database, actor, number, 1)
    confirm(database, cast.anna, secret, 1)
    assert kept(database, cast.anna, secret) is not None
    assert kept(database, cast.boris, secret) is None


def test_while_questions_wait_only_their_answers_confirm(
    database: Database, cast: Cast, page: int, questions: dict[int, int]
) -> None:
    questions[page] = 2
    with pytest.raises(Refusal, match="answer them"):
        confirm(database, cast.nina, page, 2)
    assert kept(database, cast.nina, page) is None
    confirm(database, cast.nina, page, 2, attempt_of(database, cast.nina, page))
    mine = kept(database, cast.nina, page)
    assert mine is not None
    assert (mine.revision, mine.by_questions) == (2, True)


def test_who_once_passed_the_questions_stays_so_when_a_word_is_enough_later(
    app: Flask, database: Database, cast: Cast, page: int
) -> None:
    confirm(database, cast.nina, page, 1)
    confirm(database, cast.nina, page, 1, attempt_of(database, cast.nina, page))
    rewrite_page(app, cast.anna, page, body="The oven costs 990 USD.")
    confirm(database, cast.nina, page, 3)
    mine = kept(database, cast.nina, page)
    assert mine is not None
    assert (mine.revision, mine.by_questions) == (3, True)
    assert confirmations(database) == [1, 1, 3]
