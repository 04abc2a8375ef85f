"""Taking deeds with reviews and follow-ups back. What was signed stays as it is."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from dossiers.facts.models import Change
from dossiers.people.editing.aftermath import Aftermath, follow, is_in_force
from dossiers.renewals.kinds import FollowUpState, ReviewState
from dossiers.renewals.models import FollowUp, Review, ReviewRemark
from dossiers.renewals.reviews import follow_ups, services
from dossiers.renewals.reviews.queries import open_review_of
from dossiers.renewals.reviews.rules import check_directs, check_may_end, check_open
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.errors import Clash


def init() -> None:
    """Let every deed of reviews be taken back, or say why it cannot be."""
    for action, aftermath in _AFTERMATHS.items():
        follow(action, aftermath)


def _begun(session: Session, actor: Actor, first: Change, undo: Change) -> None:
    """A review that was opened is dropped again, one that was dropped is open again."""
    check_directs(actor)
    review = session.get_one(Review, first.words["ident"])
    is_open = (first.action == services.OPENED) is is_in_force(session, undo)
    if review.state is ReviewState.SIGNED:
        check_open(review.state)
    other = open_review_of(session, review.client_id)
    if is_open and other is not None and other.id != review.id:
        raise Clash("Another review of this dossier is open. Nothing was changed. Go on in it.")
    review.state = ReviewState.OPEN if is_open else ReviewState.DROPPED


def _signed(_session: Session, _actor: Actor, _first: Change, _undo: Change) -> None:
    raise Clash("A signed review never changes. Nothing was changed. Open a new review.")


def _remarked(session: Session, actor: Actor, first: Change, undo: Change) -> None:
    check_directs(actor)
    row = session.get_one(ReviewRemark, first.words["ident"])
    check_open(session.get_one(Review, row.review_id).state)
    holds = (first.action == services.REMARKED) is is_in_force(session, undo)
    row.withdrawn_at = None if holds else clock.now()


def _given(session: Session, actor: Actor, first: Change, undo: Change) -> None:
    """One that is taken back has an end that nobody gave it."""
    check_directs(actor)
    row = session.get_one(FollowUp, first.words["ident"])
    check_open(session.get_one(Review, row.review_id).state)
    if is_in_force(session, undo):
        follow_ups.put_open(row)
    else:
        row.state, row.ended_at, row.ended_by = FollowUpState.DROPPED, clock.now(), None


def _ended(session: Session, actor: Actor, first: Change, undo: Change) -> None:
    row = session.get_one(FollowUp, first.words["ident"])
    check_may_end(actor, row.user_id, FollowUpState.OPEN)
    ends = (first.action == follow_ups.ENDED) is is_in_force(session, undo)
    if ends is (row.state is not FollowUpState.OPEN):
        raise Clash("This follow-up was changed once more since. Nothing was changed.")
    if not ends:
        follow_ups.put_open(row)
        return
    row.state, row.result = FollowUpState(first.words["state"]), first.words["result"]
    row.ended_at, row.ended_by = clock.now(), first.words["by"]


_AFTERMATHS: Mapping[str, Aftermath] = {
    services.OPENED: _begun,
    services.DROPPED: _begun,
    services.SIGNED: _signed,
    services.REMARKED: _remarked,
    services.WITHDRAWN: _remarked,
    services.GIVEN: _given,
    follow_ups.ENDED: _ended,
    follow_ups.REOPENED: _ended,
}
