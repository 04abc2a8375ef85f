"""Reading pages; everything shown to a person asks for the person first."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, case, exists, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from wiki.accounts.actor import Actor, Role
from wiki.accounts.models import User
from wiki.pages.models import Page, PageLink, PageTag, PageTitle, Revision
from wiki.rendering.titles import fold_title


class HistoryLine(NamedTuple):
    """One revision in a page's history."""

    number: int
    at: datetime
    author: str | None
    kind: str
    reason: str
    title: str
    size: int
    base_number: int | None


def history_visible_to(
    session: Session, actor: Actor, page_id: int, before: int | None = None, limit: int = 50
) -> list[HistoryLine]:
    """The newest revisions first, at most `limit`, below number `before`."""
    statement = (
        select(
            Revision.number,
            Revision.at,
            User.name,
            Revision.kind,
            Revision.reason,
            Revision.title,
            Revision.size,
            Revision.base_number,
        )
        .join(Page, Page.id == Revision.page_id)
        .outerjoin(User, User.id == Revision.author_id)
        .where(Page.id == page_id, Page.audience.in_(actor.audiences))
        .order_by(Revision.number.desc())
        .limit(limit)
    )
    if before is not None:
        statement = statement.where(Revision.number < before)
    return [HistoryLine(*row) for row in session.execute(statement)]


LineStatement = Select[*tuple[Any, ...]]


class PageLine(NamedTuple):
    """One page in a list."""

    id: int
    slug: str
    title: str
    language: str
    category_id: int | None
    archived: bool
    changed_at: datetime

    @property
    def url(self) -> str:
        """Its address."""
        return f"/pages/{self.id}-{self.slug}"


def lines_visible_to(actor: Actor) -> LineStatement:
    """The statement that all lists of pages begin with."""
    return select(
        Page.id,
        Page.slug,
        Page.title,
        Page.language,
        Page.category_id,
        Page.archived,
        Page.changed_at,
    ).where(Page.audience.in_(actor.audiences))


def as_lines(session: Session, statement: LineStatement) -> list[PageLine]:
    """Run a statement that `lines_visible_to` began."""
    return [PageLine(*row) for row in session.execute(statement)]


def backlinks_visible_to(session: Session, actor: Actor, page_id: int) -> list[PageLine]:
    """The pages whose current text links here."""
    statement = (
        lines_visible_to(actor)
        .join(PageLink, PageLink.from_page_id == Page.id)
        .where(PageLink.to_page_id == page_id, Page.archived.is_(False))
    )
    return as_lines(session, statement.order_by(Page.title_folded).limit(500))


class WantedPage(NamedTuple):
    """A title that pages link to and nobody has written."""

    title: str
    language: str
    links: int
    example_id: int
    example_title: str


def wanted_visible_to(session: Session, actor: Actor, limit: int = 200) -> list[WantedPage]:
    """Wanted pages, those with the most links first."""
    statement = (
        select(
            func.min(PageLink.title_typed),
            Page.language,
            func.count(),
            func.min(Page.id),
            func.min(Page.title),
        )
        .join(Page, Page.id == PageLink.from_page_id)
        .where(
            PageLink.to_page_id.is_(None),
            Page.archived.is_(False),
            Page.audience.in_(actor.audiences),
        )
        .group_by(PageLink.title_folded, Page.language)
        .order_by(func.count().desc(), PageLink.title_folded)
        .limit(limit)
    )
    return [WantedPage(*row) for row in session.execute(statement)]


def orphans_visible_to(session: Session, actor: Actor, limit: int = 200) -> list[PageLine]:
    """Pages that no other living page links to."""
    source = aliased(Page)
    linked = exists().where(
        PageLink.to_page_id == Page.id,
        PageLink.from_page_id == source.id,
        source.id != Page.id,
        source.archived.is_(False),
        source.audience.in_(actor.audiences),
    )
    statement = lines_visible_to(actor).where(~linked, Page.archived.is_(False))
    return as_lines(session, statement.order_by(Page.title_folded).limit(limit))


def titles_like_visible_to(
    session: Session, actor: Actor, typed: str, language: str, limit: int = 10
) -> list[PageLine]:
    """Pages whose title begins with, or has a word that begins with, what was typed."""
    folded = fold_title(typed)[:100]
    for mark in "\\%_":
        folded = folded.replace(mark, f"\\{mark}")
    starts = Page.title_folded.like(f"{folded}%", escape="\\")
    inside = Page.title_folded.like(f"% {folded}%", escape="\\")
    statement = (
        lines_visible_to(actor)
        .where(or_(starts, inside), Page.archived.is_(False))
        .order_by(
            case((Page.language == literal(language), 0), else_=1),
            case((starts, 0), else_=1),
            Page.title_folded,
        )
    )
    return as_lines(session, statement.limit(limit))


def page_of_title_visible_to(
    session: Session, actor: Actor, title: str, language: str
) -> PageLine | None:
    """The page that has, or once had, this title; the given language first."""
    folded = fold_title(title)[:300]
    order = (Page.archived, case((Page.language == literal(language), 0), else_=1), Page.id)
    now = lines_visible_to(actor).where(Page.title_folded == folded).order_by(*order)
    former = (
        lines_visible_to(actor)
        .join(PageTitle, PageTitle.page_id == Page.id)
        .where(PageTitle.title_folded == folded)
        .order_by(*order)
    )
    found = as_lines(session, now.limit(1)) or as_lines(session, former.limit(1))
    return found[0] if found else None


def tagged_visible_to(session: Session, actor: Actor, tag: str) -> list[PageLine]:
    """The living pages with this tag."""
    statement = (
        lines_visible_to(actor)
        .join(PageTag, PageTag.page_id == Page.id)
        .where(PageTag.tag_folded == fold_title(tag)[:60], Page.archived.is_(False))
    )
    return as_lines(session, statement.order_by(Page.title_folded).limit(1000))


def titles_of_visible_to(
    session: Session, actor: Actor, idents: Sequence[int]
) -> dict[int, PageLine]:
    """The pages with these ids, for showing links in facts."""
    if not idents:
        return {}
    statement = lines_visible_to(actor).where(Page.id.in_(idents))
    return {line.id: line for line in as_lines(session, statement)}


def authors_of_revisions(session: Session, idents: Sequence[int | None]) -> dict[int | None, str]:
    """The names of people by id, also of those who have left."""
    statement = select(User.id, User.name).where(User.id.in_([i for i in idents if i is not None]))
    return dict(session.execute(statement).all())


def possible_owners(session: Session) -> list[tuple[int, str]]:
    """Colleagues who may answer for a page: ids and names."""
    statement = select(User.id, User.name).where(
        User.deactivated_at.is_(None), User.role != Role.NEWCOMER
    )
    return [(ident, name) for ident, name in session.execute(statement.order_by(User.name))]


def twin_visible_to(session: Session, actor: Actor, page: Page) -> PageLine | None:
    """The page that says the same in the other language."""
    if page.twin_group is None:
        return None
    statement = lines_visible_to(actor).where(
        Page.twin_group == page.twin_group, Page.id != page.id
    )
    found = as_lines(session, statement.limit(1))
    return found[0] if found else None


def lately_changed_visible_to(
    session: Session, actor: Actor, language: str, limit: int = 10
) -> list[PageLine]:
    """The living pages of a language that were changed last."""
    statement = lines_visible_to(actor).where(Page.archived.is_(False), Page.language == language)
    return as_lines(session, statement.order_by(Page.changed_at.desc()).limit(limit))
