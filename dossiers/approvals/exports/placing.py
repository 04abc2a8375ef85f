"""Where the shapes of a BPMN diagram stand, and by which points its arrows run, in pixels.

Columns go by how far a node is from the start, lanes by who acts. Arrows run between the rows and
the columns, so that none crosses a shape.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dossiers.approvals.exports.flow import Arrow, Flow, Gate, Node

_ROW = 150.0
_GAP = 60.0
#: Before the first column: the words below the start stand clear of the names of lanes.
_BEGIN = 90.0
#: Between an inclusive or exclusive gateway and what it leads to stands a condition in words.
_WIDE_GAP = 190.0
#: How far below the middle of a row the arrows run that lead past it, and how far apart.
_CHANNEL, _BETWEEN = 48.0, 6.0
#: The strip on the left of pools and lanes in which their names stand.
HEAD = 30.0
_LEFT, _TOP = 160.0, 80.0
_SIZES = {Gate.START: (36.0, 36.0), Gate.END: (36.0, 36.0)}
_GATEWAY, _TASK = (50.0, 50.0), (140.0, 80.0)
_LABEL = 150.0

Point = tuple[float, float]
_Edges = tuple[float, float]
"""The left and the right edge of a column."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return self.y + self.height / 2

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.x + self.width


@dataclass(slots=True)
class Placed:
    """The places of all shapes, lanes by their names, and the points of all arrows."""

    shapes: dict[str, Box] = field(default_factory=dict)
    lanes: dict[str, Box] = field(default_factory=dict)
    ways: dict[str, tuple[Point, ...]] = field(default_factory=dict)
    labels: dict[str, Box] = field(default_factory=dict)

    @property
    def pool(self) -> Box:
        """The rectangle around all lanes."""
        first, height = next(iter(self.lanes.values())), sum(b.height for b in self.lanes.values())
        return Box(first.x - HEAD, first.y, first.width + HEAD, height)


def placed(flow: Flow, lane_of: Mapping[str, str]) -> Placed:
    """The places for a flow; `lane_of` names the lane of each node."""
    columns = _columns(flow)
    rows, heights = _rows(flow, columns, lane_of)
    edges, tops = _edges(flow, columns), _lane_tops(heights)
    found = Placed()
    for ident, node in flow.nodes.items():
        line = tops[lane_of[ident]] + (rows[node.beside] + 0.5) * _ROW
        found.shapes[ident] = _box(node, edges[columns[ident]], line)
    width = edges[-1][1] + _GAP - (_LEFT + HEAD)
    for lane, count in heights.items():
        found.lanes[lane] = Box(_LEFT + HEAD, tops[lane], width, count * _ROW)
    for arrow in flow.arrows:
        found.ways[arrow.ident] = _way(arrow, found.shapes, columns, edges)
    found.labels = dict(_labels(flow, found))
    return found


def _box(node: Node, edges: _Edges, middle: float) -> Box:
    width, height = _size_of(node)
    return Box(sum(edges) / 2 - width / 2, middle - height / 2, width, height)


def _size_of(node: Node) -> tuple[float, float]:
    if node.task:
        return _TASK
    return _SIZES.get(Gate(node.kind), _GATEWAY)


def _columns(flow: Flow) -> Mapping[str, int]:
    """How far each node is from the start, by the longest way."""
    coming: dict[str, list[str]] = {ident: [] for ident in flow.nodes}
    leaving: dict[str, list[str]] = {ident: [] for ident in flow.nodes}
    for arrow in flow.arrows:
        coming[arrow.target].append(arrow.source)
        leaving[arrow.source].append(arrow.target)
    found: dict[str, int] = {}
    waiting = {ident: len(sources) for ident, sources in coming.items()}
    ready = ["start"]
    for ident in ready:
        found[ident] = max((found[one] + 1 for one in coming[ident]), default=0)
        for target in leaving[ident]:
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    return found


def _rows(
    flow: Flow, columns: Mapping[str, int], lane_of: Mapping[str, str]
) -> tuple[dict[str, int], dict[str, int]]:
    """In which row of its lane each task stands with its gateways, and how many rows lanes have."""
    spans: dict[str, tuple[int, int]] = {}
    lanes: dict[str, str] = {}
    for ident, node in flow.nodes.items():
        start, end = spans.get(node.beside, (columns[ident], columns[ident]))
        spans[node.beside] = min(start, columns[ident]), max(end, columns[ident])
        lanes[node.beside] = lane_of[ident]
    rows: dict[str, int] = {}
    ends: dict[str, list[int]] = {lane: [] for lane in lanes.values()}
    for number, (start, end) in sorted(spans.items(), key=lambda item: item[1]):
        taken = ends[lanes[number]]
        rows[number] = next((row for row, last in enumerate(taken) if last < start), len(taken))
        taken[rows[number] : rows[number] + 1] = [end]
    return rows, {lane: len(taken) for lane, taken in ends.items()}


