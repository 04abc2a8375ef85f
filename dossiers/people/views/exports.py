"""The chart taken out of the house: as SVG, PNG or PDF; the whole, or one branch."""

import re
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from flask import Response, current_app, request, send_file
from flask.blueprints import BlueprintSetupState

from dossiers.clients.deeds import note_export
from dossiers.clients.queries import client_visible_to
from dossiers.people.api import moment_of
from dossiers.people.chart.branches import branch_of
from dossiers.people.chart.drawing.press import Press
from dossiers.people.chart.drawing.scene import Scene, scene_of
from dossiers.people.chart.drawing.svg import as_svg
from dossiers.people.chart.drawing.wording import terms_of
from dossiers.people.chart.overlays import overlay_of
from dossiers.people.chart.queries import chart_of
from dossiers.people.chart.snapshot import Chart
from dossiers.people.views.blueprint import people_room
from dossiers.people.views.changes import day_in_address
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import reading, transaction
from wiki.errors import Missing, Refusal
from wiki.locale import _
from wiki.pages.forms import whole_number

MOST_IN_SVG = 10_000
#: A drawing is looked at in a browser, too: it may do nothing and fetch nothing there.
_POLICY = "sandbox; default-src 'none'"
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


@people_room.record_once
def _keep_press(state: BlueprintSetupState) -> None:
    state.app.extensions["chart_press"] = Press()


@dataclass(frozen=True)
class Asked:
    """What is to be taken out, and under which name."""

    chart: Chart
    scene: Scene
    name: str


@people_room.get("/clients/<int:client_id>/chart.svg")
@needs(Permission.READ)
def chart_svg(client_id: int) -> Response:
    """The chart of a day (`on`), as known on another (`known`), or the branch `root`, as SVG.

    With the way of a decision over it when the address names one: `?path=12`.
    """
    asked = _asked(client_id)
    return _taken_out(client_id, asked, as_svg(asked.scene).encode(), "svg", "image/svg+xml")


@people_room.get("/clients/<int:client_id>/chart.png")
@needs(Permission.READ)
def chart_png(client_id: int) -> Response:
    """The same as a picture."""
    asked = _asked(client_id)
    content = _press().png(asked.scene, len(asked.chart.seats))
    return _taken_out(client_id, asked, content, "png", "image/png")


@people_room.get("/clients/<int:client_id>/chart.pdf")
@needs(Permission.READ)
def chart_pdf(client_id: int) -> Response:
    """The same as PDF: on one page, or on sheets (`paper`: a3, a4) to be put together."""
    asked = _asked(client_id)
    paper = request.args.get("paper", "")
    content = _press().pdf(asked.scene, len(asked.chart.seats), paper)
    return _taken_out(client_id, asked, content, "pdf", "application/pdf")


def _press() -> Press:
    press: Press = current_app.extensions["chart_press"]
    return press


def _asked(client_id: int) -> Asked:
    person = actor()
    client = client_visible_to(reading(), person, client_id)
    known = day_in_address("known")
    moment = moment_of(person, day_in_address("on"), known)
    chart = chart_of(reading(), client_id, moment)
    root = root_in(chart)
    if root is not None:
        chart = branch_of(chart, root)
    if len(chart.seats) > MOST_IN_SVG:
        raise Refusal(
            "The chart has %(count)d positions; %(limit)d can be drawn at most. Take out a branch.",
            count=len(chart.seats),
            limit=MOST_IN_SVG,
        )
    overlay = overlay_of(reading(), client, moment, request.args)
    scene = scene_of(chart, terms_of(client.name, chart, known, root), overlay)
    return Asked(chart, scene, file_name(client.name, chart.day))


def root_in(chart: Chart) -> int | None:
    """The position of the address whose branch is asked for. Raises `Missing`."""
    typed = request.args.get("root", "")
    if not typed:
        return None
    root = whole_number(typed)
    if root not in chart.seats:
        raise Missing()
    return root


def file_name(name: str, day: date) -> str:
    """The client's name as the name of a file, with the day; without its ending."""
    plain = " ".join(_NOT_IN_NAMES.sub(" ", name).split())[:80].strip(" .")
    return ", ".join(filter(None, (plain, str(_("org chart")), day.isoformat())))


def _taken_out(
    client_id: int, asked: Asked, content: bytes, suffix: str, media_type: str
) -> Response:
    with transaction() as session:
        note_export(session, actor(), client_id, f"chart.{suffix}")
    answer = send_file(
        BytesIO(content),
        mimetype=media_type,
        as_attachment=True,
        download_name=f"{asked.name}.{suffix}",
        max_age=None,
    )
    answer.headers["Content-Security-Policy"] = _POLICY
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
