"""Who is to stand above whom when a list has gone in: no circles, whatever order it is in. Pure."""

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def in_circles(wanted: Mapping[T, T], now: Mapping[T, T]) -> set[T]:
    """Those of `wanted` (child → parent) that would stand above themselves.

    `now` holds for all of whom nothing is wanted.
    """
    after = {**now, **wanted}
    return {child for child in wanted if _comes_back(child, after)}


def _comes_back(child: T, after: Mapping[T, T]) -> bool:
    seen, place = set[T](), after.get(child)
    while place is not None and place not in seen:
        if place == child:
            return True
        seen.add(place)
        place = after.get(place)
    return False


def from_above(things: Iterable[T], after: Mapping[T, T]) -> list[T]:
    """The things so that each comes behind all that stand above it; else in their order."""
    things = list(things)
    known, depths = set(things), dict[T, int]()

    def depth(thing: T) -> int:
        chain: list[T] = []
        place: T | None = thing
        while place is not None and place not in depths and place not in chain:
            chain.append(place)
            place = after.get(place)
        base = depths.get(place, 0) if place is not None else 0
        for one in reversed(chain):
            base += one in known
            depths[one] = base
        return depths[thing]

    return sorted(things, key=depth)
