"""Panels on the page of a path that other parts of approvals fill: runs, lessons, the answer."""

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy.orm import Session

from dossiers.approvals.models import ApprovalPath
from dossiers.approvals.paths.queries import Version
from dossiers.clients.models import Client
from wiki.accounts.actor import Actor

Draw = Callable[[Session, Actor, Client, ApprovalPath, Version], Markup | None]
"""The panel's HTML for this reader, made by a template; `None` when there is nothing to say.

It gets the version in force, and must cost a constant number of statements.
"""


@dataclass(frozen=True, slots=True)
class PathPanel:
    """A panel by its name; `aside` puts it beside the text."""

    name: str
    draw: Draw
    aside: bool = False


_panels: dict[str, PathPanel] = {}


def register_path_panel(panel: PathPanel) -> None:
    """Let the page of every path show this panel."""
    _panels[panel.name] = panel


def path_panels_of(
    session: Session,
    actor: Actor,
    client: Client,
    path: ApprovalPath,
    version: Version,
    aside: bool = False,
) -> list[Markup]:
    """The drawn panels of a path, those in the text or those beside it."""
    mine = [one for one in _panels.values() if one.aside is aside]
    drawn = (one.draw(session, actor, client, path, version) for one in mine)
    return [panel for panel in drawn if panel is not None]
