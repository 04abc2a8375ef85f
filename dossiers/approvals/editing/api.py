"""The programs' door to editing paths: do an edit and draw, find who acts, save a version."""

from typing import Any

from flask import jsonify, request
from spectree import Response

from dossiers.approvals.document import document_from
from dossiers.approvals.drawing.layout import Way
from dossiers.approvals.editing.applying import Applied, Mistyped, applied
from dossiers.approvals.editing.committees import seats_found
from dossiers.approvals.editing.disputes import dispute_of, plain_dispute
from dossiers.approvals.editing.drawn import drawn
from dossiers.approvals.editing.saving import save_settled
from dossiers.approvals.editing.shapes import (
    DrawIn,
    DrawnOut,
    SavedOut,
    SaveIn,
    SeatsOut,
    SuggestQuery,
)
from dossiers.approvals.forms.step_typed import StepTyping
from dossiers.approvals.paths.queries import path_in
from dossiers.approvals.paths.services import Draft, PathClash, save_version
from dossiers.clients.queries import client_visible_to
from dossiers.clients.rules import check_may_edit
from dossiers.facts.asking import Moment
from dossiers.people.rules import check_day
from wiki import clock
from wiki.accounts.access import actor, for_programs, needs
from wiki.accounts.rules import Permission
from wiki.api import Answer, Failure, api, spec
from wiki.database import reading, transaction
from wiki.errors import TooLarge
from wiki.locale import say
from wiki.pages.content import one_line

_TAGS = ("dossiers",)
_LARGEST = 2_000_000
_REFUSED = {"HTTP_403": Failure, "HTTP_404": Failure, "HTTP_413": Failure, "HTTP_422": Failure}


@api.post("/clients/<int:client_id>/paths/drawn")
@for_programs
@needs(Permission.EDIT_DOSSIERS)
@spec.validate(json=DrawIn, resp=Response(HTTP_200=DrawnOut, **_REFUSED), tags=_TAGS)
def draw_path(client_id: int, json: DrawIn) -> Answer:
    """Do one edit of a path that need not be saved, and draw it; nothing is kept."""
    _check_size()
    client = client_visible_to(reading(), actor(), client_id)
    check_may_edit(actor(), client.team_id)
    document = document_from(json.document)
    moment = Moment(clock.today(actor().time_zone))
    typing = StepTyping(reading(), client_id, moment.day, document.currency, document.positions())
    try:
        done = applied(document, json.edit, typing) if json.edit else Applied(document)
    except Mistyped as refusal:
        return jsonify(error=say(refusal), problems=refusal.problems), refusal.status
    return jsonify(drawn(reading(), client_id, done, moment, Way(json.way)))


@api.get("/clients/<int:client_id>/paths/seats")
@needs(Permission.EDIT_DOSSIERS)
@spec.validate(query=SuggestQuery, resp=Response(HTTP_200=SeatsOut, HTTP_404=Failure), tags=_TAGS)
def find_seats(client_id: int, query: SuggestQuery) -> Answer:
    """Positions that fit what was typed; a seat of a committee tells all seats of it."""
    client_visible_to(reading(), actor(), client_id)
    today = clock.today(actor().time_zone)
    found = seats_found(reading(), client_id, today, one_line(query.q))
    seats = [
        {
            "id": one.choice.id,
            "label": one.choice.label,
            "committee": list(one.committee),
            "body": one.body,
        }
        for one in found
    ]
    return jsonify(seats=seats)


@api.post("/clients/<int:client_id>/paths/<int:path_id>/versions")
@for_programs
@needs(Permission.EDIT_DOSSIERS)
@spec.validate(
    json=SaveIn, resp=Response(HTTP_200=SavedOut, HTTP_409=Failure, **_REFUSED), tags=_TAGS
)
def save_path(client_id: int, path_id: int, json: SaveIn) -> Answer:
    """Save a new version of a path; what others saved meanwhile is joined with it."""
    _check_size()
    client = client_visible_to(reading(), actor(), client_id)
    path_in(reading(), client.id, path_id)
    check_may_edit(actor(), client.team_id)
    today = clock.today(actor().time_zone)
    check_day(json.valid_from or today, today)
    draft = Draft(document_from(json.document), json.base, json.valid_from, json.why)
    try:
        return jsonify(_saved(client_id, path_id, json, draft))
    except PathClash as clash:
        return _disputed(client_id, path_id, draft, clash), clash.status


def _saved(client_id: int, path_id: int, asked: SaveIn, draft: Draft) -> dict[str, Any]:
    with transaction() as session:
        if asked.over is None:
            saved = save_version(session, actor(), client_id, path_id, draft)
        else:
            theirs = frozenset((place.step, place.field) for place in asked.theirs)
            saved = save_settled(session, actor(), client_id, path_id, draft, asked.over, theirs)
        kept = saved.version
        return {"number": kept.number, "document": kept.document, "merged": saved.merged}


def _disputed(client_id: int, path_id: int, draft: Draft, clash: PathClash) -> Any:
    session = reading()
    dispute = dispute_of(session, path_in(session, client_id, path_id), draft)
    return jsonify(error=say(clash), **plain_dispute(dispute))


def _check_size() -> None:
    """Raise `TooLarge` for more than any path of a hundred steps has."""
    if (request.content_length or 0) > _LARGEST:
        raise TooLarge("A path may have two megabytes at most. Nothing was changed.")
