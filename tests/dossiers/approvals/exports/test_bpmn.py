"""A path as BPMN: the reference reader opens it without a warning, and it means the path."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossiers.approvals.condition_words import condition_words
from dossiers.approvals.drawing.numbering import in_shown_order, numbers_of
from dossiers.approvals.exports.bpmn import Terms, as_bpmn
from dossiers.approvals.exports.flow import flow_of
from dossiers.approvals.exports.placing import placed
from dossiers.approvals.exports.tasks import Task, TaskKind, apart_from, kind_of
from dossiers.approvals.kinds import StepKind
from dossiers.approvals.purchases import Condition, Purchase
from dossiers.approvals.steps import Step, Steps, all_before, needed_for
from tests.dossiers.approvals.exports.reader import Reader, Told
from tests.factories.approvals import usual_document

TERMS = Terms("Romashka", "Equipment", "Begin", "End", "Nobody", "yes", "no", "otherwise", "note")
HOSTILE = "]]>&<script x='\"'>\u2028 \U0001f600 \x00\x0b\ud800 «ё» -->"


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    one = Reader()
    yield one
    one.close()


def tasks_of(steps: Steps) -> list[Task]:
    """The tasks as the exports make them, without words of who acts."""
    numbers, shown = numbers_of(steps), in_shown_order(steps)
    return [
        Task(
            numbers[step.code],
            step.title,
            f"lane {number % 3}",
            kind_of(step),
            frozenset(numbers[code] for code in step.after),
            condition_words(step.condition, {}),
            apart_from(step, shown, numbers),
            (step.title, "documents & more"),
        )
        for number, step in enumerate(shown)
    ]


CONDITIONS = st.sampled_from(
    [
        Condition(),
        Condition(),
        Condition("RUB", amount_from=Decimal(100)),
        Condition("RUB", amount_to=Decimal(100)),
        Condition(new_vendor=True),
        Condition(new_vendor=False),
        Condition(personal_data=True, tags=frozenset({"<b>"})),
    ]
)


@st.composite
def paths(draw: st.DrawFn) -> Steps:
    """Any path: each step waits for some of those before it."""
    steps: dict[str, Step] = {}
    for number in range(draw(st.integers(0, 9))):
        before = frozenset(
            draw(st.sets(st.sampled_from(sorted(steps)), max_size=3)) if steps else ()
        )
        title = draw(st.text(min_size=1, max_size=12))
        kind = draw(st.sampled_from(list(StepKind)))
        condition = draw(CONDITIONS)
        steps[f"s{number}"] = Step(f"s{number}", title, kind, before, condition=condition)
    return nearest(steps)


def nearest(steps: Steps) -> Steps:
    """As the exports have it: nothing is waited for twice."""
    far = {code: all_before(code, steps) for code in steps}
    return {
        code: replace(
            step, after=step.after - frozenset[str]().union(*(far[one] for one in step.after))
        )
        for code, step in steps.items()
    }


PURCHASES = st.builds(
    Purchase,
    st.sampled_from([Decimal(1), Decimal(100)]),
    st.just("RUB"),
    new_vendor=st.booleans(),
    personal_data=st.booleans(),
    tags=st.sampled_from([frozenset[str](), frozenset({"<b>"})]),
)

few = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@few
@given(paths(), PURCHASES)
def test_any_path_is_read_without_warnings_and_means_the_same(
    app: Flask, reader: Reader, steps: Steps, purchase: Purchase
) -> None:
    with app.test_request_context():
        tasks = tasks_of(steps)
    told = reader.read(as_bpmn(tasks, TERMS))
    assert told["warnings"] == []
    assert told["unresolved"] == 0
    assert_whole(told, tasks)
    assert_runs(told, steps, purchase)


def assert_whole(told: Told, tasks: Sequence[Task]) -> None:
    """Everything of the flow is there: in the process, in one lane, and in the drawing."""
    flow = flow_of(tasks)
    elements = {one["id"]: one for one in told["elements"]}
    nodes = {key for key, one in elements.items() if one["type"] != "bpmn:SequenceFlow"}
    assert nodes == set(flow.nodes)
    assert set(elements) - nodes == {arrow.ident for arrow in flow.arrows}
    assert {f"step_{task.number}" for task in tasks} <= nodes
    for arrow in flow.arrows:
        said = elements[arrow.ident]
        assert (said["source"], said["target"]) == (arrow.source, arrow.target)
        assert arrow.ident in elements[arrow.source]["outgoing"]
        assert arrow.ident in elements[arrow.target]["incoming"]
    assert sorted(node for lane in told["lanes"] for node in lane["nodes"]) == sorted(nodes)
    drawn = {one["of"] for one in told["drawn"]}
    lanes = {f"lane_{number}" for number in range(1, len(told["lanes"]) + 1)}
    assert drawn == {"pool", *lanes, *elements}
    assert all(key[0].isalpha() for key in elements)


def assert_runs(told: Told, steps: Steps, purchase: Purchase) -> None:
    """A token goes to the end over just the steps that the purchase needs, in their order."""
    numbers = numbers_of(steps)
    holds = {
        f"step_{numbers[code]}": step.condition.holds_for(purchase) is True
        for code, step in steps.items()
    }
    walked = walk(told, holds)
    needed = needed_for(steps, purchase).steps
    done = {node for node in walked if node.startswith("step_")}
    assert done == {f"step_{numbers[code]}" for code in needed}
    assert "end" in walked
    for code, step in needed.items():
        assert {f"step_{numbers[one]}" for one in step.after} <= walked[f"step_{numbers[code]}"]


def walk(told: Told, holds: Mapping[str, bool]) -> dict[str, set[str]]:
    """The nodes that are reached, with all that lie before them on the ways taken."""
    elements: dict[str, Any] = {one["id"]: one for one in told["elements"]}
    tokens: dict[str, set[str]] = {}
    walked: dict[str, set[str]] = {}
    waiting = [one for one in told["elements"] if one["type"] != "bpmn:SequenceFlow"]
    settled: set[str] = set()
    while waiting:
        node = next(one for one in waiting if set(one["incoming"]) <= settled)
        waiting.remove(node)
        came = [flow for flow in node["incoming"] if flow in tokens]
        settled |= set(node["outgoing"])
        if not came and node["id"] != "start":
            continue
        if node["type"] == "bpmn:ParallelGateway":
            assert len(came) == len(node["incoming"]), "it would wait for ever"
        elif node["type"] != "bpmn:InclusiveGateway":
            assert len(came) <= 1, "it would happen twice"
        before = set[str]().union(*(tokens[flow] for flow in came))
        walked[node["id"]] = before
        for flow in leaving(node, elements, holds):
            tokens[flow] = before | {node["id"]}
    return walked


def leaving(node: Any, elements: Mapping[str, Any], holds: Mapping[str, bool]) -> list[str]:
    """By which flows the token goes on."""
    if node["type"] in ("bpmn:ExclusiveGateway", "bpmn:InclusiveGateway") and node.get("default"):
        asked = [flow for flow in node["outgoing"] if elements[flow].get("condition")]
        true = [flow for flow in asked if holds[elements[flow]["target"]]]
        if node["type"] == "bpmn:ExclusiveGateway":
            assert len(true) <= 1
        return true or [node["default"]]
    return list(node["outgoing"])


@few
@given(paths())
def test_no_arrow_crosses_a_shape_and_no_two_shapes_touch(app: Flask, steps: Steps) -> None:
    with app.test_request_context():
        flow = flow_of(tasks_of(steps))
    lanes = {ident: node.beside[-1:] for ident, node in flow.nodes.items()}
    places = placed(flow, lanes)
    boxes = list(places.shapes.items())
    for number, (_ident, one) in enumerate(boxes):
        for _other, box in boxes[number + 1 :]:
            apart = one.right < box.x or box.right < one.x
            assert apart or one.y + one.height < box.y or box.y + box.height < one.y
    for arrow in flow.arrows:
        way = places.ways[arrow.ident]
        for ident, box in boxes:
            if ident not in (arrow.source, arrow.target):
                for (x, y), (to_x, to_y) in pairwise(way):
                    across = max(x, to_x) <= box.x or min(x, to_x) >= box.right
                    down = max(y, to_y) <= box.y or min(y, to_y) >= box.y + box.height
                    assert across or down, (arrow.ident, ident)


def test_what_people_wrote_comes_back_as_they_wrote_it(reader: Reader) -> None:
    task = Task("1", HOSTILE, HOSTILE, TaskKind.SEND, condition=HOSTILE, notes=(HOSTILE, "line"))
    told = reader.read(as_bpmn([task], replace(TERMS, pool=HOSTILE, process=HOSTILE)))
    assert told["warnings"] == []
    kept = HOSTILE.replace("\x00\x0b\ud800", "")
    found = {one["id"]: one for one in told["elements"]}
    assert found["step_1"]["name"] == f"1. {kept}"
    assert found["step_1"]["type"] == "bpmn:SendTask"
    assert found["step_1"]["documentation"] == f"{kept}\nline"
    assert found["flow_if_1_step_1"]["condition"] == kept
    assert found["if_1"]["default"] == "flow_if_1_endif_1"
    assert told["pool"] == [[kept, "process"]]
    assert told["executable"] is False


def test_the_usual_path_has_the_gateways_one_would_draw(app: Flask) -> None:
    with app.test_request_context():
        flow = flow_of(tasks_of(usual_document().by_code))
    kinds = {ident: node.kind for ident, node in flow.nodes.items()}
    assert kinds == {
        "start": "startEvent",
        "step_1": "userTask",
        "split_2a": "parallelGateway",
        "step_2a": "userTask",
        "step_2b": "userTask",
        "join_2a": "parallelGateway",
        "if_3": "exclusiveGateway",
        "step_3": "manualTask",
        "endif_3": "exclusiveGateway",
        "step_4": "manualTask",
        "end": "endEvent",
    }


@pytest.mark.parametrize(
    ("apart", "kind"), [(True, "exclusiveGateway"), (False, "inclusiveGateway")]
)
def test_steps_that_all_have_conditions_share_one_gateway(apart: bool, kind: str) -> None:
    others = (frozenset({"1b"}), frozenset({"1a"})) if apart else (frozenset[str](),) * 2
    tasks = [
        Task("1a", "Board", "x", condition="dear", apart=others[0]),
        Task("1b", "Director", "x", condition="cheap", apart=others[1]),
    ]
    assert flow_of(tasks).nodes["split_1a"].kind == kind
    assert flow_of(tasks).nodes["join_1a"].kind == kind


def test_a_path_without_steps_is_a_process_too(reader: Reader) -> None:
    told = reader.read(as_bpmn([], TERMS))
    assert told["warnings"] == []
    assert [one["id"] for one in told["elements"]] == ["start", "end", "flow_start_end"]
