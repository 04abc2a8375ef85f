"""What changed in a chart between two days, as a list."""

from datetime import date, timedelta
from itertools import groupby

from flask import render_template, request

from dossiers.clients.deeds import note_look
from dossiers.clients.queries import client_visible_to
from dossiers.people.api import moment_of
from dossiers.people.chart.compare import Difference, changes_between
from dossiers.people.chart.names import Names
from dossiers.people.chart.queries import chart_of
from dossiers.people.chart.wording import HEADINGS, sentence_of
from dossiers.people.rules import check_day
from dossiers.people.views.blueprint import people_room
from wiki import clock
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import reading, transaction
from wiki.errors import Refusal
from wiki.pages.facts import as_date

_MONTH = timedelta(days=30)


@people_room.get("/clients/<int:client_id>/chart/changes")
@needs(Permission.READ)
def changes(client_id: int) -> str:
    """The differences between two days (`from`, `to`; by default the last month)."""
    person = actor()
    client = client_visible_to(reading(), person, client_id)
    today = clock.today(person.time_zone)
    to = day_in_address("to") or today
    check_day(to, today)
    since = day_in_address("from") or to - _MONTH
    before, after = (
        chart_of(reading(), client_id, moment_of(person, day, None)) for day in (since, to)
    )
    found, names = changes_between(before, after), Names.of(before, after)
    with transaction() as session:
        note_look(session, person, client_id, "changes")
    return render_template(
        "dossiers/people/changes.html",
        client=client,
        since=since,
        to=to,
        groups=grouped(found, names),
        count=len(found),
        here=after.seats,
    )


Group = tuple[object, list[tuple[Difference, str]]]


def grouped(found: list[Difference], names: Names) -> list[Group]:
    """The differences under their headings, each with its sentence."""
    return [
        (HEADINGS[what], [(one, sentence_of(one, names)) for one in group])
        for what, group in groupby(found, key=lambda one: one.what)
    ]


def day_in_address(name: str) -> date | None:
    """A day after the `?` of the address; `None` when there is none. Raises `Refusal`."""
    typed = request.args.get(name, "").strip()
    day = as_date(typed[:20])
    if typed and day is None:
        raise Refusal("The day must be written like 2026-03-31. Nothing was changed.")
    return day
