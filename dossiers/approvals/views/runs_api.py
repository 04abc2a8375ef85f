"""The programs' door to runs: read them, begin one, move a step, give up, go on."""

from typing import Any

from flask import Response as HttpResponse
from flask import jsonify
from spectree import Response
from sqlalchemy.orm import Session

from dossiers.approvals.forms.purchase import with_those_above
from dossiers.approvals.models import ApprovalRun
from dossiers.approvals.paths.queries import version_by_id
from dossiers.approvals.purchases import ZERO, Purchase
from dossiers.approvals.runs.listing import Home, RunLine, lines_of
from dossiers.approvals.runs.queries import run_in, runs_of, standings_of, subjects_of
from dossiers.approvals.runs.rules import early_steps
from dossiers.approvals.runs.services import (
    Beginning,
    Move,
    begin_run,
    give_up_run,
    go_on_with_run,
    move_step,
)
from dossiers.approvals.runs.shown import EventShown, events_shown
from dossiers.approvals.views.blueprint import today
from dossiers.approvals.views.runs_api_shapes import (
    MoveIn,
    RunIn,
    RunsOut,
    RunsQuery,
    TurnIn,
    Which,
    WholeRunOut,
)
from dossiers.clients.deeds import note_look
from dossiers.clients.models import Client
from dossiers.clients.queries import client_visible_to
from dossiers.facts.asking import Moment
from wiki.accounts.access import actor, for_programs, needs
from wiki.accounts.rules import Permission
from wiki.api import Answer, Failure, api, spec
from wiki.database import fresh_reading, reading, transaction
from wiki.pages.categories import tree

_TAGS = ("dossiers",)
_READ = Response(HTTP_200=WholeRunOut, HTTP_404=Failure)
_FAILURES = {"HTTP_404": Failure, "HTTP_409": Failure, "HTTP_422": Failure}
_WRITTEN = Response(HTTP_200=WholeRunOut, **_FAILURES)


@api.get("/clients/<int:client_id>/runs")
@needs(Permission.READ)
@spec.validate(query=RunsQuery, resp=Response(HTTP_200=RunsOut, HTTP_404=Failure), tags=_TAGS)
def get_runs(client_id: int, query: RunsQuery) -> Answer:
    """The runs of a client: where each open one stands, or how each ended."""
    client = client_visible_to(reading(), actor(), client_id)
    found = runs_of(reading(), client_id, query.state is Which.OPEN, query.path)
    home = Home(client.id, client.name, client.country)
    lines = lines_of(reading(), found, {run.id: home for run in found}, today())
    if query.state is Which.ENDED:
        places = {run.id: place for place, run in enumerate(found)}
        lines.sort(key=lambda line: places[line.run.id])
    with transaction() as session:
        note_look(session, actor(), client_id, "runs")
    return jsonify(runs=[_line(line) for line in lines])


@api.get("/clients/<int:client_id>/runs/<int:run_id>")
@needs(Permission.READ)
@spec.validate(resp=_READ, tags=_TAGS)
def get_run(client_id: int, run_id: int) -> Answer:
    """A run with its steps and everything that was written down."""
    client = client_visible_to(reading(), actor(), client_id)
    answer = _whole(reading(), client, run_in(reading(), client_id, run_id))
    with transaction() as session:
        note_look(session, actor(), client_id, "run")
    return jsonify(answer)


@api.post("/clients/<int:client_id>/paths/<int:path_id>/runs")
@for_programs
@needs(Permission.EDIT_DOSSIERS)
@spec.validate(json=RunIn, resp=Response(HTTP_201=WholeRunOut, **_FAILURES), tags=_TAGS)
def post_run(client_id: int, path_id: int, json: RunIn) -> Answer:
    """Let a deal walk a path."""
    wanted = Beginning(
        json.deal, _purchase(json), json.began, json.wanted, json.expected, json.version
    )
    with transaction() as session:
        run_id = begin_run(session, actor(), client_id, path_id, wanted).id
    return _written(client_id, run_id), 201


def _purchase(json: RunIn) -> Purchase:
    """A category stands for those above it, too, as on the page."""
    return Purchase(
        json.amount if json.amount is not None else ZERO,
        json.currency if json.amount is not None else "",
        with_those_above(frozenset(json.categories), tree(reading())),
        json.new_vendor,
        json.personal_data,
        frozenset(json.tags),
    )


