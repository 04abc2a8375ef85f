"""Which of our people belong into the grid of a client."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.models import Assignment
from dossiers.facts.asking import Moment, at
from dossiers.people.chart.snapshot import Chart
from wiki.accounts.models import User


def ours_at(session: Session, chart: Chart, also: tuple[int, str] | None = None) -> dict[int, str]:
    """Number → name: who looks after the client first, then others who know somebody there.

    `also` is somebody who belongs there in any case.
    """
    wanted = (
        select(User.id, User.name)
        .join(Assignment, Assignment.user_id == User.id)
        .where(Assignment.client_id == chart.client_id, at(Assignment, Moment(chart.day)))
        .order_by(Assignment.duty, User.name)
    )
    found = {row.id: row.name for row in session.execute(wanted)}
    known = {one.user_id: one.user for one in chart.acquaintances}
    for ident, name in sorted(known.items(), key=lambda pair: pair[1].casefold()):
        found.setdefault(ident, name)
    if also is not None:
        found.setdefault(*also)
    return found
