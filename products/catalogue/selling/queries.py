"""Reading what a page says for a sales talk."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.accounts.actor import Actor
from wiki.errors import Missing
from wiki.pages.models import Page, PageLink, Revision
from wiki.pages.saving import visible_revision

MOST_OFFERED = 300


class LinkedProduct(NamedTuple):
    """A page that the text links to, with its facts."""

    title_folded: str
    id: int
    slug: str
    title: str
    language: str
    archived: bool
    category_id: int | None
    facts: Mapping[str, Any]

    @property
    def url(self) -> str:
        """Its address."""
        return f"/pages/{self.id}-{self.slug}"


def product_visible_to(
    session: Session, actor: Actor, page_id: int, number: int | None = None
) -> tuple[Page, Revision]:
    """A page of the catalogue and its current version, or another one.

    Raises `Missing` for absent and unseen alike, and for pages that belong to another room.
    """
    page, revision = visible_revision(session, actor, page_id, number)
    if page.room is not None:
        raise Missing()
    return page, revision


def linked_visible_to(session: Session, actor: Actor, page_id: int) -> dict[str, LinkedProduct]:
    """The pages that a page's text links to, by the folded titles that are typed there."""
    statement = (
        select(
            PageLink.title_folded,
            Page.id,
            Page.slug,
            Page.title,
            Page.language,
            Page.archived,
            Page.category_id,
            Revision.facts,
        )
        .join(Page, Page.id == PageLink.to_page_id)
        .join(Revision, Revision.id == Page.current_revision_id)
        .where(
            PageLink.from_page_id == page_id,
            Page.audience.in_(actor.audiences),
            Page.room.is_(None),
        )
    )
    return {row[0]: LinkedProduct._make(row) for row in session.execute(statement)}


def titles_to_offer_visible_to(
    session: Session, actor: Actor, language: str, near: Collection[int], but: Collection[int] = ()
) -> list[str]:
    """Titles of living pages to choose from, those of the categories `near` first."""
    statement = (
        select(Page.title)
        .where(
            Page.audience.in_(actor.audiences),
            Page.room.is_(None),
            Page.archived.is_(False),
            Page.language == language,
            Page.id.not_in(list(but)),
        )
        .order_by(Page.category_id.in_(list(near)).desc(), Page.title_folded)
        .limit(MOST_OFFERED)
    )
    return list(session.scalars(statement))
