"""Edits of a path: any sequence of them leaves a path that is valid, lean and without a circle."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossiers.approvals.document import PathDocument, check_document
from dossiers.approvals.kinds import StepKind
from dossiers.approvals.paths import edits
from dossiers.approvals.steps import Step, all_before
from tests.factories.approvals import usual_document
from wiki.errors import Refusal


def plain(code: str) -> Step:
    return Step(code, code.upper(), StepKind.SIGN)


@dataclass(frozen=True)
class Edit:
    """Something that somebody does to a path; the numbers choose among the steps there are."""

    what: str
    here: int
    there: int


Do = Callable[[PathDocument, str, str, Step], PathDocument]


def _put(put: str) -> Callable[[PathDocument, str, str, Step], PathDocument]:
    """Move a step by the named way of putting."""

    def move(document: PathDocument, code: str, other: str, _new: Step) -> PathDocument:
        ways: dict[str, edits.Put] = {
            "first": edits.add_first,
            "last": edits.add_last,
            "after": lambda rest, step: edits.add_after(rest, other, step),
            "beside": lambda rest, step: edits.add_beside(rest, other, step),
        }
        return edits.move_step(document, code, ways[put])

    return move


DOES: dict[str, Do] = {
    "add first": lambda d, _a, _b, new: edits.add_first(d, new),
    "add last": lambda d, _a, _b, new: edits.add_last(d, new),
    "add after": lambda d, a, _b, new: edits.add_after(d, a, new),
    "add beside": lambda d, a, _b, new: edits.add_beside(d, a, new),
    "add between": lambda d, a, b, new: edits.add_between(d, a, b, new),
    "remove": lambda d, a, _b, _new: edits.remove_step(d, a),
    "join": lambda d, a, b, _new: edits.join(d, a, b),
    "part": lambda d, a, b, _new: edits.part(d, a, b),
    **{f"move {put}": _put(put) for put in ("first", "last", "after", "beside")},
}

EDITS = st.lists(
    st.builds(Edit, st.sampled_from(sorted(DOES)), st.integers(0, 99), st.integers(0, 99)),
    max_size=25,
)


def edited(document: PathDocument, done: list[Edit]) -> PathDocument:
    """The document after these edits; what is refused changes nothing."""
    for number, edit in enumerate(done):
        codes = [step.code for step in document.steps] or ["none"]
        here, there = codes[edit.here % len(codes)], codes[edit.there % len(codes)]
        with suppress(Refusal):
            document = DOES[edit.what](document, here, there, plain(f"n{number}"))
    return document


@given(done=EDITS)
@settings(max_examples=200, deadline=None)
def test_any_sequence_of_edits_leaves_a_lean_path_without_a_circle(done: list[Edit]) -> None:
    document = edited(usual_document(), done)

    check_document(document)
    steps = document.by_code
    for step in document.steps:
        for code in step.after:
            others = step.after - {code}
            assert not any(code in all_before(other, steps) for other in others)
        assert step.code not in all_before(step.code, steps)


@given(done=EDITS, here=st.integers(0, 99), first=st.booleans())
@settings(max_examples=100, deadline=None)
def test_removing_a_step_keeps_the_order_of_all_others(
    done: list[Edit], here: int, first: bool
) -> None:
    document = edited(usual_document(), done)
    if not document.steps:
        return
    gone = document.steps[here % len(document.steps)].code
    left = edits.remove_step(document, gone)

    for step in left.steps:
        before = all_before(step.code, document.by_code) - {gone}
        assert all_before(step.code, left.by_code) == before


@given(done=EDITS)
@settings(max_examples=60, deadline=None)
def test_what_is_added_first_comes_before_all_and_what_is_added_last_after_all(
    done: list[Edit],
) -> None:
    document = edited(usual_document(), done)
    both = edits.add_last(edits.add_first(document, plain("begin")), plain("end")).by_code

    assert all_before("end", both) == both.keys() - {"end"}
    assert all("begin" in all_before(code, both) for code in both if code != "begin")


@given(done=EDITS, place=st.integers(0, 99))
@settings(max_examples=100, deadline=None)
def test_to_part_two_steps_changes_nothing_else_of_the_order(done: list[Edit], place: int) -> None:
    document = edited(usual_document(), done)
    arrows = [(code, step.code) for step in document.steps for code in sorted(step.after)]
    if not arrows:
        return
    first, second = arrows[place % len(arrows)]
    before, after = document.by_code, edits.part(document, first, second).by_code

    assert all_before(second, after) == all_before(second, before) - {first}
    for code in before.keys() - {second}:
        assert all_before(code, after) == all_before(code, before)


def test_a_step_beside_another_waits_for_the_same_and_is_waited_for_by_the_same() -> None:
    steps = edits.add_beside(usual_document(), "legal", plain("tax")).by_code

    assert steps["tax"].after == steps["legal"].after
    assert steps["board"].after == {"legal", "security", "tax"}


def test_a_step_among_several_waits_for_all_the_first_and_only_the_named_wait_for_it() -> None:
    document = edits.add_beside(usual_document(), "board", plain("owner"))
    both = frozenset({"legal", "security"})
    steps = edits.add_among(document, both, frozenset({"board"}), plain("tax")).by_code

    assert steps["tax"].after == both
    assert steps["board"].after == {"tax"}
    assert steps["owner"].after == both


def test_nothing_fits_between_steps_that_do_not_wait_for_each_other() -> None:
    with pytest.raises(Refusal):
        edits.add_between(usual_document(), "legal", "security", plain("tax"))
    assert edits.add_between(usual_document(), "request", "legal", plain("tax"))


def test_a_circle_is_refused() -> None:
    with pytest.raises(Refusal):
        edits.join(usual_document(), "sign", "request")


def test_an_edit_of_a_step_that_is_not_there_is_refused() -> None:
    document = usual_document()
    for name, do in DOES.items():
        if name not in ("add first", "add last"):
            with pytest.raises(Refusal):
                do(document, "none", "none", plain("new"))
    with pytest.raises(Refusal):
        edits.change_step(document, replace(document.steps[0], code="none"))
