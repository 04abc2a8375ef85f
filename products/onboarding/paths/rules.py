"""What a reading path is made of, and what makes one that nobody could walk."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from products.onboarding.kinds import ItemKind
from wiki.errors import Refusal

MOST_ITEMS = 200
LATEST_DAY = 730
"""Days after the first day."""
_MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Item:
    """One place of a path. `code` stays the same when it is moved or changed.

    A page to read, the questions of a page to pass, or the place of a page that is to be written,
    which has a `title` and no page. `due_day` counts from the first day, which is day 0. `after`
    are the codes of the items that come first.
    """

    code: str
    kind: ItemKind
    page_id: int | None = None
    title: str = ""
    due_day: int | None = None
    after: tuple[str, ...] = ()


Items = tuple[Item, ...]
Names = Mapping[str, str]
"""What the items are called on the screen, by their codes."""


def in_order(items: Sequence[Item]) -> Items:
    """As they are listed, but none before what it waits for. Items of a circle come last."""
    codes, placed, left = {item.code for item in items}, set[str](), list(items)
    found = list[Item]()
    while ready := next((one for one in left if set(one.after) & codes <= placed), None):
        left.remove(ready)
        placed.add(ready.code)
        found.append(ready)
    return (*found, *left)


def check_items(items: Sequence[Item], names: Names) -> None:
    """Raise `Refusal` for too many items, the same thing twice, unknown codes and circles."""
    if len(items) > MOST_ITEMS:
        raise Refusal(
            "A path has at most %(limit)d places, and this one has %(number)d. Nothing was "
            "saved: make two paths of it.",
            limit=MOST_ITEMS,
            number=len(items),
        )
    for item in items:
        check_item(item, names)
    _check_doubles(items, names)
    _check_known(items, names)
    _check_circle(items, names)


def check_item(item: Item, names: Names) -> None:
    """Raise `Refusal` for an item without page or title, or with an odd day."""
    if item.kind is ItemKind.PLACEHOLDER and not item.title:
        raise Refusal(
            "Say what the page is to be about that is still to be written. Nothing was saved."
        )
    if item.kind is not ItemKind.PLACEHOLDER and item.page_id is None:
        raise Refusal("Choose the page. Nothing was saved.")
    if item.due_day is not None and not 0 <= item.due_day <= LATEST_DAY:
        raise Refusal(
            "«%(name)s» is due on day %(day)d. A day is a number from 0, the first day, to "
            "%(limit)d. Nothing was saved.",
            name=names.get(item.code, ""),
            day=item.due_day,
            limit=LATEST_DAY,
        )


def circle_in(items: Sequence[Item]) -> Items:
    """Items that wait for each other in a ring, each once; empty when there is none."""
    by_code = {item.code: item for item in items}
    stuck = {item.code for item in _stuck(items)}
    if not stuck:
        return ()
    way = [next(item.code for item in items if item.code in stuck)]
    while True:
        before = next(code for code in by_code[way[-1]].after if code in stuck)
        if before in way:
            return tuple(by_code[code] for code in _as_walked(way[way.index(before) :], by_code))
        way.append(before)


def _as_walked(backwards: Sequence[str], listed: Iterable[str]) -> list[str]:
    """A ring from behind turned round, from what is listed first."""
    first = next(code for code in listed if code in backwards)
    place = backwards.index(first)
    return [first, *reversed([*backwards[place + 1 :], *backwards[:place]])]


def _stuck(items: Sequence[Item]) -> Iterator[Item]:
    """The items that can never be begun."""
    codes, placed = {item.code for item in items}, set[str]()
    for item in in_order(items):
        if set(item.after) & codes <= placed:
            placed.add(item.code)
        else:
            yield item


def _check_doubles(items: Sequence[Item], names: Names) -> None:
    things = Counter((one.kind, one.page_id or one.title) for one in items)
    double = next((one for one in items if things[one.kind, one.page_id or one.title] > 1), None)
    if double:
        raise Refusal(
            "«%(name)s» stands in the path twice. Nothing was saved: take one of the two out.",
            name=names.get(double.code, ""),
        )
    if len({one.code for one in items}) < len(items):
        raise Refusal("Two places of the path have the same code. Nothing was saved.")


def _check_known(items: Sequence[Item], names: Names) -> None:
    codes = {item.code for item in items}
    for item in items:
        if not set(item.after) <= codes:
            raise Refusal(
                "«%(name)s» waits for something that is not in the path. Nothing was saved.",
                name=names.get(item.code, ""),
            )


def _check_circle(items: Sequence[Item], names: Names) -> None:
    ring = circle_in(items)
    if len(ring) == 1:
        raise Refusal(
            "«%(name)s» waits for itself, so nobody could ever begin it. Nothing was saved.",
            name=names.get(ring[0].code, ""),
        )
    if ring:
        raise Refusal(
            "These wait for each other in a circle, so nobody could ever begin them: %(names)s. "
            "Nothing was saved: take one of the ticks away.",
            names=_ring_in_words(ring, names),
        )


def _ring_in_words(ring: Items, names: Names) -> str:
    titles = [f"«{names.get(item.code, '')}»" for item in (*ring, ring[0])]
    if len(titles) > _MOST_NAMED:
        titles = [*titles[: _MOST_NAMED - 2], "…", titles[-1]]
    return " → ".join(titles)


def page_ids_of(items: Iterable[Item]) -> frozenset[int]:
    """The pages that the items speak of."""
    return frozenset(item.page_id for item in items if item.page_id is not None)
