"""The programs' door to the forecast of a run."""

from datetime import date

from flask import jsonify
from pydantic import BaseModel
from spectree import Response

from dossiers.approvals.forecast.outlook import Bar, StepOutlook
from dossiers.approvals.forecast.queries import forecasts_of
from dossiers.approvals.forecast.services import keep_forecast
from dossiers.approvals.forecast.shown import Shown, shown_of
from dossiers.approvals.kinds import RunState
from dossiers.approvals.models import SignatureForecast
from dossiers.approvals.runs.queries import run_in
from dossiers.clients.deeds import note_look
from dossiers.clients.queries import client_visible_to
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.api import Answer, Failure, api, spec
from wiki.database import reading, transaction


class RangeOut(BaseModel):
    """When a signature was expected on the day `made`: by one, five, nine of ten walks."""

    made: date
    early: date
    likely: date
    late: date
    manager: date | None


class WeeksOut(BaseModel):
    """The share of walks (0 to 1) that end within these days, both included."""

    start: date
    end: date
    share: float


class HoldingOut(BaseModel):
    """A step that holds the run up.

    `critical` is the share of walks in which all waited for it, `days` for how many working days.
    """

    step: str
    title: str
    critical: float
    days: float
    early: date
    likely: date
    late: date


class ForecastOut(BaseModel):
    """The forecast of today (nothing for a run that has ended), and those of the days before.

    `runs` is from how many finished runs it was made; the chances are the shares of walks that end
    by the manager's own date and by the date that is wanted.
    """

    run: int
    state: RunState
    signed: date | None
    now: RangeOut | None
    runs: int
    manager_chance: float | None
    wanted_chance: float | None
    weeks: list[WeeksOut]
    holding: list[HoldingOut]
    made: list[RangeOut]


@api.get("/clients/<int:client_id>/runs/<int:run_id>/forecast")
@needs(Permission.READ)
@spec.validate(resp=Response(HTTP_200=ForecastOut, HTTP_404=Failure), tags=("dossiers",))
def run_forecast(client_id: int, run_id: int) -> Answer:
    """When a signature is to be expected, what holds it up, and what was expected before."""
    client_visible_to(reading(), actor(), client_id)
    run_in(reading(), client_id, run_id)
    with transaction() as session:
        note_look(session, actor(), client_id, "forecast")
        run = run_in(session, client_id, run_id)
        kept = keep_forecast(session, actor(), run)
    shown = shown_of(kept) if kept else None
    signed = run.ended_on if run.state is RunState.SIGNED else None
    found = ForecastOut(
        run=run.id,
        state=run.state,
        signed=signed,
        now=_range(kept) if kept else None,
        runs=shown.runs if shown else 0,
        manager_chance=shown.managers_chance if shown else None,
        wanted_chance=shown.wanted_chance if shown else None,
        weeks=_weeks(shown),
        holding=[_holding(step) for step in shown.holding] if shown else [],
        made=[_range(one) for one in forecasts_of(reading(), run_id)],
    )
    return jsonify(found.model_dump(mode="json"))


def _range(kept: SignatureForecast) -> RangeOut:
    return RangeOut(
        made=kept.made_on,
        early=kept.early,
        likely=kept.likely,
        late=kept.late,
        manager=kept.managers_date,
    )


def _weeks(shown: Shown | None) -> list[WeeksOut]:
    return [_week(bar) for bar in shown.bars] if shown else []


def _week(bar: Bar) -> WeeksOut:
    return WeeksOut(start=bar.start, end=bar.end, share=bar.share)


def _holding(step: StepOutlook) -> HoldingOut:
    return HoldingOut(
        step=step.code,
        title=step.title,
        critical=step.critical,
        days=step.days,
        early=step.early,
        likely=step.likely,
        late=step.late,
    )
