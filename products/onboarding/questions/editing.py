"""Making questions from facts, writing them by hand, taking them out and back."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from products.onboarding.kinds import QuestionKind
from products.onboarding.models import CheckQuestion
from products.onboarding.questions.asking import Drawn, drawn_visible_to
from products.onboarding.questions.keeping import KIND, MOST_PAST, answers_kept, fields_of
from products.onboarding.questions.pages import AskedPage, asked_page, check_living
from products.onboarding.questions.queries import past_of, questions_of
from products.onboarding.questions.rules.hand import (
    MOST_BY_HAND,
    Typed,
    check_not_asked,
    check_typed,
    place_of,
    still_fits,
)
from products.onboarding.questions.rules.states import Rest, rest_of, resting
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission, require
from wiki.errors import Missing, Refusal
from wiki.history.services import record
from wiki.pages.content import FactValue
from wiki.pages.facts import Field
from wiki.pages.revisions import locked_page


def make_from_facts(session: Session, actor: Actor, page_id: int) -> int:
    """Make a question of each fact that has none yet and bears a fair one; how many.

    Whoever confirmed the page since a fact got its value is not asked about it. Raises `Missing`,
    `Forbidden`, or `Refusal` for an archived page.
    """
    asked = _writable(session, actor, page_id)
    known = {one.fact_key for one in questions_of(session, page_id) if not _by_hand(one)}
    fields = fields_of(session, asked.revision.category_id)
    past = past_of(session, page_id)
    new = [
        _from_fact(actor, asked, field, past)
        for key, field in fields.items()
        if key in asked.revision.facts and key not in known
    ]
    session.add_all(new)
    session.flush()
    fair = {one.question.id for one in drawn_visible_to(session, actor, asked, new)}
    for question in new:
        if question.id not in fair:
            session.delete(question)
    if fair:
        keys = [one.fact_key for one in new if one.id in fair]
        record(session, actor, "make", KIND, page_id, None, {"facts": keys})
    return len(fair)


def write_question(session: Session, actor: Actor, page_id: int, typed: Typed) -> int:
    """A new question by hand; its number.

    Raises as `make_from_facts`; `Refusal` also when it cannot be asked as it is typed.
    """
    asked = _writable(session, actor, page_id)
    known = [one for one in questions_of(session, page_id) if _by_hand(one)]
    check_not_asked(typed.words, [one.words for one in known if not one.archived])
    if len(known) >= MOST_BY_HAND:
        raise Refusal(
            "This page has %(most)d questions by hand already. Nothing was saved: change one of "
            "them.",
            most=MOST_BY_HAND,
        )
    question = CheckQuestion(
        page_id=page_id, kind=QuestionKind.HAND, created_at=clock.now(), created_by=actor.id
    )
    _fill(question, asked, typed)
    session.add(question)
    session.flush()
    record(session, actor, "write", KIND, page_id, None, _said(question))
    return question.id


def change_question(
    session: Session, actor: Actor, page_id: int, question_id: int, typed: Typed
) -> None:
    """Change a question by hand; whoever read an earlier version is asked it at the next change.

    Raises as `write_question`; `Missing` also when there is no such question by hand.
    """
    asked = _writable(session, actor, page_id)
    question = _locked(session, page_id, question_id)
    if not _by_hand(question):
        raise Missing()
    before = _said(question)
    _fill(question, asked, typed)
    if _said(question) != before:
        record(session, actor, "change", KIND, page_id, before, _said(question))


def take_out(session: Session, actor: Actor, page_id: int, question_id: int) -> None:
    """Ask a question no more; it and the attempts at it are kept. Raises as `write_question`."""
    _writable(session, actor, page_id)
    question = _locked(session, page_id, question_id)
    if rest_of(question.place) is not Rest.REMOVED:
        question.place, question.archived = resting(question.place, Rest.REMOVED), True
        record(session, actor, "take out", KIND, page_id, _said(question), None)


def bring_back(session: Session, actor: Actor, page_id: int, question_id: int) -> None:
    """Ask a question again that was taken out. Raises as `write_question`.

    `Refusal` when the page no longer says what it asks: by hand it is to be changed first.
    """
    asked = _writable(session, actor, page_id)
    question = _locked(session, page_id, question_id)
    if rest_of(question.place) is not Rest.REMOVED:
        return
    _check_still_right(session, actor, asked, question)
    question.place, question.archived = resting(question.place, None), False
    record(session, actor, "bring back", KIND, page_id, None, _said(question))


def _writable(session: Session, actor: Actor, page_id: int) -> AskedPage:
    # Whoever saves the page at this moment, or clicks a second time, waits: facts do not change.
    locked_page(session, page_id)
    asked = asked_page(session, actor, page_id)
    require(actor, Permission.WRITE_PAGES)
    check_living(asked)
    return asked


def _by_hand(question: CheckQuestion) -> bool:
    return question.kind is QuestionKind.HAND


def _from_fact(
    actor: Actor, asked: AskedPage, about: Field, past: list[tuple[int, dict[str, FactValue]]]
) -> CheckQuestion:
    """It counts from the version in which the fact got the value of now."""
    value = asked.revision.facts[about.key]
    since = asked.revision.number
    for number, facts in past:
        if facts.get(about.key) != value:
            break
        since = number
    old = [facts[about.key] for _number, facts in past if about.key in facts]
    return CheckQuestion(
        page_id=asked.page.id,
        kind=QuestionKind.FACT,
        fact_key=about.key,
        words=about.label(asked.page.language),
        answers=answers_kept(value, old)[: MOST_PAST + 1],
        place={},
        revision=since,
        created_at=clock.now(),
        created_by=actor.id,
    )


def _fill(question: CheckQuestion, asked: AskedPage, typed: Typed) -> None:
    revision = asked.revision
    clean = check_typed(typed, asked.page.language, revision.plain_text, revision.facts)
    question.words, question.fact_key = clean.words, clean.fact_key or None
    question.answers = [
        {"text": answer, "right": place == clean.right}
        for place, answer in enumerate(clean.answers)
    ]
    question.place = place_of(clean, revision.facts)
    question.revision, question.archived = revision.number, False


def _locked(session: Session, page_id: int, question_id: int) -> CheckQuestion:
    wanted = select(CheckQuestion).where(
        CheckQuestion.id == question_id, CheckQuestion.page_id == page_id
    )
    question = session.scalar(wanted.with_for_update())
    if question is None:
        raise Missing()
    return question


def _check_still_right(
    session: Session, actor: Actor, asked: AskedPage, question: CheckQuestion
) -> None:
    if _by_hand(question):
        revision = asked.revision
        fits = still_fits(question.place, question.fact_key, revision.plain_text, revision.facts)
    else:
        value = asked.revision.facts.get(question.fact_key or "")
        drawn: list[Drawn] = drawn_visible_to(session, actor, asked, [question])
        fits = bool(drawn) and value == question.answers[0]["value"]
    if not fits:
        raise Refusal(
            "The page no longer says what this question asks. Nothing was changed: write the "
            "question anew."
        )


def _said(question: CheckQuestion) -> dict[str, object]:
    return {"question": question.id, "words": question.words, "answers": question.answers}
