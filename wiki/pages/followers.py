"""What packages above do when a page gets a new revision: weighing it, moving marks, checking.

Filled when the application is put together. It happens in the transaction of the saving. One that
fails is left out and told to the log: what a person wrote is saved all the same.
"""

import logging
from collections.abc import Callable, Iterable

from sqlalchemy.orm import Session

from wiki.accounts.actor import Actor
from wiki.pages.models import Page, Revision

Follower = Callable[[Session, Actor, Page, Revision | None, Revision], None]
"""Told of the page, the revision before (`None` for a new page) and the new one."""

_followers: dict[str, Follower] = {}
_log = logging.getLogger(__name__)


def follow_revisions(name: str, follower: Follower) -> None:
    """Let this be done at every saving; it must take a few milliseconds and few statements."""
    _followers[name] = follower


def tell_followers(
    session: Session, actor: Actor, page: Page, before: Revision | None, revision: Revision
) -> None:
    """Do all that belongs to a new revision of a page which is not a part of another room.

    After a failure each is asked once more by itself: it now sees what somebody else wrote at the
    same moment, and one that fails for good leaves out only its own part.
    """
    if page.room is None and not _done(_followers, session, actor, page, before, revision):
        for name in _followers:
            _done([name], session, actor, page, before, revision)


def _done(
    names: Iterable[str],
    session: Session,
    actor: Actor,
    page: Page,
    before: Revision | None,
    revision: Revision,
) -> bool:
    """Whether these followers could do their part; when one could not, none of them has."""
    try:
        with session.begin_nested():
            for name in names:
                _followers[name](session, actor, page, before, revision)
    except Exception:
        _log.exception("Page %d was saved without all that follows", page.id)
        return False
    return True
