"""Telling people: one statement counts, one writes a notice for each person who should hear."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Insert,
    Integer,
    Select,
    String,
    Update,
    bindparam,
    exists,
    literal,
    or_,
    select,
    union,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.database import Base, UtcDateTime
from wiki.pages.models import Category, Page
from wiki.pages.watching.models import UNREAD, Notice, Watch
from wiki.pages.watching.sight import sees

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
    _tell(session, actor, page, news, also, _TO_WATCHERS)


def tell_only(
    session: Session, actor: Actor | None, page: Page, news: News, people: Iterable[int]
) -> None:
    """Give a notice to these people alone, whether they watch the page or not.

    As with `tell`, not to the actor (`None`: the system), nor without sight of the page.
    """
    _tell(session, actor, page, news, people, _TO_THESE)


def _tell(
    session: Session,
    actor: Actor | None,
    page: Page,
    news: News,
    people: Iterable[int],
    statements: "_Statements",
) -> None:
    values = {
        "page": page.id,
        "category": page.category_id,
        "audience": page.audience,
        "also": list(people),
        "actor": actor.id if actor else None,
        "of_topic": news.topic,
        "of_kind": news.kind,
        "since": news.from_number,
        "number": news.number,
        "comment": news.comment_id,
        "now": clock.now(),
    }
    session.execute(statements.count, values)
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    session.execute(statements.postgresql if on_postgresql else statements.sqlite, values)


def _watchers() -> Select[int]:
    chain = (
        select(Category.id, Category.parent_id)
        .where(Category.id == bindparam("category", type_=Integer))
        .cte("chain", recursive=True)
    )
    # UNION, not UNION ALL: a tree that was made into a ring ends too.
    chain = chain.union(
        select(Category.id, Category.parent_id).join(chain, Category.id == chain.c.parent_id)
    )
    one = select(Watch.user_id).where(Watch.page_id == bindparam("page", type_=Integer))
    above = select(Watch.user_id).where(Watch.category_id.in_(select(chain.c.id)))
    both = union(one, above).subquery()
    return select(both.c.user_id)


_THESE = User.id.in_(bindparam("also", expanding=True))
_ACTOR = bindparam("actor", type_=Integer)
_HEARS = (
    or_(User.id != _ACTOR, _ACTOR.is_(None)),
    User.deactivated_at.is_(None),
    sees(bindparam("audience", type_=String)),
)
_KNOWN = exists().where(
    Notice.user_id == User.id,
    Notice.page_id == bindparam("page", type_=Integer),
    Notice.topic == bindparam("of_topic", type_=String),
    Notice.read_at.is_(None),
)
_NAMES = [
    "user_id",
    "page_id",
    "topic",
    "kind",
    "from_number",
    "revision_number",
    "comment_id",
    "actor_id",
    "news",
    "at",
]
_ROWS = select(
    User.id,
    bindparam("page", type_=Integer),
    bindparam("of_topic", type_=String),
    bindparam("of_kind", type_=String),
    bindparam("since", type_=Integer),
    bindparam("number", type_=Integer),
    bindparam("comment", type_=Integer),
    bindparam("actor", type_=Integer),
    literal(1, Integer),
    bindparam("now", type_=UtcDateTime()),
)


@dataclass(frozen=True)
class _Statements:
    """What is sent to the database; built once: building it costs more than running it."""

    count: Update
    sqlite: Insert
    postgresql: Insert


def _statements(hears: tuple[ColumnElement[bool], ...]) -> _Statements:
    count = (
        update(User)
        .where(*hears, ~_KNOWN)
        .values(unread_notices=User.unread_notices + 1)
        .execution_options(synchronize_session=False)
    )
    rows = _ROWS.where(*hears)
    return _Statements(
        count, _write(sqlite.insert(_TABLE), rows), _write(postgresql.insert(_TABLE), rows)
    )


def _write(
    new: sqlite.Insert | postgresql.Insert, rows: Select[*tuple[Any, ...]]
) -> sqlite.Insert | postgresql.Insert:
    taken = ("kind", "revision_number", "comment_id", "actor_id", "at")
    return new.from_select(_NAMES, rows).on_conflict_do_update(
        index_elements=["user_id", "page_id", "topic"],
        index_where=UNREAD,
        set_={**{name: new.excluded[name] for name in taken}, "news": Notice.news + 1},
    )


# The bare table: of the class, SQLAlchemy would take the parameters for rows to insert.
_TABLE = Base.metadata.tables[Notice.__tablename__]
_TO_WATCHERS = _statements((or_(User.id.in_(_watchers()), _THESE), *_HEARS))
_TO_THESE = _statements((_THESE, *_HEARS))
