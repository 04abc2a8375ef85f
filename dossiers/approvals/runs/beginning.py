"""Beginning a run, and correcting what it is about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dossiers.approvals.kinds import RunState
from dossiers.approvals.models import ApprovalRun, RunEvent
from dossiers.approvals.paths.queries import path_in, version_in_force, version_numbered
from dossiers.approvals.purchases import Purchase
from dossiers.approvals.runs.queries import run_in
from dossiers.approvals.runs.rules import (
    UNKNOWN_CURRENCIES,
    check_dates,
    check_purchase,
    deal_of,
)
from dossiers.approvals.runs.settling import settle_run
from dossiers.clients.deeds import begin_deed
from dossiers.clients.queries import locked_client
from dossiers.facts.models import Change
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.errors import Clash, Missing
from wiki.rendering.titles import fold_title

BEGUN = "begin run"
CORRECTED = "correct run"


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a run begins with; without a number it goes by the version in force on its first day.

    A purchase in no currency is one of which the amount is not known.
    """

    deal: str
    purchase: Purchase | None = None
    began_on: date | None = None
    wanted_on: date | None = None
    managers_date: date | None = None
    version: int | None = None


def begin_run(
    session: Session, actor: Actor, client_id: int, path_id: int, wanted: Beginning
) -> ApprovalRun:
    """Let a deal walk the path.

    Raises `Missing`, `Forbidden`, `Refusal`, and `Clash` when the deal is walking it already.
    """
    client = locked_client(session, actor, client_id)
    path = path_in(session, client.id, path_id)
    values = _values(session, wanted, clock.today(actor.time_zone), path.id)
    version = (
        version_numbered(session, path.id, wanted.version)
        if wanted.version
        else version_in_force(session, path.id, values["began_on"])
    )
    change = begin_deed(session, actor, client, BEGUN, path=path.subject, deal=values["deal"])
    run = ApprovalRun(
        client_id=client.id,
        path_id=path.id,
        version_id=version.row.id,
        **values,
        state=RunState.RUNNING,
        created_at=change.at,
        created_by=actor.id,
        change_id=change.id,
    )
    session.add(run)
    settle_run(session, actor, run)
    return run


def correct_run(
    session: Session, actor: Actor, client_id: int, run_id: int, wanted: Beginning
) -> Change | None:
    """What the run is about and its days, as they really are; its version stays.

    `None` when it is so already. Raises what `begin_run` raises.
    """
    client = locked_client(session, actor, client_id)
    run = run_in(session, client.id, run_id)
    first = first_day_of_events(session, run)
    values = _values(session, wanted, clock.today(actor.time_zone), run.path_id, run, first)
    was = {name: getattr(run, name) for name in values}
    if was == values:
        return None
    words = {"run": run.id, "was": plain(was), "now": plain(values)}
    change = begin_deed(session, actor, client, CORRECTED, deal=run.deal, **words)
    put(run, values)
    settle_run(session, actor, run)
    return change


def first_day_of_events(session: Session, run: ApprovalRun) -> date | None:
    """The first day on which something happened in the run."""
    days = select(func.min(RunEvent.happened_on)).where(
        RunEvent.run_id == run.id, RunEvent.taken_back_in.is_(None)
    )
    return session.scalar(days)


def _values(
    session: Session,
    wanted: Beginning,
    today: date,
    path_id: int,
    run: ApprovalRun | None = None,
    first: date | None = None,
) -> dict[str, Any]:
    """The columns that the beginning says, checked."""
    deal, began = deal_of(wanted.deal), wanted.began_on or (run.began_on if run else today)
    check_dates(began, wanted.wanted_on, wanted.managers_date, today, first)
    if wanted.purchase is not None:
        check_purchase(wanted.purchase)
    if run is None or fold_title(run.deal) != fold_title(deal):
        _check_walks_once(session, path_id, deal)
    days = {"wanted_on": wanted.wanted_on, "managers_date": wanted.managers_date}
    return {"deal": deal, **_bought(wanted.purchase), "began_on": began, **days}


def _check_walks_once(session: Session, path_id: int, deal: str) -> None:
    open_ones = select(ApprovalRun.deal).where(
        ApprovalRun.path_id == path_id,
        ApprovalRun.state == RunState.RUNNING,
        ApprovalRun.taken_back_in.is_(None),
    )
    if fold_title(deal) in map(fold_title, session.scalars(open_ones)):
        raise Clash(
            "«%(deal)s» is walking this path already. Nothing was changed. Open it in the list of "
            "runs, or give this one another name.",
            deal=deal,
        )


def _bought(purchase: Purchase | None) -> dict[str, Any]:
    bought = purchase or Purchase(Decimal(0), "")
    is_said = bought.currency not in UNKNOWN_CURRENCIES
    return {
        "amount": bought.amount if is_said else None,
        "currency": bought.currency if is_said else "",
        "categories": sorted(bought.categories),
        "tags": sorted(bought.tags),
        "new_vendor": bought.new_vendor,
        "personal_data": bought.personal_data,
    }


_DAYS = ("began_on", "wanted_on", "managers_date")


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a run as JSON values."""
    texts: Iterable[str] = ("amount", *_DAYS)
    return {
        name: str(value) if name in texts and value is not None else value
        for name, value in values.items()
    }


def columns(values: Mapping[str, Any]) -> dict[str, Any]:
    """What `plain` made of them as columns again."""
    return {name: _column(name, value) for name, value in values.items()}


def _column(name: str, value: Any) -> Any:
    if value is None or name not in ("amount", *_DAYS):
        return value
    return Decimal(value) if name == "amount" else date.fromisoformat(value)


def put(run: ApprovalRun, values: Mapping[str, Any]) -> None:
    """Set these columns of a run."""
    for name, value in values.items():
        setattr(run, name, value)


def check_can_be_taken_back(session: Session, run: ApprovalRun) -> None:
    """Raise `Clash` when something happened in the run since it began."""
    mine = select(RunEvent.id).where(RunEvent.run_id == run.id, RunEvent.taken_back_in.is_(None))
    if session.scalar(mine.limit(1)) is not None:
        raise Clash(
            "Something has happened in this run since it began. Nothing was changed. Take that "
            "back first, or give the run up."
        )


def run_begun_in(session: Session, change_id: int) -> ApprovalRun:
    """The run that a change began. Raises `Missing`."""
    run = session.scalar(select(ApprovalRun).where(ApprovalRun.change_id == change_id))
    if run is None:
        raise Missing()
    return run
