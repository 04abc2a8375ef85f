"""How far many runs are at once, for lists: in two statements, whatever their number."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.approvals.document import kept_document
from dossiers.approvals.kinds import RunState
from dossiers.approvals.log import Progress, progress_of, ready
from dossiers.approvals.models import ApprovalRun, PathVersion, RunEvent
from dossiers.approvals.recorded import happened, purchase_of
from dossiers.approvals.runs.rules import Walk
from dossiers.approvals.steps import Steps, needed_for
from dossiers.clients.queries import dossier_ids


def open_runs_of(session: Session, client_id: int, limit: int) -> Sequence[ApprovalRun]:
    """The runs of a dossier that have not ended, those that began first first."""
    wanted = (
        select(ApprovalRun)
        .where(ApprovalRun.client_id.in_(dossier_ids(client_id)))
        .where(ApprovalRun.state == RunState.RUNNING, ApprovalRun.taken_back_in.is_(None))
        .order_by(ApprovalRun.began_on, ApprovalRun.id)
        .limit(limit)
    )
    return session.scalars(wanted).all()


def walks_of(session: Session, runs: Sequence[ApprovalRun]) -> Mapping[int, Walk]:
    """The steps that each run needs, and how far each step is; by the number of the run."""
    paths = _steps(session, {run.version_id for run in runs})
    events = _events(session, [run.id for run in runs])
    found = {}
    for run in runs:
        steps = needed_for(paths[run.version_id], purchase_of(run)).steps
        happenings = [happened(event) for event in events.get(run.id, ())]
        found[run.id] = Walk(run.began_on, steps, progress_of(steps, happenings))
    return found


def _steps(session: Session, version_ids: set[int]) -> Mapping[int, Steps]:
    wanted = select(PathVersion.id, PathVersion.document).where(PathVersion.id.in_(version_ids))
    return {row.id: kept_document(row.document).by_code for row in session.execute(wanted)}


def _events(session: Session, run_ids: Sequence[int]) -> Mapping[int, list[RunEvent]]:
    wanted = (
        select(RunEvent)
        .where(RunEvent.run_id.in_(run_ids), RunEvent.taken_back_in.is_(None))
        .order_by(RunEvent.happened_on, RunEvent.id)
    )
    found: dict[int, list[RunEvent]] = {}
    for event in session.scalars(wanted):
        found.setdefault(event.run_id, []).append(event)
    return found


def stands_at(walk: Walk) -> list[Progress]:
    """The steps at which the decision stands: those under way, else those that could begin."""
    under_way = [one for one in walk.progress.values() if one.is_open]
    return under_way or [walk.progress[code] for code in ready(walk.steps, walk.progress)]
