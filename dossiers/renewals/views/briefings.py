"""The briefings of a month: begun here, made by the worker, taken here."""

from flask import Response, flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from dossiers.renewals.briefing.months import begin_month, jobs_of, made_for, month_typed
from dossiers.renewals.views.blueprint import renewals_room, today
from dossiers.renewals.views.briefing import as_pdf
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import reading, transaction
from wiki.errors import Refusal
from wiki.locale import LANGUAGES, _, language, say

_PAGE = "dossiers/renewals/briefing/months.html"


@renewals_room.get("/renewals/briefings")
@needs(Permission.EDIT_DOSSIERS)
def briefings() -> str:
    """Choose a month; and the files that were made for the reader."""
    return _page(f"{today():%Y-%m}")


@renewals_room.post("/renewals/briefings")
@needs(Permission.EDIT_DOSSIERS)
def make_briefings() -> ResponseReturnValue:
    """Let the worker make the briefings of the month."""
    typed = request.form.get("month", "")[:20]
    wanted = request.form.get("language", "")
    try:
        with transaction() as session:
            begin_month(
                session, actor(), month_typed(typed), wanted if wanted in LANGUAGES else language()
            )
    except Refusal as refusal:
        return _page(typed, say(refusal)), 422
    flash(_("The briefings are being made. You can leave this page and come back to it."))
    return redirect("/renewals/briefings")


@renewals_room.get("/renewals/briefings/progress")
@needs(Permission.EDIT_DOSSIERS)
def briefings_progress() -> Response:
    """The list alone; once all work has ended, the browser is asked to load the page anew."""
    jobs = jobs_of(reading(), actor())
    answer = make_response(render_template("dossiers/renewals/briefing/_months.html", jobs=jobs))
    if not any(job.state in ("waiting", "running") for job in jobs):
        answer.headers["HX-Refresh"] = "true"
    return answer


@renewals_room.get("/renewals/briefings/<int:job_id>.pdf")
@needs(Permission.EDIT_DOSSIERS)
def briefings_pdf(job_id: int) -> ResponseReturnValue:
    """The file of a month, for whoever asked for it."""
    row = made_for(reading(), actor(), job_id)
    return as_pdf(row.content or b"", f"briefings-{row.month:%Y-%m}-{row.language}.pdf")


def _page(month: str, error: str = "") -> str:
    jobs = jobs_of(reading(), actor())
    under_way = any(job.state in ("waiting", "running") for job in jobs)
    return render_template(_PAGE, jobs=jobs, under_way=under_way, month=month, error=error)
