"""The browser's door to forecasts: of one run, and how well those of a path came true."""

from datetime import date
from typing import NamedTuple

from flask import redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from dossiers.approvals.forecast import wording
from dossiers.approvals.forecast.calibration import calibration_of, working_days_late
from dossiers.approvals.forecast.pictures import Guess, slide_of, weeks_of
from dossiers.approvals.forecast.queries import forecasts_of, proved_first
from dossiers.approvals.forecast.services import expect_signature, forecast_now, keep_forecast
from dossiers.approvals.forecast.shown import Shown, shown_of
from dossiers.approvals.forms.forecast import ExpectForm
from dossiers.approvals.kinds import RunState
from dossiers.approvals.models import ApprovalRun, SignatureForecast
from dossiers.approvals.runs.queries import run_in
from dossiers.approvals.views.blueprint import approvals_room, room_of, today
from dossiers.approvals.working_days import WorkingDays
from dossiers.clients.deeds import note_look
from dossiers.clients.models import Client
from dossiers.clients.queries import client_visible_to
from dossiers.clients.rules import check_may_edit, may_edit
from dossiers.people.views.deeds import tell_done
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import reading, transaction
from wiki.errors import Forbidden, Missing, Refusal
from wiki.locale import say


class _Seen(NamedTuple):
    client: Client
    run: ApprovalRun


@approvals_room.get("/clients/<int:client_id>/runs/<int:run_id>/forecast")
@needs(Permission.READ)
def forecast(client_id: int, run_id: int) -> ResponseReturnValue:
    """The forecast of a run, made and kept for today, and all that were made before."""
    seen = _seen(reading(), client_id, run_id)
    with transaction() as session:
        note_look(session, actor(), client_id, "forecast")
        run = run_in(session, client_id, run_id)
        keep_forecast(session, actor(), run)
    form = ExpectForm(formdata=None, expected=run.managers_date)
    return _page(_Seen(seen.client, run), form)


@approvals_room.post("/clients/<int:client_id>/runs/<int:run_id>/expect")
@needs(Permission.EDIT_DOSSIERS)
def expect(client_id: int, run_id: int) -> ResponseReturnValue:
    """Write down when the manager expects the signature."""
    seen = _seen(reading(), client_id, run_id)
    check_may_edit(actor(), seen.client.team_id)
    form = ExpectForm()
    if not form.validate_on_submit():
        return _page(seen, form), 422
    try:
        with transaction() as session:
            change = expect_signature(session, actor(), client_id, run_id, form.expected.data)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        form.form_errors.append(say(refusal))
        return _page(_seen(reading(), client_id, run_id), form), refusal.status
    here = f"/clients/{client_id}/runs/{run_id}/forecast"
    tell_done(change, client_id, here)
    return redirect(here)


def _seen(session: Session, client_id: int, run_id: int) -> _Seen:
    client = client_visible_to(session, actor(), client_id)
    return _Seen(client, run_in(session, client_id, run_id))


def _page(seen: _Seen, form: ExpectForm) -> str:
    client, run = seen
    kept = forecasts_of(reading(), run.id)
    shown = shown_of(kept[-1]) if kept and _is_of_use(run, kept[-1]) else None
    first, calendar = kept[0] if kept else None, WorkingDays(client.country or "")
    moved = working_days_late(first.likely, kept[-1].likely, calendar) if first else 0
    signed_on = run.ended_on if run.state is RunState.SIGNED else None
    return render_template(
        "dossiers/approvals/forecast.html",
        client=client,
        run=run,
        today=today(),
        shown=shown,
        why_none="" if shown else _why_none(run),
        weeks=weeks_of(shown.bars, _days(run, shown)) if shown and shown.bars else None,
        kept=kept,
        slide=slide_of([_guess(one) for one in kept], signed_on),
        first=first,
        moved=moved,
        signed_late=working_days_late(first.likely, signed_on, calendar)
        if first and signed_on
        else 0,
        words=wording,
        form=form,
        editable=may_edit(actor(), client.team_id),
    )


def _is_of_use(run: ApprovalRun, kept: SignatureForecast) -> bool:
    """The picture is that of today; of a run that has ended only what was expected is told."""
    return run.state is RunState.RUNNING and kept.made_on == today()


def _why_none(run: ApprovalRun) -> str:
    try:
        forecast_now(reading(), run, today())
    except Refusal as refusal:
        return say(refusal)
    return ""


def _days(run: ApprovalRun, shown: Shown) -> list[tuple[str, date | None]]:
    return [("likely", shown.likely), ("managers", run.managers_date), ("wanted", run.wanted_on)]


def _guess(kept: SignatureForecast) -> Guess:
    return Guess(kept.made_on, kept.early, kept.likely, kept.late, kept.managers_date)


@approvals_room.get("/clients/<int:client_id>/paths/<int:path_id>/forecasts")
@needs(Permission.READ)
def forecasts(client_id: int, path_id: int) -> str:
    """How well the forecasts of the runs of a path came true, ours and the managers'."""
    room = room_of(client_id, path_id, "forecasts")
    calendar = WorkingDays(room.client.country or "")
    proved = proved_first(reading(), path_id)
    return render_template(
        "dossiers/approvals/forecasts.html",
        client=room.client,
        path=room.path,
        proved=proved,
        calibration=calibration_of([one.forecast for one in proved], calendar),
        late=lambda expected, signed: working_days_late(expected, signed, calendar),
        words=wording,
    )
