"""Wires as straight pieces, each drawn once although many wires run along it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from dossiers.people.chart.drawing.blocks import Point

Piece = tuple[Point, Point]
_Spans = dict[float, list[tuple[float, float]]]


def pieces_of(ways: Iterable[tuple[Point, ...]]) -> Iterator[Piece]:
    """The pieces of ways that go only across and down; pieces that touch are one."""
    across: _Spans = defaultdict(list)
    down: _Spans = defaultdict(list)
    for way in ways:
        for (x, y), (to_x, to_y) in pairwise(way):
            x, y, to_x, to_y = (round(value, 1) for value in (x, y, to_x, to_y))
            if y == to_y:
                across[y].append((min(x, to_x), max(x, to_x)))
            else:
                down[x].append((min(y, to_y), max(y, to_y)))
    for y, spans in across.items():
        yield from (((start, y), (end, y)) for start, end in _joined(spans))
    for x, spans in down.items():
        yield from (((x, start), (x, end)) for start, end in _joined(spans))


def _joined(spans: list[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    begun, ended = None, 0.0
    for start, end in sorted(spans):
        if begun is None:
            begun, ended = start, end
        elif start <= ended:
            ended = max(ended, end)
        else:
            yield begun, ended
            begun, ended = start, end
    if begun is not None and begun < ended:
        yield begun, ended
