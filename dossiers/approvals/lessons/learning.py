"""Keeping what runs teach: worked out when a run changes, never when a page is looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.approvals.document import PathDocument
from dossiers.approvals.lessons.conform import Comparison, Seats, compare
from dossiers.approvals.lessons.lesson import Lesson
from dossiers.approvals.lessons.lessons import lessons_of
from dossiers.approvals.lessons.reading import (
    FINISHED,
    finished_runs,
    recorded_runs,
    seats_in,
)
from dossiers.approvals.lessons.traces import Recorded
from dossiers.approvals.models import ApprovalPath, ApprovalRun
from dossiers.approvals.paths.followers import tell_path
from dossiers.approvals.paths.queries import newest_version
from dossiers.people.chart.collecting import without_collecting

_COMPARISON: TypeAdapter[Comparison] = TypeAdapter(Comparison)


@dataclass(frozen=True, slots=True)
class Taught:
    """What the finished runs of a path teach about its version `newest`.

    `fitness` is the mean over the runs, from 0 to 1.
    """

    newest: int
    runs: tuple[int, ...]
    fitness: float
    lessons: tuple[Lesson, ...]


_TAUGHT: TypeAdapter[Taught] = TypeAdapter(Taught)


@dataclass(frozen=True, slots=True)
class Experience:
    """The finished runs of a path, as rows and (oldest first) as plain values; who sat where."""

    rows: Sequence[ApprovalRun]
    runs: Sequence[Recorded]
    seats: Seats
    newest: PathDocument


def experience_of(session: Session, path: ApprovalPath) -> Experience:
    """All that the finished runs of a path can teach from, in a constant number of statements."""
    rows = finished_runs(session, path)
    with without_collecting():
        runs = recorded_runs(session, path, rows)
    seats = seats_in(session, path.client_id, runs)
    return Experience(rows, runs, seats, newest_version(session, path).document)


def learn_from(session: Session, run: ApprovalRun) -> None:
    """Compare a run that has ended with its path, and bring the lessons of the path up to date.

    Nothing happens for one that has not ended and taught nothing so far.
    """
    if run.state in FINISHED or _has_taught(session, run):
        run.compared = None
        learn_path(session, session.get_one(ApprovalPath, run.path_id))


def _has_taught(session: Session, run: ApprovalRun) -> bool:
    kept = session.scalar(select(ApprovalPath.lessons).where(ApprovalPath.id == run.path_id))
    return kept is not None and run.id in kept["runs"]


def learn_path(session: Session, path: ApprovalPath) -> None:
    """Bring the lessons of a path up to date, and compare the runs that were not compared yet."""
    session.flush()
    known = experience_of(session, path)
    by_id = {run.run_id: run for run in known.runs}
    for row in known.rows:
        if row.compared is None:
            _keep(row, compare(by_id[row.id], known.seats))
    path.lessons = _TAUGHT.dump_python(_taught(path, known), mode="json")
    tell_path(session, path.id)


def taught_by(session: Session, path: ApprovalPath) -> Taught | None:
    """What is kept; worked out anew when the path has a newer version. `None` without runs."""
    kept = kept_taught(path)
    if kept is None or kept.newest == path.newest:
        return kept
    return _taught(path, experience_of(session, path))


def kept_taught(path: ApprovalPath) -> Taught | None:
    """What was worked out last; `None` when there is no finished run."""
    kept = _TAUGHT.validate_python(path.lessons) if path.lessons else None
    return kept if kept and kept.runs else None


def comparison_of(run: ApprovalRun) -> Comparison | None:
    """How a run differed from its path; `None` before it has ended."""
    return _COMPARISON.validate_python(run.compared) if run.compared else None


def _taught(path: ApprovalPath, known: Experience) -> Taught:
    with without_collecting():
        lessons = lessons_of(known.runs, known.newest, known.seats)
    fits = [row.fitness for row in known.rows if row.fitness is not None]
    return Taught(
        path.newest,
        tuple(row.id for row in known.rows),
        sum(fits) / len(fits) if fits else 0.0,
        tuple(lessons),
    )


def _keep(row: ApprovalRun, found: Comparison) -> None:
    kept: dict[str, Any] = _COMPARISON.dump_python(found, mode="json")
    row.compared, row.fitness = kept, found.fitness
