"""What a review looks at: the dossier now, what is other than at the last signed review, checks.

Of a signed review all of it is read as it was kept.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from dossiers.facts.asking import Moment
from dossiers.renewals.checks.rules_now import rules_in_force
from dossiers.renewals.checks.running import checks_of
from dossiers.renewals.checks.seen import Seen, kept_seen
from dossiers.renewals.kinds import ReviewState
from dossiers.renewals.models import Contract, Review
from dossiers.renewals.snapshot.comparing import Difference, compare, difference_from
from dossiers.renewals.snapshot.shape import Snapshot
from dossiers.renewals.snapshot.taking import take
from wiki import clock


@dataclass(frozen=True, slots=True)
class Look:
    """What the reader of a review sees. `before` is empty for the first review of a dossier."""

    since: Review | None
    before: Snapshot
    after: Snapshot
    differences: list[Difference]
    checks: list[Seen]
    rules: int


def look_of(session: Session, client_id: int, review: Review, today: date) -> Look:
    """What a review looks at, in a constant number of statements."""
    since = session.get(Review, review.since_id) if review.since_id else None
    before: Snapshot = since.snapshot if since else {}
    if review.state is ReviewState.SIGNED:
        kept = [difference_from(plain) for plain in review.changes]
        checks = kept_seen(review.checks)
        return Look(since, before, review.snapshot, kept, checks, review.rules or 0)
    after = take(session, client_id, Moment(today, clock.now()))
    rules = rules_in_force(session)
    contract = session.get(Contract, review.contract_id) if review.contract_id else None
    checks = checks_of(session, client_id, rules, today, contract)
    differences = compare(before, after) if since else []
    return Look(since, before, after, differences, checks, rules.number)
