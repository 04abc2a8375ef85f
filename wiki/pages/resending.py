"""The same form sent twice saves once: a lost answer must not make a second version.

A key alone proves nothing: a browser may bring an old form back, with its old key and new words
in it. Such a form is a new save, and gets no key.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.accounts.actor import Actor
from wiki.pages.content import Content
from wiki.pages.merge import Merged, merge
from wiki.pages.models import Page, Revision
from wiki.pages.revisions import content_of


@dataclass(frozen=True)
class Sent:
    """What is known of a key: the revision it made of these words, and whether it is free."""

    revision: Revision | None = None
    free: bool = True


def sent_before(
    session: Session, actor: Actor, page_id: int, key: str | None, base: int, content: Content
) -> Sent:
    """Whether this content was saved with this key on top of version `base` of that page."""

    def says_it(made: Revision) -> bool:
        return made.page_id == page_id and _came_of(session, made, base, content)

    return _sent(session, actor, key, says_it)


def page_sent_before(
    session: Session, actor: Actor, key: str | None, language: str, content: Content
) -> Sent:
    """Whether this key made a new page with this content."""

    def says_it(made: Revision) -> bool:
        same = made.number == 1 and content_of(made) == content
        return same and session.get_one(Page, made.page_id).language == language

    return _sent(session, actor, key, says_it)


def _sent(
    session: Session, actor: Actor, key: str | None, says_it: Callable[[Revision], bool]
) -> Sent:
    if not key:
        return Sent()
    made = session.scalar(select(Revision).where(Revision.save_key == key))
    if made is None:
        return Sent()
    return Sent(made if made.author_id == actor.id and says_it(made) else None, free=False)


def _came_of(session: Session, made: Revision, base: int, content: Content) -> bool:
    """Whether the revision is this content, merged with what others had saved before it."""
    if base == made.number - 1:
        return content == content_of(made)
    numbers = (base, made.number - 1)
    wanted = select(Revision).where(Revision.page_id == made.page_id, Revision.number.in_(numbers))
    known = {row.number: content_of(row) for row in session.scalars(wanted)}
    if set(numbers) - set(known):
        return False
    merged = merge(known[base], content, known[made.number - 1])
    return isinstance(merged, Merged) and merged.content == content_of(made)
