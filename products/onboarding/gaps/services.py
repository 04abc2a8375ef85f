"""Asking what no page answered, answering with a page or in words, dropping, opening again."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from products.onboarding.gaps import wording
from products.onboarding.gaps.letters import tell_answered, tell_asked
from products.onboarding.gaps.owners import keeper_of
from products.onboarding.gaps.queries import is_visible_to
from products.onboarding.gaps.rules import (
    MOST_OPEN,
    Standing,
    check_answer,
    check_drops,
    check_open,
    check_reopens,
    check_words,
    language_of,
    may_judge,
)
from products.onboarding.kinds import GapState
from products.onboarding.models import Gap
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.loading import actor_of
from wiki.accounts.models import User
from wiki.accounts.rules import Permission, require
from wiki.errors import Forbidden, Missing, Refusal
from wiki.history.services import record
from wiki.pages.categories import tree
from wiki.pages.models import Page
from wiki.pages.watching.notifying import News, tell_only

KIND = "gap"
"""What the history calls it."""
REFUSED = "refuse page"
"""The deed by which somebody said that a page that was found does not answer."""
_SENT_TWICE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person wants to know, in which category, and the wiki's address for letters."""

    words: str
    category_id: int | None
    base: str


def ask(session: Session, actor: Actor, asked: Asked) -> Gap:
    """Ask whoever looks after the category; without one, the directors.

    Raises `Refusal` for words that are too few or too many, for no such category, and beyond 50
    open questions of one person. The same sent twice within a minute is one question.
    """
    require(actor, Permission.COMMENT)
    words = check_words(asked.words)
    # Two clicks at once: the second one waits for the question of the first.
    session.execute(select(User.id).where(User.id == actor.id).with_for_update())
    twin = _sent_just_now(session, actor, words, asked.category_id)
    if twin is not None:
        return twin
    _check_few(session, actor)
    gap = Gap(
        words=words,
        language=language_of(words),
        category_id=asked.category_id,
        owner_id=_owner(session, asked.category_id),
        state=GapState.OPEN,
        asked_at=clock.now(),
        asked_by=actor.id,
    )
    session.add(gap)
    session.flush()
    told = {"words": words, "category": gap.category_id, "owner": gap.owner_id}
    record(session, actor, "ask", KIND, gap.id, None, told)
    tell_asked(session, actor, gap, asked.base)
    return gap


def answer_with_page(session: Session, actor: Actor, gap_id: int, page_id: int) -> None:
    """Answer with a page; the asker is told by a notice.

    Raises `Missing` when the actor may not see the question, `Refusal` when they or the asker may
    not see the page or it is archived, `Clash` when the question is settled.
    """
    gap = locked_gap(session, actor, gap_id)
    if gap.page_id != page_id or not may_judge(actor, standing_of(gap)):
        require(actor, Permission.WRITE_PAGES)
    check_open(gap.state)
    page = _page_for(session, actor, gap, page_id)
    gap.page_id = page.id
    _end(session, actor, gap, GapState.ANSWERED)
    news = News(wording.TOPIC, wording.ANSWERED, 0, page.current_number)
    tell_only(session, actor, page, news, [gap.asked_by])


def answer_in_words(session: Session, actor: Actor, gap_id: int, words: str, base: str) -> None:
    """Answer in words; the asker is told by a letter and on the start page.

    Raises `Missing`, `Forbidden` to those who write no pages, `Refusal` without words, `Clash`.
    """
    gap = locked_gap(session, actor, gap_id)
    require(actor, Permission.WRITE_PAGES)
    check_open(gap.state)
    gap.answer, gap.page_id = check_answer(words), None
    _end(session, actor, gap, GapState.ANSWERED)
    tell_answered(session, actor, gap, base)


def drop(session: Session, actor: Actor, gap_id: int) -> None:
    """Let a question rest without an answer. Raises `Missing`, `Clash`, `Forbidden`."""
    gap = locked_gap(session, actor, gap_id)
    check_drops(actor, standing_of(gap))
    gap.page_id = None
    _end(session, actor, gap, GapState.DROPPED)


