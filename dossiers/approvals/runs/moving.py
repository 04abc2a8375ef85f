"""What happened in a run: to a step, or to the whole, which is given up or goes on again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from dossiers.approvals.kinds import StepKind, StepState
from dossiers.approvals.log import WHOLE_RUN
from dossiers.approvals.models import ApprovalRun, RunEvent
from dossiers.approvals.paths.edits import new_code
from dossiers.approvals.runs.evidence import check_acting, check_attachment, position_of
from dossiers.approvals.runs.overtaking import seen_or_same
from dossiers.approvals.runs.queries import documents_of, everything_in, run_in, walk_of
from dossiers.approvals.runs.rules import (
    LONGEST_MAIL,
    LONGEST_NOTE,
    Walk,
    check_back_to,
    check_can_be_given_up,
    check_can_go_on,
    check_comes_last,
    check_event,
    check_event_day,
    line_within,
    text_within,
)
from dossiers.approvals.runs.settling import settle_run
from dossiers.clients.deeds import begin_deed
from dossiers.clients.models import Client
from dossiers.clients.queries import locked_client
from dossiers.facts.models import Change
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.rendering.titles import fold_title

MOVED = "move step"
GIVEN_UP = "give up run"
TAKEN_UP = "take up run"


@dataclass(frozen=True, slots=True)
class Move:
    """What happened to a step; `title` and `kind` are for a step that the path does not know.

    Such a step has no `step`, or the code it got when something first happened to it. `back_to` is
    the step to which the work goes back when it was sent back, if not to us. `seen` is the number
    of the newest event of the run that its author knew of, 0 for none; `None` does not ask.
    """

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
    back_to: str = ""
    seen: int | None = None


def move_step(session: Session, actor: Actor, client_id: int, run_id: int, move: Move) -> RunEvent:
    """Write down what happened to a step; today unless it says another day.

    A run that had ended goes on when its steps say so. Raises `Missing`, `Forbidden`, `Refusal`,
    and `Clash` when somebody else moved the step meanwhile.
    """
    client, run, events, walk = _opened(session, actor, client_id, run_id)
    move = _cleaned(walk, move, clock.today(actor.time_zone))
    same = seen_or_same(session, actor, events, move.step, move.state, move.on, move.seen)
    if same is not None:
        return same
    move = _witnessed(session, actor, client, walk, move)
    words = {"deal": run.deal, "step": move.title, "to": move.state.value, "run": run.id}
    change = begin_deed(session, actor, client, MOVED, **words)
    event = _write(session, change, run, move)
    if move.back_to:
        again = Move(move.back_to, StepState.RUNNING, move.on)
        _write(session, change, run, replace(again, title=walk.progress[move.back_to].title))
    settle_run(session, actor, run)
    return event


def _opened(
    session: Session, actor: Actor, client_id: int, run_id: int
) -> tuple[Client, ApprovalRun, list[RunEvent], Walk]:
    client = locked_client(session, actor, client_id)
    run = run_in(session, client.id, run_id)
    events = everything_in(session, [run.id])[run.id]
    document = documents_of(session, [run.version_id])[run.version_id]
    return client, run, events, walk_of(run, document, events)


def _cleaned(walk: Walk, move: Move, today: date) -> Move:
    """The move with its day, the code and the title of its step, and texts as they are kept."""
    code, on = move.step or _code_of(walk, move.title), move.on or today
    title = check_event(walk, code, move.state, on, move.title, today)
    if move.back_to:
        check_back_to(walk, code, move.back_to)
    return replace(
        move,
        step=code,
        on=on,
        title=title,
        kind=_kind_of(walk, code, move.kind),
        note=text_within(move.note, LONGEST_NOTE),
        mail=line_within(move.mail, LONGEST_MAIL),
        back_to=move.back_to if move.state is StepState.RETURNED else "",
    )


def _code_of(walk: Walk, title: str) -> str:
    """The code of a step that the path does not know: of the one of that title, or a new one."""
    folded = fold_title(title)
    known = {fold_title(one.title): code for code, one in walk.progress.items() if one.is_extra}
    return known.get(folded) or new_code()


def _kind_of(walk: Walk, code: str, kind: StepKind | None) -> StepKind | None:
    known = walk.others.get(code)
    return known.kind if known else None if code in walk.steps else kind


def _witnessed(session: Session, actor: Actor, client: Client, walk: Walk, move: Move) -> Move:
    """The move with the position of who acted; what it names must belong to the dossier."""
    check_attachment(session, actor, client, move.attachment_id)
    check_acting(session, client.id, move.position_id, move.person_id)
    if move.position_id is not None or move.on is None:
        return move
    step = walk.steps.get(move.step) or walk.others.get(move.step)
    deputy = step.deputy if step and move.state is StepState.BY_DEPUTY else None
    usual = (*step.positions, step.deputy) if step else ()
    held = position_of(session, client.id, move.person_id, move.on, usual)
    return replace(move, position_id=held if move.person_id else deputy)


def _write(session: Session, change: Change, run: ApprovalRun, move: Move) -> RunEvent:
    event = RunEvent(
        run_id=run.id,
        step=move.step,
        title=move.title,
        kind=move.kind,
        state=move.state,
        happened_on=move.on,
        position_id=move.position_id,
        person_id=move.person_id,
        note=move.note,
        mail=move.mail,
        attachment_id=move.attachment_id,
        recorded_at=change.at,
        recorded_by=change.actor_id,
        change_id=change.id,
    )
    session.add(event)
    session.flush()
    return event


def give_up_run(
    session: Session,
    actor: Actor,
    client_id: int,
    run_id: int,
    on: date | None = None,
    note: str = "",
) -> Change:
    """Nobody waits for this decision any more; what happened so far stays.

    Raises `Clash` when it was decided or given up before.
    """
    client, run, events, walk = _opened(session, actor, client_id, run_id)
    check_can_be_given_up(run.state)
    return _turn(session, actor, client, run, walk, events, StepState.SKIPPED, on, note)


def go_on_with_run(
    session: Session,
    actor: Actor,
    client_id: int,
    run_id: int,
    on: date | None = None,
    note: str = "",
) -> Change:
    """The decision is waited for again, after it had been given up. Raises `Clash` when not."""
    client, run, events, walk = _opened(session, actor, client_id, run_id)
    check_can_go_on(run.state)
    return _turn(session, actor, client, run, walk, events, StepState.RUNNING, on, note)


def _turn(
    session: Session,
    actor: Actor,
    client: Client,
    run: ApprovalRun,
    walk: Walk,
    events: Sequence[RunEvent],
    state: StepState,
    on: date | None,
    note: str,
) -> Change:
    today = clock.today(actor.time_zone)
    on, action = on or today, GIVEN_UP if state is StepState.SKIPPED else TAKEN_UP
    check_event_day(walk, on, today)
    check_comes_last(on, events[-1].happened_on if events else on)
    change = begin_deed(session, actor, client, action, deal=run.deal, run=run.id)
    _write(session, change, run, Move(WHOLE_RUN, state, on, note=text_within(note, LONGEST_NOTE)))
    settle_run(session, actor, run)
    return change
