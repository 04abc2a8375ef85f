"""The seal of a signed review: by it one sees that nothing in it was changed since."""

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from dossiers.renewals.models import FollowUp, Review, ReviewRemark
from dossiers.renewals.reviews.queries import follow_ups_of, remarks_of


def digest_of(plain: Any) -> str:
    """The SHA-256 of JSON values in their canonical form."""
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def seal_of(session: Session, review: Review) -> str:
    """The seal that a review with these contents has."""
    remarks, given = remarks_of(session, review.id), follow_ups_of(session, review.id)
    return digest_of(_contents(review, remarks, given))


def is_intact(session: Session, review: Review) -> bool:
    """Whether a signed review still is what was signed."""
    return review.seal == seal_of(session, review)


def _contents(
    review: Review, remarks: Sequence[ReviewRemark], given: Sequence[FollowUp]
) -> dict[str, Any]:
    return {
        "client": review.client_id,
        "contract": review.contract_id,
        "since": review.since_id,
        "signed_at": review.signed_at and review.signed_at.isoformat(),
        "signed_by": review.signed_by,
        "verdict": review.verdict,
        "words": review.words,
        "snapshot": review.snapshot,
        "changes": review.changes,
        "checks": review.checks,
        "rules": review.rules,
        "remarks": [[one.line, one.words, one.by, one.at.isoformat()] for one in remarks],
        "follow_ups": [[one.what, one.user_id, one.due_on.isoformat()] for one in given],
    }
