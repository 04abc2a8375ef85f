"""Panels on the page of a run that other parts of approvals fill: forecast, hints, comparison."""

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy.orm import Session

from dossiers.approvals.models import ApprovalRun
from dossiers.clients.models import Client
from wiki.accounts.actor import Actor

Draw = Callable[[Session, Actor, Client, ApprovalRun], Markup | None]
"""The panel's HTML for this reader; it must cost a constant number of statements."""


@dataclass(frozen=True, slots=True)
class RunPanel:
    """A panel by its name; `aside` puts it beside the text."""

    name: str
    draw: Draw
    aside: bool = False


_panels: dict[str, RunPanel] = {}


def register_run_panel(panel: RunPanel) -> None:
    """Let the page of every run show this panel."""
    _panels[panel.name] = panel


def run_panels_of(
    session: Session, actor: Actor, client: Client, run: ApprovalRun, aside: bool = False
) -> list[Markup]:
    """The drawn panels of a run, those in the text or those beside it."""
    mine = [one for one in _panels.values() if one.aside is aside]
    drawn = (one.draw(session, actor, client, run) for one in mine)
    return [panel for panel in drawn if panel is not None]
