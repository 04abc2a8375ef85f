"""Questions are counted in memory and written together; nobody waits and nobody is noted."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from threading import Thread

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.exc import OperationalError

from search.lessons.models import AskedQuestion
from search.lessons.notebook import MOST_KEPT, Notebook
from search.lessons.queries import forget_old_lessons
from tests.conftest import SetClock
from tests.counting import counting
from wiki.database import Database

_Row = tuple[str, int, int, int]


def rows(database: Database, week_on: date = date(2026, 3, 2)) -> list[_Row]:
    wanted = select(AskedQuestion).where(AskedQuestion.week_on == week_on)
    with database.reading() as session:
        found = session.scalars(wanted.order_by(AskedQuestion.question))
        return [(row.question, row.asked, row.found_nothing, row.opened) for row in found]


@pytest.fixture
def book(clock: SetClock) -> Notebook:
    return Notebook()


@pytest.fixture
def self_writing(database: Database, clock: SetClock) -> Iterator[Notebook]:
    book = Notebook("UTC", database)
    yield book
    book.close()


def test_spellings_are_counted_together_over_several_writings(
    book: Notebook, database: Database
) -> None:
    for typed, total in (("Счёт", 3), ("счет", 0), ("печать", 0)):
        book.asked(typed, total)
    book.opened("СЧЁТ")
    assert book.flush(database) == 2
    book.asked("счет", 5)
    book.flush(database)
    assert rows(database) == [("печать", 1, 1, 0), ("счет", 3, 1, 1)]


def test_nothing_is_written_when_nothing_was_asked(book: Notebook, database: Database) -> None:
    book.asked("  ", 0)
    with counting(database) as sent:
        assert book.flush(database) == 0
    assert sent == []


def test_counting_does_not_touch_the_database(book: Notebook, database: Database) -> None:
    with counting(database) as sent:
        book.asked("счет", 1)
        book.opened("счет")
    assert sent == []


def test_no_person_can_be_stored(database: Database) -> None:
    names = {column["name"] for column in inspect(database.engine).get_columns("asked_questions")}
    assert names == {"id", "week_on", "question", "asked", "found_nothing", "opened"}


def test_the_week_is_that_of_the_place(database: Database, clock: SetClock) -> None:
    clock.moment = datetime(2026, 3, 8, 22, 0, tzinfo=UTC)
    for zone in ("UTC", "Europe/Moscow"):
        book = Notebook(zone)
        book.asked(zone, 1)
        book.flush(database)
    assert rows(database) == [("utc", 1, 0, 0)]
    assert rows(database, date(2026, 3, 9)) == [("europe/moscow", 1, 0, 0)]


def test_the_notebook_has_an_end_but_known_questions_go_on_being_counted(
    book: Notebook, database: Database
) -> None:
    for number in range(MOST_KEPT + 50):
        book.asked(f"q{number}", 1)
    book.asked("q0", 1)
    assert book.flush(database) == MOST_KEPT
    counted = {question: asked for question, asked, _nothing, _opened in rows(database)}
    assert len(counted) == MOST_KEPT
    assert counted["q0"] == 2
    assert f"q{MOST_KEPT}" not in counted


def test_what_cannot_be_written_is_kept(
    book: Notebook, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_values: object) -> None:
        raise OperationalError("", {}, Exception("database is locked"))

    book.asked("счет", 1)
    with monkeypatch.context() as patched:
        patched.setattr("search.lessons.notebook._write", locked)
        with pytest.raises(OperationalError):
            book.flush(database)
    book.asked("счет", 0)
    book.flush(database)
    assert rows(database) == [("счет", 2, 1, 0)]


def test_many_threads_lose_no_count(book: Notebook, database: Database) -> None:
    def ask() -> None:
        for _number in range(200):
            book.asked("счет", 0)

    threads = [Thread(target=ask) for _number in range(8)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        book.flush(database)
    book.flush(database)
    assert rows(database) == [("счет", 1600, 1600, 0)]


def test_a_notebook_with_a_database_writes_by_itself(
    self_writing: Notebook, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.lessons.notebook.REST", 0.01)
    self_writing.asked("счет", 1)
    end = time.monotonic() + 10
    while not rows(database) and time.monotonic() < end:
        pass
    assert rows(database) == [("счет", 1, 0, 0)]


def test_nobody_who_searches_waits_for_somebody_who_writes(
    self_writing: Notebook, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.lessons.notebook.REST", 0.0)
    with database.transaction() as session:
        session.add(
            AskedQuestion(
                week_on=date(2026, 3, 2), question="счет", asked=1, found_nothing=0, opened=0
            )
        )
        session.flush()
        began = time.monotonic()
        for _number in range(500):
            self_writing.asked("счет", 1)
        assert time.monotonic() - began < 1
    self_writing.close()
    assert rows(database) == [("счет", 501, 0, 0)]


def test_closing_writes_the_last_counts_and_begins_nothing_new(
    self_writing: Notebook, database: Database
) -> None:
    self_writing.asked("счет", 1)
    self_writing.close()
    assert rows(database) == [("счет", 1, 0, 0)]
    self_writing.asked("печать", 1)
    assert self_writing._timer is None


def test_old_weeks_are_forgotten(book: Notebook, database: Database, clock: SetClock) -> None:
    book.asked("old", 1)
    book.flush(database)
    clock.forward(weeks=104)
    assert forget_old_lessons(database) == 0
    clock.forward(weeks=1)
    book.asked("new", 1)
    book.flush(database)
    assert forget_old_lessons(database) == 1
    assert rows(database) == []
    assert rows(database, date(2028, 3, 6)) == [("new", 1, 0, 0)]
