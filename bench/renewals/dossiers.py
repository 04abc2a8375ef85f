"""Dossiers with people, a path and deals: sixty whose contracts end in one month, and a large one.

They grow by chance as those in the test of what changed between two reviews.
"""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from dossiers.deals.kinds import SourceKind
from dossiers.deals.models import DealSource
from dossiers.renewals.kinds import RenewalState, Verdict
from dossiers.renewals.reviews.looking import look_of
from dossiers.renewals.reviews.sealing import digest_of
from dossiers.renewals.reviews.services import Signature, open_review, sign_review
from tests.dossiers.renewals.snapshot.growing import Grown, deal, edit, grow, seat_and_person
from wiki import clock
from wiki.accounts.actor import Actor

BRIEFED, LARGE, LARGE_DEALS, EDITS = 60, 150, 40, 200
_FAR = 1_000
"""In days: no other contract ends so late."""


def month_of_briefings() -> date:
    """The month in which the contracts of the sixty end."""
    return (clock.today() + timedelta(days=_FAR)).replace(day=1)


def grow_briefed(session: Session, director: Actor) -> None:
    """Sixty dossiers, each with a contract that ends in that month."""
    source = _source(session)
    for number in range(BRIEFED):
        one = grow(session, director, source, number)
        edit(one, 10)
        contract = one.contracts[0]
        contract.state = RenewalState.FUTURE
        contract.ends_on = month_of_briefings() + timedelta(days=number % 28)
        contract.notice_by = contract.ends_on - timedelta(days=60)
        contract.path_id = one.path.id if one.path else None


def grow_reviewed(session: Session, director: Actor) -> tuple[int, int]:
    """A large dossier, signed once, edited, and under review again: its client and the review."""
    one = grow(session, director, _source(session, "of reviews"), BRIEFED)
    for _time in range(LARGE):
        seat_and_person(one)
    for _time in range(LARGE_DEALS):
        deal(one, session.get_one(DealSource, one.deals[0].source_id))
    edit(one, EDITS)
    _sign(session, director, one)
    edit(one, EDITS)
    return one.client.id, open_review(session, director, one.client.id).id


def _sign(session: Session, director: Actor, one: Grown) -> None:
    review = open_review(session, director, one.client.id)
    look = look_of(session, one.client.id, review, clock.today())
    signature = Signature(Verdict.SAFE, "As it was.", digest_of(look.after))
    sign_review(session, director, one.client.id, review.id, signature)


def _source(session: Session, name: str = "grown") -> DealSource:
    source = DealSource(name=name, kind=SourceKind.API, created_at=clock.now())
    session.add(source)
    session.flush()
    return source
