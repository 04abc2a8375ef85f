"""Panels on the start page that packages above fill: what is due, renewals, who has how much.

Filled when the application is put together, in the order of the screen.
"""

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy.orm import Session

from wiki.accounts.actor import Actor, Role

Draw = Callable[[Session, Actor], Markup | None]
"""The panel's own HTML for this reader, made by a template; `None` when there is nothing to say.

It must cost a constant number of statements and show only what the reader may see.
"""


@dataclass(frozen=True, slots=True)
class StartPanel:
    """A panel by its name, for the roles that need it; `wide` gives it the whole width.

    One that can wait stands after all that cannot.
    """

    name: str
    draw: Draw
    roles: frozenset[Role]
    wide: bool = False
    can_wait: bool = False


_panels: dict[str, StartPanel] = {}


def register_start_panel(panel: StartPanel) -> None:
    """Let the start page of these roles show this panel."""
    _panels[panel.name] = panel


def start_panels_of(session: Session, actor: Actor, wide: bool) -> list[Markup]:
    """The drawn panels for this reader: those of the whole width, or those side by side."""
    mine = [one for one in _panels.values() if actor.role in one.roles and one.wide is wide]
    in_order = sorted(mine, key=lambda panel: panel.can_wait)
    drawn = (panel.draw(session, actor) for panel in in_order)
    return [panel for panel in drawn if panel is not None]
