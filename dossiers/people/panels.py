"""Panels on the pages of a position and of a person that packages above fill: what they act in."""

from collections.abc import Callable, Collection

from markupsafe import Markup
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from wiki.accounts.actor import Actor

Draw = Callable[[Session, Actor, Client, Collection[int]], Markup | None]
"""The panel's HTML about these positions of the client; `None` when there is nothing to say.

It must cost a constant number of statements. The reader has been allowed to see the client.
"""

_panels: dict[str, Draw] = {}


def register_place_panel(name: str, draw: Draw) -> None:
    """Let the pages of positions, and of people by the positions they hold, show this panel."""
    _panels[name] = draw


def place_panels_of(
    session: Session, actor: Actor, client: Client, positions: Collection[int]
) -> list[Markup]:
    """The drawn panels about these positions."""
    drawn = (draw(session, actor, client, positions) for draw in _panels.values())
    return [panel for panel in drawn if panel is not None]
