"""Pages as the JSON API gives them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.errors import Missing
from wiki.pages.addresses import page_url
from wiki.pages.api_shapes import PagesQuery
from wiki.pages.categories import Shelf
from wiki.pages.models import Page, Revision


class ListedPage(NamedTuple):
    """One page of a list."""

    id: int
    slug: str
    language: str
    title: str
    category_id: int | None
    archived: bool
    revision: int
    changed_at: datetime
    path: str | None
    room: str | None

    def as_json(self, shelves: Mapping[int, Shelf]) -> dict[str, Any]:
        """Its values as JSON can carry them."""
        values = self._asdict()
        category = shelves.get(values.pop("category_id") or 0)
        values["category"] = category.slug if category else None
        values["url"] = page_url(self.id, values.pop("slug"))
        values["changed_at"] = self.changed_at.isoformat()
        return values


class WholePage(NamedTuple):
    """One page with everything it says, now or at one of its revisions."""

    line: ListedPage
    body: str
    html: str
    facts: dict[str, Any]
    tags: list[str]
    author: str | None
    reason: str

    def as_json(self, shelves: Mapping[int, Shelf]) -> dict[str, Any]:
        """Its values as JSON can carry them."""
        values = self._asdict()
        return {**values.pop("line").as_json(shelves), **values}


def api_lines_visible_to(
    session: Session, actor: Actor, query: PagesQuery, categories: list[int] | None
) -> list[ListedPage]:
    """The pages asked for in order of ids, and one more when there are more."""
    statement = (
        select(
            Page.id,
            Page.slug,
            Page.language,
            Page.title,
            Page.category_id,
            Page.archived,
            Page.current_number,
            Page.changed_at,
            Page.source_path,
            Page.room,
        )
        .where(Page.audience.in_(actor.audiences), Page.id > query.after)
        .where(Page.archived.is_(query.archived))
        .order_by(Page.id)
        .limit(query.limit + 1)
    )
    if query.language:
        statement = statement.where(Page.language == query.language)
    if categories is not None:
        statement = statement.where(Page.category_id.in_(categories))
    if query.changed_since:
        statement = statement.where(Page.changed_at >= query.changed_since)
    return [ListedPage._make(row) for row in session.execute(statement)]


def api_page_visible_to(
    session: Session, actor: Actor, page_id: int, number: int | None = None
) -> WholePage:
    """One page at a revision, by default the current one. Raises `Missing`."""
    wanted = Page.current_number if number is None else number
    statement = (
        select(Page, Revision, User.name)
        .join(Revision, (Revision.page_id == Page.id) & (Revision.number == wanted))
        .outerjoin(User, User.id == Revision.author_id)
        .where(Page.id == page_id, Page.audience.in_(actor.audiences))
    )
    row = session.execute(statement).first()
    if row is None:
        raise Missing()
    return _whole(*row)


def _whole(page: Page, revision: Revision, author: str | None) -> WholePage:
    line = ListedPage(
        page.id,
        page.slug,
        page.language,
        revision.title,
        revision.category_id,
        revision.archived,
        revision.number,
        revision.at,
        page.source_path,
        page.room,
    )
    return WholePage(
        line,
        revision.body,
        revision.html,
        revision.facts,
        revision.tags,
        author,
        revision.reason,
    )
