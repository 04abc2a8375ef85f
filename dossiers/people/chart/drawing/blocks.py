"""Parts of a drawing in which boxes hang below each other, each branch indented under its manager.

What would become a tower stands in several columns beside each other.
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
    """A box with what hangs below it, or (without a box) some that hang on somebody elsewhere.

    `parts` are further blocks with their left upper corners; `wires` lead to their boxes.
    """

    box: Box | None
    width: float = WIDTH
    height: float = 0.0
    parts: list[tuple["Block", float, float]] = field(default_factory=list)
    wires: list[Wire] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.box:
            self.height = self.box.height

    def put(self, part: "Block", x: float, y: float) -> None:
        """Add a block."""
        self.parts.append((part, x, y))
        self.width = max(self.width, x + part.width)
        self.height = max(self.height, y + part.height)

    def flat(self) -> tuple[list[tuple[Box, float, float]], list[Wire]]:
        """All boxes with their corners, the own one first, and all wires."""
        boxes: list[tuple[Box, float, float]] = []
        wires: list[Wire] = []
        waiting: list[tuple[Block, float, float]] = [(self, 0.0, 0.0)]
        while waiting:
            block, left, top = waiting.pop()
            if block.box:
                boxes.append((block.box, left, top))
            for wire in block.wires:
                points = tuple((x + left, y + top) for x, y in wire.points)
                wires.append(Wire(wire.seat_id, points))
            waiting += [(part, left + x, top + y) for part, x, y in block.parts]
        return boxes, wires


def hanging(
    boxes: Mapping[int, Box],
    reports: Mapping[int, Sequence[int]],
    order: Sequence[int],
    tallest: float,
) -> dict[int, Block]:
    """Each position with its whole branch below it; `order` has managers before their reports.

    `tallest` is how high a column should become. Among reports those without any come first.
    """
    blocks: dict[int, Block] = {}
    for seat_id in reversed(order):
        block = Block(boxes[seat_id])
        below = sorted(reports.get(seat_id, ()), key=lambda report: bool(reports.get(report)))
        start = (RAIL, block.height)
        _put_columns(block, [blocks[report] for report in below], start, tallest)
        blocks[seat_id] = block
    return blocks


def hanging_on_nobody(leaves: Sequence[Block], tallest: float) -> Block:
    """Positions without reports whose manager stands elsewhere; wires begin at the upper edge."""
    block = Block(None)
    _put_columns(block, leaves, None, tallest)
    return block


def _put_columns(
    block: Block, reports: Sequence[Block], start: Point | None, tallest: float
) -> None:
    """Put blocks below the own box, in as many columns as it takes; wires begin at `start`."""
    left, top = INDENT, block.height + GAP
    for column in _columns(reports, tallest):
        rail, y = left - INDENT + RAIL, top
        for report in column:
            assert report.box is not None
            way = _way(start, rail, top, y + report.box.height / 2, left)
            block.wires.append(Wire(report.box.seat_id, way))
            block.put(report, left, y)
            y += report.height + GAP
        left += max(report.width for report in column) + INDENT + BESIDE - GAP


def _columns(blocks: Sequence[Block], tallest: float) -> list[list[Block]]:
    """The blocks in columns of nearly the same height."""
    total = sum(block.height + GAP for block in blocks)
    fair = total / max(1, min(len(blocks), ceil(total / tallest)))
    columns: list[list[Block]] = []
    filled = 0.0
    for block in blocks:
        height = block.height + GAP
        if not columns or filled + height / 2 > fair:
            columns.append([])
            filled = 0.0
        columns[-1].append(block)
        filled += height
    return columns


def _way(
    start: Point | None, rail: float, top: float, middle: float, left: float
) -> tuple[Point, ...]:
    """Down from the manager, along the upper edge to the rail of the column, down, to the box."""
    bus = top - GAP / 2
    first = (rail, 0.0) if start is None else start
    if start is None or start[0] == rail:
        return first, (rail, middle), (left, middle)
    return first, (first[0], bus), (rail, bus), (rail, middle), (left, middle)
