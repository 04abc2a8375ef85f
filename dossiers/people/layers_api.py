"""The programs' door to what is laid over a chart: the way of a decision, step by step."""

from datetime import date

from flask import jsonify
from pydantic import BaseModel, Field
from spectree import Response

from dossiers.clients.deeds import note_redraw
from dossiers.clients.queries import client_visible_to
from dossiers.people.api import moment_of
from dossiers.people.chart.overlays import LONGEST_VALUE, Overlay, overlay_of
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.api import Answer, Failure, api, spec
from wiki.database import reading, transaction
from wiki.errors import Missing


class LayerQuery(BaseModel):
    """Which way (a path's number, or "path-run"), on which day, as known on which day."""

    value: str = Field(max_length=LONGEST_VALUE)
    on: date | None = None
    known: date | None = None


class StopOut(BaseModel):
    """A step, who acts, at which positions of the chart of that day, and how far a deal is."""

    number: str
    title: str
    who: str
    positions: list[int]
    state: str
    said: str


class OverlayOut(BaseModel):
    """The steps in their order, and the arrows from position to position."""

    value: str
    title: str
    note: str
    address: str
    stops: list[StopOut]
    arrows: list[list[int]]


@api.get("/clients/<int:client_id>/chart/layers/<layer>")
@needs(Permission.READ)
@spec.validate(
    query=LayerQuery,
    resp=Response(HTTP_200=OverlayOut, HTTP_404=Failure, HTTP_422=Failure),
    tags=("dossiers",),
)
def get_layer(client_id: int, layer: str, query: LayerQuery) -> Answer:
    """What is laid over the chart; the layer "path" knows approval paths and their open runs."""
    client = client_visible_to(reading(), actor(), client_id)
    moment = moment_of(actor(), query.on, query.known)
    found = overlay_of(reading(), client, moment, {layer: query.value})
    if found is None:
        raise Missing()
    with transaction() as session:
        note_redraw(session, actor(), client_id, "chart")
    return jsonify(_plain(found))


def _plain(overlay: Overlay) -> dict[str, object]:
    return {
        "value": overlay.value,
        "title": overlay.title,
        "note": overlay.note,
        "address": overlay.address,
        "stops": [stop._asdict() for stop in overlay.stops],
        "arrows": [list(arrow) for arrow in overlay.arrows],
    }
