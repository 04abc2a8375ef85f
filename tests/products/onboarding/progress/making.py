"""Paths, enrolments and readings as bare rows, for tests that need them but not their making."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from products.onboarding.kinds import ItemKind, QuestionKind
from products.onboarding.models import (
    CheckQuestion,
    Enrolment,
    PageToRead,
    QuestionAttempt,
    Reading,
    ReadingConfirmation,
    ReadingPath,
    ReadingPathVersion,
)
from products.onboarding.paths.rules import Item
from products.onboarding.paths.stored import as_rows
from tests.factories.pages import make_page_row
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.database import Database


def page_item(page_id: int, due: int | None = None, after: Sequence[str] = ()) -> Item:
    """An item whose code is "p" and the number of the page."""
    return Item(f"p{page_id}", ItemKind.PAGE, page_id, "", due, tuple(after))


def question_item(page_id: int, due: int | None = None, after: Sequence[str] = ()) -> Item:
    """The questions of a page; the code is "q" and the number of the page."""
    return Item(f"q{page_id}", ItemKind.QUESTION, page_id, "", due, tuple(after))


def placeholder(title: str, after: Sequence[str] = ()) -> Item:
    """The place of a page that is still to be written."""
    return Item(f"t{title}", ItemKind.PLACEHOLDER, None, title, None, tuple(after))


def make_pages(database: Database, author: Actor, count: int, **values: object) -> list[int]:
    """So many pages, weighed; they are called "Page 1" and so on."""
    with database.transaction() as session:
        first = session.query(PageToRead).count()
        return [
            _page(session, author, f"Page {number}", values)
            for number in range(first + 1, first + count + 1)
        ]


def _page(session: Session, author: Actor, title: str, values: dict[str, object]) -> int:
    page = make_page_row(session, values.get("title", title), author, **_columns(values))  # type: ignore[arg-type]
    session.add(PageToRead(page_id=page.id, material=1, material_at=clock.now(), seconds=120))
    return page.id


def _columns(values: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if name != "title"}


def make_path(database: Database, items: Sequence[Item], title: str = "First steps") -> int:
    """A path in its first version."""
    with database.transaction() as session:
        path = ReadingPath(title=title, newest=1, created_at=clock.now())
        session.add(path)
        session.flush()
        session.add(_version(path.id, 1, items))
        return path.id


def change_path(database: Database, path_id: int, items: Sequence[Item]) -> None:
    """The next version of a path."""
    with database.transaction() as session:
        path = session.get_one(ReadingPath, path_id)
        path.newest += 1
        session.add(_version(path_id, path.newest, items))


def _version(path_id: int, number: int, items: Sequence[Item]) -> ReadingPathVersion:
    return ReadingPathVersion(
        path_id=path_id, number=number, items=as_rows(items), saved_at=clock.now()
    )


def enrol(
    database: Database,
    path_id: int,
    person: Actor,
    mentor: Actor | None = None,
    days_ago: int = 0,
    ended_on: date | None = None,
) -> None:
    """Somebody walks a path; so many days ago was their first one."""
    began_on = clock.today(person.time_zone) - timedelta(days=days_ago)
    with database.transaction() as session:
        session.add(
            Enrolment(
                path_id=path_id,
                user_id=person.id,
                mentor_id=mentor.id if mentor else None,
                began_on=began_on,
                ended_on=ended_on,
                created_at=clock.now(),
            )
        )


def read(
    database: Database, person: Actor, *page_ids: int, revision: int = 1, passed: bool = False
) -> None:
    """Somebody has confirmed a version of pages, by questions when they have passed them."""
    with database.transaction() as session:
        for page_id in page_ids:
            row = session.get(Reading, (person.id, page_id))
            if row is None:
                row = Reading(user_id=person.id, page_id=page_id, by_questions=False)
                session.add(row)
            row.revision, row.at = revision, clock.now()
            row.by_questions = row.by_questions or passed
            session.add(
                ReadingConfirmation(
                    user_id=person.id,
                    page_id=page_id,
                    revision=revision,
                    at=clock.now(),
                    attempt_id=_attempt(session, person, page_id) if passed else None,
                )
            )


def _attempt(session: Session, person: Actor, page_id: int) -> int:
    attempt = QuestionAttempt(
        user_id=person.id, page_id=page_id, revision=1, asked=[], passed=True, begun_at=clock.now()
    )
    session.add(attempt)
    session.flush()
    return attempt.id


def change_materially(database: Database, page_id: int, material: int = 2) -> None:
    """Whoever has read the page must read it again."""
    with database.transaction() as session:
        session.get_one(PageToRead, page_id).material = material


def ask(database: Database, page_id: int) -> None:
    """The page has a question."""
    with database.transaction() as session:
        session.add(
            CheckQuestion(
                page_id=page_id,
                kind=QuestionKind.HAND,
                words="How much?",
                answers=["1", "2"],
                revision=1,
                created_at=clock.now(),
            )
        )
