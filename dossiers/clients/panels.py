"""Panels on the first page of a dossier that packages above fill: the light, deals, renewals.

Filled when the application is put together, in the order of the screen.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from markupsafe import Markup
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from wiki.accounts.actor import Actor

Draw = Callable[[Session, Actor, Client], Markup | None]
"""The panel's own HTML for this reader, made by a template; `None` when there is nothing to say.

It must cost a constant number of statements. The reader has been allowed to see the client.
"""


class Place(StrEnum):
    """Where a panel stands: in the whole width above all others, in the text, or beside it."""

    FIRST = "first"
    TEXT = "text"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel by its name, and where it stands; usually above the notes."""

    name: str
    draw: Draw
    place: Place = Place.TEXT


_panels: dict[str, Panel] = {}


def register_panel(panel: Panel) -> None:
    """Let the first page of every dossier show this panel."""
    _panels[panel.name] = panel


def panels_of(session: Session, actor: Actor, client: Client, place: Place) -> list[Markup]:
    """The drawn panels of a dossier in that place."""
    drawn = (p.draw(session, actor, client) for p in _panels.values() if p.place is place)
    return [panel for panel in drawn if panel is not None]


Badges = Callable[[Session, Actor, Sequence[int]], Mapping[int, Markup]]
"""Client id → a small mark beside its name in lists, in a constant number of statements."""

_badges: dict[str, Badges] = {}


def register_badges(name: str, badges: Badges) -> None:
    """Let lists of clients show these marks."""
    _badges[name] = badges


def badges_of(session: Session, actor: Actor, client_ids: Sequence[int]) -> Mapping[int, Markup]:
    """All marks of the listed clients, which the reader has been allowed to see."""
    found: dict[int, Markup] = {}
    for badges in _badges.values():
        for ident, mark in badges(session, actor, client_ids).items():
            found[ident] = found.get(ident, Markup("")) + mark
    return found
