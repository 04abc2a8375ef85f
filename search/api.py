"""Searching for programs: `GET /api/search`."""

from datetime import datetime
from time import perf_counter
from typing import Any

from flask import Blueprint, jsonify, request
from pydantic import BaseModel, Field
from spectree import Response

from search.addresses import choices_in, wanted_by
from search.assembly import current_search
from search.excerpts import plain
from search.facets import Facet, facets_of
from search.found_facts import stale_facts
from search.queries import DEEPEST, Found, search_visible_to
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.api import Answer, Failure, spec
from wiki.database import reading
from wiki.errors import Refusal

blueprint = Blueprint("search_api", __name__, url_prefix="/api")

MOST_HITS = 100
_USUAL_HITS = 20
_DAY = r"^\d{4}-\d{2}-\d{2}$"


class SearchQuery(BaseModel):
    """What to look for, how to narrow it, and how many hits."""

    q: str = Field(description="Words, a question, or the search language of the help panel")
    kind: str | None = Field(default=None, description="Only this kind of thing, as page or file")
    category: int | None = Field(default=None, description="Number of a category")
    client: int | None = Field(default=None, description="Number of a client")
    owner: int | None = Field(default=None, description="Number of a colleague")
    language: str | None = Field(default=None, description="ru or en")
    tag: str | None = None
    period: str | None = Field(default=None, description="week, month, quarter or year")
    sort: str | None = Field(default=None, description="newest or oldest; else the best fit")
    as_of: str | None = Field(default=None, pattern=_DAY, description="Pages as they were then")
    literal: str | None = Field(default=None, description="1: correct no slips of the finger")
    limit: int = Field(default=_USUAL_HITS, ge=1, le=MOST_HITS, description="How many hits")
    offset: int = Field(default=0, ge=0, description="How many hits to leave out")


class HitOut(BaseModel):
    """One thing found."""

    kind: str
    id: int
    title: str
    url: str
    excerpt: str
    score: float
    path: str | None = Field(description="Where an imported page came from")
    language: str
    changed_at: datetime
    stale_facts: int = Field(description="How many facts of a page nobody verified for today")


class ValueOut(BaseModel):
    """One value of a facet."""

    value: str
    name: str
    count: int


class FacetOut(BaseModel):
    """The hits counted by one property."""

    facet: str
    name: str
    values: list[ValueOut]


class SearchOut(BaseModel):
    """The hits, best first; `incomplete` while the index is made anew."""

    total: int
    took_ms: float
    incomplete: bool
    instead: str | None = Field(description="What was searched for instead of a slip")
    hits: list[HitOut]
    facets: list[FacetOut]


@blueprint.get("/search")
@needs(Permission.READ)
@spec.validate(
    query=SearchQuery,
    resp=Response(HTTP_200=SearchOut, HTTP_422=Failure),
    tags=("search",),
    skip_validation=True,
)
def search() -> Answer:
    """`?q=…&limit=…&kind=…`: total, took_ms, facets and the hits, best first."""
    began = perf_counter()
    _check()
    wanted = wanted_by(choices_in(request.args))
    limit, offset = _number("limit", _USUAL_HITS, 1, MOST_HITS), _number("offset", 0, 0, DEEPEST)
    answer = search_visible_to(reading(), actor(), current_search(), wanted, limit, offset)
    facets = facets_of(reading(), current_search(), answer.counts, answer.marks)
    stale = stale_facts(reading(), actor(), answer.hits)
    return jsonify(
        total=answer.total,
        took_ms=round((perf_counter() - began) * 1000, 2),
        incomplete=answer.incomplete,
        instead=answer.instead,
        hits=[_hit(found, stale.get(found.document.key, 0)) for found in answer.hits],
        facets=[_facet(facet) for facet in facets],
    )


def _check() -> None:
    if request.args.get("q") is None:
        raise Refusal("Say what to look for: /api/search?q=words.")
    kind = request.args.get("kind")
    kinds = [kind for one in current_search().all_indexes() for kind in one.sources.kinds()]
    if kind and kind not in kinds:
        raise Refusal("There are only these kinds: %(kinds)s.", kinds=", ".join(kinds))


def _number(name: str, usual: int, least: int, most: int) -> int:
    typed = request.args.get(name, str(usual))
    known = typed.isascii() and typed.isdecimal() and len(typed) < 10
    if known and least <= int(typed) <= most:
        return int(typed)
    if name == "limit":
        raise Refusal("The limit must be a number from 1 to %(most)d.", most=most)
    raise Refusal("The offset must be a number from 0 to %(most)d.", most=most)


def _hit(found: Found, stale: int) -> dict[str, Any]:
    document = found.document
    return {
        "kind": document.kind,
        "id": document.ident,
        "title": document.title,
        "url": document.url,
        "excerpt": plain(found.excerpt),
        "score": round(found.score, 4),
        "path": document.path,
        "language": document.language,
        "changed_at": document.changed_at.isoformat(),
        "stale_facts": stale,
    }


def _facet(facet: Facet) -> dict[str, Any]:
    values = [
        {"value": value.code, "name": value.name, "count": value.count} for value in facet.values
    ]
    return {"facet": facet.code, "name": facet.name, "values": values}
