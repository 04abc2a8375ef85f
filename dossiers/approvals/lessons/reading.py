"""Reading what lessons are made from: the finished runs of a path, all at once."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.approvals.document import PathDocument, kept_document
from dossiers.approvals.kinds import RunState
from dossiers.approvals.lessons.conform import Seat, Seats
from dossiers.approvals.lessons.traces import Recorded, visits_of
from dossiers.approvals.log import WHOLE_RUN, Happened
from dossiers.approvals.models import ApprovalPath, ApprovalRun, PathVersion, RunEvent
from dossiers.approvals.recorded import purchase_of
from dossiers.clients.models import Client
from dossiers.clients.queries import dossier_ids
from dossiers.facts.models import NEVER
from dossiers.people.models import Employment

MOST_RUNS = 300
"""So many runs teach, the newest ones: older ones tell of times that are gone."""
FINISHED = (RunState.SIGNED, RunState.REFUSED)


def finished_runs(session: Session, path: ApprovalPath) -> Sequence[ApprovalRun]:
    """The runs of a path that came to a decision, the newest first."""
    wanted = select(ApprovalRun).where(
        ApprovalRun.path_id == path.id,
        ApprovalRun.state.in_(FINISHED),
        ApprovalRun.taken_back_in.is_(None),
    )
    newest = wanted.order_by(ApprovalRun.ended_on.desc(), ApprovalRun.id.desc())
    return session.scalars(newest.limit(MOST_RUNS)).all()


def recorded_runs(
    session: Session, path: ApprovalPath, runs: Sequence[ApprovalRun]
) -> list[Recorded]:
    """These runs as plain values, the oldest first, in three statements."""
    country = session.scalar(select(Client.country).where(Client.id == path.client_id)) or ""
    documents = _documents(session, {run.version_id for run in runs})
    events = _events(session, [run.id for run in runs])
    return [
        Recorded(
            run.id,
            documents[run.version_id],
            purchase_of(run),
            run.began_on,
            documents[run.version_id].calendar(country),
            visits_of(events.get(run.id, ())),
            run.state is RunState.SIGNED,
        )
        for run in reversed(runs)
    ]


def _documents(session: Session, version_ids: Iterable[int]) -> Mapping[int, PathDocument]:
    wanted = select(PathVersion.id, PathVersion.document).where(PathVersion.id.in_(version_ids))
    return {row.id: kept_document(row.document) for row in session.execute(wanted)}


def _events(session: Session, run_ids: Sequence[int]) -> Mapping[int, list[Happened]]:
    """What happened in each run, as it happened, as plain rows: there may be thousands."""
    wanted = (
        select(
            RunEvent.run_id,
            RunEvent.step,
            RunEvent.state,
            RunEvent.happened_on,
            RunEvent.title,
            RunEvent.kind,
            RunEvent.position_id,
            RunEvent.person_id,
        )
        .where(RunEvent.run_id.in_(run_ids), RunEvent.taken_back_in.is_(None))
        .where(RunEvent.step != WHOLE_RUN)
        .order_by(RunEvent.run_id, RunEvent.happened_on, RunEvent.id)
    )
    rows = session.execute(wanted).all()
    return {
        ident: [Happened(*row[1:]) for row in some] for ident, some in groupby(rows, key=_run_of)
    }


def _run_of(row: Sequence[Any]) -> int:
    ident: int = row[0]
    return ident


def seats_in(session: Session, client_id: int, runs: Iterable[Recorded]) -> Seats:
    """Which positions the people who acted in these runs hold and held; one statement."""
    persons = {
        visit.person_id
        for run in runs
        for visit in run.visits.values()
        if visit.person_id is not None and visit.position_id is None
    }
    wanted = select(
        Employment.person_id, Employment.position_id, Employment.valid_from, Employment.valid_to
    ).where(
        Employment.person_id.in_(persons),
        Employment.client_id.in_(dossier_ids(client_id)),
        Employment.superseded_at == NEVER,
    )
    found: dict[int, list[Seat]] = {}
    for person, position, since, until in session.execute(wanted) if persons else ():
        if position is not None:
            found.setdefault(person, []).append(Seat(position, since, until))
    return found
