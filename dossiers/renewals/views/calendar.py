"""The calendar of renewals: the list, the month, and the same as a file."""

from collections.abc import Sequence
from typing import Any

from flask import Response, render_template, request

from dossiers.clients.deeds import note_export
from dossiers.clients.queries import name_visible_to
from dossiers.renewals.calendar.asking import asked_for, month_of
from dossiers.renewals.calendar.colours import Colour
from dossiers.renewals.calendar.month import last_of, month_before, next_month, weeks_of
from dossiers.renewals.calendar.queries import (
    PAGE,
    Sum,
    Wanted,
    choices_visible_to,
    renewals_between,
    renewals_visible_to,
    sums_visible_to,
)
from dossiers.renewals.calendar.table_file import exported, renewals_csv
from dossiers.renewals.calendar.wording import (
    COLOUR_BADGES,
    COLOUR_NAMES,
    haste_words,
    month_name,
    moved_words,
    weekday_name,
)
from dossiers.renewals.contracts.wording import STATE_NAMES
from dossiers.renewals.views.blueprint import renewals_room, today
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import reading, transaction
from wiki.history.services import record
from wiki.pages.forms import whole_number
from wiki.paging import Pager

_BESIDE = ("page", "only", "month")


@renewals_room.get("/renewals")
@needs(Permission.READ)
def renewals() -> str:
    """The renewals that one may see; the address says which of them, and which page."""
    wanted = asked_for(request.args)
    sums = sums_visible_to(reading(), actor(), wanted, today())
    number, total = whole_number(request.args.get("page")), sum(one.contracts for one in sums)
    pager = Pager.of(number, total, PAGE)
    rows = renewals_visible_to(reading(), actor(), wanted, today(), PAGE, (pager.number - 1) * PAGE)
    return _drawn("index.html", wanted, sums, rows=rows, pager=pager)


@renewals_room.get("/renewals/print")
@needs(Permission.READ)
def renewals_paper() -> str:
    """The same without pages, for the printer; what is printed is kept in the history."""
    wanted = asked_for(request.args)
    sums = sums_visible_to(reading(), actor(), wanted, today())
    rows = exported(reading(), actor(), wanted, today())[:1000]
    _keep("renewals on paper", {row.home.id for row in rows if row.home})
    return _drawn("paper.html", wanted, sums, rows=rows, pager=None)


@renewals_room.get("/renewals/month")
@needs(Permission.READ)
def renewals_month() -> str:
    """A month as a table of days, with beginnings, last days for notice, and ends."""
    wanted, month = asked_for(request.args), month_of(request.args.get("month", ""), today())
    last = last_of(month)
    rows = renewals_between(reading(), actor(), wanted, today(), month, last)
    late = Wanted(**{**_plain(wanted), "colour": Colour.LATE, "since": None, "until": None})
    sums = sums_visible_to(reading(), actor(), late, today()) if _says_late(wanted) else []
    return _drawn(
        "month.html",
        wanted,
        sums,
        month=month,
        weeks=weeks_of(month, rows),
        before=month_before(month),
        after=next_month(month),
    )


def _says_late(wanted: Wanted) -> bool:
    return wanted.colour in (None, Colour.LATE)


def _plain(wanted: Wanted) -> dict[str, Any]:
    return {name: getattr(wanted, name) for name in wanted.__dataclass_fields__}


@renewals_room.get("/renewals/renewals.csv")
@needs(Permission.READ)
def renewals_file() -> Response:
    """The renewals that the same address without `.csv` lists, as a file; the history keeps it."""
    rows = exported(reading(), actor(), asked_for(request.args), today())
    _keep("renewals.csv", {row.home.id for row in rows if row.home})
    answer = Response("".join(renewals_csv(rows)), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f"attachment; filename=renewals-{today()}.csv"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _keep(what: str, client_ids: set[int]) -> None:
    with transaction() as session:
        record(session, actor(), f"export {what}", "renewals", 0)
        for client_id in sorted(client_ids):
            note_export(session, actor(), client_id, what)


def _drawn(page: str, wanted: Wanted, sums: Sequence[Sum], **values: Any) -> str:
    said = {name: value for name, value in request.args.items() if value and name != "page"}
    return render_template(
        f"dossiers/renewals/calendar/{page}",
        wanted=wanted,
        sums=sums,
        total=sum(one.contracts for one in sums),
        late=[one for one in sums if one.colour is Colour.LATE],
        said=said,
        filters={name: value for name, value in said.items() if name != "month"},
        is_narrowed=any(name not in _BESIDE for name in said),
        choices=choices_visible_to(reading(), actor()),
        client_name=name_visible_to(reading(), actor(), wanted.client),
        today=today(),
        **values,
    )


@renewals_room.app_template_filter("renewal_term")
def renewal_term(code: str, kind: str) -> str:
    """The word for a code of a renewal."""
    words: dict[str, Any] = {"colour": COLOUR_NAMES, "badge": COLOUR_BADGES, "state": STATE_NAMES}
    return str(words[kind].get(code, code))


renewals_room.add_app_template_filter(haste_words, "haste_words")
renewals_room.add_app_template_filter(moved_words, "moved_words")
renewals_room.add_app_template_filter(month_name, "month_name")
renewals_room.add_app_template_filter(weekday_name, "weekday_name")
