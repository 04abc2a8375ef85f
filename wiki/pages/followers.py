"""What packages above do when a page gets a new revision: weighing it, moving marks, checking.

Filled when the application is put together. It happens in the transaction of the saving.
"""

from collections.abc import Callable

from sqlalchemy.orm import Session

from wiki.accounts.actor import Actor
from wiki.pages.models import Page, Revision

Follower = Callable[[Session, Actor, Page, Revision | None, Revision], None]
"""Told of the page, the revision before (`None` for a new page) and the new one."""

_followers: dict[str, Follower] = {}


def follow_revisions(name: str, follower: Follower) -> None:
    """Let this be done at every saving; it must take a few milliseconds and few statements."""
    _followers[name] = follower


def tell_followers(
    session: Session, actor: Actor, page: Page, before: Revision | None, revision: Revision
) -> None:
    """Do all that belongs to a new revision of a page which is not a part of another room."""
    if page.room is None:
        for follower in _followers.values():
            follower(session, actor, page, before, revision)
