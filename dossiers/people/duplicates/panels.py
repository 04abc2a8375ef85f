"""What a client's first page says of those that were merged into it."""

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.clients.panels import Panel, Place, register_panel
from dossiers.people.duplicates.clients import merged_into_visible_to
from wiki.accounts.actor import Actor


def init() -> None:
    """Show the clients that were merged into this one, and the way to their notes."""
    register_panel(Panel("merged", draw_merged, Place.ASIDE))


def draw_merged(session: Session, actor: Actor, client: Client) -> Markup | None:
    """The clients that were merged into this one; `None` when none was."""
    merged = merged_into_visible_to(session, actor, client.id)
    if not merged:
        return None
    html = render_template("dossiers/people/_merged_panel.html", merged=merged)
    return Markup(html)  # noqa: S704 - of our own template
