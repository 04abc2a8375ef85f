"""The programs' door to questions."""

from datetime import datetime
from typing import Any

from flask import jsonify
from pydantic import BaseModel, Field
from spectree import Response

from products.onboarding.questions.editing import make_from_facts, write_question
from products.onboarding.questions.pages import asked_page
from products.onboarding.questions.queries import due_of, questions_of
from products.onboarding.questions.results import (
    Attempt,
    Result,
    attempt_visible_to,
    results_visible_to,
)
from products.onboarding.questions.rules.hand import Typed
from products.onboarding.questions.rules.passing import MOST_ASKED, needed
from products.onboarding.questions.services import answer_question, begin_attempt
from wiki.accounts.access import actor, for_programs, needs
from wiki.accounts.rules import Permission
from wiki.api import Answer, Failure, api, spec
from wiki.database import fresh_reading, reading, transaction

_TAGS = ("learning",)
_SMALLEST, _LARGEST = 1, 100


class QuestionsOut(BaseModel):
    """How many questions a page has, how many wait for you, and how many must be right."""

    living: int
    due: int
    needed: int


class QuestionIn(BaseModel):
    """A question by hand. `right` counts the answers from 1."""

    words: str
    answers: list[str] = Field(max_length=6)
    right: int = Field(ge=_SMALLEST, le=_LARGEST)
    fact: str = ""
    quote: str = ""


class MadeOut(BaseModel):
    """How many questions were made, or the number of the one that was written."""

    made: int
    id: int | None


class AskedOut(BaseModel):
    """One question of an attempt. The right answer is told when the attempt has ended."""

    words: str
    answers: list[str] | None
    given: str | None
    right: str | None
    is_right: bool | None
    url: str | None
    quote: str | None


class AttemptOut(BaseModel):
    """An attempt at the questions of a page."""

    id: int
    page: int
    revision: int
    person: str
    needed: int
    right: int | None
    passed: bool | None
    ended_at: datetime | None
    questions: list[AskedOut]


class AnswerIn(BaseModel):
    """An answer; both numbers count from 1."""

    question: int = Field(ge=_SMALLEST, le=_LARGEST)
    answer: int = Field(ge=_SMALLEST, le=_LARGEST)


class ResultOut(BaseModel):
    """One ended attempt in a list."""

    id: int
    page: int
    title: str
    revision: int
    person: str
    asked: int
    right: int
    needed: int
    passed: bool
    ended_at: datetime


class ResultsOut(BaseModel):
    """The newest results that you may see, at most a hundred."""

    results: list[ResultOut]


@api.get("/pages/<int:page_id>/questions")
@needs(Permission.READ)
@spec.validate(resp=Response(HTTP_200=QuestionsOut, HTTP_404=Failure), tags=_TAGS)
def get_questions(page_id: int) -> Answer:
    """What is asked about a page, and what of it waits for you."""
    asked_page(reading(), actor(), page_id)
    due = min(len(due_of(reading(), actor(), page_id)), MOST_ASKED)
    living = len(questions_of(reading(), page_id, living=True))
    count = due or min(living, MOST_ASKED)
    return jsonify({"living": living, "due": due, "needed": needed(count)})


@api.post("/pages/<int:page_id>/questions")
@for_programs
@needs(Permission.WRITE_PAGES)
@spec.validate(
    json=QuestionIn,
    resp=Response(HTTP_201=MadeOut, HTTP_404=Failure, HTTP_422=Failure),
    tags=_TAGS,
)
def add_question(page_id: int, json: QuestionIn) -> Answer:
    """Write a question by hand."""
    typed = Typed(json.words, tuple(json.answers), json.right - 1, json.fact, json.quote)
    with transaction() as session:
        ident = write_question(session, actor(), page_id, typed)
    return jsonify({"made": 1, "id": ident}), 201


@api.post("/pages/<int:page_id>/questions/from-facts")
@for_programs
@needs(Permission.WRITE_PAGES)
@spec.validate(
    resp=Response(HTTP_200=MadeOut, HTTP_404=Failure, HTTP_422=Failure),
    tags=_TAGS,
)
def make_questions(page_id: int) -> Answer:
    """Make a question of each fact that has none yet."""
    with transaction() as session:
        made = make_from_facts(session, actor(), page_id)
    return jsonify({"made": made, "id": None})


@api.post("/pages/<int:page_id>/questions/attempts")
@for_programs
@needs(Permission.READ)
@spec.validate(
    resp=Response(HTTP_201=AttemptOut, HTTP_404=Failure, HTTP_422=Failure),
    tags=_TAGS,
)
def add_attempt(page_id: int) -> Answer:
    """Begin to answer: the questions that wait for you, shuffled."""
    with transaction() as session:
        ident = begin_attempt(session, actor(), page_id).id
    return jsonify(_as_json(attempt_visible_to(fresh_reading(), actor(), ident))), 201


@api.get("/questions/attempts/<int:attempt_id>")
@needs(Permission.READ)
@spec.validate(resp=Response(HTTP_200=AttemptOut, HTTP_404=Failure), tags=_TAGS)
def get_attempt(attempt_id: int) -> Answer:
    """An attempt of yours, of somebody whose mentor you are, or for directors of anybody."""
    return jsonify(_as_json(attempt_visible_to(reading(), actor(), attempt_id)))


@api.post("/questions/attempts/<int:attempt_id>")
@for_programs
@needs(Permission.READ)
@spec.validate(
    json=AnswerIn,
    resp=Response(HTTP_200=AttemptOut, HTTP_404=Failure, HTTP_409=Failure, HTTP_422=Failure),
    tags=_TAGS,
)
def add_answer(attempt_id: int, json: AnswerIn) -> Answer:
    """Give an answer; the last one ends the attempt."""
    with transaction() as session:
        answer_question(session, actor(), attempt_id, json.question - 1, json.answer - 1)
    return jsonify(_as_json(attempt_visible_to(fresh_reading(), actor(), attempt_id)))


@api.get("/questions/results")
@needs(Permission.READ)
@spec.validate(resp=Response(HTTP_200=ResultsOut), tags=_TAGS)
def get_results() -> Answer:
    """Your results, those of your learners, and for directors all."""
    part = results_visible_to(reading(), actor())
    return jsonify({"results": [_result(one) for one in part.rows]})


def _as_json(found: Attempt) -> dict[str, Any]:
    row = found.row
    ended = row.ended_at is not None
    mine = row.user_id == actor().id
    return {
        "id": row.id,
        "page": row.page_id,
        "revision": row.revision,
        "person": found.name,
        "needed": found.needed,
        "right": row.right if ended else None,
        "passed": row.passed,
        "ended_at": row.ended_at.isoformat() if row.ended_at else None,
        "questions": _questions(found, ended, mine),
    }


def _questions(found: Attempt, ended: bool, mine: bool) -> list[dict[str, Any]]:
    """The choice of answers is told to whoever answers; what is right, when it has ended."""
    told = [one._asdict() for one in found.answered]
    for one, kept in zip(told, found.row.asked, strict=True):
        one["answers"] = kept["answers"] if mine else None
        if not ended:
            one.update(right=None, is_right=None, url=None, quote=None)
    return told


def _result(one: Result) -> dict[str, Any]:
    return {
        "id": one.id,
        "page": one.page_id,
        "title": one.title,
        "revision": one.revision,
        "person": one.name,
        "asked": one.asked,
        "right": one.right,
        "needed": one.needed,
        "passed": one.passed,
        "ended_at": one.ended_at.isoformat(),
    }
