"""Somebody says that they have read a version of a page."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from products.onboarding.models import Reading, ReadingConfirmation
from products.onboarding.reading.due import questions_due
from products.onboarding.reading.rules import check_no_questions, check_version
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.errors import Missing
from wiki.history.services import record
from wiki.pages.models import Page
from wiki.upserts import insert_into

KIND = "reading"
"""What the history calls it; its number is the page's."""


def confirm_reading(
    session: Session, actor: Actor, page_id: int, revision: int, attempt_id: int | None = None
) -> None:
    """Keep that the actor has read a version; `attempt_id` is the passed attempt that proves it.

    A version older than the one confirmed before changes nothing, and neither does the same one
    again. Raises `Missing` when the actor may not see the page, `Refusal` when there is no such
    version or when questions wait and there is no attempt.
    """
    check_version(revision, _newest_visible_to(session, actor, page_id))
    known = _locked(session, actor, page_id)
    if revision < known.revision or (revision == known.revision and attempt_id is None):
        return
    if attempt_id is None:
        check_no_questions(questions_due(session, actor.id, [page_id]).get(page_id, 0))
    before = {"revision": known.revision} if known.revision else None
    known.revision, known.at = revision, clock.now()
    known.by_questions = known.by_questions or attempt_id is not None
    session.add(
        ReadingConfirmation(
            user_id=actor.id,
            page_id=page_id,
            revision=revision,
            at=known.at,
            attempt_id=attempt_id,
        )
    )
    after = {"revision": revision, "by_questions": attempt_id is not None}
    record(session, actor, "confirm", KIND, page_id, before, after)


def _newest_visible_to(session: Session, actor: Actor, page_id: int) -> int:
    seen = select(Page.current_number).where(
        Page.id == page_id, Page.audience.in_(actor.audiences), Page.room.is_(None)
    )
    number = session.scalar(seen)
    if number is None:
        raise Missing()
    return number


def _locked(session: Session, actor: Actor, page_id: int) -> Reading:
    """The actor's row of the page; two tabs cannot both make it."""
    new = {"user_id": actor.id, "page_id": page_id, "revision": 0, "at": clock.now()}
    row = insert_into(session, Reading).values(**new, by_questions=False)
    session.execute(row.on_conflict_do_nothing())
    mine = select(Reading).where(Reading.user_id == actor.id, Reading.page_id == page_id)
    return session.scalars(mine.with_for_update()).one()
