"""Which pages use a file; told to the room of files."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from wiki.accounts.actor import Actor
from wiki.errors import Missing
from wiki.files.models import Attachment
from wiki.files.uses import Use
from wiki.pages.addresses import page_url
from wiki.pages.models import Page, PageFile

_MOST_SHOWN = 200


class PageUses:
    """Pages as users of files."""

    def places_visible_to(
        self, session: Session, actor: Actor, attachment_id: int
    ) -> Sequence[Use]:
        """The pages this person may see, those that show the file now first."""
        statement = (
            select(Page.id, Page.slug, Page.title, PageFile.current)
            .join(PageFile, PageFile.page_id == Page.id)
            .where(PageFile.attachment_id == attachment_id, Page.audience.in_(actor.audiences))
            .order_by(PageFile.current.desc(), Page.title_folded)
            .limit(_MOST_SHOWN)
        )
        rows = session.execute(statement)
        return [Use(title, page_url(ident, slug), now) for ident, slug, title, now in rows]

    def audience_visible_to(self, session: Session, actor: Actor, place_id: int) -> str:
        """Who may see the page of that number. Raises `Missing` when the actor may not."""
        found = select(Page.audience).where(Page.id == place_id, Page.audience.in_(actor.audiences))
        audience = session.scalar(found)
        if audience is None:
            raise Missing()
        return audience

    def in_use(self) -> ColumnElement[bool]:
        """Whether the text of any page, as it is now, holds the attachment of the row."""
        used = PageFile.attachment_id == Attachment.id
        return exists().where(used, PageFile.current).correlate(Attachment)
