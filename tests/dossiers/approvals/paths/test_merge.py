"""Two people change a path at once."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from dossiers.approvals.document import PathDocument, check_document
from dossiers.approvals.paths.edits import (
    add_after,
    add_beside,
    change_step,
    join,
    lean,
    remove_step,
)
from dossiers.approvals.paths.merge import Disputed, merge
from dossiers.approvals.steps import Duration, all_before
from tests.dossiers.approvals.paths.test_edits import EDITS, Edit, edited, plain
from tests.factories.approvals import usual_document

CODES = [step.code for step in usual_document().steps]
FIELDS = {
    "title": "Another",
    "note": "Ask first",
    "duration": Duration(7, 9),
    "bring": "The contract",
    "evidence": "Regulation 7",
}
PLACES = st.sets(st.tuples(st.sampled_from(CODES), st.sampled_from(sorted(FIELDS))))


def changed(document: PathDocument, places: set[tuple[str, str]]) -> PathDocument:
    """Other values in these fields of these steps."""
    for code, name in sorted(places):
        step = replace(document.by_code[code], **{name: FIELDS[name]})  # type: ignore[arg-type]
        document = change_step(document, step)
    return document


@given(mine=PLACES, theirs=PLACES)
@settings(max_examples=100, deadline=None)
def test_changes_of_different_fields_are_both_kept(
    mine: set[tuple[str, str]], theirs: set[tuple[str, str]]
) -> None:
    base = usual_document()
    theirs = theirs - mine
    merged = merge(base, changed(base, mine), changed(base, theirs))

    assert merged.disputed == ()
    assert merged.document == changed(base, mine | theirs)


@given(done=EDITS)
@settings(max_examples=100, deadline=None)
def test_what_only_one_did_is_taken_as_it_is(done: list[Edit]) -> None:
    base = usual_document()
    mine = edited(base, done)

    assert merge(base, mine, base).document == mine
    theirs = merge(base, base, mine).document
    assert theirs.by_code == mine.by_code
    assert merge(base, mine, mine).document == mine


@given(mine=EDITS, theirs=EDITS)
@settings(max_examples=150, deadline=None)
def test_whatever_two_did_the_joined_path_is_lean_and_without_a_circle(
    mine: list[Edit], theirs: list[Edit]
) -> None:
    base = usual_document()
    ours = edited(base, mine)
    others = edited(base, theirs)
    # New steps of two people never have the same code.
    renamed = {
        step.code: step.code.replace("n", "m", 1) if step.code not in CODES else step.code
        for step in others.steps
    }
    others = replace(
        others,
        steps=tuple(
            replace(
                step,
                code=renamed[step.code],
                after=frozenset(renamed[code] for code in step.after),
            )
            for step in others.steps
        ),
    )
    document = merge(base, ours, others).document

    check_document(document)
    assert lean(document) == document


def test_a_new_step_behind_one_that_was_removed_meanwhile_waits_for_those_before_it() -> None:
    base = usual_document()
    mine = remove_step(base, "board")
    theirs = add_after(base, "board", plain("owner"))
    for one, other in ((mine, theirs), (theirs, mine)):
        merged = merge(base, one, other)
        steps = merged.document.by_code
        assert merged.disputed == ()
        assert "board" not in steps
        assert steps["owner"].after == {"legal", "security"}
        assert "owner" in all_before("sign", steps)


def test_a_new_step_beside_and_a_changed_one_are_joined() -> None:
    base = usual_document()
    mine = add_beside(base, "legal", plain("tax"))
    theirs = changed(base, {("legal", "title")})
    merged = merge(base, mine, theirs)

    assert merged.disputed == ()
    assert merged.document.by_code["legal"].title == "Another"
    assert merged.document.by_code["board"].after == {"legal", "security", "tax"}


def test_a_step_that_one_removed_and_the_other_changed_is_disputed() -> None:
    base = usual_document()
    merged = merge(base, remove_step(base, "legal"), changed(base, {("legal", "title")}))

    assert merged.disputed == (Disputed("legal", ""),)


def test_an_order_that_becomes_a_circle_is_disputed_and_ours_stays() -> None:
    base = usual_document()
    mine = join(base, "legal", "security")
    theirs = join(base, "security", "legal")
    merged = merge(base, mine, theirs)

    assert Disputed("", "after") in merged.disputed
    assert merged.document == mine
