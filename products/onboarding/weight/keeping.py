"""Weighing each version as it is saved, and the pages that were there before."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from products.onboarding.models import PageToRead, RevisionWeight
from products.onboarding.weight.reading_time import seconds_to_read
from products.onboarding.weight.reasons import Reason, ReasonKind, Weight
from products.onboarding.weight.rule import weigh
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.pages.models import Page, Revision
from wiki.pages.revisions import content_of

_NEW = Weight(True, (Reason(ReasonKind.NEW),))
_AT_A_TIME = 100


def weigh_revision(
    session: Session, _actor: Actor, page: Page, before: Revision | None, revision: Revision
) -> None:
    """Keep what a new version weighs; three statements and a few milliseconds."""
    weight = _NEW
    if before is not None:
        weight = weigh(content_of(before), content_of(revision), page.language)
    _keep(session, revision, weight)
    known = session.get(PageToRead, page.id)
    if known is None:
        _begin(session, revision)
        return
    known.seconds = seconds_to_read(content_of(revision))
    if weight.material:
        known.material, known.material_at = revision.number, revision.at


def weigh_known(database: Database) -> int:
    """Take in pages that were saved before anything was weighed, a hundred at a time; how many.

    Their version of today counts as the one to read.
    """
    missing = (
        select(Revision)
        .join(Page, Page.current_revision_id == Revision.id)
        .outerjoin(PageToRead, PageToRead.page_id == Page.id)
        .where(PageToRead.page_id.is_(None), Page.room.is_(None))
        .order_by(Page.id)
        .limit(_AT_A_TIME)
    )
    with database.reading() as session:
        if session.scalars(missing.with_only_columns(Page.id).limit(1)).first() is None:
            return 0
    with database.transaction() as session:
        found = session.scalars(missing).all()
        for revision in found:
            if session.get(RevisionWeight, (revision.page_id, revision.number)) is None:
                _keep(session, revision, _NEW)
            _begin(session, revision)
        return len(found)


def _keep(session: Session, revision: Revision, weight: Weight) -> None:
    session.add(
        RevisionWeight(
            page_id=revision.page_id,
            number=revision.number,
            material=weight.material,
            reasons=[reason._asdict() for reason in weight.reasons],
            at=clock.now(),
        )
    )


def _begin(session: Session, revision: Revision) -> None:
    session.add(
        PageToRead(
            page_id=revision.page_id,
            material=revision.number,
            material_at=revision.at,
            seconds=seconds_to_read(content_of(revision)),
        )
    )
