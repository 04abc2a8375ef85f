"""What was promised, on the first page of a dossier: what is late or due first."""

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.clients.panels import Panel, register_panel
from dossiers.clients.rules import may_edit
from dossiers.interactions.kinds import PromiseState
from dossiers.interactions.promises.listing import lines_of
from wiki import clock
from wiki.accounts.actor import Actor

MOST = 5
"""Promises on the first page; the page of promises has all."""


def init() -> None:
    """Show the panel on the first page of every dossier."""
    register_panel(Panel("promises", draw_promises))


def draw_promises(session: Session, actor: Actor, client: Client) -> Markup | None:
    """The open promises that are due first; nothing when none is open."""
    lines = lines_of(session, actor, client.id)
    open_ones = [line for line in lines if line.promise.state is PromiseState.OPEN]
    if not open_ones:
        return None
    editable = may_edit(actor, client.team_id)
    html = render_template(
        "dossiers/interactions/promises/_panel.html",
        client=client,
        lines=open_ones[:MOST],
        count=len(open_ones),
        most=MOST,
        today=clock.today(actor.time_zone),
        editable=lambda _line: editable,
    )
    return Markup(html)  # noqa: S704 - of our own template
