"""Recent changes: one statement, the newest first, filtered, paged by key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session, aliased

from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.pages.models import Page, Revision
from wiki.pages.watching.queries import is_watched_by
from wiki.paging import Key, Part, beyond, part_of

PART = 50


class ChangeLine(NamedTuple):
    """One version of one page, and how long the version before was."""

    id: int
    at: datetime
    page_id: int
    language: str
    category_id: int | None
    number: int
    title: str
    kind: str
    reason: str
    author: str | None
    size: int
    size_before: int | None

    @property
    def grown(self) -> int:
        """By how many characters the text is longer than before."""
        return self.size - (self.size_before or 0)

    @property
    def url(self) -> str:
        """The differences to the version before; the first version itself."""
        if self.number == 1:
            return f"/pages/{self.page_id}/revisions/1"
        return f"/pages/{self.page_id}/compare?from={self.number - 1}&to={self.number}"


@dataclass(frozen=True)
class Wanted:
    """Which changes to show; `categories` are ids, days are those of the reader's zone."""

    person: int | None = None
    categories: Sequence[int] | None = None
    language: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None
    only: str = ""


def changes_visible_to(
    session: Session, actor: Actor, wanted: Wanted, before: Key | None = None
) -> Part[ChangeLine]:
    """A part of the changes. Of pages the person may not see there are none."""
    statement = _lines().where(Page.audience.in_(actor.audiences), *_conditions(actor, wanted))
    if before is not None:
        statement = statement.where(beyond(before, Revision.at, Revision.id))
    ordered = statement.order_by(Revision.at.desc(), Revision.id.desc())
    rows = session.execute(ordered.limit(PART + 1))
    lines = [ChangeLine._make(row) for row in rows]
    return part_of(lines, PART, lambda line: Key(line.at, line.id))


def people_who_may_have_written(session: Session) -> list[tuple[int, str]]:
    """Ids and names of all colleagues, also of those who have left."""
    statement = select(User.id, User.name).order_by(User.name)
    return [(ident, name) for ident, name in session.execute(statement)]


def _lines() -> Select[*tuple[Any, ...]]:
    older = aliased(Revision)
    return (
        select(
            Revision.id,
            Revision.at,
            Page.id,
            Page.language,
            Page.category_id,
            Revision.number,
            Revision.title,
            Revision.kind,
            Revision.reason,
            User.name,
            Revision.size,
            older.size,
        )
        .join(Page, Page.id == Revision.page_id)
        .outerjoin(User, User.id == Revision.author_id)
        .outerjoin(
            older,
            and_(older.page_id == Revision.page_id, older.number == Revision.number - 1),
        )
    )


def _conditions(actor: Actor, wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.person is not None:
        found.append(Revision.author_id == wanted.person)
    if wanted.categories is not None:
        found.append(Page.category_id.in_(wanted.categories))
    if wanted.language:
        found.append(Page.language == wanted.language)
    if wanted.kind:
        found.append(Revision.kind == wanted.kind)
    return found + _period(actor, wanted) + _own(actor, wanted)


def _period(actor: Actor, wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.since is not None:
        found.append(Revision.at >= _midnight(actor, wanted.since))
    if wanted.until is not None and wanted.until < date.max:
        found.append(Revision.at < _midnight(actor, wanted.until + timedelta(days=1)))
    return found


def _midnight(actor: Actor, day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(actor.time_zone))


def _own(actor: Actor, wanted: Wanted) -> list[ColumnElement[bool]]:
    if wanted.only == "mine":
        return [or_(Revision.author_id == actor.id, Page.owner_id == actor.id)]
    return [is_watched_by(actor)] if wanted.only == "watched" else []
