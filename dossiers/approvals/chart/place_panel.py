"""The panel on the pages of positions and people: in which paths they act."""

from collections.abc import Collection
from itertools import groupby

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from dossiers.approvals.chart.acting import acts_at
from dossiers.clients.models import Client
from dossiers.people.panels import register_place_panel
from wiki.accounts.actor import Actor


def init() -> None:
    """Show it."""
    register_place_panel("paths", draw_acts_in)


def draw_acts_in(
    session: Session, _actor: Actor, client: Client, positions: Collection[int]
) -> Markup | None:
    """The paths with the steps at which one of these positions acts."""
    found = acts_at(session, client.id, positions) if positions else []
    if not found:
        return None
    paths = [(ident, list(steps)) for ident, steps in groupby(found, key=lambda one: one.path_id)]
    html = render_template(
        "dossiers/approvals/_acts_in.html", paths=paths, base=f"/clients/{client.id}"
    )
    return Markup(html)  # noqa: S704 - of our own template
