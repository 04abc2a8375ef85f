"""What forecasts show on the page of a run and of a path."""

from datetime import date

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from dossiers.approvals.forecast import wording
from dossiers.approvals.forecast.calibration import calibration_of
from dossiers.approvals.forecast.queries import newest_forecast, proved_first
from dossiers.approvals.forecast.services import forecast_now
from dossiers.approvals.forecast.shown import shown_of
from dossiers.approvals.kinds import RunState
from dossiers.approvals.models import ApprovalPath, ApprovalRun, SignatureForecast
from dossiers.approvals.path_panels import PathPanel, register_path_panel
from dossiers.approvals.paths.queries import Version
from dossiers.approvals.run_panels import RunPanel, register_run_panel
from dossiers.approvals.working_days import WorkingDays
from dossiers.clients.models import Client
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.errors import Refusal


def init() -> None:
    """Show the forecast beside a run, and how well forecasts came true beside a path."""
    register_run_panel(RunPanel("forecast", draw_forecast, aside=True))
    register_path_panel(PathPanel("forecasts", draw_calibration, aside=True))


def draw_forecast(
    session: Session, actor: Actor, client: Client, run: ApprovalRun
) -> Markup | None:
    """When the signature is to be expected; of a run that was signed, whether it came so."""
    today = clock.today(actor.time_zone)
    kept = _newest(session, run, today)
    if kept is None or run.state not in (RunState.RUNNING, RunState.SIGNED):
        return None
    return _drawn("_forecast_panel", client=client, run=run, shown=shown_of(kept), today=today)


def _newest(session: Session, run: ApprovalRun, today: date) -> SignatureForecast | None:
    """The forecast of today; it is made anew, and not kept, when nobody has asked today."""
    kept = newest_forecast(session, run.id)
    if run.state is not RunState.RUNNING or (kept is not None and kept.made_on == today):
        return kept
    try:
        return forecast_now(session, run, today)
    except Refusal:
        return None


def draw_calibration(
    session: Session, _actor: Actor, client: Client, path: ApprovalPath, _version: Version
) -> Markup | None:
    """How often the range held the signature; nothing before there are enough."""
    forecasts = [proved.forecast for proved in proved_first(session, path.id)]
    found = calibration_of(forecasts, WorkingDays(client.country or ""))
    if found is None or not found.is_enough:
        return None
    return _drawn("_forecasts_panel", client=client, path=path, calibration=found)


def _drawn(template: str, **values: object) -> Markup:
    html = render_template(f"dossiers/approvals/{template}.html", words=wording, **values)
    return Markup(html)  # noqa: S704 - of our own template
