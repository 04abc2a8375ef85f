"""The programs' door to contradictions."""

from datetime import datetime

from flask import jsonify, request
from pydantic import BaseModel, Field
from spectree import Response

from products.catalogue.contradictions.checks import LONGEST_WORD
from products.catalogue.contradictions.queries import (
    PART,
    Line,
    Place,
    Which,
    contradiction_visible_to,
    contradictions_visible_to,
)
from products.catalogue.contradictions.services import say_is_none, take_back
from wiki.accounts.access import actor, for_programs, needs
from wiki.accounts.rules import Permission
from wiki.api import Answer, Failure, api, spec
from wiki.database import fresh_reading, reading, transaction

_TAGS = ("learning",)
_MOST_PAGES = 1_000


class PlaceOut(BaseModel):
    """A page, its words and its number; `where` is fact, text or cell."""

    page: int
    title: str
    owner: str | None
    where: str
    words: str
    value: str
    heading: str


class ContradictionOut(BaseModel):
    """Two places that give one quantity with different numbers."""

    id: int
    quantity: str
    places: list[PlaceOut]
    found_at: datetime
    is_none: bool
    word: str
    decided_by: str | None


class ContradictionsOut(BaseModel):
    """A part of the list."""

    contradictions: list[ContradictionOut]
    more: bool


class NoneIn(BaseModel):
    """Why both numbers are right."""

    word: str = Field(max_length=LONGEST_WORD)


@api.get("/contradictions")
@needs(Permission.READ)
@spec.validate(resp=Response(HTTP_200=ContradictionsOut), tags=_TAGS)
def get_contradictions() -> Answer:
    """Contradictions: `which` is mine, all or none; `page` counts from 1, 50 on each."""
    asked = request.args.get("which", "")
    which = Which(asked) if asked in set(Which) else Which.ALL
    page = min(max(1, request.args.get("page", 1, type=int)), _MOST_PAGES)
    lines = contradictions_visible_to(reading(), actor(), which, page)
    shown = [_as_json(line) for line in lines[:PART]]
    return jsonify({"contradictions": shown, "more": len(lines) > PART})


@api.post("/contradictions/<int:contradiction_id>/none")
@for_programs
@needs(Permission.WRITE_PAGES)
@spec.validate(
    json=NoneIn,
    resp=Response(HTTP_200=ContradictionOut, HTTP_404=Failure, HTTP_422=Failure),
    tags=_TAGS,
)
def set_contradiction_none(contradiction_id: int, json: NoneIn) -> Answer:
    """Say that both numbers are right, with a word why."""
    with transaction() as session:
        say_is_none(session, actor(), contradiction_id, json.word)
    return jsonify(_as_json(contradiction_visible_to(fresh_reading(), actor(), contradiction_id)))


@api.post("/contradictions/<int:contradiction_id>/back")
@for_programs
@needs(Permission.WRITE_PAGES)
@spec.validate(resp=Response(HTTP_200=ContradictionOut, HTTP_404=Failure), tags=_TAGS)
def set_contradiction_back(contradiction_id: int) -> Answer:
    """Say that it is a contradiction after all."""
    with transaction() as session:
        take_back(session, actor(), contradiction_id)
    return jsonify(_as_json(contradiction_visible_to(fresh_reading(), actor(), contradiction_id)))


def _as_json(line: Line) -> dict[str, object]:
    return {
        "id": line.id,
        "quantity": line.quantity,
        "places": [_place(place) for place in line.places],
        "found_at": line.found_at.isoformat(),
        "is_none": line.is_none,
        "word": line.word,
        "decided_by": line.decided_by,
    }


def _place(place: Place) -> dict[str, object]:
    return {
        "page": place.page_id,
        "title": place.title,
        "owner": place.owner,
        "where": place.where,
        "words": place.words,
        "value": place.value,
        "heading": place.heading,
    }
