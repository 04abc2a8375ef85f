"""Panels on the page of a deal that other parts of deals fill: discount, closing, approval run."""

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy.orm import Session

from dossiers.deals.models import Deal
from wiki.accounts.actor import Actor

Draw = Callable[[Session, Actor, Deal], Markup | None]
"""The panel's HTML for this reader, who may see the deal; a constant number of statements."""


@dataclass(frozen=True, slots=True)
class DealPanel:
    """A panel by its name; `aside` puts it beside the text."""

    name: str
    draw: Draw
    aside: bool = False


_panels: dict[str, DealPanel] = {}


def register_deal_panel(panel: DealPanel) -> None:
    """Let the page of every deal show this panel."""
    _panels[panel.name] = panel


def deal_panels_of(session: Session, actor: Actor, deal: Deal, aside: bool = False) -> list[Markup]:
    """The drawn panels of a deal, those in the text or those beside it."""
    drawn = (one.draw(session, actor, deal) for one in _panels.values() if one.aside is aside)
    return [panel for panel in drawn if panel is not None]
