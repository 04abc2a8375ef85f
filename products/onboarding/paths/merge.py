"""Two people changed a path at once: what both did, joined place by place.

Three-way merge by the codes of the items: what only one of the two changed is taken from that one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from products.onboarding.paths.rules import Item, Items, circle_in


class Disputed(NamedTuple):
    """What both changed, each in another way.

    `field` is "what", "due", empty for an item that one took out and the other changed, or
    "after" without a code when both together would lead in a circle.
    """

    code: str
    field: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The joined items (with "ours" where both changed the same), and what is disputed."""

    items: Items
    disputed: tuple[Disputed, ...] = ()


def merge(base: Sequence[Item], ours: Sequence[Item], theirs: Sequence[Item]) -> Merged:
    """Join two lists that were both made from `base`."""
    ours = _with_codes_of(base, ours, theirs)
    disputed: list[Disputed] = []
    old, mine, other = _by_code(base), _by_code(ours), _by_code(theirs)
    kept = [
        code
        for code in _order(base, ours, theirs)
        if _is_kept(code, old.get(code), mine.get(code), other.get(code), disputed)
    ]
    joined = tuple(_joined(code, old, mine, other, disputed) for code in kept)
    items = tuple(replace(one, after=_left(one.after, kept)) for one in joined)
    if circle_in(items):
        return Merged(tuple(_as_ours(items, mine)), (*disputed, Disputed("", "after")))
    return Merged(items, tuple(disputed))


def _as_ours(items: Items, mine: Mapping[str, Item]) -> Iterator[Item]:
    """With what comes first as we had it; what they added waits for nothing."""
    kept = [item.code for item in items]
    for item in items:
        after = mine[item.code].after if item.code in mine else ()
        yield replace(item, after=_left(after, kept))


def _by_code(items: Sequence[Item]) -> dict[str, Item]:
    return {item.code: item for item in items}


def thing_of(item: Item) -> tuple[Any, ...]:
    """What an item is of: the same thing stands in a path once."""
    return (item.kind, item.page_id, item.title)


def _with_codes_of(base: Sequence[Item], ours: Sequence[Item], theirs: Sequence[Item]) -> Items:
    """Ours, but what both added is the same item."""
    known = {item.code for item in base}
    added = {thing_of(item): item.code for item in theirs if item.code not in known}
    codes = {
        item.code: added[thing_of(item)]
        for item in ours
        if item.code not in known and thing_of(item) in added
    }
    return tuple(
        replace(
            item,
            code=codes.get(item.code, item.code),
            after=tuple(codes.get(code, code) for code in item.after),
        )
        for item in ours
    )


def _order(base: Sequence[Item], ours: Sequence[Item], theirs: Sequence[Item]) -> list[str]:
    """The order of whoever changed it, ours when both did; what was added stands in its place."""
    before, mine, other = ([item.code for item in side] for side in (base, ours, theirs))
    common = set(before) & set(mine)
    kept = [code for code in mine if code in common] == [code for code in before if code in common]
    return _with_added(other, mine) if kept else _with_added(mine, other)


def _with_added(order: Sequence[str], more: Sequence[str]) -> list[str]:
    found = list(order)
    for place, code in enumerate(more):
        if code not in found:
            before = more[place - 1] if place else None
            found.insert(found.index(before) + 1 if before in found else 0, code)
    return found


def _is_kept(
    code: str, old: Item | None, mine: Item | None, other: Item | None, disputed: list[Disputed]
) -> bool:
    if (mine and other) or old is None:
        return True
    left = mine or other
    if left is None or _same(left, old):
        return False
    disputed.append(Disputed(code, ""))
    return mine is not None


def _same(one: Item, other: Item) -> bool:
    """Whether nothing was changed but what it waits for, which follows from others being gone."""
    return thing_of(one) == thing_of(other) and one.due_day == other.due_day


def _joined(
    code: str,
    olds: Mapping[str, Item],
    ours: Mapping[str, Item],
    theirs: Mapping[str, Item],
    disputed: list[Disputed],
) -> Item:
    mine, other = ours.get(code), theirs.get(code)
    if mine is None or other is None:
        left = mine or other
        assert left is not None
        return left
    old = olds.get(code)
    thing = _chosen(code, "what", [one and thing_of(one) for one in (old, mine, other)], disputed)
    due = _chosen(code, "due", [one and one.due_day for one in (old, mine, other)], disputed)
    kind, page_id, title = thing
    return Item(code, kind, page_id, title, due, tuple(_waits(old or mine, mine, other)))


def _waits(old: Item, mine: Item, other: Item) -> Iterator[str]:
    """Whatever either added, without what either took away."""
    gone = (set(old.after) - set(mine.after)) | (set(old.after) - set(other.after))
    return (code for code in dict.fromkeys((*mine.after, *other.after)) if code not in gone)


def _left(after: Sequence[str], kept: Sequence[str]) -> tuple[str, ...]:
    return tuple(code for code in after if code in kept)


def _chosen(code: str, name: str, values: Sequence[Any], disputed: list[Disputed]) -> Any:
    before, ours, theirs = values
    if theirs in (ours, before):
        return ours
    if ours == before:
        return theirs
    disputed.append(Disputed(code, name))
    return ours
