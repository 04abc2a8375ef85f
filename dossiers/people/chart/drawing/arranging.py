"""Where everything of a chart stands in its drawing.

Large branches stand side by side, small ones hang below each other; what counts as small is tried
out, and the drawing that is largest on a sheet of paper is taken.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from dossiers.people.chart.drawing.blocks import Block, Wire, hanging, hanging_on_nobody
from dossiers.people.chart.drawing.boxes import WIDTH, Box, box_of
from dossiers.people.chart.drawing.terms import Terms
from dossiers.people.chart.drawing.tidy import Node, place
from dossiers.people.chart.snapshot import Chart

_ACROSS = 18.0
_DOWN = 38.0
_UPRIGHT = 1.2
#: How high the columns of what hangs may become.
_TALLEST = (250.0, 450.0, 800.0, 1_400.0, 2_500.0, 5_000.0, 12_000.0)
#: How many positions a branch may have to hang.
_SMALL = (2, 5, 9, 16, 28, 50, 90, 160, 290, 520)
_MOST_BRANCHES = 150
_LARGE = 1_500
#: Below so many managers everything hangs: no sheet is so wide.
_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Placed:
    """A box with its left upper corner."""

    box: Box
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Arranged:
    """Boxes and lines in a rectangle."""

    boxes: tuple[Placed, ...]
    wires: tuple[Wire, ...]
    width: float
    height: float


def arranged(chart: Chart, terms: Terms) -> Arranged:
    """The chart's boxes and lines, so that they are as large as can be on a sheet of paper."""
    boxes = {seat.id: box_of(seat, chart, terms) for seat in chart.seats.values()}
    reports, tops = forest_of(chart)
    if not tops:
        return Arranged((), (), 0.0, 0.0)
    sizes = _sizes(reports, tops)
    ways = _ways(boxes, reports, sizes)
    forests = (_forest(way, tops) for way in ways)
    return _drawn(min(forests, key=_sheet_of))


@dataclass(frozen=True)
class _Way:
    """A way to draw: of what, how large each branch is, and how large one may be to hang."""

    blocks: Mapping[int, Block]
    reports: Mapping[int, Sequence[int]]
    tallest: float
    sizes: Mapping[int, int]
    small: int

    def hangs(self, seat: int) -> bool:
        """Whether the branch of the position hangs below it."""
        return self.sizes[seat] <= self.small


def _ways(
    boxes: Mapping[int, Box], reports: Mapping[int, Sequence[int]], sizes: Mapping[int, int]
) -> Iterator[_Way]:
    """The ways worth trying: of a large chart fewer, and none in which nearly nothing hangs."""
    count = len(boxes)
    limits = [small for small in _SMALL if count / _MOST_BRANCHES <= small <= count]
    for tallest in _TALLEST[:6] if count <= _LARGE else _TALLEST[5:7]:
        blocks = hanging(boxes, reports, list(sizes), tallest)
        for small in limits or _SMALL[:1]:
            yield _Way(blocks, reports, tallest, sizes, small)


def _sizes(reports: Mapping[int, Sequence[int]], tops: Sequence[int]) -> dict[int, int]:
    """Position → how many stand in its branch; managers come before their reports."""
    order = list(_reached(reports, tops))
    sizes = dict.fromkeys(order, 1)
    # A manager is reached before the reports.
    for seat in reversed(order):
        sizes[seat] += sum(sizes[report] for report in reports.get(seat, ()))
    return sizes


def _sheet_of(forest: Sequence[Node]) -> float:
    """How long the shorter side of the sheet must be, of which the longer has √2 of it.

    An upright sheet must be clearly better: screens are wide, and so are tables.
    """
    width = max(node.x + node.width for node in forest) - min(node.x for node in forest)
    height = max(node.bottom for node in forest)
    return min(max(width / sqrt(2), height), _UPRIGHT * max(width, height / sqrt(2)))


def forest_of(chart: Chart) -> tuple[dict[int, list[int]], list[int]]:
    """The reports of each position and those at the top, in the order of the drawing.

    In data that breaks the rule a circle hangs on nobody: its first position counts as a top.
    """
    groups = chart.below()
    reports = {ident: [seat.id for seat in seats] for ident, seats in groups.items() if ident}
    tops = [seat.id for seat in groups.get(None, [])]
    reached = set(_reached(reports, tops))
    for seat_id in sorted(chart.seats.keys() - reached):
        if seat_id not in reached:
            tops.append(seat_id)
            for some in reports.values():
                if seat_id in some:
                    some.remove(seat_id)
            reached.update(_reached(reports, [seat_id]))
    return reports, tops


