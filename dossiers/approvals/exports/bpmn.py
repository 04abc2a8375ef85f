"""A path as BPMN 2.0 XML with its diagram (OMG, formal/2013-12-09), as modelling programs read it.

The process cannot be run by a machine: conditions are sentences.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import (
    Element,
    SubElement,
    indent,
    tostring,
)

from dossiers.approvals.exports.flow import Arrow, Flow, Gate, Node, flow_of
from dossiers.approvals.exports.placing import Box, Placed, placed
from dossiers.approvals.exports.tasks import Task

_SPACES = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
#: Names within the file belong to it; the address leads nowhere.
_OURS = "urn:dossier-wiki:approval-path"
#: More letters would run over the side of a lane.
_LANE_NAME = 42
MEDIA_TYPE = "application/xml"


@dataclass(frozen=True, slots=True)
class Terms:
    """The words of the file: what it is about, and what its events and answers are called."""

    pool: str
    process: str
    start: str
    end: str
    nobody: str
    yes: str
    no: str
    otherwise: str
    note: str = ""


def as_bpmn(tasks: Sequence[Task], terms: Terms) -> bytes:
    """The tasks as a process in one pool, with a lane for each of those who act."""
    flow = flow_of(tasks)
    lane_of = _lanes(flow, tasks, terms)
    root = Element("bpmn:definitions", _root_attributes())
    _collaboration(root, terms)
    _process(root, flow, lane_of, terms)
    _diagram(root, flow, placed(flow, lane_of))
    indent(root)
    written: bytes = tostring(root, "utf-8", xml_declaration=True)
    return written + b"\n"


def _root_attributes() -> dict[str, str]:
    spaces = {f"xmlns:{prefix}": address for prefix, address in _SPACES.items()}
    return {**spaces, "id": "definitions", "targetNamespace": _OURS}


def _lanes(flow: Flow, tasks: Sequence[Task], terms: Terms) -> dict[str, str]:
    """The lane of each node: that of its task. Lanes stand in the order in which they act."""
    lane_of = {task.number: task.lane or terms.nobody for task in tasks}
    return {ident: lane_of.get(node.beside, terms.nobody) for ident, node in flow.nodes.items()}


def _collaboration(root: Element, terms: Terms) -> None:
    collaboration = SubElement(root, "bpmn:collaboration", {"id": "collaboration"})
    SubElement(
        collaboration,
        "bpmn:participant",
        {"id": "pool", "name": plain(terms.pool), "processRef": "process"},
    )


def _process(root: Element, flow: Flow, lane_of: Mapping[str, str], terms: Terms) -> None:
    name = plain(terms.process)
    process = SubElement(
        root, "bpmn:process", {"id": "process", "name": name, "isExecutable": "false"}
    )
    _document(process, (terms.note,))
    lanes = SubElement(process, "bpmn:laneSet", {"id": "lanes"})
    for number, lane in enumerate(dict.fromkeys(lane_of.values()), 1):
        element = SubElement(lanes, "bpmn:lane", {"id": f"lane_{number}", "name": _short(lane)})
        _document(element, (lane,))
        for ident, own in lane_of.items():
            if own == lane:
                SubElement(element, "bpmn:flowNodeRef").text = ident
    for node in flow.nodes.values():
        _node(process, node, flow, terms)
    for arrow in flow.arrows:
        _arrow(process, arrow, flow, terms)


def _short(lane: str) -> str:
    """Who acts, as it fits on the side of a lane; the whole stands in its documentation."""
    name = plain(lane)
    return name if len(name) <= _LANE_NAME else f"{name[: _LANE_NAME - 1].rstrip(' ,')}…"


def _node(process: Element, node: Node, flow: Flow, terms: Terms) -> None:
    leaving = [arrow for arrow in flow.arrows if arrow.source == node.ident]
    said = {
        "id": node.ident,
        "name": _name_of(node, terms),
        "default": next((arrow.ident for arrow in leaving if arrow.is_default), ""),
    }
    kept = {name: value for name, value in said.items() if value}
    element = SubElement(process, f"bpmn:{node.kind}", kept)
    _document(element, node.task.notes if node.task else (node.asks,))
    for arrow in flow.arrows:
        if arrow.target == node.ident:
            SubElement(element, "bpmn:incoming").text = arrow.ident
    for arrow in leaving:
        SubElement(element, "bpmn:outgoing").text = arrow.ident


def _name_of(node: Node, terms: Terms) -> str:
    if node.task:
        return plain(f"{node.task.number}. {node.task.title}")
    if node.asks:
        return plain(f"{node.asks}?")
    return plain({Gate.START: terms.start, Gate.END: terms.end}.get(Gate(node.kind), ""))


def _document(element: Element, lines: Sequence[str]) -> None:
    text = "\n".join(filter(None, lines))
    if text:
        SubElement(element, "bpmn:documentation").text = plain(text)


def _arrow(process: Element, arrow: Arrow, flow: Flow, terms: Terms) -> None:
    attributes = {"id": arrow.ident, "sourceRef": arrow.source, "targetRef": arrow.target}
    name = _label(arrow, flow, terms)
    if name:
        attributes["name"] = plain(name)
    element = SubElement(process, "bpmn:sequenceFlow", attributes)
    if arrow.condition:
        said = SubElement(
            element, "bpmn:conditionExpression", {"xsi:type": "bpmn:tFormalExpression"}
        )
        said.text = plain(arrow.condition)


def _label(arrow: Arrow, flow: Flow, terms: Terms) -> str:
    if flow.nodes[arrow.source].asks:
        return terms.no if arrow.is_default else terms.yes
    return terms.otherwise if arrow.is_default else arrow.condition


def _diagram(root: Element, flow: Flow, places: Placed) -> None:
    diagram = SubElement(root, "bpmndi:BPMNDiagram", {"id": "diagram"})
    plane = SubElement(diagram, "bpmndi:BPMNPlane", {"id": "plane", "bpmnElement": "collaboration"})
    _shape(plane, "pool", places.pool, isHorizontal="true")
    for number, box in enumerate(places.lanes.values(), 1):
        _shape(plane, f"lane_{number}", box, isHorizontal="true")
    for ident, node in flow.nodes.items():
        more = {"isMarkerVisible": "true"} if node.kind == Gate.EXCLUSIVE else {}
        shape = _shape(plane, ident, places.shapes[ident], **more)
        _drawn_label(shape, places.labels.get(ident))
    for arrow in flow.arrows:
        _edge(plane, arrow.ident, places)


def _shape(plane: Element, ident: str, box: Box, **more: str) -> Element:
    attributes = {"id": f"{ident}_shape", "bpmnElement": ident, **more}
    shape = SubElement(plane, "bpmndi:BPMNShape", attributes)
    _bounds(shape, box)
    return shape


def _edge(plane: Element, ident: str, places: Placed) -> None:
    edge = SubElement(plane, "bpmndi:BPMNEdge", {"id": f"{ident}_edge", "bpmnElement": ident})
    for x, y in places.ways[ident]:
        SubElement(edge, "di:waypoint", {"x": f"{x:.1f}", "y": f"{y:.1f}"})
    _drawn_label(edge, places.labels.get(ident))


def _drawn_label(element: Element, box: Box | None) -> None:
    if box:
        _bounds(SubElement(element, "bpmndi:BPMNLabel"), box)


def _bounds(element: Element, box: Box) -> None:
    SubElement(
        element,
        "dc:Bounds",
        {
            "x": f"{box.x:.1f}",
            "y": f"{box.y:.1f}",
            "width": f"{box.width:.1f}",
            "height": f"{box.height:.1f}",
        },
    )


def plain(text: str) -> str:
    """The text without characters that XML does not allow."""
    return "".join(character for character in text if _is_allowed(ord(character)))


def _is_allowed(code: int) -> bool:
    if code < 32:
        return code in (9, 10)
    return not 0xD800 <= code <= 0xDFFF and code not in (0xFFFE, 0xFFFF)
