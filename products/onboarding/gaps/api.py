"""The programs' door to questions that no page answered."""

from datetime import datetime

from flask import current_app, jsonify
from pydantic import BaseModel, Field
from spectree import Response

from products.onboarding.gaps import services
from products.onboarding.gaps.queries import GapLine, Show, gap_visible_to, gaps_visible_to
from products.onboarding.gaps.rules import LONGEST_ANSWER, LONGEST_WORDS
from wiki.accounts.access import actor, for_programs, needs
from wiki.accounts.rules import Permission
from wiki.api import Answer, Failure, api, spec
from wiki.database import fresh_reading, reading, transaction
from wiki.errors import Missing

_TAGS = ("learning",)


class GapOut(BaseModel):
    """A question; `page` answers it, or of an open one may answer it."""

    id: int
    words: str
    language: str
    category: int | None
    state: str
    asked_by: str
    asked_at: datetime
    owner: str | None = Field(description="Who is asked; null: the directors")
    page: int | None
    answer: str
    ended_by: str | None
    ended_at: datetime | None


class GapsOut(BaseModel):
    """The newest 50."""

    gaps: list[GapOut]


class GapQuery(BaseModel):
    """Which questions: to-answer, asked, open or settled."""

    show: Show = Show.OPEN


class GapIn(BaseModel):
    """What nobody has written down, and in which category it belongs."""

    words: str = Field(max_length=LONGEST_WORDS)
    category: int | None = Field(default=None, ge=1, le=2**31 - 1)


class AnswerIn(BaseModel):
    """The number of the page that answers, else the answer in words."""

    page: int | None = Field(default=None, ge=1, le=2**31 - 1)
    words: str = Field(default="", max_length=LONGEST_ANSWER)


_SETTLED = Response(HTTP_200=GapOut, HTTP_404=Failure, HTTP_409=Failure, HTTP_422=Failure)


@api.get("/gaps")
@needs(Permission.READ)
@spec.validate(query=GapQuery, resp=Response(HTTP_200=GapsOut), tags=_TAGS)
def list_gaps(query: GapQuery) -> Answer:
    """Questions that no page answered, the newest first."""
    part = gaps_visible_to(reading(), actor(), query.show)
    return jsonify(gaps=[_as_json(gap) for gap in part.rows])


@api.post("/gaps")
@for_programs
@needs(Permission.COMMENT)
@spec.validate(json=GapIn, resp=Response(HTTP_200=GapOut, HTTP_422=Failure), tags=_TAGS)
def ask_gap(json: GapIn) -> Answer:
    """Ask whoever looks after the category."""
    asked = services.Asked(json.words, json.category, _base())
    with transaction() as session:
        ident = services.ask(session, actor(), asked).id
    return _one(ident)


@api.post("/gaps/<int:gap_id>/answer")
@for_programs
@needs(Permission.COMMENT)
@spec.validate(json=AnswerIn, resp=_SETTLED, tags=_TAGS)
def answer_gap(gap_id: int, json: AnswerIn) -> Answer:
    """Answer with a page or in words."""
    with transaction() as session:
        if json.page is not None:
            services.answer_with_page(session, actor(), gap_id, json.page)
        else:
            services.answer_in_words(session, actor(), gap_id, json.words, _base())
    return _one(gap_id)


@api.post("/gaps/<int:gap_id>/drop")
@for_programs
@needs(Permission.COMMENT)
@spec.validate(resp=_SETTLED, tags=_TAGS)
def drop_gap(gap_id: int) -> Answer:
    """Let a question rest without an answer."""
    with transaction() as session:
        services.drop(session, actor(), gap_id)
    return _one(gap_id)


@api.post("/gaps/<int:gap_id>/reopen")
@for_programs
@needs(Permission.COMMENT)
@spec.validate(resp=_SETTLED, tags=_TAGS)
def reopen_gap(gap_id: int) -> Answer:
    """Ask again."""
    with transaction() as session:
        services.reopen(session, actor(), gap_id, _base())
    return _one(gap_id)


def _base() -> str:
    return str(current_app.config["SETTINGS"].base_url)


def _one(gap_id: int) -> Answer:
    gap = gap_visible_to(fresh_reading(), actor(), gap_id)
    if gap is None:
        raise Missing()
    return jsonify(_as_json(gap))


def _as_json(gap: GapLine) -> dict[str, object]:
    return {
        "id": gap.id,
        "words": gap.words,
        "language": gap.language,
        "category": gap.category_id,
        "state": gap.state.value,
        "asked_by": gap.asker,
        "asked_at": gap.asked_at.isoformat(),
        "owner": gap.owner,
        "page": gap.page_id,
        "answer": gap.answer,
        "ended_by": gap.ender,
        "ended_at": gap.ended_at.isoformat() if gap.ended_at else None,
    }
