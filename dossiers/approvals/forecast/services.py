"""Keeping forecasts, and the manager's own date."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from dossiers.approvals.forecast.durations import country_of, learned_from, situation_of
from dossiers.approvals.forecast.outlook import Outlook
from dossiers.approvals.forecast.rules import check_expected
from dossiers.approvals.forecast.simulate import simulate
from dossiers.approvals.kinds import RunState
from dossiers.approvals.models import ApprovalRun, SignatureForecast
from dossiers.approvals.runs.queries import run_in
from dossiers.clients.deeds import begin_deed
from dossiers.clients.queries import locked_client
from dossiers.facts.models import Change
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.errors import Refusal

EXPECTED = "expect signature"
_MOST_STEPS = 8


def outlook_of(session: Session, run: ApprovalRun, today: date) -> tuple[Outlook, int] | None:
    """The forecast of a run and from how many finished runs it was made; a constant few statements.

    `None` for a run that has ended or waits for nothing but what comes behind the signature.
    Raises `Refusal` when a step could never happen by its calendar.
    """
    if run.state is not RunState.RUNNING:
        return None
    now = situation_of(session, run, today)
    if all(now.of(code).ended for code in now.steps):
        return None
    learned = learned_from(session, run.path_id, country_of(session, run), today)
    return simulate(now, learned.habits, run.id), learned.runs


def forecast_now(session: Session, run: ApprovalRun, today: date) -> SignatureForecast | None:
    """The forecast as it would be kept, which it is not; `None` and raises as `outlook_of`."""
    found = outlook_of(session, run, today)
    if found is None:
        return None
    made = SignatureForecast(run_id=run.id, made_on=today)
    _fill(made, run, *found)
    return made


def keep_forecast(session: Session, actor: Actor, run: ApprovalRun) -> SignatureForecast | None:
    """Make the forecast of a run and keep it as that of today; what was kept today is replaced.

    `None` when there is nothing to foresee, also for a calendar by which a step can never happen:
    a forecast never stops what it follows.
    """
    today = clock.today(actor.time_zone)
    try:
        found = outlook_of(session, run, today)
    except Refusal:
        found = None
    if found is None:
        return None
    kept = _of_today(session, run, today) or SignatureForecast(run_id=run.id, made_on=today)
    _fill(kept, run, *found)
    kept.made_at, kept.made_by = clock.now(), actor.id
    session.add(kept)
    # Written also when it is as before: each move costs as many statements as any other.
    flag_modified(kept, "basis")
    session.flush()
    return kept


def _fill(kept: SignatureForecast, run: ApprovalRun, outlook: Outlook, runs: int) -> None:
    kept.early, kept.likely, kept.late = outlook.early, outlook.likely, outlook.late
    kept.managers_date = run.managers_date
    kept.basis = plain_outlook(outlook, runs, run)


def forecast_after_move(session: Session, actor: Actor, run: ApprovalRun) -> None:
    """Keep the forecast of a run that has begun or moved on."""
    keep_forecast(session, actor, run)


def _of_today(session: Session, run: ApprovalRun, today: date) -> SignatureForecast | None:
    # Of two who look at once only one makes it: the other waits here and finds it.
    session.execute(select(ApprovalRun.id).where(ApprovalRun.id == run.id).with_for_update())
    wanted = select(SignatureForecast).where(SignatureForecast.run_id == run.id)
    return session.scalars(wanted.where(SignatureForecast.made_on == today)).first()


def plain_outlook(outlook: Outlook, runs: int, run: ApprovalRun) -> dict[str, Any]:
    """A forecast as JSON: what it was made from, in which weeks walks ended, what holds it up.

    With the chances that it is signed by the day that is wanted, and by the manager's own.
    """
    chances = {
        name: round(outlook.chance_by(day), 3)
        for name, day in (("wanted", run.wanted_on), ("managers", run.managers_date))
        if day is not None
    }
    return {
        "chances": chances,
        "runs": runs,
        "walks": outlook.walks,
        "days": list(outlook.days),
        "is_far": outlook.is_far,
        "bars": [[_day(bar.start), _day(bar.end), bar.share] for bar in outlook.bars],
        "steps": [
            {
                "code": step.code,
                "title": step.title,
                "critical": round(step.critical, 3),
                "days": round(step.days, 1),
                "early": _day(step.early),
                "likely": _day(step.likely),
                "late": _day(step.late),
            }
            for step in outlook.steps[:_MOST_STEPS]
        ],
    }


def expect_signature(
    session: Session, actor: Actor, client_id: int, run_id: int, expected: date | None
) -> Change:
    """Write down when the manager expects the signature; `None` takes their date away.

    Raises `Missing`, `Forbidden`, `Clash`, and `Refusal` for a day before the run.
    """
    client = locked_client(session, actor, client_id)
    run = run_in(session, client.id, run_id)
    check_expected(run.state, run.began_on, expected)
    words: Mapping[str, object] = {
        "run": run.id,
        "deal": run.deal,
        "from": _day(run.managers_date),
        "to": _day(expected),
    }
    change = begin_deed(session, actor, client, EXPECTED, **words)
    run.managers_date = expected
    session.flush()
    keep_forecast(session, actor, run)
    return change


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
