"""The notes of a client as the first page of the dossier shows them."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from wiki.accounts.models import User
from wiki.pages.addresses import page_url
from wiki.pages.models import Page, Revision


class Notes(NamedTuple):
    """The notes page with its stored HTML, which was made safe when it was saved."""

    id: int
    slug: str
    title: str
    language: str
    archived: bool
    number: int
    at: datetime
    author: str | None
    html: str

    @property
    def url(self) -> str:
        """The address of the page."""
        return page_url(self.id, self.slug)


def notes_of(session: Session, client: Client) -> Notes | None:
    """The notes of a client that the person may see; whoever sees the client sees them."""
    if client.page_id is None:
        return None
    wanted = (
        select(
            Page.id,
            Page.slug,
            Page.title,
            Page.language,
            Page.archived,
            Revision.number,
            Revision.at,
            User.name,
            Revision.html,
        )
        .join(Revision, Revision.id == Page.current_revision_id)
        .outerjoin(User, User.id == Revision.author_id)
        .where(Page.id == client.page_id, Page.audience == client.audience)
    )
    row = session.execute(wanted).first()
    return Notes._make(row) if row else None
