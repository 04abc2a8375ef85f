"""The programs' door to what versions weigh."""

from flask import jsonify
from pydantic import BaseModel, Field
from spectree import Response

from products.onboarding.weight.checks import LONGEST_WORD
from products.onboarding.weight.queries import Weighed, weight_visible_to
from products.onboarding.weight.services import overrule
from wiki.accounts.access import actor, for_programs, needs
from wiki.accounts.rules import Permission
from wiki.api import Answer, Failure, api, spec
from wiki.database import fresh_reading, reading, transaction
from wiki.errors import Missing

_TAGS = ("learning",)


class ReasonOut(BaseModel):
    """One difference; empty words: there were none."""

    kind: str
    old: str
    new: str


class WeightOut(BaseModel):
    """Whether a version is to be read again, and why."""

    revision: int
    material: bool
    reasons: list[ReasonOut]
    overruled: bool
    word: str
    by: str | None


class WeightIn(BaseModel):
    """What an editor says instead of the rule, and a word why."""

    material: bool
    word: str = Field(max_length=LONGEST_WORD)


@api.get("/pages/<int:page_id>/revisions/<int:number>/weight")
@needs(Permission.READ)
@spec.validate(resp=Response(HTTP_200=WeightOut, HTTP_404=Failure), tags=_TAGS)
def get_weight(page_id: int, number: int) -> Answer:
    """Whether a version must be read again by those who have read the one before."""
    found = weight_visible_to(reading(), actor(), page_id, number)
    return jsonify(_as_json(found))


@api.post("/pages/<int:page_id>/revisions/<int:number>/weight")
@for_programs
@needs(Permission.WRITE_PAGES)
@spec.validate(
    json=WeightIn,
    resp=Response(HTTP_200=WeightOut, HTTP_404=Failure, HTTP_422=Failure),
    tags=_TAGS,
)
def set_weight(page_id: int, number: int, json: WeightIn) -> Answer:
    """Overrule the rule for a version, with a word why."""
    with transaction() as session:
        overrule(session, actor(), page_id, number, json.material, json.word)
    found = weight_visible_to(fresh_reading(), actor(), page_id, number)
    return jsonify(_as_json(found))


def _as_json(found: Weighed | None) -> dict[str, object]:
    if found is None:
        raise Missing()
    return {
        "revision": found.number,
        "material": found.material,
        "reasons": [reason._asdict() for reason in found.reasons],
        "overruled": found.overruled,
        "word": found.word,
        "by": found.by,
    }
