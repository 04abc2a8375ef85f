"""The page of one path: its steps with those who act on a day, its standing, its panels."""

from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue

from dossiers.approvals.flaw_words import flaws_words
from dossiers.approvals.path_panels import path_panels_of
from dossiers.approvals.paths.standing import Standing, standings_of
from dossiers.approvals.shown import category_names, steps_shown
from dossiers.approvals.views.blueprint import Room, approvals_room, room_of, today
from dossiers.clients.rules import may_edit
from dossiers.facts.asking import Moment
from dossiers.people.views.deeds import day_asked
from wiki.accounts.access import actor
from wiki.database import reading
from wiki.errors import Missing


@approvals_room.get("/clients/<int:client_id>/paths/<int:path_id>")
def path(client_id: int, path_id: int) -> ResponseReturnValue:
    """The version in force and who acts, today or on the day `on`."""
    room = room_of(client_id, path_id, "path")
    day = day_asked(request.args.get("on", "")) or today()
    return _page(room, standing_on(room, day), day)


def standing_on(room: Room, day: date) -> Standing:
    """How the path stands on a day. Raises `Missing` for a path without versions."""
    found = standings_of(reading(), [room.path], day).get(room.path.id)
    if found is None:
        raise Missing()
    return found


def _page(room: Room, standing: Standing, day: date) -> str:
    session, version = reading(), standing.version
    panels = (session, actor(), room.client, room.path, version)
    return render_template(
        "dossiers/approvals/path.html",
        client=room.client,
        path=room.path,
        standing=standing,
        version=version,
        steps=steps_shown(session, room.client.id, version.document, Moment(day)),
        categories=category_names(session, [version.document]),
        flaws=flaws_words(version.document),
        day=day,
        today=today(),
        editable=may_edit(actor(), room.client.team_id),
        panels=path_panels_of(*panels),
        side_panels=path_panels_of(*panels, aside=True),
    )
