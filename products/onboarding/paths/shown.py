"""A path as a reader or its editor sees it: names, pages, what comes first, what is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy.orm import Session

from products.onboarding.kinds import ItemKind
from products.onboarding.paths.pages import (
    Pages,
    PathPage,
    pages_titled_visible_to,
    pages_visible_to,
)
from products.onboarding.paths.rules import Item, Items, in_order, page_ids_of
from products.onboarding.paths.wording import names_of_items
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission, may


class State(StrEnum):
    """Whether an item can be read."""

    OPEN = "open"
    ARCHIVED = "archived"
    UNSEEN = "unseen"
    WAITS = "waits"
    """For the page to be written."""
    WRITTEN = "written"
    """A page with the title that was kept free exists now."""


@dataclass(frozen=True, slots=True)
class Place:
    """One item on the screen. `first` are the names of what comes before it."""

    number: int
    item: Item
    name: str
    state: State
    page: PathPage | None
    first: Sequence[str]


def places_of(session: Session, actor: Actor, items: Sequence[Item]) -> Sequence[Place]:
    """The items in the order of the walk, as the actor sees them, in at most three statements."""
    pages = pages_visible_to(session, actor, page_ids_of(items))
    items = items_visible_to(actor, items, pages)
    free = [item.title for item in items if item.kind is ItemKind.PLACEHOLDER]
    written = pages_titled_visible_to(session, actor, free) if free else {}
    names = names_of_items(items, pages)
    return [
        _place(number, item, names, pages, written)
        for number, item in enumerate(in_order(items), start=1)
    ]


def items_visible_to(actor: Actor, items: Sequence[Item], pages: Pages) -> Items:
    """The items without pages that the actor does not see, which nothing waits for then.

    Whoever edits paths sees that there is something, so that it is not lost at the next saving.
    """
    if may(actor, Permission.EDIT_READING_PATHS):
        return tuple(items)
    seen = [item for item in items if item.page_id is None or item.page_id in pages]
    codes = {item.code for item in seen}
    return tuple(replace(one, after=tuple(c for c in one.after if c in codes)) for one in seen)


def _place(
    number: int,
    item: Item,
    names: Mapping[str, str],
    pages: Pages,
    written: Mapping[str, PathPage],
) -> Place:
    page = pages.get(item.page_id) if item.page_id is not None else written.get(item.title)
    first = [names[code] for code in item.after if code in names]
    return Place(number, item, names[item.code], _state(item, page), page, first)


def _state(item: Item, page: PathPage | None) -> State:
    if item.kind is ItemKind.PLACEHOLDER:
        return State.WRITTEN if page else State.WAITS
    if page is None:
        return State.UNSEEN
    return State.ARCHIVED if page.archived else State.OPEN


def seconds_of(places: Sequence[Place]) -> int:
    """How long it takes to read all that can be read; questions are not counted."""
    pages = {place.page.id: place.page for place in places if place.page and _counts(place)}
    return sum(page.seconds for page in pages.values())


def _counts(place: Place) -> bool:
    return place.item.kind is ItemKind.PAGE and place.state is State.OPEN


def seconds_of_items(items: Sequence[Item], pages: Pages) -> int:
    """How long it takes to read the pages of a path that the reader sees."""
    asked = {item.page_id for item in items if item.kind is ItemKind.PAGE}
    return sum(page.seconds for page in pages.values() if page.id in asked and not page.archived)
