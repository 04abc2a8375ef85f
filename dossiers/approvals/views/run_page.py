"""What the page of a run shows: where the decision stands, what happened, the forms."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import render_template, request
from sqlalchemy.orm import Session

from dossiers.approvals.drawing.numbering import numbers_of
from dossiers.approvals.forms.purchase import as_chosen
from dossiers.approvals.forms.runs import MoveForm, TurnForm
from dossiers.approvals.kinds import StepKind, StepState
from dossiers.approvals.models import ApprovalRun
from dossiers.approvals.paths.queries import path_in, version_by_id
from dossiers.approvals.run_panels import run_panels_of
from dossiers.approvals.runs.hints import Hint, hints_of
from dossiers.approvals.runs.queries import run_in, standings_of
from dossiers.approvals.runs.shown import StepOfRun, events_shown, run_steps
from dossiers.approvals.views.blueprint import today
from dossiers.clients.models import Client
from dossiers.clients.rules import may_edit
from dossiers.facts.asking import Moment
from dossiers.people.reading.names import people_here
from wiki.accounts.access import actor
from wiki.database import fresh_reading
from wiki.locale import language
from wiki.pages.categories import tree
from wiki.pages.facts import as_date

_MOST_PEOPLE = 300


@dataclass
class Sent:
    """The form that came in and was refused; the page shows it again."""

    move: MoveForm | None = None
    turn: TurnForm | None = None
    problems: list[str] = field(default_factory=list)


def run_page(client: Client, run_id: int, sent: Sent) -> str:
    """The whole page for the reader, in a constant number of statements."""
    session, moment = fresh_reading(), Moment(today())
    run = run_in(session, client.id, run_id)
    walk, standing = standings_of(session, [run], {run.client_id: client.country}, moment.day)[
        run.id
    ]
    events = events_shown(session, actor(), run.id, moment)
    version = version_by_id(session, run.version_id)
    numbers = numbers_of(version.document.by_code)
    steps = run_steps(session, client.id, walk, standing, moment, numbers)
    editable = may_edit(actor(), client.team_id) and client.merged_into_id is None
    seen = max((event.id for event in events), default=0)
    others = [(code, f"{numbers[code]} {step.title}") for code, step in walk.others.items()]
    return render_template(
        "dossiers/approvals/run.html",
        client=client,
        run=run,
        path=path_in(session, client.id, run.path_id),
        version=version.row.number,
        categories=_categories(session, run),
        standing=standing,
        steps=steps,
        turns=[step for step in steps if step.turn],
        events=events[::-1],
        seen=seen,
        editable=editable,
        sent=sent,
        form=_move_form(sent, steps, others, seen),
        turn_form=sent.turn or TurnForm(formdata=None),
        people=people_here(session, client.id, _MOST_PEOPLE) if editable else (),
        hints=_hints(session, client, run, steps) if editable else (),
        today=moment.day,
        panels=run_panels_of(session, actor(), client, run),
        side_panels=run_panels_of(session, actor(), client, run, aside=True),
    )


def _categories(session: Session, run: ApprovalRun) -> list[str]:
    """The names of the categories of what is bought."""
    if not run.categories:
        return []
    shelves = tree(session)
    named = (shelves.shelves.get(one) for one in as_chosen(run.categories, shelves))
    return [shelf.name(language()) for shelf in named if shelf]


def _move_form(
    sent: Sent, steps: Sequence[StepOfRun], others: Sequence[tuple[str, str]], seen: int
) -> MoveForm:
    """The form as it was sent, else filled from the address, else about the step of the turn."""
    form = sent.move or MoveForm(formdata=None, data=_asked(steps))
    named = {step.code: f"{step.number} {step.title}" for step in steps}
    form.offer([*named.items(), *(pair for pair in others if pair[0] not in named)])
    form.seen.data = str(seen)
    return form


def _asked(steps: Sequence[StepOfRun]) -> dict[str, Any]:
    turn = next((step.code for step in steps if step.turn), steps[0].code if steps else "")
    asked = request.args
    state = asked.get("state", "")
    return {
        "step": asked.get("step", turn)[:12],
        "state": state if state in list(StepState) else StepState.PASSED.value,
        "on": as_date(asked.get("on", "")[:10]),
        "note": asked.get("note", "")[:500].replace("\0", ""),
    }


def _hints(
    session: Session, client: Client, run: ApprovalRun, steps: Sequence[StepOfRun]
) -> list[tuple[Hint, str]]:
    """What other systems say, each with the code of the step that it may be about."""
    hints = hints_of(session, actor(), client, run.deal)
    return [(hint, _step_of(hint.kind, steps)) for hint in hints]


def _step_of(kind: StepKind | None, steps: Sequence[StepOfRun]) -> str:
    """The first step of that kind that is not done; nothing when there is none."""
    left = [step for step in steps if step.kind is kind and not step.progress.is_done]
    return left[0].code if left else ""
