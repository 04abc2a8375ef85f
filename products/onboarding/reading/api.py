"""The programs' door to reading."""

from datetime import datetime

from flask import jsonify
from pydantic import BaseModel, Field
from spectree import Response
from sqlalchemy.orm import Session

from products.onboarding.reading.due import questions_due
from products.onboarding.reading.queries import (
    MOST_CHANGED,
    changed_visible_to,
    count_changed_visible_to,
    standing_visible_to,
)
from products.onboarding.reading.services import confirm_reading
from products.onboarding.reading.since import changes_since
from products.onboarding.weight.api import ReasonOut
from wiki.accounts.access import actor, for_programs, needs
from wiki.accounts.rules import Permission
from wiki.api import Answer, Failure, api, spec
from wiki.database import fresh_reading, reading, transaction

_TAGS = ("learning",)
_GREATEST = 2**31 - 1


class ChangedOut(BaseModel):
    """A page that changed since the caller confirmed version `confirmed` of it.

    `material` is the newest version that must be read, `current` the version of now.
    """

    page_id: int
    title: str
    url: str
    confirmed: int
    confirmed_at: datetime
    material: int
    material_at: datetime
    current: int
    seconds: int
    questions: int
    changes: list[ReasonOut]


class ChangedPagesOut(BaseModel):
    """Those that changed last first, 200 at most; `total` counts all."""

    total: int
    pages: list[ChangedOut]


class ReadingOut(BaseModel):
    """How the caller stands to a page; `confirmed` is 0 before the first confirmation."""

    confirmed: int
    confirmed_at: datetime | None
    by_questions: bool
    material: int
    current: int
    read: bool
    changed: bool
    questions: int


class ReadingIn(BaseModel):
    """The version that the caller has read."""

    revision: int = Field(ge=1, le=_GREATEST)


@api.get("/reading")
@needs(Permission.READ)
@spec.validate(resp=Response(HTTP_200=ChangedPagesOut), tags=_TAGS)
def get_changed_pages() -> Answer:
    """The pages that changed since the caller confirmed them, and what changed."""
    person, session = actor(), reading()
    lines = changed_visible_to(session, person)
    idents = [line.id for line in lines]
    questions = questions_due(session, person.id, idents)
    since = changes_since(session, person.id, idents)
    pages = [
        {
            "page_id": line.id,
            "title": line.title,
            "url": line.url,
            "confirmed": line.confirmed,
            "confirmed_at": line.confirmed_at.isoformat(),
            "material": line.material,
            "material_at": line.material_at.isoformat(),
            "current": line.current,
            "seconds": line.seconds,
            "questions": questions.get(line.id, 0),
            "changes": [one._asdict() for one in since[line.id].reasons],
        }
        for line in lines
    ]
    full = len(lines) == MOST_CHANGED
    total = count_changed_visible_to(session, person) if full else len(lines)
    return jsonify({"total": total, "pages": pages})


@api.get("/pages/<int:page_id>/reading")
@needs(Permission.READ)
@spec.validate(resp=Response(HTTP_200=ReadingOut, HTTP_404=Failure), tags=_TAGS)
def get_reading(page_id: int) -> Answer:
    """Which version of a page the caller has confirmed, and whether it must be read again."""
    return jsonify(_as_json(reading(), page_id))


@api.post("/pages/<int:page_id>/reading")
@for_programs
@needs(Permission.READ)
@spec.validate(
    json=ReadingIn,
    resp=Response(HTTP_200=ReadingOut, HTTP_404=Failure, HTTP_422=Failure),
    tags=_TAGS,
)
def set_reading(page_id: int, json: ReadingIn) -> Answer:
    """Confirm that the caller has read a version."""
    with transaction() as session:
        confirm_reading(session, actor(), page_id, json.revision)
    return jsonify(_as_json(fresh_reading(), page_id))


def _as_json(session: Session, page_id: int) -> dict[str, object]:
    found = standing_visible_to(session, actor(), page_id)
    at = found.confirmed_at
    return {
        "confirmed": found.confirmed,
        "confirmed_at": at.isoformat() if at else None,
        "by_questions": found.by_questions,
        "material": found.material,
        "current": found.current,
        "read": found.read,
        "changed": found.changed,
        "questions": questions_due(session, actor().id, [page_id]).get(page_id, 0),
    }
