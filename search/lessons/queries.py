"""Reading what was asked in a week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from search.lessons.models import AskedQuestion
from search.lessons.rules import oldest_kept
from wiki import clock
from wiki.database import Database

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Lesson:
    """A question of a week with its counts."""

    question: str
    asked: int
    found_nothing: int
    opened: int


@dataclass(frozen=True, slots=True)
class Week:
    """What a week teaches, the most frequent first."""

    monday: date
    asked: int
    questions: int
    most_asked: Sequence[Lesson]
    found_nothing: Sequence[Lesson]
    never_opened: Sequence[Lesson]


def week_in(session: Session, monday: date) -> Week:
    """The three tables of a week, each of at most fifty questions.

    The caller has to check that the reader may see what others ask.
    """
    in_week = AskedQuestion.week_on == monday, AskedQuestion.asked > 0
    sums = select(func.sum(AskedQuestion.asked), func.count()).where(*in_week)
    asked, questions = session.execute(sums).one()
    found_some = AskedQuestion.asked > AskedQuestion.found_nothing
    return Week(
        monday,
        asked or 0,
        questions,
        _lessons(session, monday, AskedQuestion.asked),
        _lessons(session, monday, AskedQuestion.found_nothing, AskedQuestion.found_nothing > 0),
        _lessons(session, monday, AskedQuestion.asked, found_some, AskedQuestion.opened == 0),
    )


def all_of_week(session: Session, monday: date) -> list[Lesson]:
    """Every question of a week, the most frequent first."""
    return _lessons(session, monday, AskedQuestion.asked, limit=None)


def weeks_beside(session: Session, monday: date) -> tuple[date | None, date | None]:
    """The nearest weeks before and after this one in which something was asked."""
    before = select(func.max(AskedQuestion.week_on)).where(AskedQuestion.week_on < monday)
    after = select(func.min(AskedQuestion.week_on)).where(AskedQuestion.week_on > monday)
    return session.scalar(before), session.scalar(after)


def forget_old_lessons(database: Database) -> int:
    """Take away what was asked more than two years ago; how many rows."""
    old = delete(AskedQuestion).where(AskedQuestion.week_on < oldest_kept(clock.today()))
    with database.transaction() as session:
        return len(session.execute(old.returning(AskedQuestion.id)).all())


def _lessons(
    session: Session,
    monday: date,
    by: InstrumentedAttribute[int],
    *conditions: ColumnElement[bool],
    limit: int | None = MOST_SHOWN,
) -> list[Lesson]:
    statement = (
        select(
            AskedQuestion.question,
            AskedQuestion.asked,
            AskedQuestion.found_nothing,
            AskedQuestion.opened,
        )
        .where(AskedQuestion.week_on == monday, AskedQuestion.asked > 0, *conditions)
        .order_by(by.desc(), AskedQuestion.question)
        .limit(limit)
    )
    return [Lesson(*row) for row in session.execute(statement)]
