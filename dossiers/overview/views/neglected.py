"""The list of clients that nobody has spoken with for long."""

from datetime import timedelta

from flask import render_template

from dossiers.overview.neglect.queries import MOST, neglected_visible_to
from dossiers.overview.views.blueprint import overview_room, today
from dossiers.renewals.checks.rules_now import rules_in_force
from wiki import clock
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import reading


@overview_room.get("/clients/neglected")
@needs(Permission.EDIT_DOSSIERS)
def neglected() -> str:
    """A manager's own clients, for a director all."""
    person = actor()
    days = rules_in_force(reading()).limits["neglect_days"]
    since = clock.now() - timedelta(days=days)
    return render_template(
        "dossiers/overview/neglected.html",
        rows=neglected_visible_to(reading(), person, not person.is_director, today(), since),
        days=days,
        most=MOST,
        director=person.is_director,
    )
