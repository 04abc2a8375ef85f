"""Correcting what a run is about, and taking that back without losing what came after."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from dossiers.approvals.kinds import RunState, StepState
from dossiers.approvals.models import ApprovalRun
from dossiers.approvals.purchases import Purchase
from dossiers.approvals.runs.services import (
    Beginning,
    Move,
    correct_run,
    give_up_run,
    go_on_with_run,
    move_step,
)
from dossiers.people.editing.pen import open_dossier
from dossiers.people.editing.taking_back import take_back
from tests.conftest import Cast, SetClock
from tests.dossiers.approvals.runs.making import BEGAN, DEAR, walked_by
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.errors import Clash, Refusal

AS_BEGUN = Beginning("Line 4", DEAR, BEGAN)
CHEAP = Purchase(Decimal("2900000.50"), "RUB")


@dataclass
class Desk:
    """A run since 2 February, and who corrects it."""

    session: Session
    anna: Actor
    run: ApprovalRun

    def corrects(self, wanted: Beginning) -> int:
        change = correct_run(self.session, self.anna, self.run.client_id, self.run.id, wanted)
        assert change is not None
        self.session.expire(self.run)
        return change.id

    def takes_back(self, change: int) -> int:
        with self.session.begin_nested():
            pen = open_dossier(self.session, self.anna, self.run.client_id)
            return take_back(pen, change).id

    def moves(self, step: str, on: date) -> None:
        move = Move(step, StepState.PASSED, on)
        move_step(self.session, self.anna, self.run.client_id, self.run.id, move)


@pytest.fixture
def desk(database: Database, cast: Cast, clock: SetClock) -> Iterator[Desk]:
    with database.transaction() as session:
        walked = walked_by(session, cast.anna)
        yield Desk(session, cast.anna, session.get_one(ApprovalRun, walked.run))


def test_an_older_correction_is_taken_back_and_a_newer_one_of_something_else_stays(
    desk: Desk,
) -> None:
    amount = desk.corrects(replace(AS_BEGUN, purchase=CHEAP))
    desk.corrects(replace(AS_BEGUN, purchase=CHEAP, wanted_on=date(2026, 5, 1)))
    undo = desk.takes_back(amount)
    assert (desk.run.amount, desk.run.wanted_on) == (DEAR.amount, date(2026, 5, 1))
    desk.takes_back(undo)
    assert (desk.run.amount, desk.run.wanted_on) == (CHEAP.amount, date(2026, 5, 1))


def test_what_was_corrected_again_since_is_not_taken_back(desk: Desk) -> None:
    first = desk.corrects(replace(AS_BEGUN, deal="Line 5"))
    desk.corrects(replace(AS_BEGUN, deal="Line 6"))
    with pytest.raises(Clash, match="once more"):
        desk.takes_back(first)
    desk.session.expire(desk.run)
    assert desk.run.deal == "Line 6"


def test_a_first_day_does_not_come_back_behind_what_has_happened_since(desk: Desk) -> None:
    earlier = desk.corrects(replace(AS_BEGUN, began_on=date(2026, 1, 20)))
    desk.moves("request", date(2026, 1, 26))
    with pytest.raises(Clash, match="before the day"):
        desk.takes_back(earlier)
    desk.session.expire(desk.run)
    assert desk.run.began_on == date(2026, 1, 20)


@pytest.mark.parametrize(
    ("do", "state"), [(give_up_run, RunState.RUNNING), (go_on_with_run, RunState.GIVEN_UP)]
)
def test_a_run_is_neither_given_up_nor_taken_up_before_what_happened_last(
    desk: Desk, do: Callable[..., object], state: RunState
) -> None:
    desk.moves("request", date(2026, 2, 20))
    who = desk.session, desk.anna, desk.run.client_id, desk.run.id
    if state is RunState.GIVEN_UP:
        give_up_run(*who, on=date(2026, 2, 20))
    with pytest.raises(Refusal, match="2026-02-20"):
        do(*who, on=date(2026, 2, 19))
    assert desk.run.state is state
    do(*who, on=date(2026, 2, 20))
    assert desk.run.state is not state
