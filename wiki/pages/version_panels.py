"""Panels above the comparison of a version with the one before, filled by packages above.

Filled when the application is put together, in the order of the screen.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup
from sqlalchemy.orm import Session

from wiki.accounts.actor import Actor
from wiki.pages.models import Page


class VersionStep(NamedTuple):
    """A page and the version `new` that came next after another one."""

    page_id: int
    new: int


Draw = Callable[[Session, Actor, VersionStep], Markup | None]
"""The panel's own HTML for this reader, who may see the page; `None` when there is nothing to say.

It must cost a constant number of statements.
"""


@dataclass(frozen=True, slots=True)
class VersionPanel:
    """A panel by its name."""

    name: str
    draw: Draw


_panels: dict[str, VersionPanel] = {}


def register_version_panel(panel: VersionPanel) -> None:
    """Let every comparison of two neighbouring versions show this panel."""
    _panels[panel.name] = panel


def version_panels_of(
    session: Session, actor: Actor, page: Page, old: int, new: int
) -> list[Markup]:
    """The drawn panels; none for a page of a room, or for versions that are not neighbours."""
    if page.room is not None or new != old + 1:
        return []
    step = VersionStep(page.id, new)
    drawn = (panel.draw(session, actor, step) for panel in _panels.values())
    return [html for html in drawn if html is not None]
