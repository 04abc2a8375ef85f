"""The briefings of all renewals of a month as one PDF, made by the worker with progress."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.deeds import note_export
from dossiers.clients.queries import client_visible_to
from dossiers.deals.homes import homes_of
from dossiers.deals.queries import seen_clients
from dossiers.people.chart.drawing.press import Press
from dossiers.renewals.briefing.gathering import gather
from dossiers.renewals.briefing.services import keep_briefing
from dossiers.renewals.briefing.sheet import Sheet
from dossiers.renewals.briefing.telling import sheet_of
from dossiers.renewals.briefing.typesetting import as_typst
from dossiers.renewals.kinds import OVER
from dossiers.renewals.models import Briefing, Contract
from wiki.accounts.actor import Actor
from wiki.accounts.loading import actor_of
from wiki.errors import Missing, Refusal
from wiki.jobs import Job, JobBoard, Work, enqueue
from wiki.locale import _, force_locale
from wiki.pages.facts import as_date

MONTH = "briefings of a month"
MOST = 100
FIRST, LAST = date(1990, 1, 1), date(2100, 12, 1)


def init_app(app: Flask, board: JobBoard) -> None:
    """Let the worker make the briefings of a month."""
    press = Press(deadline=120)
    board.register(MONTH, lambda work: _make(app, press, work))


def month_after(month: date) -> date:
    """The first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def renewals_in(session: Session, actor: Actor, month: date) -> list[tuple[int, int]]:
    """Client and contract of the renewals that end in the month, of clients that the actor sees.

    In the order of their ends, each client once.
    """
    wanted = select(Contract).where(
        Contract.ends_on >= month,
        Contract.ends_on < month_after(month),
        Contract.archived.is_(False),
        Contract.state.not_in(OVER),
        Contract.client_id.in_(seen_clients(actor)),
    )
    rows = session.scalars(wanted.order_by(Contract.ends_on, Contract.id)).all()
    homes = homes_of(session, (row.client_id for row in rows))
    found: dict[int, int] = {}
    for row in rows:
        home = homes.get(row.client_id)
        if home is not None:
            found.setdefault(home.id, row.id)
    return list(found.items())


def begin_month(session: Session, actor: Actor, month: date, language: str) -> Job:
    """Let the worker make the briefings. Raises `Refusal` when there are none or too many."""
    count = len(renewals_in(session, actor, month))
    if not count:
        raise Refusal("No contract ends in this month. Nothing was made. Choose another month.")
    if count > MOST:
        raise Refusal(
            "%(count)d contracts end in this month; one file holds %(limit)d briefings at most. "
            "Nothing was made. Take the briefings from the dossiers one by one.",
            count=count,
            limit=MOST,
        )
    return enqueue(session, actor.id, MONTH, {"month": month.isoformat(), "language": language})


def _make(app: Flask, press: Press, work: Work) -> Mapping[str, Any]:
    month, language = date.fromisoformat(work.arguments["month"]), str(work.arguments["language"])
    with work.database.reading() as session:
        actor = actor_of(session, work.created_by)
        if actor is None:
            raise Refusal("Your account is no longer active. Nothing was changed.")
        wanted = renewals_in(session, actor, month)[:MOST]
    if not wanted:
        raise Refusal("No contract ends in this month. Nothing was made. Choose another month.")
    with app.app_context(), force_locale(language):
        sheets = _sheets(work, actor, wanted)
        title = str(_("Briefings of renewals, %(month)s", month=f"{month:%m.%Y}"))
        content = press.document(as_typst(sheets, title))
    work.progress(len(wanted), len(wanted))
    return _kept(work, actor, month, language, content, [client for client, _one in wanted])


def _sheets(work: Work, actor: Actor, wanted: Sequence[tuple[int, int]]) -> list[Sheet]:
    """Each client is read on its own, so that nothing is held up meanwhile."""
    sheets = []
    for done, (client_id, contract_id) in enumerate(wanted):
        work.progress(done, len(wanted))
        with work.database.reading() as session:
            client = client_visible_to(session, actor, client_id)
            sheets.append(sheet_of(gather(session, actor, client, contract_id)))
    return sheets


def _kept(
    work: Work, actor: Actor, month: date, language: str, content: bytes, clients: list[int]
) -> Mapping[str, Any]:
    with work.database.transaction() as session:
        for client_id in clients:
            note_export(session, actor, client_id, "briefing.pdf")
        row = keep_briefing(session, actor, language, month=month, content=content)
        return {"briefing": row.id, "clients": clients}


def jobs_of(session: Session, actor: Actor, limit: int = 12) -> Sequence[Job]:
    """The person's own jobs, the newest first."""
    wanted = select(Job).where(Job.kind == MONTH, Job.created_by == actor.id)
    return session.scalars(wanted.order_by(Job.id.desc()).limit(limit)).all()


def made_for(session: Session, actor: Actor, job_id: int) -> Briefing:
    """The file that a job of the person made. Raises `Missing`.

    It is gone, too, once a client in it may not be seen any more.
    """
    job = session.get(Job, job_id)
    if job is None or job.kind != MONTH or job.created_by != actor.id or not job.result:
        raise Missing()
    for client_id in job.result["clients"]:
        client_visible_to(session, actor, client_id)
    row = session.get(Briefing, job.result["briefing"])
    if row is None or row.content is None or row.made_for != actor.id:
        raise Missing()
    return row


def month_typed(typed: str) -> date:
    """The month written like 2026-03. Raises `Refusal`."""
    month = as_date(f"{typed.strip()}-01")
    if month is None or not FIRST <= month <= LAST:
        raise Refusal(
            "The month must be written like 2026-03. Nothing was made. Correct it and try again."
        )
    return month