def _edges(flow: Flow, columns: Mapping[str, int]) -> list[_Edges]:
    """Where each column begins and ends."""
    widths = [0.0] * (max(columns.values()) + 1)
    gaps = [_GAP] * len(widths)
    for ident, node in flow.nodes.items():
        widths[columns[ident]] = max(widths[columns[ident]], _size_of(node)[0])
    for arrow in flow.arrows:
        if arrow.condition and not flow.nodes[arrow.source].asks:
            gaps[columns[arrow.source]] = _WIDE_GAP
    found, x = list[_Edges](), _LEFT + HEAD + _BEGIN
    for width, gap in zip(widths, gaps, strict=True):
        found.append((x, x + width))
        x += width + gap
    return found


def _lane_tops(heights: Mapping[str, int]) -> dict[str, float]:
    found, y = {}, _TOP
    for lane, count in heights.items():
        found[lane] = y
        y += count * _ROW
    return found


def _way(
    arrow: Arrow,
    shapes: Mapping[str, Box],
    columns: Mapping[str, int],
    edges: Sequence[_Edges],
) -> tuple[Point, ...]:
    one, other = shapes[arrow.source], shapes[arrow.target]
    column, to_column = columns[arrow.source], columns[arrow.target]
    below = one.middle + _CHANNEL + _BETWEEN * (column % 4)
    if arrow.is_default and one.middle == other.middle:
        return _under(one, other, below)
    out, back = edges[column][1] + _GAP / 3, edges[to_column][0] - _GAP / 3
    if one.middle == other.middle and _is_free(shapes.values(), one, other):
        return (one.right, one.middle), (other.x, other.middle)
    if to_column == column + 1:
        return _beside(one, other, back if arrow.target.startswith(("join", "meet")) else out)
    return (
        (one.right, one.middle),
        (out, one.middle),
        (out, below),
        (back, below),
        (back, other.middle),
        (other.x, other.middle),
    )


def _is_free(shapes: Iterable[Box], one: Box, other: Box) -> bool:
    """Whether no shape stands between two of the same row."""
    return not any(
        box.middle == one.middle and one.right <= box.x and box.right <= other.x for box in shapes
    )


def _under(one: Box, other: Box, below: float) -> tuple[Point, ...]:
    """From the foot of a gateway below the shapes of the row to the foot of another."""
    middle, to_middle = one.x + one.width / 2, other.x + other.width / 2
    return (
        (middle, one.y + one.height),
        (middle, below),
        (to_middle, below),
        (to_middle, other.y + other.height),
    )


def _beside(one: Box, other: Box, bend: float) -> tuple[Point, ...]:
    """From a shape to one in the next column."""
    if one.middle == other.middle:
        return (one.right, one.middle), (other.x, other.middle)
    return (
        (one.right, one.middle),
        (bend, one.middle),
        (bend, other.middle),
        (other.x, other.middle),
    )


def _labels(flow: Flow, found: Placed) -> Iterable[tuple[str, Box]]:
    """Where the questions of gateways and the conditions of arrows stand."""
    for ident, node in flow.nodes.items():
        box = found.shapes[ident]
        left = box.x + (box.width - _LABEL) / 2
        if node.asks:
            yield ident, Box(left, box.y - 32, _LABEL, 28)
        elif node.kind in _SIZES:
            yield ident, Box(left, box.y + box.height + 6, _LABEL, 28)
    for arrow in flow.arrows:
        way = found.ways[arrow.ident]
        if flow.nodes[arrow.source].asks:
            yield arrow.ident, _short_label(way, arrow.is_default)
        elif arrow.is_default:
            yield arrow.ident, Box(way[1][0] + 52, way[1][1] - 18, 70, 14)
        elif arrow.condition:
            x, y = way[-1]
            yield arrow.ident, Box(x - _LABEL - 24, y - 32, _LABEL, 28)


def _short_label(way: Sequence[Point], is_default: bool) -> Box:
    x, y = way[1] if is_default else way[0]
    return Box(x + 6, y - 18, 30, 14)
