"""Telling people: one statement counts, one writes a notice for each person who should hear."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    exists,
    literal,
    or_,
    select,
    union,
    update,
)
from sqlalchemy.orm import Session

from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.database import UtcDateTime
from wiki.pages.models import Category, Page
from wiki.pages.watching.models import UNREAD, Notice, Watch
from wiki.pages.watching.sight import sees
from wiki.upserts import insert_into

CHANGES = "changes"
COMMENTS = "comments"


@dataclass(frozen=True)
class News:
    """What there is to tell of a page."""

    topic: str
    kind: str
    from_number: int
    number: int
    comment_id: int | None = None


def tell(session: Session, actor: Actor, page: Page, news: News, also: Iterable[int] = ()) -> None:
    """Give a notice to all who watch the page or a category above it, and to the people `also`.

    Not to the actor, not to those deactivated or without sight of the page. The caller holds
    the page's row, so two changes of one page cannot count a person twice.
    """
    hearers = _hearers(actor, page, also)
    known = exists().where(
        Notice.user_id == User.id,
        Notice.page_id == page.id,
        Notice.topic == news.topic,
        Notice.read_at.is_(None),
    )
    counted = update(User).where(*hearers, ~known).values(unread_notices=User.unread_notices + 1)
    session.execute(counted.execution_options(synchronize_session=False))
    _write(session, _rows(actor, page, news).where(*hearers))


def _hearers(actor: Actor, page: Page, also: Iterable[int]) -> tuple[ColumnElement[bool], ...]:
    return (
        or_(User.id.in_(_watchers(page)), User.id.in_(list(also))),
        User.id != actor.id,
        User.deactivated_at.is_(None),
        sees(literal(page.audience, String)),
    )


def _watchers(page: Page) -> Select[int]:
    watching = Watch.page_id == page.id
    if page.category_id is None:
        return select(Watch.user_id).where(watching)
    chain = (
        select(Category.id, Category.parent_id)
        .where(Category.id == page.category_id)
        .cte("chain", recursive=True)
    )
    # UNION, not UNION ALL: a tree that was made into a ring ends too.
    chain = chain.union(
        select(Category.id, Category.parent_id).join(chain, Category.id == chain.c.parent_id)
    )
    above = Watch.category_id.in_(select(chain.c.id))
    both = union(
        select(Watch.user_id).where(watching), select(Watch.user_id).where(above)
    ).subquery()
    return select(both.c.user_id)


_COLUMNS = (
    Notice.user_id,
    Notice.page_id,
    Notice.topic,
    Notice.kind,
    Notice.from_number,
    Notice.revision_number,
    Notice.comment_id,
    Notice.actor_id,
    Notice.news,
    Notice.at,
)


def _rows(actor: Actor, page: Page, news: News) -> Select[*tuple[Any, ...]]:
    return select(
        User.id,
        literal(page.id, Integer),
        literal(news.topic, String),
        literal(news.kind, String),
        literal(news.from_number, Integer),
        literal(news.number, Integer),
        literal(news.comment_id, Integer),
        literal(actor.id, Integer),
        literal(1, Integer),
        literal(clock.now(), UtcDateTime),
    )


def _write(session: Session, rows: Select[*tuple[Any, ...]]) -> None:
    new = insert_into(session, Notice)
    taken = ("kind", "revision_number", "comment_id", "actor_id", "at")
    session.execute(
        new.from_select([column.key for column in _COLUMNS], rows).on_conflict_do_update(
            index_elements=["user_id", "page_id", "topic"],
            index_where=UNREAD,
            set_={**{name: new.excluded[name] for name in taken}, "news": Notice.news + 1},
        )
    )
