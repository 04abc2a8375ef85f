"""Two versions of a path are compared step by step, and no step moves that was only passed."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dossiers.approvals.document import PathDocument
from dossiers.approvals.kinds import StepKind
from dossiers.approvals.paths.compare import Difference, What, compare, moved_between
from dossiers.approvals.paths.edits import (
    add_after,
    add_beside,
    add_first,
    add_last,
    change_step,
    move_step,
    remove_step,
)
from dossiers.approvals.steps import Duration, Step, Steps, all_before
from tests.factories.approvals import usual_document


def test_a_path_compared_with_itself_says_nothing() -> None:
    assert compare(usual_document(), usual_document()) == []


def test_a_new_step_and_a_gone_one_are_told_and_nothing_else_has_moved() -> None:
    old = usual_document()
    new = remove_step(add_after(old, "legal", Step("new", "New", StepKind.BUDGET)), "board")
    assert compare(old, new) == [Difference(What.NEW, "new"), Difference(What.GONE, "board")]


def test_each_changed_field_is_told_by_itself() -> None:
    old = usual_document()
    legal = replace(old.by_code["legal"], title="Lawyers", duration=Duration(7, 14))
    assert compare(old, change_step(old, legal)) == [
        Difference(What.CHANGED, "legal", "title"),
        Difference(What.CHANGED, "legal", "duration"),
    ]


def test_currency_and_frozen_days_are_told_of_the_whole_path() -> None:
    new = replace(usual_document(), currency="EUR")
    assert compare(usual_document(), new) == [Difference(What.PATH, field="currency")]


def test_a_step_that_went_to_the_end_has_moved_and_those_it_passed_have_not() -> None:
    old = usual_document()
    assert moved_between(old.by_code, move_step(old, "request", add_last).by_code) == {"request"}
    assert moved_between(old.by_code, move_step(old, "sign", add_first).by_code) == {"sign"}


def test_a_step_put_beside_another_has_moved() -> None:
    old = usual_document()
    new = move_step(old, "board", lambda d, step: add_beside(d, "legal", step))
    assert moved_between(old.by_code, new.by_code) == {"board"}


def order(steps: Steps) -> set[tuple[str, str]]:
    return {(before, code) for code in steps for before in all_before(code, steps)}


CODES = st.sampled_from([step.code for step in usual_document().steps])


@given(st.lists(st.tuples(CODES, CODES), max_size=4))
def test_what_has_not_moved_stands_to_each_other_as_before(moves: list[tuple[str, str]]) -> None:
    old = new = usual_document()
    for code, behind in moves:
        if code != behind:
            new = move_step(new, code, lambda d, step, b=behind: add_after(d, b, step))  # type: ignore[misc]
    moved = moved_between(old.by_code, new.by_code)
    kept = {pair for pair in order(old.by_code) ^ order(new.by_code) if not moved & set(pair)}
    assert not kept


def test_a_document_without_steps_has_only_new_ones_behind_it() -> None:
    told = compare(PathDocument(), usual_document())
    assert {one.what for one in told} == {What.NEW}
    assert len(told) == 5