def reopen(session: Session, actor: Actor, gap_id: int, base: str) -> None:
    """Ask again; the owner is chosen anew and told. Raises `Missing`, `Clash`, `Forbidden`.

    A page that was said to answer is not offered again; the answer stays in the history.
    """
    gap = locked_gap(session, actor, gap_id)
    check_reopens(actor, standing_of(gap))
    before = {"state": gap.state.value, "answer": gap.answer, "page": gap.page_id}
    if gap.page_id is not None:
        record(session, actor, REFUSED, KIND, gap.id, {"page": gap.page_id})
    gap.state, gap.answer, gap.page_id = GapState.OPEN, "", None
    gap.ended_at = gap.ended_by = None
    gap.owner_id = _owner(session, gap.category_id)
    session.flush()
    record(session, actor, "reopen", KIND, gap.id, before, {"owner": gap.owner_id})
    tell_asked(session, actor, gap, base)


def refuse_page(session: Session, actor: Actor, gap_id: int) -> None:
    """Say that the page that was found does not answer; it is not offered again.

    Raises `Missing`, `Clash`, `Forbidden`. Nothing happens when no page is offered.
    """
    gap = locked_gap(session, actor, gap_id)
    check_open(gap.state)
    if not may_judge(actor, standing_of(gap)):
        raise Forbidden("Only whoever asked or answers can say so. Nothing was changed.")
    if gap.page_id is not None:
        record(session, actor, REFUSED, KIND, gap.id, {"page": gap.page_id})
        gap.page_id = None
        session.flush()


def standing_of(gap: Gap) -> Standing:
    """What the rules need to know of a question."""
    return Standing(gap.state, gap.asked_by, gap.owner_id)


def locked_gap(session: Session, actor: Actor, gap_id: int) -> Gap:
    """The question's row, locked. Raises `Missing` for absent and unseen alike."""
    visible = select(Gap).where(Gap.id == gap_id, is_visible_to(actor))
    gap = session.scalar(visible.with_for_update())
    if gap is None:
        raise Missing()
    return gap


def _end(session: Session, actor: Actor, gap: Gap, state: GapState) -> None:
    gap.state, gap.ended_at, gap.ended_by = state, clock.now(), actor.id
    session.flush()
    told = {"state": state.value, "page": gap.page_id, "answer": gap.answer}
    record(session, actor, "settle", KIND, gap.id, {"state": GapState.OPEN.value}, told)


def _owner(session: Session, category_id: int | None) -> int | None:
    """Who looks after the category with all below it, else after the one above it."""
    shelves = tree(session)
    for shelf in reversed(shelves.path(category_id)):
        keeper = keeper_of(session, shelves.below(shelf.id))
        if keeper is not None:
            return keeper.id
    if category_id is not None and category_id not in shelves.shelves:
        raise Refusal("There is no such category. Nothing was sent: choose one of the list.")
    return None


def _check_few(session: Session, actor: Actor) -> None:
    mine = (Gap.asked_by == actor.id, Gap.state == GapState.OPEN)
    if (session.scalar(select(func.count()).where(*mine)) or 0) >= MOST_OPEN:
        raise Refusal(
            "%(limit)d of your questions are open. Nothing was sent: drop those that do not "
            "matter any more.",
            limit=MOST_OPEN,
        )


def _page_for(session: Session, actor: Actor, gap: Gap, page_id: int) -> Page:
    """The page, locked, when both the actor and the asker may see it."""
    living = select(Page).where(
        Page.id == page_id,
        Page.room.is_(None),
        Page.archived.is_(False),
        Page.audience.in_(actor.audiences),
    )
    page = session.scalar(living.with_for_update())
    if page is None:
        raise Refusal("There is no such page. Nothing was sent: give its title or its address.")
    asker = actor_of(session, gap.asked_by)
    if asker is not None and page.audience not in asker.audiences:
        raise Refusal(
            "Whoever asked may not see this page, so it would be no answer. Nothing was sent: "
            "name another page or answer in words."
        )
    return page


def _sent_just_now(
    session: Session, actor: Actor, words: str, category_id: int | None
) -> Gap | None:
    return session.scalar(
        select(Gap)
        .where(
            Gap.asked_by == actor.id,
            Gap.words == words,
            Gap.category_id.is_(None) if category_id is None else Gap.category_id == category_id,
            Gap.state == GapState.OPEN,
            Gap.asked_at > clock.now() - _SENT_TWICE,
        )
        .limit(1)
    )
