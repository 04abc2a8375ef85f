"""The programs' door to unclear sentences."""

from datetime import datetime

from flask import jsonify
from pydantic import BaseModel, Field
from spectree import Response

from products.onboarding.unclear import services
from products.onboarding.unclear.queries import (
    MarkLine,
    Show,
    mark_visible_to,
    marks_of_page_visible_to,
    marks_visible_to,
    page_to_mark_visible_to,
)
from products.onboarding.unclear.rules import LONGEST_ANSWER, LONGEST_QUESTION, Chosen
from wiki.accounts.access import actor, for_programs, needs
from wiki.accounts.rules import Permission
from wiki.api import Answer, Failure, api, spec
from wiki.database import fresh_reading, reading, transaction
from wiki.errors import Missing

_TAGS = ("learning",)


class MarkOut(BaseModel):
    """A question about a sentence; `sentence` is as it stands now, `quote` as it was asked."""

    id: int
    page: int
    title: str
    quote: str
    sentence: str
    gone_since: int | None = Field(description="The version in which the sentence is no more")
    question: str
    state: str
    answer: str
    asked_by: str
    asked_at: datetime
    ended_by: str | None
    ended_at: datetime | None


class MarksOut(BaseModel):
    """Questions; of a list the newest 50."""

    marks: list[MarkOut]


class MarkQuery(BaseModel):
    """Which questions: to-answer, asked or all."""

    show: Show = Show.ALL


class MarkIn(BaseModel):
    """The sentence, or words of it as they stand on the page, and what is unclear."""

    quote: str = Field(max_length=LONGEST_QUESTION)
    start: int = Field(default=0, ge=0, description="Letters before it, without blanks")
    question: str = Field(max_length=LONGEST_QUESTION)


class WordsIn(BaseModel):
    """An answer; the other deeds need no words."""

    words: str = Field(default="", max_length=LONGEST_ANSWER)


@api.get("/unclear")
@needs(Permission.READ)
@spec.validate(query=MarkQuery, resp=Response(HTTP_200=MarksOut), tags=_TAGS)
def list_unclear(query: MarkQuery) -> Answer:
    """Questions about sentences, the newest first."""
    part = marks_visible_to(reading(), actor(), query.show)
    return jsonify(marks=[_as_json(mark) for mark in part.rows])


@api.get("/pages/<int:page_id>/unclear")
@needs(Permission.READ)
@spec.validate(resp=Response(HTTP_200=MarksOut, HTTP_404=Failure), tags=_TAGS)
def unclear_of_page(page_id: int) -> Answer:
    """All questions about the sentences of a page."""
    page_to_mark_visible_to(reading(), actor(), page_id)
    found = marks_of_page_visible_to(reading(), actor(), page_id)
    return jsonify(marks=[_as_json(mark) for mark in found])


@api.post("/pages/<int:page_id>/unclear")
@for_programs
@needs(Permission.COMMENT)
@spec.validate(
    json=MarkIn, resp=Response(HTTP_200=MarkOut, HTTP_404=Failure, HTTP_422=Failure), tags=_TAGS
)
def ask_unclear(page_id: int, json: MarkIn) -> Answer:
    """Mark a sentence as unclear with a question."""
    with transaction() as session:
        chosen = Chosen(json.quote, json.start)
        ident = services.ask(session, actor(), page_id, chosen, json.question).id
    return _one(ident)


@api.post("/pages/<int:page_id>/unclear/<int:mark_id>/<deed>")
@for_programs
@needs(Permission.COMMENT)
@spec.validate(
    json=WordsIn,
    resp=Response(HTTP_200=MarkOut, HTTP_404=Failure, HTTP_409=Failure, HTTP_422=Failure),
    tags=_TAGS,
)
def settle_unclear(page_id: int, mark_id: int, deed: str, json: WordsIn) -> Answer:
    """`answer`, `mended`, `withdraw` or `reopen` a question."""
    act = services.DEEDS.get(deed)
    if act is None:
        raise Missing()
    with transaction() as session:
        act(session, actor(), page_id, mark_id, json.words)
    return _one(mark_id)


def _one(mark_id: int) -> Answer:
    mark = mark_visible_to(fresh_reading(), actor(), mark_id)
    if mark is None:
        raise Missing()
    return jsonify(_as_json(mark))


def _as_json(mark: MarkLine) -> dict[str, object]:
    return {
        "id": mark.id,
        "page": mark.page_id,
        "title": mark.title,
        "quote": mark.quote,
        "sentence": mark.text,
        "gone_since": mark.gone_since,
        "question": mark.question,
        "state": mark.state.value,
        "answer": mark.answer,
        "asked_by": mark.asker,
        "asked_at": mark.asked_at.isoformat(),
        "ended_by": mark.ender,
        "ended_at": mark.ended_at.isoformat() if mark.ended_at else None,
    }
