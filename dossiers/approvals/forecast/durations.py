"""Reading what finished runs say of how long steps take, and how far a run is."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, String, select, type_coerce
from sqlalchemy.orm import Session

from dossiers.approvals.document import kept_document
from dossiers.approvals.forecast.habits import Habit
from dossiers.approvals.forecast.outlook import Situation
from dossiers.approvals.forecast.seen import Finished, habits_of, standing_of
from dossiers.approvals.kinds import RunState, StepState
from dossiers.approvals.models import ApprovalRun, PathVersion, RunEvent
from dossiers.approvals.paths.queries import version_by_id
from dossiers.approvals.runs.queries import events_of, walked
from dossiers.approvals.signature import up_to_signature
from dossiers.clients.models import Client

MOST_RUNS = 100
"""Only so many runs are read, the newest: older ones say less of how the client decides today."""


class Learned(NamedTuple):
    """What finished runs say, by the codes of steps, and how many runs these are."""

    habits: dict[str, Habit]
    runs: int


def learned_from(session: Session, path_id: int, country: str, today: date) -> Learned:
    """How the steps of a path went in the runs that had ended by that day; three statements."""
    rows = session.execute(_finished(path_id, today)).all()
    events = _events(session, [row.id for row in rows], today)
    runs = [Finished(row.version_id, row.began_on.toordinal(), events[row.id]) for row in rows]
    wanted = select(PathVersion.id, PathVersion.document).where(
        PathVersion.id.in_({run.version for run in runs})
    )
    documents = {ident: kept_document(kept) for ident, kept in session.execute(wanted)}
    return Learned(habits_of(documents, country, runs, today), len(runs))


def _finished(path_id: int, today: date) -> Select[int, int, date]:
    return (
        select(ApprovalRun.id, ApprovalRun.version_id, ApprovalRun.began_on)
        .where(ApprovalRun.path_id == path_id, ApprovalRun.taken_back_in.is_(None))
        .where(ApprovalRun.state != RunState.RUNNING, ApprovalRun.ended_on <= today)
        .order_by(ApprovalRun.ended_on.desc(), ApprovalRun.id.desc())
        .limit(MOST_RUNS)
    )


def _events(
    session: Session, run_ids: list[int], today: date
) -> dict[int, dict[str, list[tuple[StepState, int]]]]:
    """What happened in runs. Thousands of rows: codes and days are turned into values once each."""
    raw = type_coerce(RunEvent.state, String), type_coerce(RunEvent.happened_on, String)
    wanted = (
        select(RunEvent.run_id, RunEvent.step, *raw)
        .where(RunEvent.run_id.in_(run_ids), RunEvent.taken_back_in.is_(None))
        .where(RunEvent.happened_on <= today)
        .order_by(RunEvent.run_id, RunEvent.happened_on, RunEvent.id)
    )
    states = {state.value: state for state in StepState}
    days = _Days()
    found: dict[int, dict[str, list[tuple[StepState, int]]]] = {ident: {} for ident in run_ids}
    for run_id, step, state, day in session.execute(wanted):
        found[run_id].setdefault(step, []).append((states[state], days[day]))
    return found


class _Days(dict[object, int]):
    """Ordinals of days as an engine gives them: as text, or as dates."""

    def __missing__(self, day: object) -> int:
        known = day if isinstance(day, date) else date.fromisoformat(str(day))
        self[day] = number = known.toordinal()
        return number


def situation_of(session: Session, run: ApprovalRun, today: date) -> Situation:
    """How far a run is on its way to the signature."""
    document = version_by_id(session, run.version_id).document
    walk = walked(session, run)
    steps = up_to_signature(walk.steps) or walk.steps
    standing = standing_of(steps, run.began_on, _happened(session, run.id))
    return Situation(
        steps, standing, document.calendar(country_of(session, run)), run.began_on, today
    )


def _happened(session: Session, run_id: int) -> Iterator[tuple[str, StepState, date]]:
    for event in events_of(session, run_id):
        yield event.step, event.state, event.happened_on


def country_of(session: Session, run: ApprovalRun) -> str:
    """The country whose holidays a run keeps."""
    return session.scalar(select(Client.country).where(Client.id == run.client_id)) or ""
