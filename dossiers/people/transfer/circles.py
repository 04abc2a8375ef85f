"""Circles in who reports to whom."""

from collections.abc import Hashable, Iterator, Mapping
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def circles(managers: Mapping[K, K]) -> Iterator[list[K]]:
    """Each circle as the list of its members, each reporting to the next."""
    clear: set[K] = set()
    for start in managers:
        path: dict[K, int] = {}
        at: K | None = start
        while at is not None and at not in clear and at not in path:
            path[at] = len(path)
            at = managers.get(at)
        if at is not None and at in path:
            yield list(path)[path[at] :]
        clear.update(path)
