"""Reading what a person watches and what they were told."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, aliased

from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.pages.addresses import page_url
from wiki.pages.kinds import topic_of
from wiki.pages.models import Category, Page
from wiki.pages.watching.models import Notice, Watch
from wiki.pages.watching.notifying import COMMENTS
from wiki.paging import Key, Part, beyond, part_of

PART = 50
_MOST_WATCHED = 1_000


class NoticeLine(NamedTuple):
    """One notice with the names of its page and of the person who caused it."""

    id: int
    topic: str
    kind: str
    page_id: int
    slug: str
    title: str
    language: str
    actor: str | None
    from_number: int
    number: int
    comment_id: int | None
    news: int
    at: datetime
    read_at: datetime | None

    @property
    def url(self) -> str:
        """Where the news can be seen: the discussion, the differences, or a new page itself."""
        topic = topic_of(self.topic)
        if topic is not None and topic.address is not None:
            return topic.address(self.page_id)
        if self.topic == COMMENTS:
            return f"/pages/{self.page_id}/comments#comment-{self.comment_id}"
        if topic is not None or self.from_number < 1:
            return page_url(self.page_id, self.slug)
        return f"/pages/{self.page_id}/compare?from={self.from_number}&to={self.number}"


_COLUMNS = (
    Notice.id,
    Notice.topic,
    Notice.kind,
    Page.id,
    Page.slug,
    Page.title,
    Page.language,
    User.name,
    Notice.from_number,
    Notice.revision_number,
    Notice.comment_id,
    Notice.news,
    Notice.at,
    Notice.read_at,
)


def notices_visible_to(
    session: Session, actor: Actor, before: Key | None = None
) -> Part[NoticeLine]:
    """A part of the person's notices, the newest first; of hidden pages there are none."""
    statement = _notices_of(actor)
    if before is not None:
        statement = statement.where(beyond(before, Notice.at, Notice.id))
    rows = session.execute(statement.limit(PART + 1))
    lines = [NoticeLine._make(row) for row in rows]
    return part_of(lines, PART, lambda line: Key(line.at, line.id))


def notice_visible_to(session: Session, actor: Actor, notice_id: int) -> NoticeLine | None:
    """One notice of the person."""
    row = session.execute(_notices_of(actor).where(Notice.id == notice_id)).first()
    return NoticeLine._make(row) if row else None


def news_to_mail(session: Session, actor: Actor, limit: int) -> list[NoticeLine]:
    """What the person has neither read nor been told by mail, the oldest first."""
    untold = or_(Notice.mailed_at.is_(None), Notice.mailed_at < Notice.at)
    unread = _notices_of(actor).where(Notice.read_at.is_(None), untold)
    ordered = unread.order_by(None).order_by(Notice.at, Notice.id)
    return [NoticeLine._make(row) for row in session.execute(ordered.limit(limit))]


def _notices_of(actor: Actor) -> Select[*tuple[Any, ...]]:
    return (
        select(*_COLUMNS)
        .join(Page, Page.id == Notice.page_id)
        .outerjoin(User, User.id == Notice.actor_id)
        .where(Notice.user_id == actor.id, Page.audience.in_(actor.audiences))
        .order_by(Notice.at.desc(), Notice.id.desc())
    )


class WatchedPage(NamedTuple):
    """A page the person watches."""

    id: int
    slug: str
    title: str
    language: str
    archived: bool
    since: datetime

    @property
    def url(self) -> str:
        """Its address."""
        return page_url(self.id, self.slug)


def watched_pages_visible_to(session: Session, actor: Actor) -> list[WatchedPage]:
    """The pages the person watches one by one."""
    statement = (
        select(Page.id, Page.slug, Page.title, Page.language, Page.archived, Watch.since)
        .join(Watch, Watch.page_id == Page.id)
        .where(Watch.user_id == actor.id, Page.audience.in_(actor.audiences))
        .order_by(Page.title_folded)
        .limit(_MOST_WATCHED)
    )
    return [WatchedPage._make(row) for row in session.execute(statement)]


class WatchedCategory(NamedTuple):
    """A category the person watches."""

    id: int
    slug: str
    name_ru: str
    name_en: str
    since: datetime


def watched_categories(session: Session, actor: Actor) -> list[WatchedCategory]:
    """The categories the person watches with everything below them."""
    statement = (
        select(Category.id, Category.slug, Category.name_ru, Category.name_en, Watch.since)
        .join(Watch, Watch.category_id == Category.id)
        .where(Watch.user_id == actor.id)
        .order_by(Category.name_en)
    )
    return [WatchedCategory._make(row) for row in session.execute(statement)]


def watches_category(session: Session, actor: Actor, category_id: int) -> bool:
    """Whether the person watches this very category."""
    found = select(Watch.id).where(Watch.user_id == actor.id, Watch.category_id == category_id)
    return session.scalar(found) is not None


def is_watched_by(actor: Actor) -> ColumnElement[bool]:
    """Whether the person watches the page of the row, or a category above it."""
    own = select(Watch.category_id).where(Watch.user_id == actor.id)
    below = select(Category.id).where(Category.id.in_(own)).cte("watched_tree", recursive=True)
    child = aliased(Category)
    below = below.union(select(child.id).join(below, child.parent_id == below.c.id))
    pages = select(Watch.page_id).where(Watch.user_id == actor.id, Watch.page_id.is_not(None))
    return or_(Page.id.in_(pages), Page.category_id.in_(select(below.c.id)))
