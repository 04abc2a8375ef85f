"""The browser's door to one question at a time."""

from datetime import timedelta

from flask import current_app, flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from dossiers.clients.deeds import note_look
from dossiers.clients.queries import client_visible_to
from dossiers.clients.rules import check_may_edit
from dossiers.facts.asking import Moment
from dossiers.facts.models import Change
from dossiers.people.chart.queries import chart_of
from dossiers.people.chart.snapshot import Chart
from dossiers.people.editing.pen import open_dossier
from dossiers.people.insight import later
from dossiers.people.insight.answers import answer
from dossiers.people.insight.asking import asked_of, to_ask
from dossiers.people.insight.questions import Question, questions_of
from dossiers.people.views.blueprint import people_room
from dossiers.people.views.deeds import tell_done, today
from wiki.accounts.access import actor, needs
from wiki.accounts.addresses import safe_next
from wiki.accounts.rules import Permission
from wiki.config import Settings
from wiki.database import reading, transaction
from wiki.errors import Forbidden, Missing, Refusal
from wiki.locale import _, say

_LONGEST_ANSWER = 300
_FOR = {"unknown": later.UNKNOWN_FOR, "skip": later.SKIPPED_FOR}


@people_room.get("/clients/<int:client_id>/question")
@needs(Permission.EDIT_DOSSIERS)
def question(client_id: int) -> str:
    """The question that is worth most now."""
    return _page(client_id)


@people_room.post("/clients/<int:client_id>/question")
@needs(Permission.EDIT_DOSSIERS)
def answer_question(client_id: int) -> ResponseReturnValue:
    """Take the answer, "I do not know" or "another one", and go on to the next question."""
    back = safe_next(request.form.get("next"), f"/clients/{client_id}/question")
    code, do = request.form.get("code", "")[:60], request.form.get("do", "")
    chart = _chart_to_write(client_id)
    found = next((one for one in questions_of(chart) if one.code == code), None)
    if found is None:
        flash(_("That has been answered meanwhile. Here is the next question."))
        return redirect(back)
    if do in _FOR:
        return _put_off(client_id, found, _FOR[do], back)
    try:
        change = _write(client_id, chart, found)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        return _page(client_id, found, say(refusal)), refusal.status
    if change is None:
        return _put_off(client_id, found, later.SETTLED_FOR, back)
    tell_done(change, client_id, back)
    return redirect(back)


def _write(client_id: int, chart: Chart, found: Question) -> Change | None:
    said = request.form.get("answer", "")[:_LONGEST_ANSWER]
    with transaction() as session:
        return answer(open_dossier(session, actor(), client_id), chart, found, said)


def _put_off(client_id: int, found: Question, days: timedelta, back: str) -> ResponseReturnValue:
    settings: Settings = current_app.config["SETTINGS"]
    name = later.cookie_name(actor().id)
    text = later.put_off(
        request.cookies.get(name, ""), client_id, found.code, today() + days, today()
    )
    response = make_response(redirect(back))
    response.set_cookie(
        name,
        text,
        max_age=later.SETTLED_FOR,
        secure=settings.secure_cookies,
        httponly=True,
        samesite="Lax",
    )
    return response


def _page(client_id: int, again: Question | None = None, problem: str = "") -> str:
    """The page with the next question, or with the one whose answer was refused."""
    chart = _chart_to_write(client_id)
    client = client_visible_to(reading(), actor(), client_id)
    open_ones = to_ask(chart, actor().id, client_id, request.cookies)
    shown = again or next(iter(open_ones), None)
    with transaction() as session:
        note_look(session, actor(), client_id, "question")
    return render_template(
        "dossiers/people/question.html",
        client=client,
        asked=asked_of(reading(), chart, shown) if shown else None,
        count=len(open_ones),
        has_people=bool(chart.names or chart.seats),
        back=f"/clients/{client_id}/question",
        problem=problem,
        typed=request.form.get("answer", "")[:_LONGEST_ANSWER] if problem else "",
    )


def _chart_to_write(client_id: int) -> Chart:
    """The chart, for somebody who may write into the dossier."""
    client = client_visible_to(reading(), actor(), client_id)
    check_may_edit(actor(), client.team_id)
    return chart_of(reading(), client_id, Moment(today()))
