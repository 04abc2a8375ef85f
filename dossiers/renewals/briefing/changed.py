"""What is other in the dossier than at the last signed review, or than three months ago."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.facts.asking import Moment
from dossiers.renewals.models import Review
from dossiers.renewals.reviews.looking import Look
from dossiers.renewals.reviews.queries import last_signed
from dossiers.renewals.snapshot.comparing import compare
from dossiers.renewals.snapshot.shape import Snapshot
from dossiers.renewals.snapshot.taking import take
from wiki import clock

WITHOUT_REVIEW = timedelta(days=90)
#: A review that was signed so lately is what one now speaks of: one looks since the one before it.
JUST_SIGNED = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Changed:
    """Since when, and what a review of today would look at; `is_young`: nothing to compare with."""

    since: date
    look: Look
    is_young: bool

    @property
    def review(self) -> Review | None:
        """The signed review since which one looks, if there is one."""
        return self.look.since


def changed_since(session: Session, client: Client, day: date, zone: str) -> Changed:
    """What changed up to the day, by the same comparison that a review begins with.

    A dossier without a review that was not there three months ago has nothing to compare with.
    """
    after = take(session, client.id, Moment(day, clock.now()))
    review = _looked_from(session, client.id)
    if review is not None:
        return Changed(_day_of(review, zone, day), _look(review, review.snapshot, after), False)
    since = day - WITHOUT_REVIEW
    then = datetime(since.year, since.month, since.day, tzinfo=ZoneInfo(zone))
    if client.created_at > then:
        return Changed(since, _look(None, after, after), True)
    return Changed(since, _look(None, take(session, client.id, Moment(since, then)), after), False)


def _looked_from(session: Session, client_id: int) -> Review | None:
    """The last signed review; where it was signed just now, the one with which it compared."""
    review = last_signed(session, client_id)
    if review is None or review.signed_at is None or review.since_id is None:
        return review
    is_fresh = clock.now() - review.signed_at <= JUST_SIGNED
    return session.get(Review, review.since_id) if is_fresh else review


def _look(review: Review | None, before: Snapshot, after: Snapshot) -> Look:
    return Look(review, before, after, compare(before, after), checks=[], rules=0)


def _day_of(review: Review, zone: str, day: date) -> date:
    return review.signed_at.astimezone(ZoneInfo(zone)).date() if review.signed_at else day
