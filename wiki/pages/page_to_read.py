"""The page as its reader sees it, in one statement: the most frequent question of all."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, exists, func, select
from sqlalchemy.orm import Session

from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.errors import Missing
from wiki.pages.models import CategoryStamp, Page, Revision
from wiki.pages.watching.models import Watch


class PageToRead(NamedTuple):
    """Everything a page's view shows, from one statement."""

    id: int
    slug: str
    language: str
    stamp: int
    number: int
    title: str
    category_id: int | None
    archived: bool
    open_comments: int
    changed_at: datetime
    html: str
    toc: list[Any]
    facts: dict[str, Any]
    tags: list[str]
    notice: str | None
    author: str | None
    owner: str | None
    twin_id: int | None
    twin_slug: str | None
    twin_title: str | None
    twin_changed_at: datetime | None
    twin_number: int | None
    tree_stamp: int
    watched: bool
    room: str | None


# Plain tables: the ORM's share of a statement costs as much as the statement.
_page, _revision = Page.__table__.c, Revision.__table__.c
_twin_table, _author_table, _owner_table = (
    Page.__table__.alias("twin"),
    User.__table__.alias("author"),
    User.__table__.alias("owner"),
)
_twin, _author, _owner = _twin_table.c, _author_table.c, _owner_table.c

_TO_READ = (
    select(
        _page.id,
        _page.slug,
        _page.language,
        _page.stamp,
        _revision.number,
        _revision.title,
        _revision.category_id,
        _revision.archived,
        _page.open_comments,
        _page.changed_at,
        _revision.html,
        _revision.toc,
        _revision.facts,
        _revision.tags,
        _revision.notice,
        _author.name,
        _owner.name,
        _twin.id,
        _twin.slug,
        _twin.title,
        _twin.changed_at,
        _twin.current_number,
        func.coalesce(select(CategoryStamp.value).scalar_subquery(), 0),
        exists().where(Watch.page_id == _page.id, Watch.user_id == bindparam("user_id")),
        _page.room,
    )
    .select_from(Page.__table__)
    .join(Revision.__table__, _revision.id == _page.current_revision_id)
    .outerjoin(_author_table, _author.id == _revision.author_id)
    .outerjoin(_owner_table, _owner.id == _page.owner_id)
    .outerjoin(
        _twin_table,
        and_(
            _twin.twin_group == _page.twin_group,
            _twin.id != _page.id,
            _twin.audience.in_(bindparam("audiences", expanding=True)),
        ),
    )
    .where(
        _page.id == bindparam("page_id"),
        _page.audience.in_(bindparam("audiences", expanding=True)),
    )
    .limit(1)
)


def page_visible_to(session: Session, actor: Actor, page_id: int) -> PageToRead:
    """The page as it is now. Raises `Missing` for absent and unseen alike."""
    values = {"page_id": page_id, "user_id": actor.id, "audiences": sorted(actor.audiences)}
    row = session.connection().execute(_TO_READ, values).first()
    if row is None:
        raise Missing()
    return PageToRead._make(row)
