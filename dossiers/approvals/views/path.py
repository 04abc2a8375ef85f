"""The page of one path: its steps with those who act on a day, its standing, its panels."""

from collections.abc import Mapping, Sequence
from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from dossiers.approvals.drawing.drawing import drawing_of
from dossiers.approvals.drawing.svg import as_svg
from dossiers.approvals.flaw_words import flaws_words
from dossiers.approvals.path_panels import path_panels_of
from dossiers.approvals.paths.standing import Standing, standings_of
from dossiers.approvals.shown import StepShown, category_names, seats_in, steps_shown
from dossiers.approvals.views.blueprint import Room, approvals_room, room_of, today
from dossiers.clients.rules import may_edit
from dossiers.facts.asking import Moment
from dossiers.people.views.deeds import day_asked
from wiki.accounts.access import actor
from wiki.database import reading
from wiki.errors import Missing


@approvals_room.get("/clients/<int:client_id>/paths/<int:path_id>")
def path(client_id: int, path_id: int) -> ResponseReturnValue:
    """The version in force and who acts, today or on the day `on`; `view=diagram` draws it."""
    room = room_of(client_id, path_id, "path")
    day = day_asked(request.args.get("on", "")) or today()
    return _page(room, standing_on(room, day), day, request.args.get("view") == "diagram")


def standing_on(room: Room, day: date) -> Standing:
    """How the path stands on a day. Raises `Missing` for a path without versions."""
    found = standings_of(reading(), [room.path], day).get(room.path.id)
    if found is None:
        raise Missing()
    return found


def _page(room: Room, standing: Standing, day: date, drawn: bool) -> str:
    session, version = reading(), standing.version
    steps = steps_shown(session, room.client.id, version.document, Moment(day))
    categories = category_names(session, [version.document])
    panels = (session, actor(), room.client, room.path, version)
    return render_template(
        "dossiers/approvals/path.html",
        client=room.client,
        path=room.path,
        standing=standing,
        version=version,
        steps=steps,
        categories=categories,
        diagram=_diagram(room, standing, steps, categories) if drawn and steps else None,
        flaws=flaws_words(version.document),
        day=day,
        today=today(),
        editable=may_edit(actor(), room.client.team_id),
        panels=path_panels_of(*panels),
        side_panels=path_panels_of(*panels, aside=True),
    )


def _diagram(
    room: Room, standing: Standing, steps: Sequence[StepShown], categories: Mapping[int, str]
) -> Markup:
    drawing = drawing_of(standing.version.document, seats_in(steps), categories)
    return as_svg(drawing, room.path.subject, is_draft=standing.confirmed is None)
