"""What packages above offer where a search found nothing: asking somebody who knows.

Filled when the application is put together, in the order of the screen.
"""

from collections.abc import Callable

from markupsafe import Markup
from sqlalchemy.orm import Session

from wiki.accounts.actor import Actor

Draw = Callable[[Session, Actor, str], Markup | None]
"""The panel's own HTML for this reader and the words that found nothing; `None` for none."""

_panels: dict[str, Draw] = {}


def register_empty_panel(name: str, draw: Draw) -> None:
    """Let every search that found nothing show this panel."""
    _panels[name] = draw


def empty_panels_of(session: Session, actor: Actor, typed: str) -> list[Markup]:
    """The drawn panels for words that found nothing; none without words."""
    drawn = (draw(session, actor, typed) for draw in _panels.values()) if typed else ()
    return [panel for panel in drawn if panel is not None]
