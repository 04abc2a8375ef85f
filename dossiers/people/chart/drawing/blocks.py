"""Parts of a drawing in which boxes hang below each other, each branch indented under its manager.

Reports that have none themselves stand in a grid of a few columns, so that a long list is no tower.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

from dossiers.people.chart.drawing.boxes import WIDTH, Box

INDENT = 20.0
RAIL = 9.0
GAP = 9.0
BESIDE = 14.0

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Wire:
    """A line from a manager to a report. `seat_id` is the report's."""

    seat_id: int
    points: tuple[Point, ...]


@dataclass(slots=True)
class Block:
    """Boxes by their left upper corners and wires, in a rectangle of its own."""

    width: float = 0.0
    height: float = 0.0
    boxes: list[tuple[Box, float, float]] = field(default_factory=list)
    wires: list[Wire] = field(default_factory=list)

    def put(self, box: Box, x: float, y: float) -> None:
        """Add a box."""
        self.boxes.append((box, x, y))
        self.width = max(self.width, x + WIDTH)
        self.height = max(self.height, y + box.height)


@dataclass(frozen=True)
class Stock:
    """What all blocks of a drawing are made of. `columns` is how wide a grid may be."""

    boxes: Mapping[int, Box]
    reports: Mapping[int, Sequence[int]]
    columns: int = 1

    def split(self, seat_id: int) -> tuple[list[int], list[int]]:
        """The reports without and with reports of their own."""
        below = self.reports.get(seat_id, ())
        leaves = [report for report in below if not self.reports.get(report)]
        return leaves, [report for report in below if self.reports.get(report)]


def hanging(stock: Stock, top: int) -> Block:
    """A position with its whole branch below it."""
    block = Block()
    waiting: list[tuple[int, float, Point | None]] = [(top, 0.0, None)]
    while waiting:
        seat_id, x, start = waiting.pop()
        y = block.height + GAP if start else 0.0
        box = stock.boxes[seat_id]
        block.put(box, x, y)
        if start:
            middle = y + box.height / 2
            block.wires.append(Wire(seat_id, (start, (start[0], middle), (x, middle))))
        leaves, inner = stock.split(seat_id)
        own = (x + RAIL, y + box.height)
        if leaves:
            _put_grid(block, stock, leaves, x + INDENT, block.height + GAP, own)
        waiting += [(report, x + INDENT, own) for report in reversed(inner)]
    return block


def grid(stock: Stock, leaves: Sequence[int]) -> Block:
    """Positions without reports, whose manager stands elsewhere; wires begin at the upper edge."""
    block = Block()
    _put_grid(block, stock, leaves, INDENT, GAP, None)
    return block


def columns_for(count: int, most: int) -> int:
    """In how many columns so many boxes stand."""
    return max(1, min(most, ceil(count / 3)))


def _put_grid(
    block: Block, stock: Stock, leaves: Sequence[int], x: float, y: float, start: Point | None
) -> None:
    columns = columns_for(len(leaves), stock.columns)
    rows = ceil(len(leaves) / columns)
    step = WIDTH + INDENT + BESIDE - GAP
    for column in range(columns):
        left, top = x + column * step, y
        rail = left - INDENT + RAIL
        for seat_id in leaves[column * rows : (column + 1) * rows]:
            box = stock.boxes[seat_id]
            block.put(box, left, top)
            block.wires.append(Wire(seat_id, _way(start, rail, y, top + box.height / 2, left)))
            top += box.height + GAP


def _way(
    start: Point | None, rail: float, top: float, middle: float, left: float
) -> tuple[Point, ...]:
    """Down from the manager, along the upper edge to the rail of the column, down, to the box."""
    bus = top - GAP / 2
    first = (rail, 0.0) if start is None else start
    if start is None or start[0] == rail:
        return first, (rail, middle), (left, middle)
    return first, (first[0], bus), (rail, bus), (rail, middle), (left, middle)
