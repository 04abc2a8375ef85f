"""The chart as a text that can be typed: opened, looked at before it is done, and done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import Response, flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from dossiers.clients.changes import newest_change
from dossiers.clients.deeds import note_look
from dossiers.clients.models import Client
from dossiers.clients.queries import client_visible_to
from dossiers.clients.rules import check_may_edit, may_edit
from dossiers.facts.asking import Moment
from dossiers.facts.models import Source
from dossiers.facts.wording import SOURCES
from dossiers.facts.writing import Evidence
from dossiers.people.chart.compare import changes_between
from dossiers.people.chart.foreseen import foreseen
from dossiers.people.chart.names import Names
from dossiers.people.chart.outline import LineRefusal, Unreadable, parse_outline
from dossiers.people.chart.outline_writing import write_outline
from dossiers.people.chart.queries import seats_of
from dossiers.people.chart.snapshot import Known
from dossiers.people.editing.outline import Asked, apply_outline, left_out, planned
from dossiers.people.editing.pen import open_dossier
from dossiers.people.editing.uses import Use, uses_of
from dossiers.people.rules import check_day, choice_in
from dossiers.people.views.blueprint import people_room
from dossiers.people.views.changes import Group, day_in_address, grouped
from wiki import clock
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import fresh_reading, reading, transaction
from wiki.errors import Missing, Refusal
from wiki.locale import _, language, say
from wiki.pages.facts import as_date
from wiki.pages.forms import whole_number


@dataclass
class Typed:
    """What stands in the form, as it was typed."""

    text: str
    on: str
    base: int
    source: str = Source.COLLEAGUE
    remove: bool = False

    def asked(self) -> Asked:
        """What is to be done. Raises `Refusal` when a day or a line cannot be read."""
        return Asked(parse_outline(self.text), self.day(), self.base, self.remove)

    def day(self) -> date:
        """Since when it is so. Raises `Refusal`."""
        today = clock.today(actor().time_zone)
        day = as_date(self.on) if self.on else today
        if day is None:
            raise Refusal("The day must be written like 2026-03-31. Nothing was changed.")
        check_day(day, today)
        return day

    def evidence(self) -> Evidence:
        """Where it is known from. Raises `Refusal`."""
        return Evidence(choice_in(Source, self.source))


@dataclass
class Preview:
    """What would happen: the differences, and how many positions the text leaves out.

    `losing` is what needs positions that would end.
    """

    groups: Sequence[Group]
    count: int
    left_out: int
    losing: Sequence[Use]


@people_room.get("/clients/<int:client_id>/chart/outline")
@needs(Permission.READ)
def outline(client_id: int) -> ResponseReturnValue:
    """The chart of a day (`on`) as text."""
    person = actor()
    client = client_visible_to(reading(), person, client_id)
    today = clock.today(person.time_zone)
    day = day_in_address("on") or today
    check_day(day, today)
    # The newest change is asked first: whatever comes in between is then found by its number.
    base = newest_change(reading(), client_id)
    text = write_outline(seats_of(reading(), client_id, Moment(day)), language())
    with transaction() as opened:
        note_look(opened, person, client_id, "outline")
    return _page(client, Typed(text, day.isoformat(), base))


@people_room.post("/clients/<int:client_id>/chart/outline")
@needs(Permission.EDIT_DOSSIERS)
def change_by_outline(client_id: int) -> ResponseReturnValue:
    """Show what the text would change, or change it."""
    client = client_visible_to(reading(), actor(), client_id)
    check_may_edit(actor(), client.team_id)
    typed = Typed(
        request.form.get("text", ""),
        request.form.get("on", "").strip()[:20],
        whole_number(request.form.get("base_number")),
        request.form.get("source", ""),
        "remove" in request.form,
    )
    try:
        if request.form.get("deed") == "apply":
            return _apply(client, typed)
        return _page(client, typed, preview=_preview(client_id, typed))
    except Missing:
        raise
    except Refusal as refusal:
        return _refused(client_id, typed, refusal)


def _apply(client: Client, typed: Typed) -> ResponseReturnValue:
    asked, evidence = typed.asked(), typed.evidence()
    with transaction() as opened:
        pen = open_dossier(opened, actor(), client.id, asked.day, evidence, asked.base)
        change = apply_outline(pen, asked)
    flash(f"outline-{client.id}", "saved-draft")
    if change is None:
        flash(_("The text says just what the chart says. Nothing was changed."))
    else:
        flash(_("The chart is as the text says. The change can be taken back as one."), "success")
    day = "" if asked.day == clock.today(actor().time_zone) else f"?on={asked.day.isoformat()}"
    return redirect(f"/clients/{client.id}/chart{day}")


def _preview(client_id: int, typed: Typed) -> Preview:
    asked, evidence = typed.asked(), typed.evidence()
    plan, present = planned(reading(), actor(), client_id, asked)
    known = Known(evidence.source, evidence.confidence, asked.day, asked.day)
    after = foreseen(present, plan, known)
    found = changes_between(present, after)
    missing = left_out(reading(), client_id, asked)
    losing = uses_of(reading(), client_id, plan.removed)
    return Preview(grouped(found, Names.of(present, after)), len(found), missing, losing)


def _refused(client_id: int, typed: Typed, refusal: Refusal) -> ResponseReturnValue:
    """The form again with everything that was typed, and what is wrong."""
    client = client_visible_to(fresh_reading(), actor(), client_id)
    problems = refusal.problems if isinstance(refusal, Unreadable) else ()
    return _page(client, typed, say(refusal), problems), refusal.status


def _page(
    client: Client,
    typed: Typed,
    problem: str = "",
    problems: Sequence[LineRefusal] = (),
    preview: Preview | None = None,
) -> Response:
    html = render_template(
        "dossiers/people/outline.html",
        client=client,
        typed=typed,
        problem=problem,
        problems=problems,
        preview=preview,
        sources=SOURCES,
        may_edit=may_edit(actor(), client.team_id),
    )
    answer = make_response(html)
    # An old copy of the form would have an old base.
    answer.headers["Cache-Control"] = "no-store"
    return answer
