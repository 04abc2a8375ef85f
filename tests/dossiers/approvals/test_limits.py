"""Paths at the limits of what can be said of them."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from dossiers.approvals.document import MOST_STEPS, PathDocument
from dossiers.approvals.kinds import StepKind
from dossiers.approvals.paths.edits import add_last
from dossiers.approvals.paths.queries import newest_version
from dossiers.approvals.paths.services import Draft, Told, confirm_version, save_version
from dossiers.approvals.steps import Step
from tests.conftest import Cast, SetClock
from tests.factories.approvals import make_path
from tests.factories.dossiers import make_client
from wiki.database import Database
from wiki.errors import Refusal


def long_document(steps: int) -> PathDocument:
    """A path of so many steps, one after another."""
    document = PathDocument()
    for number in range(steps):
        document = add_last(document, Step(f"s{number}", f"Step {number}", StepKind.LEGAL))
    return document


def test_two_who_add_steps_at_once_make_no_path_that_is_too_long_to_be_read_again(
    database: Database, cast: Cast
) -> None:
    base = long_document(MOST_STEPS - 1)
    ours, theirs = (add_last(base, Step(code, code, StepKind.SIGN)) for code in ("ours", "theirs"))
    with database.transaction() as session:
        client = make_client(session, cast.anna, "Romashka")
        path = make_path(session, cast.anna, client, base).path
        save_version(session, cast.anna, client.id, path.id, Draft(theirs, 1))
    with pytest.raises(Refusal, match="at most 100 steps"), database.transaction() as session:
        save_version(session, cast.anna, client.id, path.id, Draft(ours, 1))
    with database.reading() as session:
        assert newest_version(session, path).document == theirs


def test_whoever_is_a_day_ahead_confirms_today(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    clock.moment = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
    early = replace(cast.anna, time_zone="Asia/Kamchatka")
    with database.transaction() as session:
        client = make_client(session, early, "Romashka")
        path = make_path(session, early, client).path
        today = Told(date(2026, 3, 3), name="Ivan")
        confirm_version(session, early, client.id, path.id, 1, today)
        assert newest_version(session, path).is_confirmed
        with pytest.raises(Refusal):
            confirm_version(
                session, early, client.id, path.id, 1, replace(today, on=date(2026, 3, 4))
            )
