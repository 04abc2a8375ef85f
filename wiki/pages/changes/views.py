"""The room «Changes»."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from flask import Blueprint, render_template, request

from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import reading
from wiki.locale import LANGUAGES, time_zone
from wiki.pages.categories import Tree, tree
from wiki.pages.changes.queries import (
    ChangeLine,
    Wanted,
    changes_visible_to,
    people_who_may_have_written,
)
from wiki.pages.kinds import KINDS, kind_name
from wiki.paging import parse_key

changes = Blueprint("changes", __name__)

_LARGEST_NUMBER = 2**31 - 1


@changes.app_template_filter("hour")
def hour(moment: datetime) -> str:
    """The time of the day in the reader's zone; the day stands above."""
    return moment.astimezone(ZoneInfo(time_zone())).strftime("%H:%M")


@changes.get("/changes")
@needs(Permission.READ)
def index() -> str:
    """What was changed, grouped by the reader's days."""
    shelves = tree(reading())
    part = changes_visible_to(
        reading(), actor(), _wanted(shelves), parse_key(request.args.get("before"))
    )
    return render_template(
        "wiki/pages/changes/index.html",
        part=part,
        days=_by_day(part.rows),
        asked=request.args,
        is_narrowed=any(request.args.get(name) for name in _FILTERS),
        people=people_who_may_have_written(reading()),
        shelves=shelves,
        kinds=KINDS,
        kind_name=kind_name,
    )


_FILTERS = ("person", "category", "language", "kind", "since", "until")


def _wanted(shelves: Tree) -> Wanted:
    asked = request.args
    category = _number("category")
    return Wanted(
        person=_number("person"),
        categories=shelves.below(category) if category is not None else None,
        language=asked.get("language", "") if asked.get("language") in LANGUAGES else "",
        kind=asked.get("kind", "") if asked.get("kind") in KINDS else "",
        since=_day(asked.get("since", "")),
        until=_day(asked.get("until", "")),
        only=asked.get("only", "") if asked.get("only") in ("mine", "watched") else "",
    )


def _number(name: str) -> int | None:
    number = request.args.get(name, type=int)
    return number if number is not None and 0 < number <= _LARGEST_NUMBER else None


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    # Midnight of the first year's first day may fall before all time in another zone.
    return day if 1970 <= day.year < 9999 else None


def _by_day(lines: Sequence[ChangeLine]) -> list[tuple[date, list[ChangeLine]]]:
    zone = ZoneInfo(actor().time_zone)
    groups = groupby(lines, lambda line: line.at.astimezone(zone).date())
    return [(day, list(group)) for day, group in groups]
