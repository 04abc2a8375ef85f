"""The editor's door: the questions of a page, made from facts and by hand."""

from flask import Blueprint, flash, make_response, redirect, render_template
from flask.typing import ResponseReturnValue

from products.onboarding.kinds import QuestionKind
from products.onboarding.models import CheckQuestion
from products.onboarding.questions.asking import drawn_visible_to
from products.onboarding.questions.editing import (
    bring_back,
    change_question,
    make_from_facts,
    take_out,
    write_question,
)
from products.onboarding.questions.forms import lines_of, typed_of, typed_question
from products.onboarding.questions.pages import AskedPage, asked_page, check_living
from products.onboarding.questions.queries import questions_of
from products.onboarding.questions.rules.hand import (
    LONGEST_ANSWER,
    LONGEST_QUOTE,
    LONGEST_WORDS,
    Typed,
    gives_itself_away,
)
from products.onboarding.questions.rules.passing import ALL_RIGHT_UP_TO, MOST_ASKED
from products.onboarding.questions.rules.states import rest_of
from products.onboarding.questions.wording import KIND_NAMES, REST_NAMES
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import reading, transaction
from wiki.errors import Forbidden, Missing, Refusal
from wiki.locale import _, language, ngettext, say
from wiki.pages.categories import tree

editing = Blueprint("editing", __name__)

_FOLDER = "products/onboarding/questions"


@editing.get("/questions/<int:page_id>/edit")
@needs(Permission.WRITE_PAGES)
def questions(page_id: int) -> str:
    """All questions of a page with their answers, those at rest below with the reason."""
    asked = asked_page(reading(), actor(), page_id)
    found = questions_of(reading(), page_id)
    drawn = drawn_visible_to(reading(), actor(), asked, found)
    shown = {one.question.id for one in drawn}
    return render_template(
        f"{_FOLDER}/edit.html",
        asked=asked,
        living=[one for one in drawn if not one.question.archived],
        resting=[(one, rest_of(one.place)) for one in found if one.archived],
        unfair=[one for one in found if not one.archived and one.id not in shown],
        kind_names=KIND_NAMES,
        rest_names=REST_NAMES,
        most=MOST_ASKED,
        all_up_to=ALL_RIGHT_UP_TO,
    )


@editing.post("/questions/<int:page_id>/make")
@needs(Permission.WRITE_PAGES)
def make(page_id: int) -> ResponseReturnValue:
    """Make questions of the facts that have none yet."""
    asked_page(reading(), actor(), page_id)
    try:
        with transaction() as session:
            made = make_from_facts(session, actor(), page_id)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        flash(say(refusal), "warning")
    else:
        flash(_said(made), "success" if made else "info")
    return redirect(f"/questions/{page_id}/edit")


def _said(made: int) -> str:
    if not made:
        return _("Every fact that can be asked about has its question already.")
    return str(ngettext("%(num)d question was made.", "%(num)d questions were made.", made))


@editing.get("/questions/<int:page_id>/new")
@needs(Permission.WRITE_PAGES)
def new(page_id: int) -> ResponseReturnValue:
    """The form of a question by hand."""
    asked = _living(page_id)
    return _form(asked, None, Typed("", (), None))


@editing.post("/questions/<int:page_id>/new")
@needs(Permission.WRITE_PAGES)
def write(page_id: int) -> ResponseReturnValue:
    """Keep a question by hand."""
    asked, typed = _living(page_id), typed_question()
    try:
        with transaction() as session:
            write_question(session, actor(), page_id, typed)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        return _refused(asked, None, typed, refusal)
    return _kept(page_id, typed)


@editing.get("/questions/<int:page_id>/<int:question_id>")
@needs(Permission.WRITE_PAGES)
def change_form(page_id: int, question_id: int) -> ResponseReturnValue:
    """The form with a question by hand."""
    asked = _living(page_id)
    question = _by_hand(page_id, question_id)
    return _form(asked, question, typed_of(question))


@editing.post("/questions/<int:page_id>/<int:question_id>")
@needs(Permission.WRITE_PAGES)
def change(page_id: int, question_id: int) -> ResponseReturnValue:
    """Keep the changed question."""
    asked, typed = _living(page_id), typed_question()
    question = _by_hand(page_id, question_id)
    try:
        with transaction() as session:
            change_question(session, actor(), page_id, question_id, typed)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        return _refused(asked, question, typed, refusal)
    return _kept(page_id, typed)


@editing.post("/questions/<int:page_id>/<int:question_id>/take-out")
@needs(Permission.WRITE_PAGES)
def remove(page_id: int, question_id: int) -> ResponseReturnValue:
    """Ask a question no more."""
    asked_page(reading(), actor(), page_id)
    try:
        with transaction() as session:
            take_out(session, actor(), page_id, question_id)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        flash(say(refusal), "warning")
    else:
        flash(_("The question is taken out. It can be brought back below."))
    return redirect(f"/questions/{page_id}/edit")


@editing.post("/questions/<int:page_id>/<int:question_id>/bring-back")
@needs(Permission.WRITE_PAGES)
def put_back(page_id: int, question_id: int) -> ResponseReturnValue:
    """Ask a question again."""
    asked_page(reading(), actor(), page_id)
    try:
        with transaction() as session:
            bring_back(session, actor(), page_id, question_id)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        flash(say(refusal), "warning")
    else:
        flash(_("The question is asked again."), "success")
    return redirect(f"/questions/{page_id}/edit")


def _living(page_id: int) -> AskedPage:
    asked = asked_page(reading(), actor(), page_id)
    check_living(asked)
    return asked


def _by_hand(page_id: int, question_id: int) -> CheckQuestion:
    found = {one.id: one for one in questions_of(reading(), page_id)}
    question = found.get(question_id)
    if question is None or question.kind is not QuestionKind.HAND:
        raise Missing()
    return question


def _kept(page_id: int, typed: Typed) -> ResponseReturnValue:
    flash(_("The question is saved."), "success")
    if gives_itself_away(typed):
        flash(
            _("The right answer is much longer than all others, so readers will guess it. Make "
              "the answers alike."),
            "warning",
        )  # fmt: skip
    return redirect(f"/questions/{page_id}/edit")


def _form(asked: AskedPage, question: CheckQuestion | None, typed: Typed) -> ResponseReturnValue:
    fields = tree(reading()).fields(asked.revision.category_id)
    there = [field for field in fields if field.key in asked.revision.facts]
    return make_response(
        render_template(
            f"{_FOLDER}/form.html",
            asked=asked,
            question=question,
            typed=typed,
            lines=lines_of(typed),
            facts=[(field.key, field.label(language())) for field in there],
            longest=(LONGEST_WORDS, LONGEST_ANSWER, LONGEST_QUOTE),
        )
    )


def _refused(
    asked: AskedPage, question: CheckQuestion | None, typed: Typed, refusal: Refusal
) -> ResponseReturnValue:
    flash(say(refusal), "danger")
    answer = make_response(_form(asked, question, typed))
    answer.status_code = refusal.status
    return answer
