"""Reading the products that are to stand side by side."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.accounts.actor import Actor
from wiki.pages.models import Page, Revision


class Product(NamedTuple):
    """A page of the catalogue with its facts and its text."""

    id: int
    slug: str
    language: str
    title: str
    category_id: int | None
    archived: bool
    facts: dict[str, Any]
    body: str

    @property
    def url(self) -> str:
        """Its address."""
        return f"/pages/{self.id}-{self.slug}"


def products_visible_to(session: Session, actor: Actor, idents: Sequence[int]) -> list[Product]:
    """The products with these ids, in this order; one that is not seen is left out."""
    statement = (
        select(
            Page.id,
            Page.slug,
            Page.language,
            Page.title,
            Page.category_id,
            Page.archived,
            Revision.facts,
            Revision.body,
        )
        .join(Revision, Revision.id == Page.current_revision_id)
        .where(Page.id.in_(list(idents)), Page.audience.in_(actor.audiences), Page.room.is_(None))
    )
    found = {row[0]: Product._make(row) for row in session.execute(statement)}
    return [found[ident] for ident in idents if ident in found]
