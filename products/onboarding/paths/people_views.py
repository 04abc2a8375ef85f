"""Putting people on a path, and what is changed of their walk."""

from collections.abc import Callable
from datetime import date

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from products.onboarding.paths.blueprint import ONE, address_of_path, path_asked, reading_paths
from products.onboarding.paths.enrolling import (
    Terms,
    change_terms,
    end_enrolment,
    enrol,
    resume_enrolment,
)
from products.onboarding.paths.offers import group_of, mentors_among
from products.onboarding.paths.page import draw_path
from products.onboarding.paths.queries import active_colleagues, enrolments_of
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import reading, transaction
from wiki.errors import Forbidden, Missing, Refusal
from wiki.locale import _, ngettext
from wiki.pages.forms import whole_number

_PEOPLE = f"{ONE}/people"


@reading_paths.post(_PEOPLE)
@needs(Permission.EDIT_READING_PATHS)
def enrol_people(path_id: int) -> ResponseReturnValue:
    """Put a colleague, a role or a team on the path."""

    def do(session: Session) -> str:
        group = group_of(request.form.get("who", "")[:60])
        number = enrol(session, actor(), path_id, group, _typed_terms())
        said: str = ngettext(
            "%(num)d colleague is on the path now.",
            "%(num)d colleagues are on the path now.",
            number,
        )
        return said

    return _done(path_id, do)


@reading_paths.get(f"{_PEOPLE}/<int:enrolment_id>")
@needs(Permission.EDIT_READING_PATHS)
def enrolment(path_id: int, enrolment_id: int) -> ResponseReturnValue:
    """With whom as mentor and from which day on somebody walks the path."""
    return _walk_form(path_id, enrolment_id)


@reading_paths.post(f"{_PEOPLE}/<int:enrolment_id>")
@needs(Permission.EDIT_READING_PATHS)
def change_enrolment(path_id: int, enrolment_id: int) -> ResponseReturnValue:
    """Another mentor or first day."""
    try:
        with transaction() as session:
            change_terms(session, actor(), path_id, enrolment_id, _typed_terms())
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        return _walk_form(path_id, enrolment_id, refusal)
    flash(_("Changed. Due days are counted from this first day."), "success")
    return redirect(f"{address_of_path(path_id)}#people")


def _walk_form(
    path_id: int, enrolment_id: int, refusal: Refusal | None = None
) -> ResponseReturnValue:
    path = path_asked(path_id)
    people = enrolments_of(reading(), path_ids=[path_id], with_ended=True)
    one = next((one for one in people if one.id == enrolment_id), None)
    if one is None:
        raise Missing()
    html = render_template(
        "products/onboarding/paths/person.html",
        path=path,
        one=one,
        mentors=mentors_among(active_colleagues(reading())),
        refusal=refusal,
        typed=request.form,
    )
    return html, refusal.status if refusal else 200


@reading_paths.post(f"{_PEOPLE}/<int:enrolment_id>/end")
@needs(Permission.EDIT_READING_PATHS)
def end_walk(path_id: int, enrolment_id: int) -> ResponseReturnValue:
    """Take somebody off the path."""

    def do(session: Session) -> str:
        end_enrolment(session, actor(), path_id, enrolment_id)
        return _("Taken off the path. What was read stays read.")

    return _done(path_id, do)


@reading_paths.post(f"{_PEOPLE}/<int:enrolment_id>/resume")
@needs(Permission.EDIT_READING_PATHS)
def resume_walk(path_id: int, enrolment_id: int) -> ResponseReturnValue:
    """Put somebody on the path again."""

    def do(session: Session) -> str:
        resume_enrolment(session, actor(), path_id, enrolment_id)
        return _("On the path again. What was read before counts.")

    return _done(path_id, do)


def _done(path_id: int, do: Callable[[Session], str]) -> ResponseReturnValue:
    found = path_asked(path_id)
    try:
        with transaction() as session:
            said = do(session)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        return draw_path(found, refusal)
    flash(said, "success")
    return redirect(f"{address_of_path(path_id)}#people")


def _typed_terms() -> Terms:
    mentor = whole_number(request.form.get("mentor")) or None
    return Terms(_typed_day(request.form.get("began_on", "")), mentor)


def _typed_day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError as error:
        raise Refusal(
            "The first day is not a date. Nothing was changed. Choose a day, for example "
            "2026-09-01."
        ) from error
