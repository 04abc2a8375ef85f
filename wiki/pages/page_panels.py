"""Panels above and under a page that packages above fill: in which deals a product was sold.

Filled when the application is put together, in the order of the screen.
"""

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy.orm import Session

from wiki.accounts.actor import Actor
from wiki.pages.page_to_read import PageToRead

Draw = Callable[[Session, Actor, PageToRead], Markup | None]
"""The panel's own HTML for this reader, who may see the page; `None` when there is nothing to say.

It is drawn for every look at a page, so it must cost few statements, and one for most pages.
"""


@dataclass(frozen=True, slots=True)
class PagePanel:
    """A panel by its name; one that stands above the text is read before it."""

    name: str
    draw: Draw
    above: bool = False


_panels: dict[str, PagePanel] = {}


def register_page_panel(panel: PagePanel) -> None:
    """Let every page show this panel."""
    _panels[panel.name] = panel


def page_panels_of(
    session: Session, actor: Actor, page: PageToRead, above: bool = False
) -> list[Markup]:
    """The drawn panels of a page below its text, or above; a page of a room has none."""
    if page.room is not None:
        return []
    here = (panel for panel in _panels.values() if panel.above is above)
    drawn = (panel.draw(session, actor, page) for panel in here)
    return [html for html in drawn if html is not None]
