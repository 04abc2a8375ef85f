"""What a list wants of one client: its card as it would be, who looks after it, further facts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dossiers.clients.card import Card, is_empty, tidy
from dossiers.clients.importing.entries import Entry
from dossiers.clients.importing.known import KnownClient
from dossiers.clients.kinds import CardField
from wiki.errors import Refusal
from wiki.rendering.titles import fold_title

#: A client that is there (its number), or one that the list makes (its first row, below zero).
Node = int
_ADDED = (CardField.DOMAINS, CardField.TAGS)


@dataclass(slots=True)
class Wish:
    """`said` are fields of the card by code; `parent` is a node. `before` is `None` for a new one.

    `is_another`: somebody else bears the name, and the tax numbers say that these are two.
    """

    node: Node
    entry: Entry
    client: KnownClient | None
    before: Card | None
    after: Card
    said: dict[str, Any]
    parent: Node | None = None
    manager: int | None = None
    further: dict[str, str] = field(default_factory=dict)
    is_another: bool = False
    rows: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """The name that the client will have."""
        return self.after.name


def wish_for_new(entry: Entry, team: int | None, country: str) -> Wish:
    """The card of a new client. Raises `Refusal` when it would break a rule."""
    said = dict(entry.said)
    if not said.get("name"):
        raise Refusal("No client is known by this row, and a new one needs a name.")
    said.setdefault("team", team)
    if not entry.place:
        said.setdefault("country", country)
    further = _take_place(said, entry, "")
    card = tidy(Card().but(said))
    return Wish(-entry.row, entry, None, None, card, said, manager=entry.manager, further=further)


def wish_for(entry: Entry, client: KnownClient, before: Card) -> tuple[Wish, list[Refusal]]:
    """The card of a known client as it would be, and remarks. Raises `Refusal`.

    Domains and tags are added to those that are there: a list seldom has all of them.
    """
    said, remarks = dict(entry.said), []
    restricted = said.pop("restricted", before.restricted)
    if restricted != before.restricted:
        remarks.append(
            Refusal("Who may see a client is changed in its dossier alone; that was left out.")
        )
    further = _take_place(said, entry, before.region)
    after = tidy(before.but(with_lists(before, said)))
    wish = Wish(client.id, entry, client, before, after, said, None, entry.manager, further)
    return wish, remarks


def with_lists(before: Card, said: Mapping[str, Any]) -> dict[str, Any]:
    """What is said, with the domains and tags that are there already."""
    whole = dict(said)
    for name in _ADDED:
        if name in said:
            known = getattr(before, name)
            more = (part for part in said[name] if part not in known)
            whole[name.value] = (*known, *more)
    return whole


def _take_place(said: dict[str, Any], entry: Entry, region: str) -> dict[str, str]:
    """What is called a country and is none becomes the region, where there is no other."""
    further = dict(entry.further)
    if entry.place:
        known = said.get("region") or region
        if not known or fold_title(known) == fold_title(entry.place):
            said["region"] = entry.place
        else:
            further[entry.place_heading] = entry.place
    return further


def differing(wish: Wish) -> dict[CardField, tuple[Any, Any]]:
    """The fields of the card that change, but the parent: before and after."""
    new = wish.after.values()
    old = (wish.before or Card(state=wish.after.state)).values()
    return {
        name: (old[name], new[name])
        for name in CardField
        if name is not CardField.PARENT
        and old[name] != new[name]
        and not (is_empty(old[name]) and is_empty(new[name]))
    }
