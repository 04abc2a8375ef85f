"""Reading runs. The caller has found the client with `client_visible_to`."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.approvals.log import progress_of
from dossiers.approvals.models import ApprovalRun, RunEvent
from dossiers.approvals.paths.queries import version_by_id
from dossiers.approvals.recorded import happened, purchase_of
from dossiers.approvals.runs.rules import Walk
from dossiers.approvals.steps import needed_for
from dossiers.clients.queries import dossier_ids
from wiki.errors import Missing

__all__ = ["events_of", "happened", "purchase_of", "run_in", "walked"]


def run_in(session: Session, client_id: int, run_id: int) -> ApprovalRun:
    """A run of the dossier that was not taken back. Raises `Missing`."""
    run = session.get(ApprovalRun, run_id)
    if run is None or run.taken_back_in is not None:
        raise Missing()
    if run.client_id not in session.scalars(dossier_ids(client_id)).all():
        raise Missing()
    return run


def events_of(session: Session, run_id: int) -> Sequence[RunEvent]:
    """What happened, as it happened; without what was taken back."""
    wanted = select(RunEvent).where(RunEvent.run_id == run_id, RunEvent.taken_back_in.is_(None))
    return session.scalars(wanted.order_by(RunEvent.happened_on, RunEvent.id)).all()


def walked(session: Session, run: ApprovalRun) -> Walk:
    """The steps that the run needs, and how far each is."""
    document = version_by_id(session, run.version_id).document
    steps = needed_for(document.by_code, purchase_of(run)).steps
    events = [happened(event) for event in events_of(session, run.id)]
    return Walk(run.began_on, steps, progress_of(steps, events))
