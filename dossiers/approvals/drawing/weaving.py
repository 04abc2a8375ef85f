"""The order in rows of steps that are neither one after another nor simply side by side."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

Spot = tuple[str, int]
"""A step in its row, or the line down from it where it passes a later row."""
_Row = list[Spot]
_Ties = Mapping[Spot, Sequence[Spot]]

_SWEEPS = 6


def woven(
    codes: Sequence[str], rows: Mapping[str, int], after: Mapping[str, frozenset[str]]
) -> tuple[float, dict[str, float], dict[str, dict[int, float]]]:
    """How many columns these steps take, their middles, and those of their lines, by row."""
    here = set(codes)
    inside = {code: sorted(after[code] & here) for code in codes}
    last = _reach(codes, rows, inside)
    table = _table(codes, rows, last)
    ordered = _best(table, _ties(rows, inside))
    return _places(ordered, rows)


def _reach(
    codes: Sequence[str], rows: Mapping[str, int], after: Mapping[str, Iterable[str]]
) -> dict[str, int]:
    """The last row that the line down from each step passes; nobody's goes to the bottom."""
    lowest = max(rows[code] for code in codes)
    last: dict[str, int] = {}
    for code in codes:
        for one in after[code]:
            last[one] = max(last.get(one, 0), rows[code] - 1)
    return {code: last.get(code, lowest) for code in codes}


def _table(codes: Sequence[str], rows: Mapping[str, int], last: Mapping[str, int]) -> list[_Row]:
    first = min(rows[code] for code in codes)
    table: list[_Row] = [[] for _row in range(first, max(rows[code] for code in codes) + 1)]
    for code in codes:
        for row in range(rows[code], max(rows[code], last[code]) + 1):
            table[row - first].append((code, row))
    return table


def _ties(rows: Mapping[str, int], after: Mapping[str, Iterable[str]]) -> dict[Spot, list[Spot]]:
    """The spots right above each spot."""
    found: dict[Spot, list[Spot]] = {}
    for code, before in after.items():
        found[code, rows[code]] = [(one, rows[code] - 1) for one in before]
    return found


def _above(spot: Spot, row: int, ties: Mapping[Spot, Sequence[Spot]]) -> Sequence[Spot]:
    return ties.get(spot, [(spot[0], row - 1)])


def _best(table: list[_Row], ties: Mapping[Spot, Sequence[Spot]]) -> list[_Row]:
    up: dict[Spot, list[Spot]] = {}
    down: dict[Spot, list[Spot]] = {}
    known = {spot for row in table for spot in row}
    for row in table:
        for spot in row:
            up[spot] = [one for one in _above(spot, spot[1], ties) if one in known]
            for one in up[spot]:
                down.setdefault(one, []).append(spot)
    best, fewest = table, _crossings(table, up)
    for sweep in range(_SWEEPS):
        table = _swept(table, up) if sweep % 2 == 0 else _swept(table[::-1], down)[::-1]
        crossings = _crossings(table, up)
        if crossings < fewest:
            best, fewest = table, crossings
    return best


def _swept(table: list[_Row], ties: _Ties) -> list[_Row]:
    """Each row in the order of the middles of what it is tied to in the row before."""
    done = table[:1]
    for row in table[1:]:
        place = {spot: number for number, spot in enumerate(done[-1])}
        middles = {spot: _middle(ties.get(spot, ()), place, n) for n, spot in enumerate(row)}
        done.append(sorted(row, key=middles.__getitem__))
    return done


def _middle(tied: Sequence[Spot], place: Mapping[Spot, int], own: int) -> float:
    return sum(place[one] for one in tied) / len(tied) if tied else float(own)


def _crossings(table: list[_Row], up: _Ties) -> int:
    found = 0
    for above, row in pairwise(table):
        place = {spot: number for number, spot in enumerate(above)}
        seen: list[int] = []
        for spot in row:
            ends = sorted(place[one] for one in up[spot])
            found += sum(len(seen) - bisect_left(seen, end + 1) for end in ends)
            for end in ends:
                insort(seen, end)
    return found


def _places(
    table: list[_Row], rows: Mapping[str, int]
) -> tuple[float, dict[str, float], dict[str, dict[int, float]]]:
    width = max(len(row) for row in table)
    middles: dict[str, float] = {}
    trunks: dict[str, dict[int, float]] = {}
    for row in table:
        start = (width - len(row)) / 2 + 0.5
        for number, (code, at) in enumerate(row):
            if rows[code] == at:
                middles[code] = start + number
            else:
                trunks.setdefault(code, {})[at] = start + number
    return float(width), middles, trunks
