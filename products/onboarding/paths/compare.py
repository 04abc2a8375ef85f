"""What differs between two versions of a path: places new, gone, moved, changed."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from products.onboarding.paths.merge import thing_of
from products.onboarding.paths.rules import Item


class What(StrEnum):
    """What became of an item."""

    NEW = "new"
    GONE = "gone"
    MOVED = "moved"
    CHANGED = "changed"


class Difference(NamedTuple):
    """One difference; `field` is "what", "due" or "after" for an item that was changed."""

    what: What
    code: str
    field: str = ""


def compare(old: Sequence[Item], new: Sequence[Item]) -> list[Difference]:
    """The differences in the new order; items that are gone come last."""
    before = {item.code: item for item in old}
    moved = moved_between([item.code for item in old], [item.code for item in new])
    found = [one for item in new for one in _of_item(before.get(item.code), item, moved)]
    left = {item.code for item in new}
    return found + [Difference(What.GONE, item.code) for item in old if item.code not in left]


def _of_item(old: Item | None, new: Item, moved: frozenset[str]) -> Iterator[Difference]:
    if old is None:
        yield Difference(What.NEW, new.code)
        return
    if new.code in moved:
        yield Difference(What.MOVED, new.code)
    if thing_of(old) != thing_of(new):
        yield Difference(What.CHANGED, new.code, "what")
    if old.due_day != new.due_day:
        yield Difference(What.CHANGED, new.code, "due")
    if set(old.after) != set(new.after):
        yield Difference(What.CHANGED, new.code, "after")


def moved_between(old: Sequence[str], new: Sequence[str]) -> frozenset[str]:
    """The fewest items that must have moved for the order to be the new one."""
    places = {code: place for place, code in enumerate(old)}
    common = [code for code in new if code in places]
    return frozenset(common) - frozenset(_longest_rising(common, places))


def _longest_rising(codes: Sequence[str], places: dict[str, int]) -> list[str]:
    """The longest part of the codes that stands in the old order."""
    ends: list[int] = []
    last: list[str] = []
    before: dict[str, str | None] = {}
    for code in codes:
        length = bisect_left(ends, places[code])
        before[code] = last[length - 1] if length else None
        ends[length:] = [places[code], *ends[length + 1 :]]
        last[length:] = [code, *last[length + 1 :]]
    found, code_or_none = list[str](), last[-1] if last else None
    while code_or_none is not None:
        found.append(code_or_none)
        code_or_none = before[code_or_none]
    return found
