"""The programs' door to what the finished runs of a path teach."""

from datetime import date

from flask import jsonify
from pydantic import BaseModel
from spectree import Response

from dossiers.approvals.kinds import RunState
from dossiers.approvals.lessons.conform import DeviationKind
from dossiers.approvals.lessons.learning import comparison_of, taught_by
from dossiers.approvals.lessons.lesson import Lesson, LessonKind
from dossiers.approvals.lessons.names import names_for
from dossiers.approvals.lessons.queries import fitness_of_client, open_lessons
from dossiers.approvals.lessons.reading import finished_runs
from dossiers.approvals.lessons.wording import Names, deviation_words, lesson_words
from dossiers.approvals.models import ApprovalRun
from dossiers.approvals.paths.queries import newest_version, path_in
from dossiers.clients.deeds import note_look
from dossiers.clients.queries import client_visible_to
from dossiers.facts.asking import Moment
from wiki import clock
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.api import Answer, Failure, api, spec
from wiki.database import reading, transaction


class LessonOut(BaseModel):
    """One thing to correct: `key` stays the same while runs are added."""

    key: str
    kind: LessonKind
    step: str
    title: str
    seen: int
    of: int
    sentence: str


class DeviationOut(BaseModel):
    """One difference between a run and the version by which it went."""

    kind: DeviationKind
    step: str
    title: str
    sentence: str


class ComparedOut(BaseModel):
    """A finished run and how it differed; `fitness` reaches from 0 to 1."""

    run: int
    deal: str
    state: RunState
    ended: date | None
    fitness: float
    deviations: list[DeviationOut]


class LessonsOut(BaseModel):
    """What the newest 300 finished runs teach about the newest version, which is `version`.

    `fitness` is the mean over these runs, `client_fitness` over those of all paths of the client;
    nothing before a run has ended.
    """

    version: int
    fitness: float | None
    client_fitness: float | None
    lessons: list[LessonOut]
    runs: list[ComparedOut]


@api.get("/clients/<int:client_id>/paths/<int:path_id>/lessons")
@needs(Permission.READ)
@spec.validate(resp=Response(HTTP_200=LessonsOut, HTTP_404=Failure), tags=("dossiers",))
def path_lessons(client_id: int, path_id: int) -> Answer:
    """How well finished runs fit a path, where each differed, and what there is to correct."""
    session = reading()
    client_visible_to(session, actor(), client_id)
    path = path_in(session, client_id, path_id)
    newest, taught = newest_version(session, path).document, taught_by(session, path)
    rows = finished_runs(session, path)
    found = open_lessons(session, path.id, taught, newest) if taught else []
    comparisons = [one for row in rows if (one := comparison_of(row))]
    moment = Moment(clock.today(actor().time_zone))
    names = names_for(session, client_id, moment, found, comparisons, [newest])
    with transaction() as writing:
        note_look(writing, actor(), client_id, "path lessons")
    return jsonify(
        {
            "version": path.newest,
            "fitness": taught.fitness if taught else None,
            "client_fitness": fitness_of_client(session, client_id)[0],
            "lessons": [_lesson(one, names) for one in found],
            "runs": [_run(row, names) for row in rows],
        }
    )


def _lesson(one: Lesson, names: Names) -> dict[str, object]:
    return {
        "key": one.key,
        "kind": one.kind.value,
        "step": one.step,
        "title": one.title,
        "seen": one.seen,
        "of": one.of,
        "sentence": lesson_words(one, names),
    }


def _run(row: ApprovalRun, names: Names) -> dict[str, object]:
    found = comparison_of(row)
    return {
        "run": row.id,
        "deal": row.deal,
        "state": row.state.value,
        "ended": row.ended_on.isoformat() if row.ended_on else None,
        "fitness": row.fitness or 0.0,
        "deviations": [
            {
                "kind": one.kind.value,
                "step": one.step,
                "title": one.title,
                "sentence": deviation_words(one, names),
            }
            for one in (found.deviations if found else ())
        ],
    }
