"""The state of a run is worked out from its events each time one is written or taken back."""

from sqlalchemy.orm import Session

from dossiers.approvals.kinds import RunState
from dossiers.approvals.lessons.learning import learn_from
from dossiers.approvals.models import ApprovalRun
from dossiers.approvals.runs.aftermoves import tell_moved
from dossiers.approvals.runs.queries import walked
from dossiers.approvals.runs.rules import state_of
from wiki.accounts.actor import Actor


def settle_run(session: Session, actor: Actor, run: ApprovalRun) -> None:
    """Bring the run in step with its events; a run that ended is compared with its path."""
    session.flush()
    run.state, run.ended_on = state_of(walked(session, run))
    if run.state is RunState.RUNNING:
        run.compared = run.fitness = None
    session.flush()
    learn_from(session, run)
    tell_moved(session, actor, run)
