"""What searches teach, for the director; and the note that a found thing was opened."""

import csv
from collections.abc import Iterable
from datetime import date
from io import StringIO

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from search.lessons import queries
from search.lessons.notebook import notebook
from search.lessons.queries import Lesson
from search.lessons.rules import parse_week, week_name
from wiki.accounts.access import needs
from wiki.accounts.rules import Permission
from wiki.database import database, fresh_reading
from wiki.errors import Missing
from wiki.locale import _

lessons = Blueprint("lessons", __name__)

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@lessons.get("/search/lessons")
@needs(Permission.SEE_LESSONS)
def week() -> str:
    """`?week=2026-W47`: most asked, nothing found, found but never opened."""
    monday = _asked_week()
    session = _up_to_date()
    before, after = queries.weeks_beside(session, monday)
    return render_template(
        "search/lessons/week.html",
        week=queries.week_in(session, monday),
        name=week_name(monday),
        before=week_name(before) if before else None,
        after=week_name(after) if after else None,
    )


@lessons.get("/search/lessons.csv")
@needs(Permission.SEE_LESSONS)
def table() -> ResponseReturnValue:
    """Every question of a week as a table for other programs."""
    monday = _asked_week()
    rows = queries.all_of_week(_up_to_date(), monday)
    answer = Response(_csv(rows), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f"attachment; filename=searches-{week_name(monday)}.csv"
    return answer


@lessons.post("/search/opened")
@needs(Permission.READ)
def opened() -> ResponseReturnValue:
    """Somebody opened a thing that the question `q` had found; who is not noted."""
    notebook().opened(request.form.get("q", ""))
    return "", 204


def _up_to_date() -> Session:
    """A session that sees what was asked until now."""
    notebook().flush(database())
    return fresh_reading()


def _asked_week() -> date:
    typed = request.args.get("week", "")
    if not typed:
        return notebook().this_week()
    monday = parse_week(typed)
    if monday is None:
        raise Missing()
    return monday


def _csv(rows: Iterable[Lesson]) -> str:
    # The mark at its beginning tells spreadsheets that the file is UTF-8.
    out = StringIO("\ufeff")
    out.seek(0, 2)
    writer = csv.writer(out)
    writer.writerow([_("Question"), _("Asked"), _("Nothing found"), _("Opened")])
    for row in rows:
        # A spreadsheet must show a question, never compute it.
        shown = f"'{row.question}" if row.question.startswith(_FORMULA) else row.question
        writer.writerow([shown, row.asked, row.found_nothing, row.opened])
    return out.getvalue()
