"""What runs teach is kept as they end, accepted or left, and comes again when taken back."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select

from dossiers.approvals.document import PathDocument
from dossiers.approvals.kinds import RunState, StepKind
from dossiers.approvals.lessons.learning import comparison_of, kept_taught, taught_by
from dossiers.approvals.lessons.lesson import Lesson, LessonKind
from dossiers.approvals.lessons.queries import open_lessons
from dossiers.approvals.lessons.services import accept_lesson, dismiss_lesson, save_proposal
from dossiers.approvals.paths.edits import add_last, change_step
from dossiers.approvals.paths.queries import newest_version, versions_of
from dossiers.approvals.paths.services import Draft, save_version
from dossiers.approvals.purchases import Condition, Purchase
from dossiers.approvals.runs.services import Beginning, begin_run
from dossiers.approvals.steps import Step
from dossiers.facts.models import Change
from dossiers.people.editing.pen import open_dossier
from dossiers.people.editing.taking_back import take_back
from tests.conftest import Cast, SetClock
from tests.counting import counting
from tests.dossiers.approvals.lessons.making import AS_WRITTEN, Dossier
from wiki.database import Database
from wiki.errors import Clash, Forbidden, Refusal

SKIPPED = ("request", "legal security", "-board", "sign")
"""The board is not asked, although the purchase is dear."""


@pytest.fixture
def dossier(app: Flask, database: Database, cast: Cast, clock: SetClock) -> Iterator[Dossier]:
    with app.app_context(), database.transaction() as session:
        yield Dossier.of(session, cast.anna)


def shown(dossier: Dossier) -> list[Lesson]:
    """What the page of the path would list."""
    taught = taught_by(dossier.session, dossier.path)
    newest = newest_version(dossier.session, dossier.path).document
    return open_lessons(dossier.session, dossier.path.id, taught, newest) if taught else []


def keys(dossier: Dossier) -> list[str]:
    """The keys of all but durations, of which each run of these tests teaches some."""
    return [one.key for one in shown(dossier) if one.kind is not LessonKind.DURATION]


def newest(dossier: Dossier) -> PathDocument:
    return newest_version(dossier.session, dossier.path).document


def accepts(dossier: Dossier, key: str) -> int:
    """Accept a lesson; the number of the change."""
    path = dossier.path
    args = (dossier.session, dossier.anna, dossier.client.id, path.id, key, path.newest)
    return accept_lesson(*args).change.id


def takes_back(dossier: Dossier, change_id: int) -> int:
    pen = open_dossier(dossier.session, dossier.anna, dossier.client.id)
    return take_back(pen, change_id).id


def test_a_run_that_ends_is_compared_and_one_under_way_is_not(dossier: Dossier) -> None:
    run = dossier.finishes(*SKIPPED[:-1])
    assert (run.state, run.compared, kept_taught(dossier.path)) == (RunState.RUNNING, None, None)
    run = dossier.finishes(*AS_WRITTEN, deal="Line 5")
    assert (run.state, run.fitness) == (RunState.SIGNED, 1.0)
    taught = kept_taught(dossier.path)
    assert taught is not None
    assert (taught.runs, taught.fitness) == ((run.id,), 1.0)


def test_a_step_that_is_skipped_in_most_runs_is_to_be_taken_out(dossier: Dossier) -> None:
    for steps in (AS_WRITTEN, SKIPPED, SKIPPED):
        dossier.finishes(*steps)
    assert keys(dossier)[0] == "skipped:board"


def test_accepting_makes_a_new_version_that_says_why(dossier: Dossier) -> None:
    dossier.finishes(*SKIPPED)
    accepts(dossier, "skipped:board")
    versions = versions_of(dossier.session, dossier.path.id)
    assert [one.row.number for one in versions] == [2, 1]
    assert "board" not in versions[0].document.by_code
    assert versions[0].document.by_code["sign"].after == {"legal", "security"}
    assert "Board" in versions[0].row.why
    assert not versions[0].is_confirmed
    assert keys(dossier) == []


def test_an_accepted_lesson_is_taken_back_and_done_again(dossier: Dossier) -> None:
    dossier.finishes(*SKIPPED)
    change = accepts(dossier, "skipped:board")
    undo = takes_back(dossier, change)
    assert "board" in newest(dossier).by_code
    assert keys(dossier) == ["skipped:board"]
    takes_back(dossier, undo)
    assert "board" not in newest(dossier).by_code
    assert keys(dossier) == []


def test_what_is_left_as_it_is_comes_again_when_it_was_seen_twice_as_often(
    dossier: Dossier,
) -> None:
    dossier.finishes(*SKIPPED)
    dossier.finishes(*SKIPPED)
    args = (dossier.session, dossier.anna, dossier.client.id, dossier.path.id)
    change = dismiss_lesson(*args, "skipped:board")
    assert (keys(dossier), dossier.path.newest) == ([], 1)
    dossier.finishes(*SKIPPED)
    assert keys(dossier) == []
    dossier.finishes(*SKIPPED)
    assert keys(dossier) == ["skipped:board"]
    assert change.words["seen"] == 2


def test_leaving_a_lesson_is_taken_back(dossier: Dossier) -> None:
    dossier.finishes(*SKIPPED)
    args = (dossier.session, dossier.anna, dossier.client.id, dossier.path.id)
    change = dismiss_lesson(*args, "skipped:board")
    undo = takes_back(dossier, change.id)
    assert keys(dossier) == ["skipped:board"]
    takes_back(dossier, undo)
    assert keys(dossier) == []


def test_an_extra_step_is_added_at_its_place(dossier: Dossier) -> None:
    dossier.finishes("request", "legal security", "audit", "board", "sign")
    dossier.finishes("request", "legal security", "audit", "board", "sign")
    (lesson,) = shown(dossier)
    assert (lesson.kind, lesson.title, lesson.seen, lesson.of) == (
        LessonKind.EXTRA,
        "Audit",
        2,
        2,
    )
    accepts(dossier, lesson.key)
    steps = {step.title: step for step in newest(dossier).steps}
    assert steps["Audit"].after == {"legal", "security"}
    assert steps["Board"].after == {steps["Audit"].code}
    assert keys(dossier) == []


def test_a_step_that_really_comes_first_is_put_there(dossier: Dossier) -> None:
    for _run in range(2):
        dossier.finishes("request", "board", "legal security", "sign")
    while found := keys(dossier):
        accepts(dossier, found[0])
    steps = newest(dossier).by_code
    assert steps["board"].after == {"request"}
    assert steps["legal"].after == {"board"}
    assert steps["sign"].after == {"legal", "security"}


def test_the_amount_from_which_a_step_is_needed_is_corrected(dossier: Dossier) -> None:
    for millions, asked in ((1, False), (2, True), (4, True), (2, True)):
        steps = AS_WRITTEN if asked else SKIPPED
        dossier.finishes(*steps, purchase=Purchase(Decimal(millions * 1_000_000), "RUB"))
    assert keys(dossier) == ["amount:board"]
    accepts(dossier, "amount:board")
    assert newest(dossier).by_code["board"].condition.amount_from == 2_000_000


def test_a_path_that_was_changed_meanwhile_is_joined_with_the_correction(dossier: Dossier) -> None:
    dossier.finishes(*SKIPPED)
    more = add_last(newest(dossier), Step("po", "Order", StepKind.PAYMENT_ORDER))
    args = (dossier.session, dossier.anna, dossier.client.id, dossier.path.id)
    save_version(*args, Draft(more, 1))
    saved = accept_lesson(*args, "skipped:board", 1)
    assert saved.merged
    assert newest(dossier).by_code.keys() == {"request", "legal", "security", "sign", "po"}


def test_a_lesson_that_nobody_teaches_any_more_is_refused(dossier: Dossier) -> None:
    with pytest.raises(Clash):
        accepts(dossier, "skipped:board")
    dossier.finishes(*SKIPPED)
    accepts(dossier, "skipped:board")
    with pytest.raises(Clash):
        accepts(dossier, "skipped:board")


def test_a_step_made_conditional_by_hand_is_not_said_to_be_skipped(dossier: Dossier) -> None:
    dossier.finishes(*SKIPPED)
    assert keys(dossier) == ["skipped:board"]
    board = newest(dossier).by_code["board"]
    dearer = replace(board, condition=Condition("RUB", amount_from=Decimal(5_000_000)))
    args = (dossier.session, dossier.anna, dossier.client.id, dossier.path.id)
    save_version(*args, Draft(change_step(newest(dossier), dearer), 1))
    assert keys(dossier) == []


def test_another_team_decides_nothing(dossier: Dossier, cast: Cast) -> None:
    dossier.finishes(*SKIPPED)
    args = (dossier.session, cast.boris, dossier.client.id, dossier.path.id)
    with pytest.raises(Forbidden):
        accept_lesson(*args, "skipped:board", 1)
    with pytest.raises(Forbidden):
        dismiss_lesson(*args, "skipped:board")
    with pytest.raises(Forbidden):
        save_proposal(*args, 1)


def test_a_run_that_is_opened_again_teaches_no_more(dossier: Dossier) -> None:
    run = dossier.finishes(*SKIPPED)
    assert comparison_of(run) is not None
    takes_back(dossier, dossier.session.scalars(select(func.max(Change.id))).one())
    assert (run.state, comparison_of(run)) == (RunState.RUNNING, None)
    assert kept_taught(dossier.path) is None


def test_a_path_is_proposed_from_three_runs_and_saved_as_a_draft(dossier: Dossier) -> None:
    args = (dossier.session, dossier.anna, dossier.client.id, dossier.path.id)
    dossier.finishes("request", "security", "legal", "board", "sign")
    dossier.finishes("request", "security", "legal", "board", "sign")
    with pytest.raises(Refusal):
        save_proposal(*args, 1)
    dossier.finishes("request", "security", "legal", "board", "sign")
    saved = save_proposal(*args, 1)
    steps = newest(dossier).by_code
    assert (saved.version.number, steps["legal"].after) == (2, {"security"})
    assert "3" in saved.version.why


def test_learning_costs_as_many_statements_with_ten_runs_as_with_one(
    dossier: Dossier, database: Database
) -> None:
    sent = []
    for _run in range(10):
        with counting(database) as statements:
            dossier.finishes(*SKIPPED)
        sent.append(len(statements))
    assert sent[2:] == [sent[2]] * 8


def test_a_run_begun_and_nothing_more_teaches_nothing(dossier: Dossier) -> None:
    begin_run(
        dossier.session, dossier.anna, dossier.client.id, dossier.path.id, Beginning("Line 4")
    )
    assert kept_taught(dossier.path) is None
