"""The browser's door to questions: answering them, and what came of it."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from products.onboarding.models import QuestionAttempt
from products.onboarding.questions import api, editing_views
from products.onboarding.questions.pages import asked_page
from products.onboarding.questions.queries import due_of, questions_of
from products.onboarding.questions.results import (
    Attempt,
    attempt_visible_to,
    open_attempt,
    results_visible_to,
    sees_others,
)
from products.onboarding.questions.rules.passing import (
    ALL_RIGHT_UP_TO,
    MOST_ASKED,
    first_open,
    minutes_for,
    needed,
)
from products.onboarding.questions.services import answer_question, begin_attempt
from products.onboarding.reading.queries import standing_of
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission, may
from wiki.database import reading, transaction
from wiki.errors import Clash, Missing, Refusal
from wiki.locale import _, say
from wiki.pages.forms import number_in_address, whole_number
from wiki.paging import parse_key

__all__ = ["api", "editing_views", "questioning"]

questioning = Blueprint("questioning", __name__)
questioning.register_blueprint(editing_views.editing)

_FOLDER = "products/onboarding/questions"


@questioning.get("/questions/<int:page_id>")
@needs(Permission.READ)
def index(page_id: int) -> ResponseReturnValue:
    """What waits on a page, the pass mark, and the button to begin; or on with what was begun."""
    asked = asked_page(reading(), actor(), page_id)
    begun = open_attempt(reading(), actor(), page_id)
    if begun is not None and not asked.page.archived:
        return redirect(f"/questions/attempts/{begun.id}")
    due = due_of(reading(), actor(), page_id)
    living = due or questions_of(reading(), page_id, living=True)
    count = min(len(living), MOST_ASKED)
    return render_template(
        f"{_FOLDER}/begin.html",
        asked=asked,
        due=len(due),
        count=count,
        needed=needed(count),
        all_needed=count <= ALL_RIGHT_UP_TO,
        minutes=minutes_for(count),
        standing=standing_of(reading(), actor().id, page_id),
        may_write=may(actor(), Permission.WRITE_PAGES),
    )


@questioning.post("/questions/<int:page_id>/begin")
@needs(Permission.READ)
def begin(page_id: int) -> ResponseReturnValue:
    """Ask."""
    asked_page(reading(), actor(), page_id)
    try:
        with transaction() as session:
            attempt = begin_attempt(session, actor(), page_id)
    except Missing:
        raise
    except Refusal as refusal:
        flash(say(refusal), "warning")
        return redirect(f"/questions/{page_id}")
    return redirect(f"/questions/attempts/{attempt.id}")


@questioning.get("/questions/attempts/<int:attempt_id>")
@needs(Permission.READ)
def attempt(attempt_id: int) -> ResponseReturnValue:
    """The next question of an attempt, or `?at=` an earlier one; when it has ended, the result."""
    found = attempt_visible_to(reading(), actor(), attempt_id)
    if found.row.ended_at is not None:
        return _result(found)
    return _question(found, request.args.get("at", type=number_in_address))


@questioning.post("/questions/attempts/<int:attempt_id>")
@needs(Permission.READ)
def answer(attempt_id: int) -> ResponseReturnValue:
    """Give one answer; the next question follows, or the result."""
    found = attempt_visible_to(reading(), actor(), attempt_id)
    if found.row.user_id != actor().id:
        raise Missing()
    place, chosen = (whole_number(request.form.get(name)) - 1 for name in ("question", "answer"))
    try:
        with transaction() as session:
            answer_question(session, actor(), attempt_id, place, chosen)
    except Missing:
        raise
    except Refusal as refusal:
        flash(say(refusal), "info" if isinstance(refusal, Clash) else "warning")
    return redirect(f"/questions/attempts/{attempt_id}")


@questioning.get("/questions/results")
@needs(Permission.READ)
def results() -> str:
    """My results, those of my learners, and all for directors; `?person=` of one person."""
    return _results(None, request.args.get("person", type=number_in_address))


@questioning.get("/questions/<int:page_id>/results")
@needs(Permission.READ)
def results_of_page(page_id: int) -> str:
    """Results of one page."""
    return _results(page_id, request.args.get("person", type=number_in_address))


def _results(page_id: int | None, user_id: int | None) -> str:
    asked = asked_page(reading(), actor(), page_id) if page_id is not None else None
    before = parse_key(request.args.get("before"))
    return render_template(
        f"{_FOLDER}/results.html",
        asked=asked,
        part=results_visible_to(reading(), actor(), page_id, user_id, before),
        sees_others=sees_others(reading(), actor()),
        may_write=may(actor(), Permission.WRITE_PAGES),
        one_person=user_id is not None,
    )


def _question(found: Attempt, wanted: int | None) -> str:
    row: QuestionAttempt = found.row
    last = len(row.asked)
    place = first_open(row.asked, row.given) or 0
    if wanted is not None and 1 <= wanted <= last:
        place = wanted - 1
    return render_template(
        f"{_FOLDER}/question.html",
        attempt=found,
        question=row.asked[place],
        number=place + 1,
        count=last,
        given=row.given.get(str(place)),
    )


def _result(found: Attempt) -> ResponseReturnValue:
    if found.row.passed is None:
        flash(_("The page changed, or you began again: here are the questions of now."), "info")
        return redirect(f"/questions/{found.row.page_id}")
    mine = found.row.user_id == actor().id
    return render_template(f"{_FOLDER}/result.html", attempt=found, mine=mine)
