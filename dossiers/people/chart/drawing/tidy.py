"""Trees of boxes of any size, as narrow as they can be, in a time that grows with their number.

The way of van der Ploeg ("Drawing non-layered tidy trees in linear time", 2014), which carries
Walker's and Buchheim's over to boxes of different heights: children stand side by side, their
manager above the middle, and branches move together until their outlines touch.
"""

from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class Node:
    """A box with children. `width` and `height` include the room to its neighbours.

    `x` and `y` are set by `place`: the left upper corner.
    """

    width: float
    height: float
    children: list["Node"] = field(default_factory=list)
    item: object = None
    x: float = 0.0
    y: float = 0.0
    _prelim: float = 0.0
    _mod: float = 0.0
    _shift: float = 0.0
    _change: float = 0.0
    _left_thread: "Node | None" = None
    _right_thread: "Node | None" = None
    _left: "Node | None" = None
    _right: "Node | None" = None
    _left_sum: float = 0.0
    _right_sum: float = 0.0

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height


_Lows = list[tuple[float, int]]
"""Lower edges with the child that reaches so low, the nearest child last."""


def place(root: Node) -> None:
    """Set the corners of all boxes below and with `root`, whose own corner is (0, 0)."""
    order = [root]
    for node in order:
        for child in node.children:
            child.y = node.bottom
            order.append(child)
    for node in reversed(order):
        _gather(node)
    _spread(root)


def _gather(node: Node) -> None:
    """Bring the branches of a node together; its children have been gathered before."""
    first = node.children[0] if node.children else None
    if first is None:
        node._left = node._right = node
        return
    lows = _lower(_extreme(first._left).bottom, 0, [])
    for number, child in enumerate(node.children[1:], 1):
        low = _extreme(child._right).bottom
        _separate(node, number, lows)
        lows = _lower(low, number, lows)
    last = node.children[-1]
    middle = (first._prelim + first._mod + last._mod + last._prelim + last.width) / 2
    node._prelim = middle - node.width / 2
    node._left, node._left_sum = first._left, first._left_sum
    node._right, node._right_sum = last._right, last._right_sum


def _extreme(node: Node | None) -> Node:
    assert node is not None
    return node


def _lower(low: float, number: int, lows: _Lows) -> _Lows:
    while lows and low >= lows[-1][0]:
        lows.pop()
    lows.append((low, number))
    return lows


def _separate(node: Node, number: int, lows: _Lows) -> None:
    """Move a child to the right until it touches those before it."""
    right: Node | None = node.children[number - 1]
    left: Node | None = node.children[number]
    assert right is not None
    assert left is not None
    right_sum, left_sum = right._mod, left._mod
    place_in_lows = len(lows) - 1
    while right is not None and left is not None:
        while place_in_lows > 0 and right.bottom > lows[place_in_lows][0]:
            place_in_lows -= 1
        gap = right_sum + right._prelim + right.width - left_sum - left._prelim
        if gap > 0:
            left_sum += gap
            _move(node, number, lows[place_in_lows][1], gap)
        right_low, left_low = right.bottom, left.bottom
        if right_low <= left_low:
            right = _next_right(right)
            right_sum += right._mod if right else 0.0
        if right_low >= left_low:
            left = _next_left(left)
            left_sum += left._mod if left else 0.0
    if right is None and left is not None:
        _thread_left(node, number, left, left_sum)
    elif right is not None:
        _thread_right(node, number, right, right_sum)


def _move(node: Node, number: int, from_number: int, gap: float) -> None:
    child = node.children[number]
    child._mod += gap
    child._left_sum += gap
    child._right_sum += gap
    between = number - from_number
    if between > 1:
        # Those in between share the room.
        node.children[from_number + 1]._shift += gap / between
        child._shift -= gap / between
        child._change -= gap - gap / between


def _next_left(node: Node) -> Node | None:
    return node.children[0] if node.children else node._left_thread


def _next_right(node: Node) -> Node | None:
    return node.children[-1] if node.children else node._right_thread


def _thread_left(node: Node, number: int, to: Node, to_sum: float) -> None:
    first, child = node.children[0], node.children[number]
    end = _extreme(first._left)
    end._left_thread = to
    difference = (to_sum - to._mod) - first._left_sum
    end._mod += difference
    end._prelim -= difference
    first._left, first._left_sum = child._left, child._left_sum


def _thread_right(node: Node, number: int, to: Node, to_sum: float) -> None:
    child, before = node.children[number], node.children[number - 1]
    end = _extreme(child._right)
    end._right_thread = to
    difference = (to_sum - to._mod) - child._right_sum
    end._mod += difference
    end._prelim -= difference
    child._right, child._right_sum = before._right, before._right_sum


def _spread(root: Node) -> None:
    """Sum up what each branch was moved by."""
    waiting = [(root, -root._prelim)]
    while waiting:
        node, moved = waiting.pop()
        moved += node._mod
        node.x = node._prelim + moved
        shift = change = 0.0
        for child in node.children:
            shift += child._shift
            change += shift + child._change
            child._mod += change
            waiting.append((child, moved))
