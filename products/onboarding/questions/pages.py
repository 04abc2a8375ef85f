"""The page that questions are about, for somebody who may see it."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from wiki.accounts.actor import Actor
from wiki.errors import Missing, Refusal
from wiki.pages.addresses import page_url
from wiki.pages.models import Page, Revision
from wiki.pages.saving import visible_revision


@dataclass(frozen=True, slots=True)
class AskedPage:
    """A page and its version of now."""

    page: Page
    revision: Revision

    @property
    def url(self) -> str:
        """Where it is read."""
        return page_url(self.page.id, self.page.slug)


def asked_page(session: Session, actor: Actor, page_id: int) -> AskedPage:
    """The page as it is now. Raises `Missing` when unseen, or when it is a part of a room."""
    page, revision = visible_revision(session, actor, page_id)
    if page.room is not None:
        raise Missing()
    return AskedPage(page, revision)


def check_living(asked: AskedPage) -> None:
    """Raise `Refusal` for an archived page: nobody is asked about it."""
    if asked.page.archived:
        raise Refusal(
            "This page is archived, so nobody is asked about it. Nothing was changed. Its "
            "questions and their results are kept."
        )
