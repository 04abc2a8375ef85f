"""The list of clients and deals that nobody spoke with or of for long."""

from datetime import timedelta

from flask import render_template

from dossiers.overview.neglect.deals import neglected_deals_visible_to
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
    """A manager's own clients and deals, for a director all; a deal alone if its client is not."""
    session, person = reading(), actor()
    days = rules_in_force(session).neglect_days
    reach = person, not person.is_director, today(), clock.now() - timedelta(days=days)
    rows = neglected_visible_to(session, *reach)
    said = {row.client_id for row in rows}
    deals = neglected_deals_visible_to(session, *reach)
    return render_template(
        "dossiers/overview/neglected.html",
        rows=rows,
        deals=[deal for deal in deals if deal.client_id not in said],
        days=days,
        most=MOST,
        director=person.is_director,
    )
