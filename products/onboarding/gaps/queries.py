"""Reading questions that no page answered."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import Session, aliased

from products.onboarding.gaps.rules import Standing, may_see_all
from products.onboarding.kinds import GapState
from products.onboarding.models import Gap
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.pages.addresses import page_url
from wiki.pages.models import Page
from wiki.paging import Key, Part, beyond, part_of

PART = 50
_MOST_ON_START = 5
_FRESH = timedelta(days=14)
_asker, _owner, _ender = aliased(User), aliased(User), aliased(User)


class Show(StrEnum):
    """Which questions the list shows."""

    TO_ANSWER = "to-answer"
    ASKED = "asked"
    OPEN = "open"
    SETTLED = "settled"


class GapLine(NamedTuple):
    """A question with the names of its people; the page only when this reader may see it."""

    id: int
    words: str
    language: str
    category_id: int | None
    state: GapState
    answer: str
    asked_at: datetime
    asked_by: int
    asker: str
    owner_id: int | None
    owner: str | None
    ended_at: datetime | None
    ender: str | None
    page_id: int | None
    page_slug: str | None
    page_title: str | None
    page_language: str | None

    @property
    def standing(self) -> Standing:
        """What rules need to know of it."""
        return Standing(self.state, self.asked_by, self.owner_id)

    @property
    def page_address(self) -> str | None:
        """The page that answers, or of an open question may answer."""
        if self.page_id is None or self.page_slug is None:
            return None
        return page_url(self.page_id, self.page_slug)


_COLUMNS = (
    Gap.id,
    Gap.words,
    Gap.language,
    Gap.category_id,
    Gap.state,
    Gap.answer,
    Gap.asked_at,
    Gap.asked_by,
    _asker.name,
    Gap.owner_id,
    _owner.name,
    Gap.ended_at,
    _ender.name,
    Page.id,
    Page.slug,
    Page.title,
    Page.language,
)


def gaps_visible_to(
    session: Session, actor: Actor, show: Show, before: Key | None = None
) -> Part[GapLine]:
    """A part of the questions, the newest first."""
    statement = _lines(actor).where(_chosen(actor, show))
    if before is not None:
        statement = statement.where(beyond(before, Gap.asked_at, Gap.id))
    rows = session.execute(statement.limit(PART + 1))
    lines = [GapLine._make(row) for row in rows]
    return part_of(lines, PART, lambda line: Key(line.asked_at, line.id))


def gap_visible_to(session: Session, actor: Actor, gap_id: int) -> GapLine | None:
    """One question; `None`: there is none, or it is not for this reader."""
    row = session.execute(_lines(actor).where(Gap.id == gap_id)).first()
    return GapLine._make(row) if row else None


def is_visible_to(actor: Actor) -> ColumnElement[bool]:
    """Whoever asked, whoever is asked, and all who write pages."""
    own = or_(Gap.asked_by == actor.id, Gap.owner_id == actor.id)
    return or_(own, Gap.id.is_not(None)) if may_see_all(actor) else own


def waiting_for(actor: Actor) -> ColumnElement[bool]:
    """Open questions to this person; to the directors those that nobody else looks after."""
    unowned = Gap.owner_id.is_(None) if actor.is_director else false()
    return and_(Gap.state == GapState.OPEN, or_(Gap.owner_id == actor.id, unowned))


def on_start_visible_to(session: Session, actor: Actor) -> Sequence[GapLine]:
    """What waits for this person's answer, and the own questions settled in the last 14 days.

    At most five, the newest first; one statement.
    """
    fresh = Gap.ended_at > clock.now() - _FRESH
    settled = and_(Gap.asked_by == actor.id, Gap.state == GapState.ANSWERED, fresh)
    found_for_me = and_(
        Gap.asked_by == actor.id, Gap.state == GapState.OPEN, Gap.page_id.is_not(None)
    )
    wanted = _lines(actor).where(or_(waiting_for(actor), settled, found_for_me))
    return [GapLine._make(row) for row in session.execute(wanted.limit(_MOST_ON_START))]


def _lines(actor: Actor) -> Select[*tuple[Any, ...]]:
    seen = and_(Page.id == Gap.page_id, Page.audience.in_(actor.audiences), Page.room.is_(None))
    return (
        select(*_COLUMNS)
        .join(_asker, _asker.id == Gap.asked_by)
        .outerjoin(_owner, _owner.id == Gap.owner_id)
        .outerjoin(_ender, _ender.id == Gap.ended_by)
        .outerjoin(Page, seen)
        .where(is_visible_to(actor))
        .order_by(Gap.asked_at.desc(), Gap.id.desc())
    )


def _chosen(actor: Actor, show: Show) -> ColumnElement[bool]:
    match show:
        case Show.TO_ANSWER:
            return waiting_for(actor)
        case Show.ASKED:
            return Gap.asked_by == actor.id
        case Show.SETTLED:
            return Gap.state != GapState.OPEN
    return Gap.state == GapState.OPEN
