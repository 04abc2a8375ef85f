"""The page of what the finished runs of a path teach: fitness, deviations, what to correct."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from dossiers.approvals.actors import actors_on
from dossiers.approvals.compare_words import Changed, differences_told
from dossiers.approvals.compare_words import Names as PathNames
from dossiers.approvals.document import PathDocument
from dossiers.approvals.lessons import wording
from dossiers.approvals.lessons.conform import Comparison
from dossiers.approvals.lessons.corrections import corrected
from dossiers.approvals.lessons.discover import FEWEST, discover
from dossiers.approvals.lessons.learning import comparison_of, experience_of, taught_by
from dossiers.approvals.lessons.lesson import Lesson
from dossiers.approvals.lessons.names import names_for
from dossiers.approvals.lessons.queries import fitness_of_client, open_lessons
from dossiers.approvals.lessons.reading import finished_runs
from dossiers.approvals.lessons.services import accept_lesson, dismiss_lesson, save_proposal
from dossiers.approvals.models import ApprovalRun
from dossiers.approvals.paths.queries import Version, newest_version
from dossiers.approvals.shown import category_names, steps_shown
from dossiers.approvals.views.blueprint import Room, approvals_room, room_of, today
from dossiers.clients.rules import may_edit
from dossiers.facts.asking import Moment
from dossiers.facts.models import Change
from dossiers.people.views.deeds import tell_done
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import reading, transaction
from wiki.pages.forms import whole_number

_AT = "/clients/<int:client_id>/paths/<int:path_id>/lessons"
RUNS_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Correction:
    """A lesson with its sentence, and what accepting it would change."""

    lesson: Lesson
    said: str
    changes: list[Changed]


@dataclass(frozen=True, slots=True)
class Compared:
    """A finished run with what was different in it."""

    run: ApprovalRun
    comparison: Comparison


@approvals_room.get(_AT)
def lessons(client_id: int, path_id: int) -> ResponseReturnValue:
    """How well the runs fit the path, where they differed (`runs=all` for all), what to correct."""
    room = room_of(client_id, path_id, "path lessons")
    session, newest = reading(), newest_version(reading(), room.path)
    taught = taught_by(session, room.path)
    rows = finished_runs(session, room.path)
    shown = rows if request.args.get("runs") == "all" else rows[:RUNS_SHOWN]
    compared = [Compared(row, one) for row in shown if (one := comparison_of(row))]
    found = open_lessons(session, room.path.id, taught, newest.document) if taught else []
    names = names_for(
        session,
        client_id,
        Moment(today()),
        found,
        [one.comparison for one in compared],
        [newest.document],
    )
    return render_template(
        "dossiers/approvals/lessons.html",
        **_head(room, newest),
        taught=taught,
        corrections=_corrections(session, client_id, newest.document, found, names),
        runs=compared,
        total=len(rows),
        of_client=fitness_of_client(session, client_id),
        fewest=FEWEST,
        names=names,
        words=wording,
    )


def _head(room: Room, newest: Version) -> dict[str, object]:
    return {
        "client": room.client,
        "path": room.path,
        "newest": newest.row,
        "editable": may_edit(actor(), room.client.team_id) and not room.path.archived,
    }


def _corrections(
    session: Session,
    client_id: int,
    newest: PathDocument,
    found: Sequence[Lesson],
    names: wording.Names,
) -> list[Correction]:
    documents = [corrected(newest, lesson) for lesson in found]
    path_names = _path_names(session, client_id, [newest, *documents])
    return [
        Correction(
            lesson,
            wording.lesson_words(lesson, names),
            differences_told(newest, document, path_names),
        )
        for lesson, document in zip(found, documents, strict=True)
    ]


def _path_names(session: Session, client_id: int, documents: Sequence[PathDocument]) -> PathNames:
    positions = {ident for document in documents for ident in document.positions()}
    seats = actors_on(session, client_id, positions, Moment(today()))
    return PathNames(seats, category_names(session, documents))


@approvals_room.post(f"{_AT}/accept")
@needs(Permission.EDIT_DOSSIERS)
def accept(client_id: int, path_id: int) -> ResponseReturnValue:
    """Take a lesson into a new version."""
    room_of(client_id, path_id)
    base = whole_number(request.form.get("base"))
    key = request.form.get("lesson", "")[:120]
    with transaction() as session:
        change = accept_lesson(session, actor(), client_id, path_id, key, base).change
    return _done(client_id, path_id, change)


@approvals_room.post(f"{_AT}/dismiss")
@needs(Permission.EDIT_DOSSIERS)
def dismiss(client_id: int, path_id: int) -> ResponseReturnValue:
    """Leave the path as it is, although the runs say otherwise."""
    room_of(client_id, path_id)
    key = request.form.get("lesson", "")[:120]
    with transaction() as session:
        change = dismiss_lesson(session, actor(), client_id, path_id, key)
    return _done(client_id, path_id, change)


def _done(client_id: int, path_id: int, change: Change) -> ResponseReturnValue:
    here = f"/clients/{client_id}/paths/{path_id}/lessons"
    tell_done(change, client_id, here)
    return redirect(here)


@approvals_room.get(f"{_AT}/proposal")
def proposal(client_id: int, path_id: int) -> ResponseReturnValue:
    """The path that the finished runs show, beside the newest version."""
    room = room_of(client_id, path_id, "path lessons")
    session, newest = reading(), newest_version(reading(), room.path)
    known = experience_of(session, room.path)
    found = discover(known.runs, newest.document, known.seats)
    path_names = _path_names(session, client_id, [newest.document, found.document])
    return render_template(
        "dossiers/approvals/proposal.html",
        **_head(room, newest),
        proposal=found,
        differences=differences_told(newest.document, found.document, path_names),
        steps=steps_shown(session, client_id, found.document, Moment(today())),
        categories=category_names(session, [found.document]),
    )


@approvals_room.post(f"{_AT}/proposal")
@needs(Permission.EDIT_DOSSIERS)
def keep_proposal(client_id: int, path_id: int) -> ResponseReturnValue:
    """Save the proposed path as a new version, and show what is different."""
    room_of(client_id, path_id)
    base = whole_number(request.form.get("base"))
    with transaction() as session:
        saved = save_proposal(session, actor(), client_id, path_id, base)
    here = f"/clients/{client_id}/paths/{path_id}"
    tell_done(saved.change, client_id, here)
    return redirect(f"{here}/versions/compare?from={base}&to={saved.version.number}")
