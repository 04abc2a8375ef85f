"""Answering the questions of a page: an attempt is kept whole, with its order and its answers."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from products.onboarding.models import QuestionAttempt
from products.onboarding.questions.asking import draw_attempt, drawn_visible_to
from products.onboarding.questions.pages import asked_page, check_living
from products.onboarding.questions.queries import due_of, questions_of
from products.onboarding.questions.rules.passing import count_right, first_open, needed
from products.onboarding.reading.services import confirm_reading
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.errors import Clash, Missing, Refusal
from wiki.history.services import record
from wiki.pages.models import Page

KIND = "question attempt"
"""What the history calls it; its number is the attempt's."""


def begin_attempt(session: Session, actor: Actor, page_id: int) -> QuestionAttempt:
    """Ask the actor what waits for them on the page, or all of it when nothing waits.

    An attempt that was begun before ends without a result. When no question can be asked fairly at
    the time, the attempt is passed at once. Raises `Missing`; `Refusal` for an archived page and
    for one without questions.
    """
    asked = asked_page(session, actor, page_id)
    check_living(asked)
    questions = due_of(session, actor, page_id) or questions_of(session, page_id, living=True)
    if not questions:
        raise Refusal(
            "This page has no questions. Nothing was changed. Say on the page itself that you "
            "have read it."
        )
    _end_open(session, actor, page_id)
    attempt = QuestionAttempt(
        user_id=actor.id,
        page_id=page_id,
        revision=asked.revision.number,
        asked=draw_attempt(drawn_visible_to(session, actor, asked, questions)),
        given={},
        right=0,
        begun_at=clock.now(),
    )
    session.add(attempt)
    session.flush()
    record(session, actor, "begin", KIND, attempt.id, None, {"page": page_id})
    if not attempt.asked:
        _finish(session, actor, attempt)
    return attempt


def answer_question(
    session: Session, actor: Actor, attempt_id: int, place: int, answer: int
) -> QuestionAttempt:
    """Give an answer to the question at this place, both counted from 0; the last one ends it.

    Until then an answer may be given anew. A passed attempt confirms the version of the page that
    it was begun on. Raises `Missing` when it is not the actor's or the page is no longer theirs to
    see, `Clash` when it has ended, `Refusal` when there is no such question or answer.
    """
    attempt = _own(session, actor, attempt_id)
    if attempt.ended_at is not None:
        raise Clash(
            "These questions have been answered already. Your answers are kept; begin again if "
            "you want to answer anew."
        )
    if not (0 <= place < len(attempt.asked) and 0 <= answer < len(_answers(attempt, place))):
        raise Refusal("Choose one of the answers. Your answers so far are kept.")
    attempt.given = {**attempt.given, str(place): answer}
    if first_open(attempt.asked, attempt.given) is None:
        _finish(session, actor, attempt)
    return attempt


def _answers(attempt: QuestionAttempt, place: int) -> list[str]:
    answers: list[str] = attempt.asked[place]["answers"]
    return answers


def _own(session: Session, actor: Actor, attempt_id: int) -> QuestionAttempt:
    mine = (
        select(QuestionAttempt)
        .join(Page, Page.id == QuestionAttempt.page_id)
        .where(
            QuestionAttempt.id == attempt_id,
            QuestionAttempt.user_id == actor.id,
            Page.audience.in_(actor.audiences),
            Page.room.is_(None),
        )
        .with_for_update(of=QuestionAttempt)
    )
    attempt = session.scalar(mine)
    if attempt is None:
        raise Missing()
    return attempt


def _end_open(session: Session, actor: Actor, page_id: int) -> None:
    open_ones = update(QuestionAttempt).where(
        QuestionAttempt.user_id == actor.id,
        QuestionAttempt.page_id == page_id,
        QuestionAttempt.ended_at.is_(None),
    )
    session.execute(open_ones.values(ended_at=clock.now()))


def _finish(session: Session, actor: Actor, attempt: QuestionAttempt) -> None:
    attempt.right = count_right(attempt.asked, attempt.given)
    attempt.passed = attempt.right >= needed(len(attempt.asked))
    attempt.ended_at = clock.now()
    session.flush()
    after = {"right": attempt.right, "asked": len(attempt.asked), "passed": attempt.passed}
    record(session, actor, "finish", KIND, attempt.id, None, after)
    if attempt.passed:
        confirm_reading(session, actor, attempt.page_id, attempt.revision, attempt.id)
