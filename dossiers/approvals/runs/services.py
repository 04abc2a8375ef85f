"""Writing runs: beginning one, what happened to a step, giving up.

The state of a run is worked out from its events each time one is written or taken back.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from dossiers.approvals.kinds import RunState, StepKind, StepState
from dossiers.approvals.lessons.learning import learn_from
from dossiers.approvals.models import ApprovalRun, RunEvent
from dossiers.approvals.paths.queries import (
    path_in,
    version_in_force,
    version_numbered,
)
from dossiers.approvals.purchases import Purchase
from dossiers.approvals.runs.queries import run_in, walked
from dossiers.approvals.runs.rules import check_event, deal_of, state_of
from dossiers.clients.deeds import begin_deed
from dossiers.clients.queries import locked_client
from dossiers.facts.models import Change
from wiki import clock
from wiki.accounts.actor import Actor

BEGUN = "begin run"
MOVED = "move step"
GIVEN_UP = "give up run"


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a run begins with; without a number it goes by the version in force on its first day."""

    deal: str
    purchase: Purchase | None = None
    began_on: date | None = None
    wanted_on: date | None = None
    managers_date: date | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """What happened to a step; `title` and `kind` are for a step that the path does not know."""

    step: str
    state: StepState
    on: date | None = None
    title: str = ""
    kind: StepKind | None = None
    position_id: int | None = None
    person_id: int | None = None
    note: str = ""
    mail: str = ""
    attachment_id: int | None = None


def begin_run(
    session: Session, actor: Actor, client_id: int, path_id: int, wanted: Beginning
) -> ApprovalRun:
    """Let a deal walk the path. Raises `Missing`, `Forbidden`, `Refusal`."""
    client = locked_client(session, actor, client_id)
    path = path_in(session, client.id, path_id)
    deal = deal_of(wanted.deal)
    began = wanted.began_on or clock.today(actor.time_zone)
    version = (
        version_numbered(session, path.id, wanted.version)
        if wanted.version
        else version_in_force(session, path.id, began)
    )
    change = begin_deed(session, actor, client, BEGUN, path=path.subject, deal=deal)
    run = ApprovalRun(
        client_id=client.id,
        path_id=path.id,
        version_id=version.row.id,
        deal=deal,
        **_bought(wanted.purchase),
        began_on=began,
        wanted_on=wanted.wanted_on,
        managers_date=wanted.managers_date,
        state=RunState.RUNNING,
        created_at=change.at,
        created_by=actor.id,
        change_id=change.id,
    )
    session.add(run)
    session.flush()
    return run


def _bought(purchase: Purchase | None) -> dict[str, object]:
    if purchase is None:
        return {}
    return {
        "amount": purchase.amount,
        "currency": purchase.currency,
        "categories": sorted(purchase.categories),
        "tags": sorted(purchase.tags),
        "new_vendor": purchase.new_vendor,
        "personal_data": purchase.personal_data,
    }


def move_step(session: Session, actor: Actor, client_id: int, run_id: int, move: Move) -> RunEvent:
    """Write down what happened to a step; today unless it says another day."""
    client = locked_client(session, actor, client_id)
    run = run_in(session, client.id, run_id)
    on = move.on or clock.today(actor.time_zone)
    walk = walked(session, run)
    title = check_event(walk, move.step, move.state, on, move.title, clock.today(actor.time_zone))
    words = {"deal": run.deal, "step": title, "to": move.state.value, "run": run.id}
    change = begin_deed(session, actor, client, MOVED, **words)
    event = RunEvent(
        run_id=run.id,
        step=move.step,
        title=title,
        kind=move.kind,
        state=move.state,
        happened_on=on,
        position_id=move.position_id,
        person_id=move.person_id,
        note=move.note,
        mail=move.mail,
        attachment_id=move.attachment_id,
        recorded_at=change.at,
        recorded_by=actor.id,
        change_id=change.id,
    )
    session.add(event)
    settle_run(session, run)
    return event


def give_up_run(session: Session, actor: Actor, client_id: int, run_id: int) -> Change:
    """Nobody waits for this decision any more; what happened so far stays."""
    client = locked_client(session, actor, client_id)
    run = run_in(session, client.id, run_id)
    change = begin_deed(session, actor, client, GIVEN_UP, deal=run.deal, run=run.id)
    run.state, run.ended_on = RunState.GIVEN_UP, clock.today(actor.time_zone)
    return change


def settle_run(session: Session, run: ApprovalRun) -> None:
    """Bring the run in step with its events; a run that ended is compared with its path."""
    session.flush()
    walk = walked(session, run)
    run.state, run.ended_on = state_of(walk)
    if run.state is RunState.RUNNING:
        run.compared = run.fitness = None
    session.flush()
    learn_from(session, run)
