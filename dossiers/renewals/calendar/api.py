"""The programs' door to the calendar of renewals."""

from typing import Any

from flask import jsonify
from spectree import Response

from dossiers.renewals.calendar.api_shapes import RenewalsOut, RenewalsQuery
from dossiers.renewals.calendar.asking import least_of
from dossiers.renewals.calendar.colours import Colour
from dossiers.renewals.calendar.moved import Moved, moved_by_path
from dossiers.renewals.calendar.queries import Renewal, Wanted, renewals_visible_to
from wiki import clock
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.api import Answer, Failure, api, spec
from wiki.database import reading


@api.get("/renewals")
@needs(Permission.READ)
@spec.validate(
    query=RenewalsQuery,
    resp=Response(HTTP_200=RenewalsOut, HTTP_422=Failure),
    tags=("renewals",),
)
def list_renewals(query: RenewalsQuery) -> Answer:
    """The renewals that one may see: what is too late, then the rest by the day to begin."""
    today = clock.today(actor().time_zone)
    wanted, more = _wanted(query), query.limit + 1
    rows = renewals_visible_to(reading(), actor(), wanted, today, more, query.offset)
    shown = [_json(row) for row in rows[: query.limit]]
    following = query.offset + query.limit if len(rows) > query.limit else None
    return jsonify(renewals=shown, next=following)


def _wanted(query: RenewalsQuery) -> Wanted:
    return Wanted(
        colour=Colour(query.colour) if query.colour else None,
        manager=query.manager,
        team=query.team,
        client=query.client,
        currency=query.currency,
        least=least_of(query.least),
        since=query.since,
        until=query.until,
        mine=query.mine,
    )


def _json(row: Renewal) -> dict[str, Any]:
    moved = moved_by_path(row.why, row.start_by)
    return {
        "contract": row.id,
        "url": row.url,
        "client": row.home.id if row.home else row.client_id,
        "client_name": row.home.name if row.home else "",
        "number": row.number,
        "subject": row.subject,
        "value": f"{row.value:f}" if row.value is not None else None,
        "currency": row.currency,
        "manager": row.manager,
        "state": row.state,
        "colour": row.colour,
        "start_by": row.start_by and row.start_by.isoformat(),
        "notice_by": row.notice_by and row.notice_by.isoformat(),
        "ends_on": row.ends_on and row.ends_on.isoformat(),
        "moved": _moved_json(moved) if moved else None,
    }


def _moved_json(moved: Moved) -> dict[str, Any]:
    return {
        "at": moved.at.isoformat(),
        "was": moved.was.isoformat(),
        "working_days": moved.working_days,
    }
