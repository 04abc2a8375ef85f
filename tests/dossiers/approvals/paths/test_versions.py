"""Versions of a path are kept, joined, confirmed, restored and taken back."""

from dataclasses import replace

import pytest

from dossiers.approvals.document import PathDocument, document_from, plain_document
from dossiers.approvals.kinds import RunState, StepKind, StepState
from dossiers.approvals.models import ApprovalRun
from dossiers.approvals.paths.edits import add_beside, change_step, new_code
from dossiers.approvals.paths.queries import newest_version, version_in_force, versions_of
from dossiers.approvals.paths.services import (
    Draft,
    PathClash,
    Saved,
    Told,
    confirm_version,
    name_path,
    restore_version,
    save_version,
)
from dossiers.approvals.runs.services import Beginning, Move, begin_run, move_step
from dossiers.approvals.steps import Step
from dossiers.people.editing.pen import open_dossier
from dossiers.people.editing.taking_back import take_back
from tests.conftest import Cast, SetClock
from tests.factories.approvals import make_path, usual_document
from tests.factories.dossiers import make_client
from wiki.database import Database
from wiki.errors import Clash


def renamed(document: PathDocument, code: str, title: str) -> PathDocument:
    return change_step(document, replace(document.by_code[code], title=title))


def test_a_document_comes_back_from_json_as_it_went() -> None:
    assert document_from(plain_document(usual_document())) == usual_document()


def test_two_who_change_different_steps_are_both_kept(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        path = make_path(session, cast.anna, client).path
        mine = renamed(usual_document(), "legal", "Lawyers")
        theirs = renamed(usual_document(), "security", "Guards")
        save_version(session, cast.vera, client.id, path.id, Draft(theirs, 1))
        saved = save_version(session, cast.anna, client.id, path.id, Draft(mine, 1))
        joined = newest_version(session, path).document.by_code
        assert saved.merged
        assert (joined["legal"].title, joined["security"].title) == ("Lawyers", "Guards")


def test_two_who_change_the_same_field_are_told_and_nothing_is_saved(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        path = make_path(session, cast.anna, client).path
        theirs = renamed(usual_document(), "legal", "Guards")
        save_version(session, cast.vera, client.id, path.id, Draft(theirs, 1))
        mine = renamed(usual_document(), "legal", "Lawyers")
        with pytest.raises(PathClash) as clash:
            save_version(session, cast.anna, client.id, path.id, Draft(mine, 1))
        assert clash.value.disputed == {"legal": ["title"]}
        assert len(versions_of(session, path.id)) == 2


def test_the_confirmed_version_is_in_force_until_a_newer_one_is_confirmed(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        path = make_path(session, cast.anna, client).path
        today = clock.moment.date()
        confirm_version(session, cast.anna, client.id, path.id, 1, Told(today, name="Orlova"))
        more = add_beside(usual_document(), "legal", Step(new_code(), "Money", StepKind.BUDGET))
        save_version(session, cast.anna, client.id, path.id, Draft(more, 1))
        assert version_in_force(session, path.id, today).row.number == 1
        confirm_version(session, cast.anna, client.id, path.id, 2, Told(today))
        assert version_in_force(session, path.id, today).row.number == 2


def _saved_twice(session: object, cast: Cast) -> Saved:
    client = make_client(session, cast.anna)  # type: ignore[arg-type]
    path = make_path(session, cast.anna, client).path  # type: ignore[arg-type]
    draft = Draft(renamed(usual_document(), "legal", "Lawyers"), 1)
    return save_version(session, cast.anna, client.id, path.id, draft)  # type: ignore[arg-type]


def test_a_saved_version_is_taken_back_and_done_again(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        saved = _saved_twice(session, cast)
        pen = open_dossier(session, cast.anna, saved.path.client_id)
        undo = take_back(pen, saved.change.id)
        assert newest_version(session, saved.path).document == usual_document()
        take_back(pen, undo.id)
        titles = newest_version(session, saved.path).document.by_code
        assert titles["legal"].title == "Lawyers"
        assert saved.path.newest == 4


def test_a_step_that_was_moved_by_mistake_is_taken_back(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        path = make_path(session, cast.anna, client).path
        run = begin_run(session, cast.anna, client.id, path.id, Beginning("Line 4"))
        move = Move("legal", StepState.REFUSED)
        event = move_step(session, cast.anna, client.id, run.id, move)
        assert run.state is RunState.REFUSED
        take_back(open_dossier(session, cast.anna, client.id), event.change_id)
        assert session.get_one(ApprovalRun, run.id).state is RunState.RUNNING


def test_what_is_sent_twice_is_saved_and_restored_once(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        path = make_path(session, cast.anna, client).path
        draft = Draft(renamed(usual_document(), "legal", "Lawyers"), 1)
        first = save_version(session, cast.anna, client.id, path.id, draft)
        again = save_version(session, cast.anna, client.id, path.id, draft)
        assert (again.version.number, again.change.id) == (2, first.change.id)
        later = replace(draft, valid_from=clock.forward(days=3).date())
        assert save_version(session, cast.anna, client.id, path.id, later).version.number == 3
        back = restore_version(session, cast.anna, client.id, path.id, 1)
        assert restore_version(session, cast.anna, client.id, path.id, 1).change is back.change
        assert path.newest == 4


def test_an_older_name_is_not_brought_back_over_a_newer_one(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        path = make_path(session, cast.anna, client, subject="Lines").path
        first, second = (
            name_path(session, cast.anna, client.id, path.id, name) for name in ("Mills", "Ovens")
        )
        pen = open_dossier(session, cast.anna, client.id)
        with pytest.raises(Clash), session.begin_nested():
            take_back(pen, first.id)
        session.refresh(path)
        assert path.subject == "Ovens"
        take_back(pen, second.id)
        take_back(pen, first.id)
        assert path.subject == "Lines"
