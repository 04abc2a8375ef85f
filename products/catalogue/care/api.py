"""The programs' door to care."""

from datetime import date, datetime
from typing import Any

from flask import jsonify
from pydantic import BaseModel, Field
from spectree import Response

from products.catalogue.care.freshness import (
    Share,
    category_shares,
    page_shares_visible_to,
    sum_of,
)
from products.catalogue.care.queries import (
    Asked,
    CaredFact,
    cared_facts_of,
    cared_page_visible_to,
    waiting_visible_to,
)
from products.catalogue.care.services import hand_fact, take_back, verify_facts
from wiki import clock
from wiki.accounts.access import actor, for_programs, needs
from wiki.accounts.rules import Permission
from wiki.api import Answer, Failure, api, spec
from wiki.database import fresh_reading, reading, transaction
from wiki.pages.api_shapes import LARGEST, RowNumber
from wiki.pages.categories import tree

_TAGS = ("products",)


class CareQuery(BaseModel):
    """Whose facts, and which part of the pages."""

    mine: bool = False
    limit: int = Field(default=50, ge=1, le=200)
    offset: int = Field(default=0, ge=0, le=LARGEST)


class WaitingOut(BaseModel):
    """A page with facts to verify. `money` is that of open deals one may see, by currency."""

    id: int
    title: str
    url: str
    facts: int
    oldest: date
    money: dict[str, str]


class QueueOut(BaseModel):
    """The pages with facts to verify, those with the most money first."""

    total: int
    pages: list[WaitingOut]


class CaredOut(BaseModel):
    """A fact: its value as it is typed, until when it is verified (never: it does not age)."""

    key: str
    value: str
    verified_until: date | None
    verified_at: datetime
    verified_by: str | None
    owner: int | None
    stale: bool


class PageCareOut(BaseModel):
    """The facts of a page."""

    page: int
    facts: list[CaredOut]


class VerifyIn(BaseModel):
    """The facts to vouch for, each with the value that was seen."""

    facts: dict[str, str] = Field(min_length=1, max_length=200)


class VerifiedOut(BaseModel):
    """The numbers of the verifications, by which they are taken back."""

    verifications: list[int]


class FactOwnerIn(BaseModel):
    """Who looks after a fact; `null`: whoever answers for the page."""

    key: str = Field(max_length=60)
    owner: RowNumber | None


class ShareOut(BaseModel):
    """How many of the facts that grow old are fresh."""

    fresh: int
    total: int
    percent: int


class CategoryShareOut(ShareOut):
    """The same of a category with those below it; `null`: of pages without a category."""

    category: str | None


class FreshnessOut(ShareOut):
    """The same of all pages one may see, and by category."""

    categories: list[CategoryShareOut]


@api.get("/care")
@needs(Permission.READ)
@spec.validate(query=CareQuery, resp=Response(HTTP_200=QueueOut, HTTP_422=Failure), tags=_TAGS)
def list_facts_to_verify(query: CareQuery) -> Answer:
    """The pages with facts to verify, those with the most money in open deals first."""
    today = clock.today(actor().time_zone)
    pages = waiting_visible_to(reading(), actor(), today, Asked(query.mine))
    shown = pages[query.offset : query.offset + query.limit]
    return jsonify(
        total=len(pages),
        pages=[
            {
                "id": page.id,
                "title": page.title,
                "url": page.url,
                "facts": page.facts,
                "oldest": page.oldest.isoformat(),
                "money": {code: str(amount) for code, amount in page.stake.items()},
            }
            for page in shown
        ],
    )


@api.get("/care/freshness")
@needs(Permission.READ)
@spec.validate(resp=Response(HTTP_200=FreshnessOut), tags=_TAGS)
def get_freshness() -> Answer:
    """The share of fresh facts in all and by category."""
    pages = page_shares_visible_to(reading(), actor(), clock.today(actor().time_zone))
    lines = category_shares(tree(reading()), pages)
    return jsonify(
        **_share(sum_of(page.share for page in pages)),
        categories=[
            {"category": line.shelf.slug if line.shelf else None, **_share(line.share)}
            for line in lines
        ],
    )


@api.get("/pages/<int:page_id>/care")
@needs(Permission.READ)
@spec.validate(resp=Response(HTTP_200=PageCareOut, HTTP_404=Failure), tags=_TAGS)
def get_page_care(page_id: int) -> Answer:
    """Who vouched for the facts of a page, until when, and whose they are."""
    cared_page_visible_to(reading(), actor(), page_id)
    today = clock.today(actor().time_zone)
    return jsonify(
        page=page_id, facts=[_fact(one, today) for one in cared_facts_of(reading(), page_id)]
    )


@api.post("/pages/<int:page_id>/care/verify")
@for_programs
@needs(Permission.WRITE_PAGES)
@spec.validate(
    json=VerifyIn,
    resp=Response(HTTP_200=VerifiedOut, HTTP_404=Failure, HTTP_409=Failure, HTTP_422=Failure),
    tags=_TAGS,
)
def verify_page_facts(page_id: int, json: VerifyIn) -> Answer:
    """Vouch for facts of a page."""
    with transaction() as session:
        done = verify_facts(session, actor(), page_id, json.facts)
    return jsonify(verifications=done)


@api.post("/care/verifications/<int:verification_id>/take-back")
@for_programs
@needs(Permission.WRITE_PAGES)
@spec.validate(resp=Response(HTTP_200=PageCareOut, HTTP_404=Failure, HTTP_422=Failure), tags=_TAGS)
def take_back_verification(verification_id: int) -> Answer:
    """Let a fact be as it was before that verification."""
    with transaction() as session:
        page_id = take_back(session, actor(), verification_id).page_id
    return _page_care(page_id)


@api.post("/pages/<int:page_id>/care/owner")
@for_programs
@needs(Permission.WRITE_PAGES)
@spec.validate(
    json=FactOwnerIn,
    resp=Response(HTTP_200=PageCareOut, HTTP_404=Failure, HTTP_422=Failure),
    tags=_TAGS,
)
def set_fact_owner(page_id: int, json: FactOwnerIn) -> Answer:
    """Hand a fact to a colleague."""
    with transaction() as session:
        hand_fact(session, actor(), page_id, json.key, json.owner)
    return _page_care(page_id)


def _page_care(page_id: int) -> Answer:
    today = clock.today(actor().time_zone)
    facts = [_fact(one, today) for one in cared_facts_of(fresh_reading(), page_id)]
    return jsonify(page=page_id, facts=facts)


def _fact(fact: CaredFact, today: date) -> dict[str, Any]:
    return {
        "key": fact.key,
        "value": fact.value,
        "verified_until": fact.until.isoformat() if fact.until else None,
        "verified_at": fact.at.isoformat(),
        "verified_by": fact.by,
        "owner": fact.owner_id,
        "stale": fact.until is not None and fact.until < today,
    }


def _share(share: Share) -> dict[str, int]:
    return {"fresh": share.fresh, "total": share.total, "percent": share.percent}
