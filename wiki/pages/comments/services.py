"""Talking about a page: add, answer, resolve, reopen, withdraw."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission, require
from wiki.errors import Clash, Missing, Refusal
from wiki.history.services import record
from wiki.outbox import changed
from wiki.pages.comments.models import Comment
from wiki.pages.comments.rules import check_may_settle, check_may_withdraw, clean_comment
from wiki.pages.models import Page
from wiki.pages.watching.notifying import COMMENTS, News, tell

_SENT_TWICE = timedelta(minutes=1)


def add_comment(
    session: Session, actor: Actor, page_id: int, text: str, parent_id: int | None = None
) -> Comment:
    """Say something about a page, or answer a comment. Those who should hear get a notice.

    Raises `Refusal` for an empty or too long text and on archived pages. The same text sent
    twice within a minute is one comment.
    """
    require(actor, Permission.COMMENT)
    page = _locked_page(session, actor, page_id)
    if page.archived:
        raise Refusal("The page is archived, so nothing can be added to its discussion.")
    body = clean_comment(text)
    root = _root(session, page_id, parent_id)
    twin = _sent_just_now(session, actor, page_id, root, body)
    return twin or _add(session, actor, page, body, root)


def resolve_comment(session: Session, actor: Actor, page_id: int, comment_id: int) -> Comment:
    """Say that a comment is dealt with. Raises `Clash` when it already is."""
    comment = _to_settle(session, actor, page_id, comment_id)
    if comment.resolved_at is not None:
        raise Clash("Somebody has resolved this comment already. Nothing was changed.")
    comment.resolved_at, comment.resolved_by = clock.now(), actor.id
    _note(session, actor, comment, "resolve")
    return comment


def reopen_comment(session: Session, actor: Actor, page_id: int, comment_id: int) -> Comment:
    """Say that a resolved comment is not dealt with after all."""
    comment = _to_settle(session, actor, page_id, comment_id)
    if comment.resolved_at is None:
        raise Clash("This comment is open already. Nothing was changed.")
    before = {"resolved_by": comment.resolved_by}
    comment.resolved_at = comment.resolved_by = None
    _note(session, actor, comment, "reopen", before)
    return comment


def withdraw_comment(session: Session, actor: Actor, page_id: int, comment_id: int) -> Comment:
    """Take back what one said: its place stays, its text is no longer shown."""
    _locked_page(session, actor, page_id)
    comment = _comment(session, page_id, comment_id)
    check_may_withdraw(actor, comment.author_id)
    if comment.withdrawn_at is None:
        comment.withdrawn_at = clock.now()
        _note(session, actor, comment, "withdraw")
    return comment


def _add(session: Session, actor: Actor, page: Page, body: str, root: Comment | None) -> Comment:
    comment = Comment(
        page_id=page.id,
        parent_id=root.id if root else None,
        revision_number=page.current_number,
        author_id=actor.id,
        at=clock.now(),
        body=body,
    )
    session.add(comment)
    session.flush()
    _note(session, actor, comment, "create")
    kind, number = "answer" if root else "comment", page.current_number
    concerned = _in_thread(session, root) | ({page.owner_id} if page.owner_id else set())
    tell(session, actor, page, News(COMMENTS, kind, number, number, comment.id), concerned)
    return comment


def _note(
    session: Session,
    actor: Actor,
    comment: Comment,
    action: str,
    before: Mapping[str, Any] | None = None,
) -> None:
    session.flush()
    _recount(session, comment.page_id)
    record(session, actor, action, "comment", comment.id, before, {"page": comment.page_id})
    changed(session, "comment", comment.id)


def _recount(session: Session, page_id: int) -> None:
    """The number on the page's tab; readers see it, so the page's stamp grows."""
    count = select(func.count()).where(
        Comment.page_id == page_id,
        Comment.parent_id.is_(None),
        Comment.resolved_at.is_(None),
        Comment.withdrawn_at.is_(None),
    )
    values = {"open_comments": count.scalar_subquery(), "stamp": Page.stamp + 1}
    session.execute(update(Page).where(Page.id == page_id).values(**values))


def _in_thread(session: Session, root: Comment | None) -> set[int]:
    if root is None:
        return set()
    answers = select(Comment.author_id).where(Comment.parent_id == root.id)
    return {root.author_id, *session.scalars(answers)}


def _root(session: Session, page_id: int, parent_id: int | None) -> Comment | None:
    """The comment that begins the thread: answers to answers stand beside them."""
    if parent_id is None:
        return None
    parent = _comment(session, page_id, parent_id)
    return parent if parent.parent_id is None else _comment(session, page_id, parent.parent_id)


def _sent_just_now(
    session: Session, actor: Actor, page_id: int, root: Comment | None, body: str
) -> Comment | None:
    return session.scalar(
        select(Comment)
        .where(
            Comment.page_id == page_id,
            Comment.author_id == actor.id,
            Comment.parent_id.is_(None) if root is None else Comment.parent_id == root.id,
            Comment.body == body,
            Comment.withdrawn_at.is_(None),
            Comment.at > clock.now() - _SENT_TWICE,
        )
        .limit(1)
    )


def _to_settle(session: Session, actor: Actor, page_id: int, comment_id: int) -> Comment:
    _locked_page(session, actor, page_id)
    comment = _comment(session, page_id, comment_id)
    check_may_settle(actor, comment.author_id)
    if comment.parent_id is not None or comment.withdrawn_at is not None:
        raise Clash("Only the comment that began a discussion can be resolved.")
    return comment


def _locked_page(session: Session, actor: Actor, page_id: int) -> Page:
    visible = select(Page).where(Page.id == page_id, Page.audience.in_(actor.audiences))
    page = session.scalar(visible.with_for_update())
    if page is None:
        raise Missing()
    return page


def _comment(session: Session, page_id: int, comment_id: int) -> Comment:
    found = session.scalar(
        select(Comment).where(Comment.id == comment_id, Comment.page_id == page_id)
    )
    if found is None:
        raise Missing()
    return found
