"""The programs' door to paths: list, read, write down, confirm, restore, name, archive.

A new version of a path is saved by `dossiers.approvals.editing.api`.
"""

from typing import Any

from flask import jsonify
from spectree import Response

from dossiers.approvals.actors import actors_on
from dossiers.approvals.document import check_document
from dossiers.approvals.drawing.numbering import numbers_of
from dossiers.approvals.models import ApprovalPath
from dossiers.approvals.paths.queries import (
    Version,
    newest_version,
    path_in,
    paths_of,
    version_in_force,
    version_numbered,
)
from dossiers.approvals.paths.services import (
    Draft,
    Told,
    archive_path,
    confirm_version,
    create_path,
    name_path,
    restore_version,
)
from dossiers.approvals.paths.standing import Confirmed, standings_of, told_by
from dossiers.approvals.paths.told import person_here
from dossiers.approvals.paths.versions import VersionLine, version_lines
from dossiers.approvals.views.blueprint import room_of, today
from dossiers.approvals.views.paths_api_shapes import (
    ConfirmationIn,
    NewPathIn,
    PathChangedOut,
    PathOut,
    PathQuery,
    PathsOut,
    PathsQuery,
    SubjectIn,
    VersionsOut,
)
from dossiers.clients.deeds import note_look
from dossiers.clients.queries import client_visible_to
from dossiers.facts.models import Change
from dossiers.people.api import moment_of
from dossiers.people.rules import check_day
from wiki.accounts.access import actor, for_programs, needs
from wiki.accounts.rules import Permission
from wiki.api import Answer, Failure, api, spec
from wiki.database import reading, transaction
from wiki.errors import Missing

_TAGS = ("dossiers",)
_AT = "/clients/<int:client_id>/paths/<int:path_id>"
_FAILURES = {"HTTP_403": Failure, "HTTP_404": Failure, "HTTP_409": Failure, "HTTP_422": Failure}
_CHANGED = Response(HTTP_200=PathChangedOut, **_FAILURES)


@api.get("/clients/<int:client_id>/paths")
@needs(Permission.READ)
@spec.validate(query=PathsQuery, resp=Response(HTTP_200=PathsOut, HTTP_404=Failure), tags=_TAGS)
def list_paths(client_id: int, query: PathsQuery) -> Answer:
    """The paths of a client: which version is in force today, who confirmed it, open runs."""
    client = client_visible_to(reading(), actor(), client_id)
    found = paths_of(reading(), client.id, query.archived)
    standings = standings_of(reading(), found, today())
    with transaction() as session:
        note_look(session, actor(), client.id, "paths")
    lines = []
    for path in found:
        standing = standings.get(path.id)
        line = {
            **_head(path),
            "in_force": standing.version.row.number if standing else None,
            "confirmed": _confirmed(standing.confirmed if standing else None),
            "open_runs": standing.open_runs if standing else 0,
        }
        lines.append(line)
    return jsonify(paths=lines)


@api.post("/clients/<int:client_id>/paths")
@for_programs
@needs(Permission.EDIT_DOSSIERS)
@spec.validate(json=NewPathIn, resp=_CHANGED, tags=_TAGS)
def write_path(client_id: int, json: NewPathIn) -> Answer:
    """Write a path down, with its first version."""
    check_day(json.valid_from or today(), today())
    check_document(json.document)
    draft = Draft(json.document, 0, json.valid_from, json.why)
    with transaction() as session:
        saved = create_path(session, actor(), client_id, json.subject, draft)
        return jsonify(_changed(saved.path, saved.change))


@api.get(_AT)
@needs(Permission.READ)
@spec.validate(
    query=PathQuery,
    resp=Response(HTTP_200=PathOut, HTTP_404=Failure, HTTP_422=Failure),
    tags=_TAGS,
)
def get_path(client_id: int, path_id: int, query: PathQuery) -> Answer:
    """The version in force on a day, or the one of that number, with those who act on that day."""
    moment = moment_of(actor(), query.on, None)
    path = room_of(client_id, path_id, "path").path
    version = (
        version_numbered(reading(), path.id, query.version)
        if query.version
        else version_in_force(reading(), path.id, moment.day)
    )
    seats = actors_on(reading(), client_id, version.document.positions(), moment)
    actors = [
        {
            "position": seat.id,
            "title": seat.title,
            "holder": seat.holder.name if seat.holder else None,
            "gone": seat.is_gone,
        }
        for seat in seats.values()
    ]
    return jsonify({**_head(path), **_version(client_id, version), "actors": actors})


