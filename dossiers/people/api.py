"""The programs' door to charts: read one, edit it, take an edit back, ask whether it changed."""

from datetime import date
from json import dumps
from typing import Any

from flask import Response as HttpResponse
from flask import current_app, jsonify
from flask.blueprints import BlueprintSetupState
from spectree import Response
from sqlalchemy.orm import Session

from dossiers.clients.changes import deeds_since, newest_change
from dossiers.clients.deed_words import sentence_of
from dossiers.clients.deeds import note_redraw
from dossiers.clients.models import Client
from dossiers.clients.queries import client_visible_to
from dossiers.clients.rules import may_edit
from dossiers.facts.asking import Moment, end_of
from dossiers.facts.writing import Evidence
from dossiers.people.chart.kept import KeptCharts
from dossiers.people.edit_doing import Done, do_edit
from dossiers.people.edit_shapes import (
    ChartOut,
    ChartQuery,
    EditedOut,
    EditIn,
    UndoIn,
    VersionOut,
    VersionQuery,
)
from dossiers.people.editing.pen import open_dossier
from dossiers.people.editing.taking_back import take_back
from dossiers.people.rules import LONGEST_NOTE, check_day, check_learned, line_of
from wiki import clock
from wiki.accounts.access import actor, for_programs, needs
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission
from wiki.api import Answer, Failure, api, spec
from wiki.database import reading, transaction

_TAGS = ("dossiers",)


class _Large(Response):
    """Answers whose shape is documented and held by tests.

    To check one of ten thousand positions each time would take half as long as to read them.
    """

    def find_model(self, code: int) -> None:
        """No shape to check the answer against."""


@api.get("/clients/<int:client_id>/chart")
@needs(Permission.READ)
@spec.validate(query=ChartQuery, resp=_Large(HTTP_200=ChartOut, HTTP_404=Failure), tags=_TAGS)
def get_chart(client_id: int, query: ChartQuery) -> Answer:
    """The chart of a client on a day, as known on another day."""
    person = actor()
    client = client_visible_to(reading(), person, client_id)
    moment = moment_of(person, query.on, query.known)
    # The newest change is asked first: whatever comes in between is then told once more.
    head = {**_head(reading(), person, client), "known": _iso(query.known)}
    kept: KeptCharts = current_app.extensions["kept_charts"]
    rest = kept.text_of(reading(), client, moment, query.deal)
    with transaction() as session:
        note_redraw(session, person, client_id, "chart")
    return HttpResponse(f"{dumps(head)[:-1]},{rest}", mimetype="application/json")


@api.record_once
def _keep_charts(state: BlueprintSetupState) -> None:
    state.app.extensions["kept_charts"] = KeptCharts()


def moment_of(person: Actor, day: date | None, known: date | None) -> Moment:
    """A day (today by default) as known at the end of another, in the person's time zone.

    Raises `Refusal` for a day outside of our time.
    """
    today = clock.today(person.time_zone)
    for asked in (day, known):
        check_day(asked or today, today)
    return Moment(day or today, end_of(known, person.time_zone) if known else None)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _head(session: Session, person: Actor, client: Client) -> dict[str, Any]:
    return {
        "name": client.name,
        "version": client.stamp,
        "change": newest_change(session, client.id),
        "mayEdit": may_edit(person, client.team_id),
    }


@api.get("/clients/<int:client_id>/version")
@needs(Permission.READ)
@spec.validate(query=VersionQuery, resp=Response(HTTP_200=VersionOut, HTTP_404=Failure), tags=_TAGS)
def get_version(client_id: int, query: VersionQuery) -> Answer:
    """Whether the dossier changed since the asker looked at it, and who changed what."""
    client = client_visible_to(reading(), actor(), client_id)
    return jsonify(_version(reading(), actor(), client, query.base))


@api.post("/clients/<int:client_id>/chart/edits")
@for_programs
@needs(Permission.EDIT_DOSSIERS)
@spec.validate(
    json=EditIn,
    resp=Response(HTTP_200=EditedOut, HTTP_404=Failure, HTTP_409=Failure, HTTP_422=Failure),
    tags=_TAGS,
)
def edit_chart(client_id: int, json: EditIn) -> Answer:
    """Do one edit: whole or not at all; the number of its change takes it back."""
    person = actor()
    today = clock.today(person.time_zone)
    check_day(json.on or today, today)
    check_learned(json.learned_on or today, today)
    note = line_of(json.note, LONGEST_NOTE)
    said = Evidence(json.source, json.confidence, json.learned_on, note)
    with transaction() as session:
        pen = open_dossier(session, person, client_id, json.on, said, json.base)
        done = do_edit(json.edit, pen)
        return jsonify(_edited(session, person, pen.client, done, json.base))


@api.post("/clients/<int:client_id>/chart/undo")
@for_programs
@needs(Permission.EDIT_DOSSIERS)
@spec.validate(
    json=UndoIn,
    resp=Response(HTTP_200=EditedOut, HTTP_404=Failure, HTTP_409=Failure, HTTP_422=Failure),
    tags=_TAGS,
)
def undo_edit(client_id: int, json: UndoIn) -> Answer:
    """Take an edit back; the change of that, taken back, does it again."""
    person = actor()
    with transaction() as session:
        pen = open_dossier(session, person, client_id, base=json.base)
        done = Done(take_back(pen, json.change))
        return jsonify(_edited(session, person, pen.client, done, json.base))


def _edited(
    session: Session, person: Actor, client: Client, done: Done, base: int | None
) -> dict[str, Any]:
    session.flush()
    version = _version(session, person, client, base)
    meant = {"change": done.change.id, "position": done.position, "person": done.person}
    return version | meant


def _version(session: Session, person: Actor, client: Client, base: int | None) -> dict[str, Any]:
    others = deeds_since(session, client.id, base, person.id) if base is not None else []
    return {
        "change": newest_change(session, client.id),
        "version": client.stamp,
        "others": [
            {"who": deed.who or "", "at": deed.at.isoformat(), "what": sentence_of(deed)}
            for deed in others
        ],
    }
