"""Asking about a sentence, answering, saying that it was mended, withdrawing, opening again."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from products.onboarding.kinds import MarkState
from products.onboarding.models import UnclearMark
from products.onboarding.unclear import wording
from products.onboarding.unclear.keeping import find_anew, put_on
from products.onboarding.unclear.rules import (
    MOST_OPEN,
    Chosen,
    check_answer,
    check_open,
    check_question,
    check_reopens,
    check_withdraws,
    check_word,
)
from products.onboarding.unclear.sentences import Sentence, sentence_at, sentences_in
from wiki import clock
from wiki.accounts.actor import DIRECTING, Actor
from wiki.accounts.models import User
from wiki.accounts.rules import Permission, require
from wiki.errors import Missing, Refusal
from wiki.history.services import record
from wiki.pages.models import Page, Revision
from wiki.pages.watching.notifying import News, tell, tell_only

KIND = "unclear mark"
"""What the history calls it."""
_SENT_TWICE = timedelta(minutes=1)


def ask(session: Session, actor: Actor, page_id: int, chosen: Chosen, question: str) -> UnclearMark:
    """Mark a sentence as unclear; the owner of the page hears of it, else the directors.

    Raises `Missing` when the actor may not see the page, `Refusal` on archived pages, without a
    question, when the sentence is not there, and beyond 100 open marks. The same sent twice within
    a minute is one mark.
    """
    require(actor, Permission.COMMENT)
    page = _locked_page(session, actor, page_id)
    if page.archived:
        raise Refusal("The page is archived, so nobody answers for it. Nothing was sent.")
    question = check_question(question)
    sentences = _sentences(session, page)
    number = sentence_at(sentences, chosen.quote, chosen.start)
    if number is None:
        raise Refusal(
            "This sentence is not on the page any more: somebody has changed it. Your question "
            "is still in the form: read the page again and choose another sentence."
        )
    quote = sentences[number].text
    twin = _sent_just_now(session, actor, page, quote, question)
    return twin or _mark(session, actor, page, (sentences, number), question)


def answer(session: Session, actor: Actor, page_id: int, mark_id: int, words: str) -> None:
    """Answer in words; the asker is told.

    Raises `Clash` when it is settled already, `Forbidden` to those who do not write pages.
    """
    page, mark = _to_settle(session, actor, page_id, mark_id)
    words = check_answer(words)
    _end(session, actor, mark, MarkState.ANSWERED, words)
    _tell_asker(session, actor, page, mark, wording.ANSWERED)


def mend(session: Session, actor: Actor, page_id: int, mark_id: int, words: str = "") -> None:
    """Say that the page was mended, with or without a word; the asker is told.

    Raises as `answer` does.
    """
    page, mark = _to_settle(session, actor, page_id, mark_id)
    _end(session, actor, mark, MarkState.MENDED, check_word(words))
    _tell_asker(session, actor, page, mark, wording.MENDED)


def withdraw(session: Session, actor: Actor, page_id: int, mark_id: int, _words: str = "") -> None:
    """Take back what one asked. Raises `Forbidden` when somebody else asked."""
    _page, mark = _locked(session, actor, page_id, mark_id)
    check_withdraws(actor, mark.asked_by, mark.state)
    _end(session, actor, mark, MarkState.WITHDRAWN, "")


def reopen(session: Session, actor: Actor, page_id: int, mark_id: int, _words: str = "") -> None:
    """Ask again: the sentence is found anew, the owner hears of it; an answer stays in the history.

    Raises `Forbidden` when it is not the actor's to open, `Clash` when it is open.
    """
    page, mark = _locked(session, actor, page_id, mark_id)
    check_reopens(actor, mark.asked_by, mark.state)
    before = {"state": mark.state.value, "answer": mark.answer, "ended_by": mark.ended_by}
    concerned = _owners(session, page) | ({mark.ended_by} if mark.ended_by else set())
    mark.state, mark.answer = MarkState.OPEN, ""
    mark.ended_at = mark.ended_by = None
    find_anew(mark, _sentences(session, page), page.current_number)
    session.flush()
    record(session, actor, "reopen", KIND, mark.id, before, {"page": page.id})
    tell_only(session, actor, page, _news(page, wording.REOPENED), concerned)


Deed = Callable[[Session, Actor, int, int, str], None]
DEEDS: dict[str, Deed] = {
    "answer": answer,
    "mended": mend,
    "withdraw": withdraw,
    "reopen": reopen,
}
"""What can be done with a mark, by the last word of its address."""


def _mark(
    session: Session,
    actor: Actor,
    page: Page,
    place: tuple[list[Sentence], int],
    question: str,
) -> UnclearMark:
    sentences, number = place
    _check_few(session, page)
    mark = UnclearMark(
        page_id=page.id,
        revision=page.current_number,
        quote=sentences[number].text,
        question=question,
        state=MarkState.OPEN,
        asked_at=clock.now(),
        asked_by=actor.id,
    )
    put_on(mark, sentences, number, page.current_number)
    session.add(mark)
    session.flush()
    told = {"page": page.id, "quote": mark.quote, "question": question}
    record(session, actor, "ask", KIND, mark.id, None, told)
    tell(session, actor, page, _news(page, wording.ASKED), _owners(session, page))
    return mark


def _check_few(session: Session, page: Page) -> None:
    is_open = (UnclearMark.page_id == page.id, UnclearMark.state == MarkState.OPEN)
    if (session.scalar(select(func.count()).where(*is_open)) or 0) >= MOST_OPEN:
        raise Refusal(
            "%(limit)d sentences of this page wait for an answer already. Nothing was sent: tell "
            "its owner that the page must be written anew.",
            limit=MOST_OPEN,
        )


def _end(session: Session, actor: Actor, mark: UnclearMark, state: MarkState, answer: str) -> None:
    mark.state, mark.answer = state, answer
    mark.ended_at, mark.ended_by = clock.now(), actor.id
    session.flush()
    told = {"page": mark.page_id, "state": state.value, "answer": answer}
    record(session, actor, "settle", KIND, mark.id, {"state": MarkState.OPEN.value}, told)


def _tell_asker(session: Session, actor: Actor, page: Page, mark: UnclearMark, kind: str) -> None:
    tell_only(session, actor, page, _news(page, kind), [mark.asked_by])


def _news(page: Page, kind: str) -> News:
    return News(wording.TOPIC, kind, page.current_number, page.current_number)


def _owners(session: Session, page: Page) -> set[int]:
    """Whoever answers for the page; when nobody does any more, the directors."""
    owner = select(User.id).where(User.id == page.owner_id, User.deactivated_at.is_(None))
    directors = select(User.id).where(User.role.in_(DIRECTING), User.deactivated_at.is_(None))
    return set(session.scalars(owner)) or set(session.scalars(directors))


def _sent_just_now(
    session: Session, actor: Actor, page: Page, quote: str, question: str
) -> UnclearMark | None:
    return session.scalar(
        select(UnclearMark)
        .where(
            UnclearMark.page_id == page.id,
            UnclearMark.asked_by == actor.id,
            UnclearMark.quote == quote,
            UnclearMark.question == question,
            UnclearMark.state == MarkState.OPEN,
            UnclearMark.asked_at > clock.now() - _SENT_TWICE,
        )
        .limit(1)
    )


def _to_settle(
    session: Session, actor: Actor, page_id: int, mark_id: int
) -> tuple[Page, UnclearMark]:
    page, mark = _locked(session, actor, page_id, mark_id)
    require(actor, Permission.WRITE_PAGES)
    check_open(mark.state)
    return page, mark


def _locked(session: Session, actor: Actor, page_id: int, mark_id: int) -> tuple[Page, UnclearMark]:
    page = _locked_page(session, actor, page_id)
    mark = session.scalar(
        select(UnclearMark).where(UnclearMark.id == mark_id, UnclearMark.page_id == page_id)
    )
    withdrawn = mark is not None and mark.state is MarkState.WITHDRAWN
    if mark is None or (withdrawn and mark.asked_by != actor.id):
        raise Missing()
    return page, mark


def _locked_page(session: Session, actor: Actor, page_id: int) -> Page:
    """The page's row, locked: a saving at the same time moves the mark or waits for it."""
    visible = select(Page).where(
        Page.id == page_id, Page.audience.in_(actor.audiences), Page.room.is_(None)
    )
    page = session.scalar(visible.with_for_update())
    if page is None:
        raise Missing()
    return page


def _sentences(session: Session, page: Page) -> list[Sentence]:
    revision = session.get_one(Revision, page.current_revision_id)
    return sentences_in(revision.html)