def _reached(reports: Mapping[int, Sequence[int]], tops: Sequence[int]) -> Iterator[int]:
    waiting, seen = list(tops), set(tops)
    while waiting:
        seat_id = waiting.pop()
        yield seat_id
        new = [report for report in reports.get(seat_id, ()) if report not in seen]
        seen.update(new)
        waiting += new


def _forest(way: _Way, tops: Sequence[int]) -> list[Node]:
    """All nodes, placed."""
    root = Node(0.0, 0.0)
    root.children = _side_by_side(way, tops, 0)
    for node in root.children:
        _cut_loose(node)
    place(root)
    found = list(root.children)
    for node in found:
        found += node.children
    return found


def _drawn(forest: Sequence[Node]) -> Arranged:
    boxes: list[Placed] = []
    wires: list[Wire] = []
    for node in forest:
        _put(node, boxes, wires)
    return _from_corner(boxes, wires)


def _side_by_side(way: _Way, seats: Sequence[int], depth: int) -> list[Node]:
    """A node for each branch; those without reports share one."""
    leaves = [seat for seat in seats if way.sizes[seat] == 1]
    if len(leaves) < 2 or len(leaves) < len(seats) < 4:
        leaves = []
    shared = set(leaves)
    nodes = [_leaves_node(way, leaves)] if leaves else []
    return nodes + [_node(way, seat, depth) for seat in seats if seat not in shared]


def _leaves_node(way: _Way, leaves: Sequence[int]) -> Node:
    return _block_node(hanging_on_nobody([way.blocks[leaf] for leaf in leaves], way.tallest))


def _cut_loose(node: Node) -> None:
    """Those in a grid at the top report to nobody, so no wire leads there."""
    block = node.item
    assert isinstance(block, Block)
    if block.box is None:
        block.wires.clear()


def _node(way: _Way, seat: int, depth: int) -> Node:
    reports = way.reports.get(seat, ())
    are_leaves = all(way.sizes[report] == 1 for report in reports)
    if way.hangs(seat) or depth > _DEEPEST or (are_leaves and len(reports) > 1):
        return _block_node(way.blocks[seat])
    node = _block_node(Block(way.blocks[seat].box))
    node.children = _side_by_side(way, reports, depth + 1)
    return node


def _block_node(block: Block) -> Node:
    return Node(block.width + _ACROSS, block.height + _DOWN, item=block)


def _put(node: Node, boxes: list[Placed], wires: list[Wire]) -> None:
    block = node.item
    assert isinstance(block, Block)
    own, between = block.flat()
    boxes += [Placed(box, node.x + x, node.y + y) for box, x, y in own]
    for wire in between:
        points = tuple((node.x + x, node.y + y) for x, y in wire.points)
        wires.append(Wire(wire.seat_id, points))
    if node.children:
        box, _x, _y = own[0]
        start = (node.x + WIDTH / 2, node.y + box.height)
        for child in node.children:
            wires += _down_to(child, start)


def _down_to(child: Node, start: tuple[float, float]) -> Iterator[Wire]:
    """From a manager down, across, and down to a box, or to the rails of a grid."""
    block = child.item
    assert isinstance(block, Block)
    bus = start[1] + _DOWN / 2
    if block.box:
        middle = child.x + WIDTH / 2
        yield Wire(block.box.seat_id, (start, (start[0], bus), (middle, bus), (middle, child.y)))
        return
    for wire in block.wires:
        rail = child.x + wire.points[0][0]
        yield Wire(wire.seat_id, (start, (start[0], bus), (rail, bus), (rail, child.y)))


def _from_corner(boxes: Sequence[Placed], wires: Sequence[Wire]) -> Arranged:
    """The same with the left upper corner at (0, 0)."""
    left = min(one.x for one in boxes)
    top = min(one.y for one in boxes)
    return Arranged(
        tuple(Placed(one.box, one.x - left, one.y - top) for one in boxes),
        tuple(
            Wire(wire.seat_id, tuple((x - left, y - top) for x, y in wire.points)) for wire in wires
        ),
        max(one.x + WIDTH for one in boxes) - left,
        max(one.y + one.box.height for one in boxes) - top,
    )