@api.post("/clients/<int:client_id>/runs/<int:run_id>/moves")
@for_programs
@needs(Permission.EDIT_DOSSIERS)
@spec.validate(json=MoveIn, resp=_WRITTEN, tags=_TAGS)
def post_move(client_id: int, run_id: int, json: MoveIn) -> Answer:
    """Write down what happened to a step."""
    move = Move(
        json.step or "",
        json.state,
        json.on,
        json.title,
        json.kind,
        json.position,
        json.person,
        json.note,
        json.mail,
        json.file,
        json.back_to or "",
        json.seen,
    )
    with transaction() as session:
        move_step(session, actor(), client_id, run_id, move)
    return _written(client_id, run_id)


@api.post("/clients/<int:client_id>/runs/<int:run_id>/give-up")
@for_programs
@needs(Permission.EDIT_DOSSIERS)
@spec.validate(json=TurnIn, resp=_WRITTEN, tags=_TAGS)
def post_give_up(client_id: int, run_id: int, json: TurnIn) -> Answer:
    """Nobody waits for this decision any more."""
    with transaction() as session:
        give_up_run(session, actor(), client_id, run_id, json.on, json.note)
    return _written(client_id, run_id)


@api.post("/clients/<int:client_id>/runs/<int:run_id>/go-on")
@for_programs
@needs(Permission.EDIT_DOSSIERS)
@spec.validate(json=TurnIn, resp=_WRITTEN, tags=_TAGS)
def post_go_on(client_id: int, run_id: int, json: TurnIn) -> Answer:
    """The decision is waited for again, after the run was given up."""
    with transaction() as session:
        go_on_with_run(session, actor(), client_id, run_id, json.on, json.note)
    return _written(client_id, run_id)


def _written(client_id: int, run_id: int) -> HttpResponse:
    session = fresh_reading()
    client = client_visible_to(session, actor(), client_id)
    return jsonify(_whole(session, client, run_in(session, client_id, run_id)))


def _line(line: RunLine) -> dict[str, Any]:
    run, standing = line.run, line.standing
    return {
        "id": run.id,
        "path": run.path_id,
        "subject": line.subject,
        "deal": run.deal,
        "amount": str(run.amount) if run.amount is not None else None,
        "currency": run.currency,
        "state": run.state.value,
        "began": _day(run.began_on),
        "ended": _day(run.ended_on),
        "wanted": _day(run.wanted_on),
        "manager": _day(run.managers_date),
        "planned": _day(standing.planned),
        "expected": _day(standing.expected),
        "late": standing.late,
        "past_wanted": standing.past_wanted,
        "done": standing.done,
        "total": standing.total,
        "turns": [
            {
                "step": turn.code,
                "title": turn.title,
                "state": turn.state.value,
                "since": _day(turn.since),
                "days": turn.days,
                "due": _day(turn.due),
                "late": turn.late,
                "ours": turn.is_ours,
            }
            for turn in standing.turns
        ],
    }


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _whole(session: Session, client: Client, run: ApprovalRun) -> dict[str, Any]:
    countries = {run.client_id: client.country}
    walk, standing = standings_of(session, [run], countries, today())[run.id]
    subject = subjects_of(session, [run])[run.path_id]
    events = events_shown(session, actor(), run.id, Moment(today()))
    early = early_steps(walk)
    steps = [
        {
            "step": one.code,
            "title": one.title,
            "kind": one.kind.value if one.kind else None,
            "state": one.state.value,
            "began": _day(one.began),
            "ended": _day(one.ended),
            "returned": one.returned,
            "extra": one.is_extra,
            "positions": list(walk.steps[one.code].positions) if one.code in walk.steps else [],
            "position": one.position_id,
            "person": one.person_id,
            "early": early.get(one.code, []),
        }
        for one in walk.progress.values()
    ]
    return {
        **_line(RunLine(run, client.id, client.name, subject, standing, {})),
        "version": version_by_id(session, run.version_id).row.number,
        "categories": run.categories,
        "tags": run.tags,
        "new_vendor": run.new_vendor,
        "personal_data": run.personal_data,
        "steps": steps,
        "events": [_event(event) for event in events],
        "seen": max((event.id for event in events), default=0),
    }


def _event(event: EventShown) -> dict[str, Any]:
    return {
        "id": event.id,
        "step": event.step,
        "title": event.title,
        "state": event.state.value,
        "on": _day(event.on),
        "person": event.person_id,
        "note": event.note,
        "mail": event.mail,
        "file": event.file_url,
        "recorded": event.recorded_at.isoformat(),
        "by": event.recorded_by or "",
        "change": event.change_id,
    }
