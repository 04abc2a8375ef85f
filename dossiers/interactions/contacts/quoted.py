"""Pages that a contact quotes, and whether they have changed since."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.interactions.models import Interaction, QuotedPage
from wiki.accounts.actor import Actor
from wiki.pages.models import Page


class Quoted(NamedTuple):
    """A page in the version that was quoted; `newest` is what it says now."""

    page_id: int
    title: str
    language: str
    revision: int
    newest: int

    @property
    def url(self) -> str:
        """The address of the version."""
        return f"/pages/{self.page_id}/revisions/{self.revision}"

    @property
    def changes_url(self) -> str:
        """The address of what changed since; empty when nothing did."""
        if self.revision == self.newest:
            return ""
        return f"/pages/{self.page_id}/compare?from={self.revision}&to={self.newest}"


def quoted_visible_to(session: Session, actor: Actor, row: Interaction) -> Sequence[Quoted]:
    """The pages that the newest text of a contact quotes, as far as the actor may see them."""
    wanted = (
        select(Page.id, Page.title, Page.language, QuotedPage.revision, Page.current_number)
        .join(Page, Page.id == QuotedPage.page_id)
        .where(
            QuotedPage.interaction_id == row.id,
            QuotedPage.number == row.newest,
            Page.audience.in_(actor.audiences),
        )
        .order_by(Page.title_folded, Page.id)
    )
    return [Quoted(*one) for one in session.execute(wanted)]
