"""A path as the flow of a BPMN process: tasks, gateways and events, and what leads to what.

Steps with the same steps before and behind them become one block. A block in which every step has
a condition opens with an exclusive gateway (when no two can be needed together) or an inclusive
one, and its default leads past it; any other opens with a parallel gateway, and a step of it with
a condition stands between two exclusive ones. So every purchase runs from the start to the end,
and no gateway waits for a step that is not needed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations

from dossiers.approvals.exports.tasks import Task


class Gate(StrEnum):
    """A gateway or an event, by its name in BPMN."""

    START = "startEvent"
    END = "endEvent"
    PARALLEL = "parallelGateway"
    EXCLUSIVE = "exclusiveGateway"
    INCLUSIVE = "inclusiveGateway"


@dataclass(frozen=True, slots=True)
class Node:
    """A task, gateway or event. `beside` is the number of the task in whose lane it stands."""

    ident: str
    kind: str
    beside: str
    task: Task | None = None
    asks: str = ""


@dataclass(frozen=True, slots=True)
class Arrow:
    """What leads from a node to another: always, under a condition, or by default."""

    source: str
    target: str
    condition: str = ""
    is_default: bool = False

    @property
    def ident(self) -> str:
        """A name of its own."""
        return f"flow_{self.source}_{self.target}"


@dataclass(slots=True)
class Flow:
    """The whole process."""

    nodes: dict[str, Node] = field(default_factory=dict)
    arrows: list[Arrow] = field(default_factory=list)

    def add(self, ident: str, kind: str, beside: str, asks: str = "") -> str:
        """Put a gateway or event into the flow."""
        self.nodes[ident] = Node(ident, kind, beside, None, asks)
        return ident

    def task(self, task: Task) -> str:
        """Put a task into the flow."""
        ident = f"step_{task.number}"
        self.nodes[ident] = Node(ident, task.kind, task.number, task)
        return ident

    def lead(self, source: str, target: str, condition: str = "", default: bool = False) -> None:
        """Lead from one node to another."""
        self.arrows.append(Arrow(source, target, condition, default))


@dataclass(frozen=True, slots=True)
class _Block:
    """Tasks with the same tasks before and behind them."""

    tasks: tuple[Task, ...]

    @property
    def name(self) -> str:
        return self.tasks[0].number

    @property
    def after(self) -> frozenset[str]:
        return self.tasks[0].after

    @property
    def gate(self) -> Gate:
        """How the block opens."""
        if not all(task.condition for task in self.tasks):
            return Gate.PARALLEL
        apart = all(b.number in a.apart for a, b in combinations(self.tasks, 2))
        return Gate.EXCLUSIVE if apart else Gate.INCLUSIVE


def flow_of(tasks: Sequence[Task]) -> Flow:
    """The process of these tasks; without any it leads straight from the start to the end."""
    flow = Flow()
    blocks = _blocks(tasks)
    first, last = (blocks[0].name, blocks[-1].name) if blocks else ("", "")
    flow.add("start", Gate.START, first)
    doors = {block.name: _drawn(flow, block) for block in blocks}
    flow.add("end", Gate.END, last)
    _join(flow, blocks, doors)
    return flow


def _blocks(tasks: Sequence[Task]) -> list[_Block]:
    behind: dict[str, set[str]] = {task.number: set() for task in tasks}
    for task in tasks:
        for number in task.after:
            behind[number].add(task.number)
    found: dict[tuple[frozenset[str], frozenset[str]], list[Task]] = {}
    for task in tasks:
        found.setdefault((task.after, frozenset(behind[task.number])), []).append(task)
    return [_Block(tuple(alike)) for alike in found.values()]


def _drawn(flow: Flow, block: _Block) -> tuple[str, str]:
    """Put a block into the flow; its first and its last node."""
    if len(block.tasks) == 1:
        return _optional(flow, block.tasks[0])
    gate, name = block.gate, block.name
    opens = flow.add(f"split_{name}", gate, name)
    inside = [(task, _within(flow, task, gate)) for task in block.tasks]
    closes = flow.add(f"join_{name}", gate, name)
    for task, (entry, way_out) in inside:
        flow.lead(opens, entry, "" if gate is Gate.PARALLEL else task.condition)
        flow.lead(way_out, closes)
    if gate is not Gate.PARALLEL:
        flow.lead(opens, closes, default=True)
    return opens, closes


def _within(flow: Flow, task: Task, gate: Gate) -> tuple[str, str]:
    """A task of a block whose gateway asks for its condition already, or not."""
    if gate is Gate.PARALLEL:
        return _optional(flow, task)
    ident = flow.task(task)
    return ident, ident


def _optional(flow: Flow, task: Task) -> tuple[str, str]:
    """A task, between two gateways when it has a condition."""
    if not task.condition:
        ident = flow.task(task)
        return ident, ident
    opens = flow.add(f"if_{task.number}", Gate.EXCLUSIVE, task.number, task.condition)
    ident = flow.task(task)
    closes = flow.add(f"endif_{task.number}", Gate.EXCLUSIVE, task.number)
    flow.lead(opens, ident, task.condition)
    flow.lead(ident, closes)
    flow.lead(opens, closes, default=True)
    return opens, closes


def _join(flow: Flow, blocks: Sequence[_Block], doors: dict[str, tuple[str, str]]) -> None:
    """Lead from block to block, through parallel gateways where ways part or meet."""
    ways = list(_ways(blocks))
    leaving = _counted(one for one, _other in ways)
    coming = _counted(other for _one, other in ways)
    beside = {block.name: block.name for block in blocks}
    beside |= {"start": flow.nodes["start"].beside, "end": flow.nodes["end"].beside}
    outs = {name: door[1] for name, door in doors.items()} | {"start": "start"}
    entries = {name: door[0] for name, door in doors.items()} | {"end": "end"}
    for name in [name for name, count in leaving.items() if count > 1]:
        gate = flow.add(f"fork_{name}", Gate.PARALLEL, beside[name])
        flow.lead(outs[name], gate)
        outs[name] = gate
    for name in [name for name, count in coming.items() if count > 1]:
        gate = flow.add(f"meet_{name}", Gate.PARALLEL, beside[name])
        flow.lead(gate, entries[name])
        entries[name] = gate
    for one, other in ways:
        flow.lead(outs[one], entries[other])


def _ways(blocks: Sequence[_Block]) -> Iterator[tuple[str, str]]:
    """From which block to which, by their names; "start" and "end" are the ends."""
    block_of = {task.number: block.name for block in blocks for task in block.tasks}
    leading = {block_of[number] for block in blocks for number in block.after}
    for block in blocks:
        before = dict.fromkeys(block_of[number] for number in sorted(block.after))
        yield from ((name, block.name) for name in before or ("start",))
    yield from ((block.name, "end") for block in blocks if block.name not in leading)
    if not blocks:
        yield "start", "end"


def _counted(names: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name in names:
        found[name] = found.get(name, 0) + 1
    return found
