"""Reading runs. The caller has found the client with `client_visible_to`."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.approvals.document import PathDocument, kept_document
from dossiers.approvals.kinds import RunState
from dossiers.approvals.log import WHOLE_RUN, given_up_on, progress_of
from dossiers.approvals.models import ApprovalPath, ApprovalRun, PathVersion, RunEvent
from dossiers.approvals.recorded import happened, purchase_of
from dossiers.approvals.runs.rules import Walk
from dossiers.approvals.runs.standing import Asked, Standing, standing_of
from dossiers.approvals.steps import needed_for
from dossiers.clients.models import Client
from dossiers.clients.queries import dossier_ids
from wiki.errors import Missing

__all__ = [
    "deals_of_runs",
    "documents_of",
    "events_of",
    "everything_in",
    "happened",
    "purchase_of",
    "run_in",
    "runs_of",
    "standing_of_open_runs",
    "standings_of",
    "subjects_of",
    "walk_of",
    "walked",
    "walks_of",
]

MOST_DEALS = 200


def run_in(session: Session, client_id: int, run_id: int) -> ApprovalRun:
    """A run of the dossier that was not taken back. Raises `Missing`."""
    run = session.get(ApprovalRun, run_id)
    if run is None or run.taken_back_in is not None:
        raise Missing()
    if run.client_id not in session.scalars(dossier_ids(client_id)).all():
        raise Missing()
    return run


def everything_in(session: Session, run_ids: Iterable[int]) -> Mapping[int, list[RunEvent]]:
    """What happened in these runs, as it happened; without what was taken back; one statement.

    With the events about the whole run, whose step is `WHOLE_RUN`.
    """
    found: dict[int, list[RunEvent]] = {ident: [] for ident in run_ids}
    wanted = select(RunEvent).where(RunEvent.run_id.in_(found), RunEvent.taken_back_in.is_(None))
    for event in session.scalars(wanted.order_by(RunEvent.happened_on, RunEvent.id)):
        found[event.run_id].append(event)
    return found


def events_of(session: Session, run_id: int) -> Sequence[RunEvent]:
    """What happened to its steps, as it happened; without what was taken back."""
    every = everything_in(session, [run_id])[run_id]
    return [event for event in every if event.step != WHOLE_RUN]


def walked(session: Session, run: ApprovalRun) -> Walk:
    """The steps that the run needs, and how far each is."""
    return walks_of(session, [run])[run.id]


def walks_of(session: Session, runs: Sequence[ApprovalRun]) -> dict[int, Walk]:
    """The walks of runs by their numbers, in two statements."""
    documents = documents_of(session, {run.version_id for run in runs})
    events = everything_in(session, [run.id for run in runs])
    return {run.id: walk_of(run, documents[run.version_id], events[run.id]) for run in runs}


def documents_of(session: Session, version_ids: Iterable[int]) -> dict[int, PathDocument]:
    """The documents of these versions, each read once."""
    wanted = select(PathVersion.id, PathVersion.document).where(PathVersion.id.in_(version_ids))
    return {ident: kept_document(kept) for ident, kept in session.execute(wanted)}


def walk_of(run: ApprovalRun, document: PathDocument, events: Iterable[RunEvent]) -> Walk:
    """The walk of a run through a document, as these events tell it."""
    steps = needed_for(document.by_code, purchase_of(run)).steps
    others = {step.code: step for step in document.steps if step.code not in steps}
    told = [happened(event) for event in events]
    progress = progress_of(steps, told, run.began_on)
    return Walk(run.began_on, steps, progress, others, given_up_on(told))


def standings_of(
    session: Session, runs: Sequence[ApprovalRun], countries: Mapping[int, str], today: date
) -> dict[int, tuple[Walk, Standing]]:
    """Where runs stand, by their numbers, in two statements; `countries` by client."""
    documents = documents_of(session, {run.version_id for run in runs})
    events = everything_in(session, [run.id for run in runs])
    found = {}
    for run in runs:
        document = documents[run.version_id]
        walk = walk_of(run, document, events[run.id])
        calendar = document.calendar(countries.get(run.client_id, ""))
        asked = Asked(run.state, run.wanted_on, run.ended_on)
        found[run.id] = walk, standing_of(walk, calendar, today, asked)
    return found


def standing_of_open_runs(
    session: Session, client_id: int, today: date
) -> list[tuple[ApprovalRun, Standing]]:
    """Where each open run of a dossier stands, the latest first; four statements."""
    mine = ApprovalRun.client_id.in_(dossier_ids(client_id)), ApprovalRun.taken_back_in.is_(None)
    open_ones = select(ApprovalRun).where(*mine, ApprovalRun.state == RunState.RUNNING)
    runs = session.scalars(open_ones.order_by(ApprovalRun.id.desc())).all()
    country = session.scalar(select(Client.country).where(Client.id == client_id)) or ""
    standings = standings_of(
        session, runs, dict.fromkeys((r.client_id for r in runs), country), today
    )
    found = [(run, standings[run.id][1]) for run in runs]
    return sorted(found, key=lambda pair: pair[1].lateness, reverse=True)


def runs_of(
    session: Session, client_id: int, is_open: bool, path_id: int | None = None, limit: int = 100
) -> Sequence[ApprovalRun]:
    """Runs of a dossier, or of one of its paths: open ones, or ended ones; the newest first."""
    mine = ApprovalRun.client_id.in_(dossier_ids(client_id)), ApprovalRun.taken_back_in.is_(None)
    running = ApprovalRun.state == RunState.RUNNING
    wanted = select(ApprovalRun).where(*mine, running if is_open else ~running)
    if path_id is not None:
        wanted = wanted.where(ApprovalRun.path_id == path_id)
    newest = ApprovalRun.id.desc() if is_open else ApprovalRun.ended_on.desc()
    return session.scalars(wanted.order_by(newest, ApprovalRun.id.desc()).limit(limit)).all()


def subjects_of(session: Session, runs: Iterable[ApprovalRun]) -> dict[int, str]:
    """What the paths of these runs are for, by the number of the path."""
    wanted = select(ApprovalPath.id, ApprovalPath.subject)
    idents = {run.path_id for run in runs}
    return dict(session.execute(wanted.where(ApprovalPath.id.in_(idents))).all())


def deals_of_runs(session: Session, client_id: int) -> Sequence[str]:
    """The names of deals that walked a path of the dossier."""
    wanted = select(ApprovalRun.deal).where(
        ApprovalRun.client_id.in_(dossier_ids(client_id)), ApprovalRun.taken_back_in.is_(None)
    )
    return session.scalars(wanted.distinct().limit(MOST_DEALS)).all()
