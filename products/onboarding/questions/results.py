"""Reading attempts: one's own, those of whom one is the mentor, and all for directors."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, or_, select, true
from sqlalchemy.orm import Session

from products.onboarding.models import Enrolment, PageToRead, QuestionAttempt
from products.onboarding.questions.rules.passing import needed
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.accounts.rules import Permission, may
from wiki.errors import Missing
from wiki.pages.models import Page
from wiki.paging import Key, Part, beyond, part_of

MOST_RESULTS = 100


class Result(NamedTuple):
    """One ended attempt in a list."""

    id: int
    user_id: int
    name: str
    page_id: int
    slug: str
    title: str
    language: str
    revision: int
    asked: int
    right: int
    passed: bool
    begun_at: datetime
    ended_at: datetime

    @property
    def needed(self) -> int:
        """How many had to be right."""
        return needed(self.asked)


class Answered(NamedTuple):
    """One question of an attempt. `given` is `None` while it has no answer.

    In what is shown to others, `given` may be hidden: see `Attempt.answered`.
    """

    words: str
    given: str | None
    right: str
    is_right: bool
    url: str
    quote: str


class Attempt(NamedTuple):
    """An attempt with its page; for whoever may see it."""

    row: QuestionAttempt
    name: str
    slug: str
    title: str
    language: str
    hidden: frozenset[int]

    @property
    def needed(self) -> int:
        """How many must be right."""
        return needed(len(self.row.asked))

    @property
    def answered(self) -> list[Answered]:
        """All questions; an answer taken from a page that the reader may not see is left out."""
        return [self._answered(place, one) for place, one in enumerate(self.row.asked)]

    def _answered(self, place: int, one: dict[str, Any]) -> Answered:
        chosen = self.row.given.get(str(place))
        given = None if chosen is None else self._text(one, chosen)
        return Answered(
            one["words"],
            given,
            one["answers"][one["right"]],
            chosen == one["right"],
            one["place"]["url"],
            one["place"]["quote"],
        )

    def _text(self, one: dict[str, Any], chosen: int) -> str:
        return "" if one["pages"][chosen] in self.hidden else str(one["answers"][chosen])


def attempt_visible_to(session: Session, actor: Actor, attempt_id: int) -> Attempt:
    """An attempt. Raises `Missing` when it is absent or not for the actor's eyes.

    What has no result yet is for the eyes of its own learner only. One statement, and one more
    when answers came from other pages.
    """
    statement = (
        select(QuestionAttempt, User.name, Page.slug, Page.title, Page.language)
        .join(Page, Page.id == QuestionAttempt.page_id)
        .join(User, User.id == QuestionAttempt.user_id)
        .where(
            QuestionAttempt.id == attempt_id,
            _for_eyes_of(actor),
            or_(QuestionAttempt.user_id == actor.id, QuestionAttempt.passed.is_not(None)),
        )
    )
    row = session.execute(statement).first()
    if row is None:
        raise Missing()
    return Attempt(*row, _hidden_from(session, actor, row[0]))


def open_attempt(session: Session, actor: Actor, page_id: int) -> QuestionAttempt | None:
    """The actor's attempt that waits for answers, unless the page has changed since it began."""
    statement = (
        select(QuestionAttempt)
        .outerjoin(PageToRead, PageToRead.page_id == QuestionAttempt.page_id)
        .where(
            QuestionAttempt.user_id == actor.id,
            QuestionAttempt.page_id == page_id,
            QuestionAttempt.ended_at.is_(None),
            or_(PageToRead.material.is_(None), PageToRead.material <= QuestionAttempt.revision),
        )
        .order_by(QuestionAttempt.id.desc())
        .limit(1)
    )
    return session.scalar(statement)


def results_visible_to(
    session: Session,
    actor: Actor,
    page_id: int | None = None,
    user_id: int | None = None,
    before: Key | None = None,
) -> Part[Result]:
    """Ended attempts, the newest first; of one page, of one person, or all."""
    statement = _results().where(_for_eyes_of(actor))
    if page_id is not None:
        statement = statement.where(QuestionAttempt.page_id == page_id)
    if user_id is not None:
        statement = statement.where(QuestionAttempt.user_id == user_id)
    if before is not None:
        statement = statement.where(beyond(before, QuestionAttempt.begun_at, QuestionAttempt.id))
    rows = [_result(row) for row in session.execute(statement.limit(MOST_RESULTS + 1))]
    return part_of(rows, MOST_RESULTS, lambda one: Key(one.begun_at, one.id))


def sees_others(session: Session, actor: Actor) -> bool:
    """Whether the actor sees results of anybody else: as a director, or as a mentor."""
    if may(actor, Permission.EDIT_READING_PATHS):
        return True
    mine = select(Enrolment.id).where(_mentored_by(actor)).limit(1)
    return session.scalar(mine) is not None


def _results() -> Select[*tuple[Any, ...]]:
    return (
        select(QuestionAttempt, User.name, Page.slug, Page.title, Page.language)
        .join(Page, Page.id == QuestionAttempt.page_id)
        .join(User, User.id == QuestionAttempt.user_id)
        .where(QuestionAttempt.passed.is_not(None))
        .order_by(QuestionAttempt.begun_at.desc(), QuestionAttempt.id.desc())
    )


def _result(row: Sequence[Any]) -> Result:
    attempt, name, slug, title, language = row
    return Result(
        attempt.id,
        attempt.user_id,
        name,
        attempt.page_id,
        slug,
        title,
        language,
        attempt.revision,
        len(attempt.asked),
        attempt.right,
        attempt.passed,
        attempt.begun_at,
        attempt.ended_at,
    )


def _for_eyes_of(actor: Actor) -> ColumnElement[bool]:
    """Attempts at pages that the actor may see, of people whose results are theirs to see."""
    seen = and_(Page.audience.in_(actor.audiences), Page.room.is_(None))
    return and_(seen, _of_people_of(actor))


def _of_people_of(actor: Actor) -> ColumnElement[bool]:
    if may(actor, Permission.EDIT_READING_PATHS):
        return true()
    learners = select(Enrolment.user_id).where(_mentored_by(actor))
    return or_(QuestionAttempt.user_id == actor.id, QuestionAttempt.user_id.in_(learners))


def _mentored_by(actor: Actor) -> ColumnElement[bool]:
    today = clock.today(actor.time_zone)
    lasts = or_(Enrolment.ended_on.is_(None), Enrolment.ended_on >= today)
    return and_(Enrolment.mentor_id == actor.id, lasts)


def _hidden_from(session: Session, actor: Actor, attempt: QuestionAttempt) -> frozenset[int]:
    """The pages that wrong answers came from and that the actor may not see now."""
    sources = {page for one in attempt.asked for page in one["pages"] if page is not None}
    if not sources or attempt.user_id == actor.id:
        return frozenset()
    seen = select(Page.id).where(Page.id.in_(sources), Page.audience.in_(actor.audiences))
    return frozenset(sources - set(session.scalars(seen)))
