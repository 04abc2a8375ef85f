"""Reading reviews and follow-ups. Whoever may see the client sees what was signed about it.

A review that is not signed is seen by directors only. Those of clients that were merged into
another stand in the other's dossier.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, defer

from dossiers.clients.queries import dossier_ids
from dossiers.renewals.kinds import ReviewState
from dossiers.renewals.models import FollowUp, Review, ReviewRemark
from wiki.accounts.actor import Actor
from wiki.errors import Missing

#: For lists: without the whole dossiers that signed reviews keep.
LIGHT = tuple(defer(one) for one in (Review.snapshot, Review.changes, Review.checks))


def review_in(session: Session, actor: Actor, client_id: int, review_id: int) -> Review:
    """A review of the dossier. Raises `Missing` for absent and unseen alike."""
    wanted = select(Review).where(
        Review.id == review_id, Review.client_id.in_(dossier_ids(client_id))
    )
    review = session.scalar(wanted.execution_options(populate_existing=True))
    if review is None or not _is_shown(actor, review):
        raise Missing()
    return review


def _is_shown(actor: Actor, review: Review) -> bool:
    return actor.is_director or review.state is ReviewState.SIGNED


def reviews_of(session: Session, actor: Actor, client_id: int) -> Sequence[Review]:
    """The reviews of a dossier that the person may see, the newest first; at most 200."""
    wanted = select(Review).options(*LIGHT).where(Review.client_id.in_(dossier_ids(client_id)))
    if not actor.is_director:
        wanted = wanted.where(Review.state == ReviewState.SIGNED)
    return session.scalars(wanted.order_by(Review.id.desc()).limit(200)).all()


def last_signed(session: Session, client_id: int) -> Review | None:
    """The newest signed review of a dossier."""
    return session.scalar(_signed(client_id).limit(1))


def _signed(client_id: int) -> Select[Review]:
    of_dossier = Review.client_id.in_(dossier_ids(client_id))
    wanted = select(Review).where(of_dossier, Review.state == ReviewState.SIGNED)
    return wanted.order_by(Review.signed_at.desc(), Review.id.desc())


def open_review_of(session: Session, client_id: int) -> Review | None:
    """The review of a dossier that is being written, if there is one."""
    of_dossier = Review.client_id.in_(dossier_ids(client_id))
    wanted = select(Review).where(of_dossier, Review.state == ReviewState.OPEN)
    return session.scalar(wanted.order_by(Review.id).limit(1))


def remarks_of(session: Session, review_id: int) -> Sequence[ReviewRemark]:
    """The remarks of a review that hold, in the order in which they were written."""
    own = ReviewRemark.review_id == review_id, ReviewRemark.withdrawn_at.is_(None)
    return session.scalars(select(ReviewRemark).where(*own).order_by(ReviewRemark.id)).all()


def follow_ups_of(session: Session, review_id: int) -> Sequence[FollowUp]:
    """What was given with a review and not taken back; also what has ended since."""
    wanted = select(FollowUp).where(FollowUp.review_id == review_id, given())
    return session.scalars(wanted.order_by(FollowUp.id)).all()


def given() -> ColumnElement[bool]:
    """The condition for follow-ups that somebody gave: one taken back has an end without an ender.

    Whoever ends one is kept with it, so that the two are told apart.
    """
    return FollowUp.ended_at.is_(None) | FollowUp.ended_by.is_not(None)


def earlier_follow_ups(session: Session, review: Review, client_id: int) -> Sequence[FollowUp]:
    """What signed reviews before this one wanted done, the oldest first; at most 100."""
    wanted = (
        select(FollowUp)
        .join(Review, Review.id == FollowUp.review_id)
        .where(Review.client_id.in_(dossier_ids(client_id)), Review.state == ReviewState.SIGNED)
        .where(Review.id < review.id, given())
    )
    return session.scalars(wanted.order_by(FollowUp.due_on, FollowUp.id).limit(100)).all()
