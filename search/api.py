"""Searching for programs: `GET /api/search`."""

from datetime import datetime
from time import perf_counter
from typing import Any

from flask import Blueprint, jsonify, request
from pydantic import BaseModel, Field
from spectree import Response

from search.assembly import current_search
from search.excerpts import plain
from search.queries import Found, search_visible_to
from search.questions import ask
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.api import Answer, Failure, spec
from wiki.database import reading
from wiki.errors import Refusal

blueprint = Blueprint("search_api", __name__, url_prefix="/api")

MOST_HITS = 100
_USUAL_HITS = 20


class SearchQuery(BaseModel):
    """What to look for, of which kind, and how many hits."""

    q: str
    kind: str | None = None
    limit: int = Field(default=_USUAL_HITS, ge=1, le=MOST_HITS)


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


class SearchOut(BaseModel):
    """The hits, best first; `incomplete` while the index is made anew."""

    total: int
    took_ms: float
    incomplete: bool
    hits: list[HitOut]


@blueprint.get("/search")
@needs(Permission.READ)
@spec.validate(
    query=SearchQuery,
    resp=Response(HTTP_200=SearchOut, HTTP_422=Failure),
    tags=("search",),
    skip_validation=True,
)
def search() -> Answer:
    """`?q=…&limit=…&kind=…`: total, took_ms and the hits, best first."""
    began = perf_counter()
    question = ask(_asked())
    answer = search_visible_to(reading(), actor(), current_search(), question, _kind(), _limit())
    hits = [_shape(found) for found in answer.hits]
    took = round((perf_counter() - began) * 1000, 2)
    return jsonify(total=answer.total, took_ms=took, incomplete=answer.incomplete, hits=hits)


def _asked() -> str:
    asked = request.args.get("q")
    if asked is None:
        raise Refusal("Say what to look for: /api/search?q=words.")
    return asked


def _limit() -> int:
    typed = request.args.get("limit", str(_USUAL_HITS))
    known = typed.isascii() and typed.isdecimal() and len(typed) < 10
    if not (known and 1 <= int(typed) <= MOST_HITS):
        raise Refusal("The limit must be a number from 1 to %(most)d.", most=MOST_HITS)
    return int(typed)


def _kind() -> str | None:
    kind = request.args.get("kind") or None
    kinds = current_search().sources.kinds()
    if kind is not None and kind not in kinds:
        raise Refusal("There are only these kinds: %(kinds)s.", kinds=", ".join(kinds))
    return kind


def _shape(found: Found) -> dict[str, Any]:
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
    }
