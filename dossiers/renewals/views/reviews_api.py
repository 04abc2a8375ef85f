"""The programs' door to reviews and follow-ups."""

from datetime import date, datetime
from typing import Any

from flask import jsonify
from pydantic import BaseModel, Field
from spectree import Response

from dossiers.clients.deeds import note_look
from dossiers.clients.queries import client_visible_to
from dossiers.renewals.kinds import FollowUpState, ReviewState, Verdict
from dossiers.renewals.models import Review
from dossiers.renewals.reviews.follow_ups import end_follow_up
from dossiers.renewals.reviews.listing import (
    FollowUpLine,
    follow_up_visible_to,
    follow_ups_visible_to,
)
from dossiers.renewals.reviews.queries import review_in, reviews_of
from dossiers.renewals.reviews.rules import LONGEST_RESULT
from wiki.accounts.access import actor, for_programs, needs
from wiki.accounts.rules import Permission
from wiki.api import Answer, Failure, api, spec
from wiki.database import fresh_reading, reading, transaction

_TAGS = ("reviews",)


class ReviewOut(BaseModel):
    """A review. `seal` is the SHA-256 by which one sees that it was not changed since."""

    id: int
    client: int
    contract: int | None
    since: int | None
    state: ReviewState
    verdict: Verdict | None
    words: str
    signed_at: datetime | None
    signed_by: int | None
    seal: str


class ReviewsOut(BaseModel):
    """The reviews of a dossier, the newest first."""

    reviews: list[ReviewOut]


class WholeReviewOut(ReviewOut):
    """A signed review with all that it looked at; empty before it is signed."""

    changes: list[dict[str, Any]]
    checks: list[dict[str, Any]]
    snapshot: dict[str, dict[str, dict[str, Any]]]


class FollowUpOut(BaseModel):
    """What a review wants done."""

    id: int
    review: int
    client: int
    user: int
    what: str
    due: date
    state: FollowUpState
    result: str


class FollowUpsOut(BaseModel):
    """What I have to do, the first due first."""

    follow_ups: list[FollowUpOut]


class EndIn(BaseModel):
    """What came of a follow-up; not `done` is dropped, which only directors do."""

    result: str = Field(max_length=LONGEST_RESULT)
    done: bool = True


@api.get("/clients/<int:client_id>/reviews")
@needs(Permission.READ)
@spec.validate(resp=Response(HTTP_200=ReviewsOut, HTTP_404=Failure), tags=_TAGS)
def list_reviews(client_id: int) -> Answer:
    """The reviews of a dossier; who is no director gets only what is signed."""
    client_visible_to(reading(), actor(), client_id)
    rows = reviews_of(reading(), actor(), client_id)
    return jsonify(reviews=[_review(row) for row in rows])


@api.get("/clients/<int:client_id>/reviews/<int:review_id>")
@needs(Permission.READ)
@spec.validate(resp=Response(HTTP_200=WholeReviewOut, HTTP_404=Failure), tags=_TAGS)
def get_review(client_id: int, review_id: int) -> Answer:
    """A review with the dossier as it was signed."""
    client_visible_to(reading(), actor(), client_id)
    row = review_in(reading(), actor(), client_id, review_id)
    whole = {"changes": row.changes, "checks": row.checks, "snapshot": row.snapshot}
    answer = {**_review(row), **whole}
    with transaction() as session:
        note_look(session, actor(), client_id, "review")
    return jsonify(answer)


@api.get("/follow-ups")
@needs(Permission.READ)
@spec.validate(resp=Response(HTTP_200=FollowUpsOut), tags=_TAGS)
def list_follow_ups() -> Answer:
    """What signed reviews want me to do."""
    lines = follow_ups_visible_to(reading(), actor(), actor().id)
    return jsonify(follow_ups=[_follow_up(line) for line in lines])


@api.post("/follow-ups/<int:follow_up_id>/end")
@for_programs
@needs(Permission.EDIT_DOSSIERS)
@spec.validate(
    json=EndIn,
    resp=Response(
        HTTP_200=FollowUpOut, HTTP_403=Failure, HTTP_404=Failure, HTTP_409=Failure, HTTP_422=Failure
    ),
    tags=_TAGS,
)
def post_end(follow_up_id: int, json: EndIn) -> Answer:
    """Say what came of a follow-up."""
    follow_up_visible_to(reading(), actor(), follow_up_id)
    with transaction() as session:
        end_follow_up(session, actor(), follow_up_id, json.result, json.done)
    return jsonify(_follow_up(follow_up_visible_to(fresh_reading(), actor(), follow_up_id)))


def _review(row: Review) -> dict[str, Any]:
    return {
        "id": row.id,
        "client": row.client_id,
        "contract": row.contract_id,
        "since": row.since_id,
        "state": row.state.value,
        "verdict": row.verdict.value if row.verdict else None,
        "words": row.words,
        "signed_at": row.signed_at.isoformat() if row.signed_at else None,
        "signed_by": row.signed_by,
        "seal": row.seal,
    }


def _follow_up(line: FollowUpLine) -> dict[str, Any]:
    row = line.row
    return {
        "id": row.id,
        "review": row.review_id,
        "client": line.client_id,
        "user": row.user_id,
        "what": row.what,
        "due": row.due_on.isoformat(),
        "state": row.state.value,
        "result": row.result,
    }
