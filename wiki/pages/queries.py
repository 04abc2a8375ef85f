"""Reading pages; everything shown to a person asks for the person first."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, bindparam, case, exists, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from wiki.accounts.actor import Actor, Role
from wiki.accounts.models import User
from wiki.errors import Missing
from wiki.pages.models import CategoryStamp, Page, PageLink, PageTag, PageTitle, Revision
from wiki.pages.watching.models import Watch
from wiki.rendering.titles import fold_title


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
