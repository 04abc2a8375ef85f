"""Reading the catalogue: products as cards, counts per category, the state on a past day."""

from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from wiki.accounts.actor import Actor
from wiki.pages.models import Page, Revision

MOST_CARDS = 200


class Card(NamedTuple):
    """A product in a list: its page's title and facts, now or on a past day."""

    id: int
    slug: str
    language: str
    number: int
    title: str
    category_id: int | None
    facts: dict[str, Any]
    tags: list[str]
    changed_at: datetime
    twin_group: int | None

    @property
    def url(self) -> str:
        """Its address."""
        return f"/pages/{self.id}-{self.slug}"


def counts_visible_to(session: Session, actor: Actor, language: str) -> dict[int | None, int]:
    """How many living pages stand right in each category, in one language.

    Pages that are a part of another room are listed there, not in the catalogue.
    """
    statement = (
        select(Page.category_id, func.count())
        .where(
            Page.audience.in_(actor.audiences),
            Page.archived.is_(False),
            Page.room.is_(None),
            Page.language == language,
        )
        .group_by(Page.category_id)
    )
    return dict(session.execute(statement).all())


def cards_visible_to(
    session: Session, actor: Actor, categories: list[int], language: str, page: int = 1
) -> list[Card]:
    """Living products by title, `MOST_CARDS` and one more (so that one sees there is more).

    `categories` is a list of ids; an empty one means the pages without a category.
    """
    where = Page.category_id.in_(categories) if categories else Page.category_id.is_(None)
    statement = (
        _cards(Page.current_revision_id == Revision.id)
        .where(Page.audience.in_(actor.audiences), Page.archived.is_(False), where)
        .where(Page.language == language, Page.room.is_(None))
        .order_by(Page.title_folded, Page.id)
        .limit(MOST_CARDS + 1)
        .offset((page - 1) * MOST_CARDS)
    )
    return [Card._make(row) for row in session.execute(statement)]


def cards_as_of_visible_to(
    session: Session, actor: Actor, day: date, language: str, categories: list[int] | None = None
) -> list[Card]:
    """The catalogue as it was at the end of that day in the actor's time zone.

    A revision is a whole snapshot, so the newest one of each page until then is how it was.
    `categories` as in `cards_visible_to`; `None` means all of them.
    """
    end = _end_of(day, actor.time_zone)
    newest = (
        select(Revision.page_id, func.max(Revision.number).label("number"))
        .where(Revision.at < end)
        .group_by(Revision.page_id)
        .subquery()
    )
    then = and_(Revision.page_id == newest.c.page_id, Revision.number == newest.c.number)
    statement = (
        _cards(Page.id == Revision.page_id)
        .join(newest, then)
        .where(Page.audience.in_(actor.audiences), Revision.archived.is_(False))
        .where(Page.language == language, Page.room.is_(None))
        .order_by(Revision.title, Page.id)
        .limit(2000)
    )
    if categories is not None:
        inside = Revision.category_id
        statement = statement.where(inside.in_(categories) if categories else inside.is_(None))
    return [Card._make(row) for row in session.execute(statement)]


def _end_of(day: date, zone: str) -> datetime:
    return datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(zone))


def _cards(condition: ColumnElement[bool]) -> Any:
    return select(
        Page.id,
        Page.slug,
        Page.language,
        Revision.number,
        Revision.title,
        Revision.category_id,
        Revision.facts,
        Revision.tags,
        Revision.at,
        Page.twin_group,
    ).join(Revision, condition)


class OwnPage(NamedTuple):
    """A page somebody answers for, on the start page."""

    id: int
    slug: str
    title: str
    language: str
    changed_at: datetime
    open_comments: int


def waiting_visible_to(session: Session, actor: Actor, limit: int = 8) -> list[OwnPage]:
    """The actor's own pages: those with open comments first, then those longest unchanged."""
    statement = (
        select(Page.id, Page.slug, Page.title, Page.language, Page.changed_at, Page.open_comments)
        .where(
            Page.owner_id == actor.id,
            Page.archived.is_(False),
            Page.audience.in_(actor.audiences),
        )
        .order_by(Page.open_comments.desc(), Page.changed_at)
        .limit(limit)
    )
    return [OwnPage._make(row) for row in session.execute(statement)]
