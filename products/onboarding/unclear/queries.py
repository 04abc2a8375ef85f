"""Reading marks: of one page, and those that wait for somebody."""

from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, select, true
from sqlalchemy.orm import Session, aliased

from products.onboarding.kinds import MarkState
from products.onboarding.models import UnclearMark
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.errors import Missing
from wiki.pages.addresses import page_url
from wiki.pages.models import Page, Revision
from wiki.paging import Key, Part, beyond, part_of

PART = 50
_MOST_OF_PAGE = 300
_asker, _ender = aliased(User), aliased(User)


class Show(StrEnum):
    """Which marks the list shows."""

    TO_ANSWER = "to-answer"
    ASKED = "asked"
    ALL = "all"


class MarkLine(NamedTuple):
    """A mark with the names of its page and people; `now` is where its sentence stands."""

    id: int
    page_id: int
    slug: str
    title: str
    language: str
    owner_id: int | None
    quote: str
    now: dict[str, Any]
    gone_since: int | None
    revision: int
    question: str
    state: MarkState
    answer: str
    asked_at: datetime
    asked_by: int
    asker: str
    ended_at: datetime | None
    ender: str | None

    @property
    def text(self) -> str:
        """The sentence as it is now, or was before it went."""
        return str(self.now.get("text", self.quote))

    @property
    def start(self) -> int:
        """How many letters stand before it."""
        return int(self.now.get("start", 0))

    @property
    def changed(self) -> int | None:
        """The version that changed the sentence after it was asked about."""
        found = self.now.get("changed")
        return int(found) if found else None

    @property
    def url(self) -> str:
        """Where the mark stands on its page."""
        return f"{page_url(self.page_id, self.slug)}#unclear-{self.id}"


_COLUMNS = (
    UnclearMark.id,
    Page.id,
    Page.slug,
    Page.title,
    Page.language,
    Page.owner_id,
    UnclearMark.quote,
    UnclearMark.now,
    UnclearMark.gone_since,
    UnclearMark.revision,
    UnclearMark.question,
    UnclearMark.state,
    UnclearMark.answer,
    UnclearMark.asked_at,
    UnclearMark.asked_by,
    _asker.name,
    UnclearMark.ended_at,
    _ender.name,
)


def marks_of_page_visible_to(session: Session, actor: Actor, page_id: int) -> list[MarkLine]:
    """The newest 300 marks of a page in the order of its text; withdrawn ones only one's own."""
    values = {"actor": actor.id, "page": page_id, "audiences": sorted(actor.audiences)}
    rows = session.execute(_OF_PAGE, values)
    lines = [MarkLine._make(row) for row in rows]
    return sorted(lines, key=lambda line: (line.gone_since is not None, line.start, line.id))


def marks_visible_to(
    session: Session, actor: Actor, show: Show, before: Key | None = None
) -> Part[MarkLine]:
    """A part of the marks, the newest first: those one must answer, has asked, or all open ones."""
    statement = _lines(actor.audiences).where(Page.archived.is_(False), _chosen(actor, show))
    if before is not None:
        statement = statement.where(beyond(before, UnclearMark.asked_at, UnclearMark.id))
    ordered = statement.order_by(UnclearMark.asked_at.desc(), UnclearMark.id.desc())
    rows = session.execute(ordered.limit(PART + 1))
    lines = [MarkLine._make(row) for row in rows]
    return part_of(lines, PART, lambda line: Key(line.asked_at, line.id))


def mark_visible_to(session: Session, actor: Actor, mark_id: int) -> MarkLine | None:
    """One mark, whatever became of it."""
    row = session.execute(_lines(actor.audiences).where(UnclearMark.id == mark_id)).first()
    return MarkLine._make(row) if row else None


class MarkedPage(NamedTuple):
    """A page whose sentences can be marked, as it is now."""

    id: int
    slug: str
    title: str
    language: str
    archived: bool
    html: str
    number: int


def page_to_mark_visible_to(session: Session, actor: Actor, page_id: int) -> MarkedPage:
    """The page with its text. Raises `Missing` for absent and unseen alike."""
    statement = (
        select(
            Page.id, Page.slug, Page.title, Page.language, Page.archived, Revision.html,
            Revision.number,
        )
        .join(Revision, Revision.id == Page.current_revision_id)
        .where(Page.id == page_id, Page.audience.in_(actor.audiences), Page.room.is_(None))
    )  # fmt: skip
    row = session.execute(statement).first()
    if row is None:
        raise Missing()
    return MarkedPage._make(row)


def _lines(audiences: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(*_COLUMNS)
        .join(Page, Page.id == UnclearMark.page_id)
        .join(_asker, _asker.id == UnclearMark.asked_by)
        .outerjoin(_ender, _ender.id == UnclearMark.ended_by)
        .where(Page.audience.in_(audiences), Page.room.is_(None))
    )


# Asked at every look at a page: put together once, for that takes longer than to run it.
_OF_PAGE = (
    _lines(bindparam("audiences", expanding=True))
    .where(
        Page.id == bindparam("page"),
        (UnclearMark.state != MarkState.WITHDRAWN) | (UnclearMark.asked_by == bindparam("actor")),
    )
    .order_by(UnclearMark.id.desc())
    .limit(_MOST_OF_PAGE)
)


def _chosen(actor: Actor, show: Show) -> ColumnElement[bool]:
    is_open = UnclearMark.state == MarkState.OPEN
    match show:
        case Show.ASKED:
            return UnclearMark.asked_by == actor.id
        case Show.TO_ANSWER:
            unowned = Page.owner_id.is_(None) if actor.is_director else ~true()
            return is_open & ((Page.owner_id == actor.id) | unowned)
    return is_open
