"""Approval paths as a layer of the org chart: `?path=12`, and `?path=12-5` for the run 5."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.approvals.actors import ActorSeat, actors_on
from dossiers.approvals.chart.ways import arrows_between, places_of
from dossiers.approvals.drawing.numbering import in_shown_order, numbers_of
from dossiers.approvals.kinds import RunState
from dossiers.approvals.log import Progress, progress_of
from dossiers.approvals.models import ApprovalPath, ApprovalRun
from dossiers.approvals.paths.queries import (
    Version,
    path_in,
    paths_of,
    version_by_id,
    version_in_force,
    versions_of,
)
from dossiers.approvals.paths.rules import in_force
from dossiers.approvals.recorded import happened, purchase_of
from dossiers.approvals.runs.queries import events_of, run_in
from dossiers.approvals.steps import Step, Steps, needed_for
from dossiers.approvals.wording import STEP_STATES
from dossiers.clients.models import Client
from dossiers.clients.queries import dossier_ids
from dossiers.facts.asking import Moment
from dossiers.people.chart.overlays import Choice, Layer, Overlay, Stop, know_layer
from wiki.errors import Missing
from wiki.locale import _, _l
from wiki.pages.forms import whole_number
from wiki.templating import day as day_in_words

LAYER = "path"
UNNEEDED = "unneeded"
"""The state of a step whose condition the deal does not meet."""


def init() -> None:
    """Let charts show paths."""
    know_layer(Layer(LAYER, _l("Approval path"), path_choices, path_overlay))


def path_choices(session: Session, client_id: int) -> list[Choice]:
    """The paths of the dossier by their subjects, each followed by the deals that walk it."""
    runs = _open_runs(session, client_id)
    found: list[Choice] = []
    for path in paths_of(session, client_id):
        found.append(Choice(str(path.id), path.subject))
        for run in runs:
            if run.path_id == path.id:
                found.append(Choice(f"{path.id}-{run.id}", f"{path.subject} · {run.deal}"))
    return found


def _open_runs(session: Session, client_id: int) -> Sequence[ApprovalRun]:
    wanted = select(ApprovalRun).where(
        ApprovalRun.client_id.in_(dossier_ids(client_id)),
        ApprovalRun.state == RunState.RUNNING,
        ApprovalRun.taken_back_in.is_(None),
    )
    return session.scalars(wanted.order_by(ApprovalRun.began_on, ApprovalRun.id)).all()


class _Walked(NamedTuple):
    """A path as it is shown: its version, the run whose states are told, the steps."""

    path: ApprovalPath
    version: Version
    run: ApprovalRun | None
    steps: Steps


def path_overlay(session: Session, client: Client, moment: Moment, value: str) -> Overlay | None:
    """The path, or one run of it, on that day; of a path that one deal walks, with its states."""
    try:
        walked = _walked(session, client.id, moment, value)
    except Missing:
        return None
    named = {ident for step in walked.steps.values() for ident in step.positions}
    seats = actors_on(session, client.id, named, moment)
    there = frozenset(ident for ident, seat in seats.items() if not seat.is_gone)
    progress = _progress(session, walked.run, walked.steps, moment) if walked.run else None
    kind, ident = ("runs", walked.run.id) if walked.run else ("paths", walked.path.id)
    return Overlay(
        LAYER,
        value,
        walked.path.subject,
        _note(walked),
        f"/clients/{client.id}/{kind}/{ident}",
        tuple(_stops(walked, seats, there, progress)),
        arrows_between(walked.steps, places_of(walked.steps, there)),
    )


def _walked(session: Session, client_id: int, moment: Moment, value: str) -> _Walked:
    path_number, _dash, run_number = value.partition("-")
    path = path_in(session, client_id, whole_number(path_number))
    if run_number:
        run = run_in(session, client_id, whole_number(run_number))
        if run.path_id != path.id:
            raise Missing()
        version = version_by_id(session, run.version_id)
        needed = needed_for(version.document.by_code, purchase_of(run)).steps
        return _Walked(path, version, run, needed)
    version = _version_at(session, path.id, moment)
    open_runs = [run for run in _open_runs(session, client_id) if run.path_id == path.id]
    only = open_runs[0] if len(open_runs) == 1 and open_runs[0].began_on <= moment.day else None
    return _Walked(path, version, only, version.document.by_code)


def _version_at(session: Session, path_id: int, moment: Moment) -> Version:
    """The version in force on the day, of those that were known then. Raises `Missing`."""
    if moment.known is None:
        return version_in_force(session, path_id, moment.day)
    known = [one for one in versions_of(session, path_id) if _is_known(one.row.saved_at, moment)]
    if not known:
        raise Missing()
    told = [(one.row.valid_from, _is_confirmed(one, moment)) for one in known]
    return known[in_force(told, moment.day)]


def _is_confirmed(one: Version, moment: Moment) -> bool:
    return one.confirmation is not None and _is_known(one.confirmation.recorded_at, moment)


def _is_known(at: datetime, moment: Moment) -> bool:
    return moment.known is None or at <= moment.known


_Progress = Mapping[str, Progress]


def _progress(session: Session, run: ApprovalRun, steps: Steps, moment: Moment) -> _Progress:
    """How far each step that the deal needs was at the end of that day."""
    events = [
        happened(event)
        for event in events_of(session, run.id)
        if event.happened_on <= moment.day and _is_known(event.recorded_at, moment)
    ]
    return progress_of(needed_for(steps, purchase_of(run)).steps, events)


def _note(walked: _Walked) -> str:
    number = walked.version.row.number
    said = (
        _("version %(number)d, confirmed by the client", number=number)
        if walked.version.is_confirmed
        else _("version %(number)d, a draft", number=number)
    )
    return f"{walked.run.deal} · {said}" if walked.run else said


def _stops(
    walked: _Walked,
    seats: Mapping[int, ActorSeat],
    there: frozenset[int],
    progress: _Progress | None,
) -> list[Stop]:
    # A step is called alike in the whole path and in that of one deal.
    numbers = numbers_of(walked.version.document.by_code)
    return [
        Stop(
            numbers[step.code],
            step.title,
            who_acts(step, seats),
            tuple(ident for ident in step.positions if ident in there),
            *(_state(progress.get(step.code)) if progress is not None else ("", "")),
        )
        for step in in_shown_order(walked.steps)
    ]


def who_acts(step: Step, seats: Mapping[int, ActorSeat]) -> str:
    """The positions of a step with who holds them, or why nobody is seen."""
    if not step.positions:
        return _("nobody known yet")
    return "; ".join(_seat(seats[ident]) for ident in step.positions)


def _seat(seat: ActorSeat) -> str:
    if seat.gone_since:
        since = day_in_words(seat.gone_since)
        return _("%(position)s – gone since %(day)s", position=seat.title, day=since)
    if seat.is_gone:
        return _("%(position)s is no longer in the chart", position=seat.title or "?")
    if seat.holder is None:
        word = _("vacant") if seat.is_vacant else _("not known who")
        return f"{seat.title} – {word}"
    return f"{seat.title} – {seat.holder.name}"


def _state(progress: Progress | None) -> tuple[str, str]:
    if progress is None:
        return UNNEEDED, _("not needed for this deal")
    said = str(STEP_STATES[progress.state])
    if progress.returned > 1:
        said = _("%(state)s (%(count)d times)", state=said, count=progress.returned)
    return progress.state.value, said
