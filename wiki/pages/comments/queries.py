"""Reading the discussion of a page: two statements, however long it is."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.errors import Missing
from wiki.pages.comments.models import Comment
from wiki.pages.models import Page

_MOST_SHOWN = 2_000


class CommentLine(NamedTuple):
    """One comment with the names of its people."""

    id: int
    parent_id: int | None
    author_id: int
    author: str
    at: datetime
    body: str
    revision_number: int
    resolved_at: datetime | None
    resolver: str | None
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class Thread:
    """A comment and the answers to it."""

    first: CommentLine
    answers: list[CommentLine] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether it waits for somebody."""
        return self.first.resolved_at is None and self.first.withdrawn_at is None


def page_row_visible_to(session: Session, actor: Actor, page_id: int) -> Page:
    """The page itself. Raises `Missing` for absent and unseen alike."""
    visible = select(Page).where(Page.id == page_id, Page.audience.in_(actor.audiences))
    page = session.scalar(visible)
    if page is None:
        raise Missing()
    return page


def threads_visible_to(session: Session, actor: Actor, page_id: int) -> list[Thread]:
    """The newest 2,000 comments of a page as threads, the oldest of them first."""
    resolver = aliased(User)
    statement = (
        select(
            Comment.id,
            Comment.parent_id,
            Comment.author_id,
            User.name,
            Comment.at,
            Comment.body,
            Comment.revision_number,
            Comment.resolved_at,
            resolver.name,
            Comment.withdrawn_at,
        )
        .join(Page, Page.id == Comment.page_id)
        .join(User, User.id == Comment.author_id)
        .outerjoin(resolver, resolver.id == Comment.resolved_by)
        .where(Page.id == page_id, Page.audience.in_(actor.audiences))
        .order_by(Comment.id.desc())
        .limit(_MOST_SHOWN)
    )
    lines = [CommentLine._make(row) for row in session.execute(statement)]
    return _as_threads(lines[::-1])


def _as_threads(lines: list[CommentLine]) -> list[Thread]:
    threads = {line.id: Thread(line) for line in lines if line.parent_id is None}
    for line in lines:
        if line.parent_id in threads:
            threads[line.parent_id].answers.append(line)
    return list(threads.values())
