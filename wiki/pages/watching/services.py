"""Watching and notices: start, stop, tell of a new version, mark as read."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.errors import Missing
from wiki.history.services import record
from wiki.pages.models import Category, Page
from wiki.pages.watching.models import Notice, Watch
from wiki.pages.watching.notifying import CHANGES, News, tell
from wiki.upserts import insert_into


@dataclass(frozen=True)
class Target:
    """What can be watched: a page, or a category with everything below it."""

    kind: Literal["page", "category"]
    ident: int


def watch_page(session: Session, user_id: int, page_id: int) -> None:
    """Let the person hear of changes to the page; nothing happens when they already do."""
    _add(session, user_id, Target("page", page_id))


def watch(session: Session, actor: Actor, target: Target) -> None:
    """Start watching. Raises `Missing` when there is no such thing for this person."""
    _check_sight(session, actor, target)
    if _add(session, actor.id, target):
        record(session, actor, "watch", target.kind, target.ident)


def unwatch(session: Session, actor: Actor, target: Target) -> None:
    """Stop watching; nothing happens when the person did not."""
    column = Watch.page_id if target.kind == "page" else Watch.category_id
    gone = delete(Watch).where(Watch.user_id == actor.id, column == target.ident)
    if session.execute(gone.returning(Watch.id)).first():
        record(session, actor, "unwatch", target.kind, target.ident)


def notify_of_revision(
    session: Session, actor: Actor, page: Page, revision_number: int, kind: str
) -> None:
    """Tell those who watch the page of its new version, in the transaction of the change."""
    tell(session, actor, page, News(CHANGES, kind, revision_number - 1, revision_number))


def mark_read(session: Session, actor: Actor, notice_id: int) -> Notice:
    """The person has seen this notice. Raises `Missing` when it is not theirs or is hidden."""
    visible = (
        select(Notice)
        .join(Page)
        .where(
            Notice.id == notice_id,
            Notice.user_id == actor.id,
            Page.audience.in_(actor.audiences),
        )
    )
    notice = session.scalar(visible)
    if notice is None:
        raise Missing()
    notice.read_at = notice.read_at or clock.now()
    session.flush()
    recount_unread(session, actor)
    return notice


def mark_all_read(session: Session, actor: Actor) -> None:
    """The person has seen all notices, also those of pages that were hidden since."""
    unread = update(Notice).where(Notice.user_id == actor.id, Notice.read_at.is_(None))
    session.execute(unread.values(read_at=clock.now()))
    recount_unread(session, actor)


def recount_unread(session: Session, actor: Actor) -> None:
    """Set the number at the bell to the unread notices of pages the person may see."""
    count = (
        select(func.count())
        .select_from(Notice)
        .join(Page)
        .where(
            Notice.user_id == actor.id,
            Notice.read_at.is_(None),
            Page.audience.in_(actor.audiences),
        )
    )
    row = update(User).where(User.id == actor.id)
    session.execute(row.values(unread_notices=count.scalar_subquery()))


def _check_sight(session: Session, actor: Actor, target: Target) -> None:
    found = (
        select(Page.id).where(Page.id == target.ident, Page.audience.in_(actor.audiences))
        if target.kind == "page"
        else select(Category.id).where(Category.id == target.ident)
    )
    if session.scalar(found) is None:
        raise Missing()


def _add(session: Session, user_id: int, target: Target) -> bool:
    values = {"user_id": user_id, f"{target.kind}_id": target.ident, "since": clock.now()}
    new = insert_into(session, Watch).values(**values).on_conflict_do_nothing()
    return session.execute(new.returning(Watch.id)).first() is not None
