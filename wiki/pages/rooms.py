"""The rooms above that pages can be a part of: the notes of a client are a page like any other.

A page's `room` names its room; the package that owns the room says here what this package must
know of it. Filled when the application is put together.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy.orm import Session

from wiki.accounts.actor import Actor
from wiki.errors import Forbidden
from wiki.pages.models import Page


class Place(NamedTuple):
    """The thing that a page belongs to: its number in the room, its address and name."""

    ident: int
    url: str
    name: str


@dataclass(frozen=True, slots=True)
class Room:
    """What its owner tells of a room.

    `places` gives the things by page number, in one statement; who sees a page sees its thing.
    `may_write` says whether the person may change the page. `note_look` keeps that somebody
    looked at it, in a write transaction.
    """

    places: Callable[[Session, Sequence[int]], Mapping[int, Place]]
    may_write: Callable[[Session, Actor, int], bool]
    note_look: Callable[[Session, Actor, int], None]


_rooms: dict[str, Room] = {}


def register_room(name: str, room: Room) -> None:
    """Let pages be a part of this room."""
    _rooms[name] = room


def places_of(session: Session, pages: Iterable[tuple[int, str | None]]) -> dict[int, Place]:
    """The things that these pages (number and room) belong to; one statement for each room."""
    by_room: dict[str, list[int]] = {}
    for ident, name in pages:
        if name in _rooms:
            by_room.setdefault(name, []).append(ident)
    found: dict[int, Place] = {}
    for name, idents in by_room.items():
        found.update(_rooms[name].places(session, idents))
    return found


def may_write(session: Session, actor: Actor, page_id: int, room: str | None) -> bool:
    """Whether the room lets the person change the page; without a room everybody's role decides."""
    return _rooms[room].may_write(session, actor, page_id) if room in _rooms else True


def check_may_write(session: Session, actor: Actor, page: Page) -> None:
    """Raise `Forbidden` unless the room of the page lets the person change it."""
    if not may_write(session, actor, page.id, page.room):
        raise Forbidden(
            "This page belongs to another team's client, so you can read and discuss it but not "
            "change it. Nothing was changed. Tell the team what you know in the discussion."
        )


def notes_looks(room: str | None) -> bool:
    """Whether the room wants to know who looked at its pages."""
    return room in _rooms


def note_look(session: Session, actor: Actor, page_id: int, room: str | None) -> None:
    """Let the room know that the person looked at the page, in a write transaction."""
    if room in _rooms:
        _rooms[room].note_look(session, actor, page_id)