@api.get(f"{_AT}/versions")
@needs(Permission.READ)
@spec.validate(resp=Response(HTTP_200=VersionsOut, HTTP_404=Failure), tags=_TAGS)
def list_versions(client_id: int, path_id: int) -> Answer:
    """All versions without their steps: who saved each and why, who confirmed it."""
    path = room_of(client_id, path_id, "path versions").path
    return jsonify(versions=[_line(line) for line in version_lines(reading(), path.id)])


@api.post(f"{_AT}/versions/<int:number>/restore")
@for_programs
@needs(Permission.EDIT_DOSSIERS)
@spec.validate(resp=_CHANGED, tags=_TAGS)
def bring_version_back(client_id: int, path_id: int, number: int) -> Answer:
    """Make an old version the newest again; nothing in between is lost."""
    with transaction() as session:
        saved = restore_version(session, actor(), client_id, path_id, number)
        return jsonify(_changed(saved.path, saved.change))


@api.post(f"{_AT}/confirmations")
@for_programs
@needs(Permission.EDIT_DOSSIERS)
@spec.validate(json=ConfirmationIn, resp=_CHANGED, tags=_TAGS)
def confirm_path(client_id: int, path_id: int, json: ConfirmationIn) -> Answer:
    """Write down that somebody at the client said that a version is right."""
    path = room_of(client_id, path_id).path
    number = json.version or newest_version(reading(), path).row.number
    with transaction() as session:
        if json.person and person_here(session, client_id, str(json.person)) is None:
            raise Missing("There is no such person in this dossier. Nothing was changed.")
        told = Told(json.on or today(), json.person, json.name, json.source, json.note)
        row = confirm_version(session, actor(), client_id, path_id, number, told)
        change = session.get_one(Change, row.change_id)
        return jsonify(_changed(path_in(session, client_id, path_id), change))


@api.post(f"{_AT}/name")
@for_programs
@needs(Permission.EDIT_DOSSIERS)
@spec.validate(json=SubjectIn, resp=_CHANGED, tags=_TAGS)
def call_path(client_id: int, path_id: int, json: SubjectIn) -> Answer:
    """Give the path another subject."""
    with transaction() as session:
        change = name_path(session, actor(), client_id, path_id, json.subject)
        return jsonify(_changed(path_in(session, client_id, path_id), change))


@api.post(f"{_AT}/archive")
@for_programs
@needs(Permission.EDIT_DOSSIERS)
@spec.validate(resp=_CHANGED, tags=_TAGS)
def put_path_away(client_id: int, path_id: int) -> Answer:
    """Put the path into the archive; its versions and runs stay."""
    return _archive(client_id, path_id, True)


@api.post(f"{_AT}/bring-back")
@for_programs
@needs(Permission.EDIT_DOSSIERS)
@spec.validate(resp=_CHANGED, tags=_TAGS)
def bring_path_back(client_id: int, path_id: int) -> Answer:
    """Bring the path back from the archive."""
    return _archive(client_id, path_id, False)


def _archive(client_id: int, path_id: int, away: bool) -> Answer:
    with transaction() as session:
        change = archive_path(session, actor(), client_id, path_id, away)
        return jsonify(_changed(path_in(session, client_id, path_id), change))


def _head(path: ApprovalPath) -> dict[str, Any]:
    return {
        "id": path.id,
        "subject": path.subject,
        "archived": path.archived,
        "newest": path.newest,
    }


def _changed(path: ApprovalPath, change: Change) -> dict[str, Any]:
    return {**_head(path), "change": change.id}


def _version(client_id: int, version: Version) -> dict[str, Any]:
    row = version.row
    told = told_by(reading(), [version.confirmation] if version.confirmation else [])
    return {
        "client": client_id,
        "number": row.number,
        "valid_from": row.valid_from.isoformat(),
        "why": row.why,
        "restored": row.restored,
        "saved_at": row.saved_at.isoformat(),
        "confirmed": _confirmed(next(iter(told.values()), None)),
        "document": row.document,
        "numbers": numbers_of(version.document.by_code),
    }


def _line(line: VersionLine) -> dict[str, Any]:
    return {
        "number": line.number,
        "valid_from": line.valid_from.isoformat(),
        "why": line.why,
        "restored": line.restored,
        "saved_at": line.saved_at.isoformat(),
        "saved_by": line.saved_by,
        "confirmed": [_confirmed(one) for one in line.confirmed],
    }


def _confirmed(told: Confirmed | None) -> dict[str, Any] | None:
    if told is None:
        return None
    return {
        "on": told.on.isoformat(),
        "person": told.person_id,
        "name": told.name,
        "source": told.source.value,
        "note": told.note,
        "recorded_by": told.recorded_by,
    }
