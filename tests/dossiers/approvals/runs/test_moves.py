"""Moving the steps of a run: by one and by two people, back, beside the path, to the end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy.orm import Session

from dossiers.approvals.kinds import RunState, StepKind, StepState
from dossiers.approvals.log import given_up_on, progress_of
from dossiers.approvals.models import ApprovalRun, RunEvent
from dossiers.approvals.purchases import Purchase
from dossiers.approvals.runs.queries import events_of, everything_in, happened, walked
from dossiers.approvals.runs.rules import Walk, state_of
from dossiers.approvals.runs.services import (
    Beginning,
    Move,
    begin_run,
    correct_run,
    give_up_run,
    go_on_with_run,
    move_step,
)
from dossiers.clients.models import Client
from dossiers.people.editing.pen import open_dossier
from dossiers.people.editing.taking_back import take_back
from tests.conftest import Cast, SetClock
from tests.counting import counting
from tests.factories.approvals import make_path, usual_document
from tests.factories.dossiers import make_client, pen_of, person_id_of, seat
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.errors import Clash, Forbidden, Missing, Refusal

PASSED, RUNNING, RETURNED = StepState.PASSED, StepState.RUNNING, StepState.RETURNED
DEAR = Purchase(Decimal(3_100_000), "RUB")
LONG_AGO = date(2026, 2, 2)


@dataclass
class Deal:
    """A run of a client of anna's team, and short words for what is done with it."""

    session: Session
    anna: Actor
    client: Client
    run: ApprovalRun

    def moves(self, step: str, state: StepState = PASSED, **more: object) -> RunEvent:
        move = Move(step, state, **more)  # type: ignore[arg-type]
        return move_step(self.session, self.anna, self.client.id, self.run.id, move)

    def takes_back(self, change_id: int) -> int:
        with self.session.begin_nested():
            pen = open_dossier(self.session, self.anna, self.client.id)
            return take_back(pen, change_id).id

    def passes(self, *steps: str) -> None:
        for step in steps:
            self.moves(step)

    @property
    def state(self) -> RunState:
        return self.run.state


@pytest.fixture
def deal(database: Database, cast: Cast, clock: SetClock) -> Iterator[Deal]:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        path = make_path(session, cast.anna, client).path
        begun = Beginning("Line 4", DEAR, LONG_AGO)
        run = begin_run(session, cast.anna, client.id, path.id, begun)
        yield Deal(session, cast.anna, client, run)


def test_a_deal_walks_to_the_signature(deal: Deal) -> None:
    deal.passes("request", "legal", "security", "board")
    assert deal.state is RunState.RUNNING
    deal.moves("sign", on=date(2026, 3, 1))
    assert (deal.state, deal.run.ended_on) == (RunState.SIGNED, date(2026, 3, 2))


def test_a_later_move_reopens_what_had_ended(deal: Deal) -> None:
    deal.moves("security", StepState.REFUSED)
    assert deal.state is RunState.REFUSED
    deal.moves("security", RUNNING)
    assert (deal.state, deal.run.ended_on) == (RunState.RUNNING, None)


def test_a_step_is_sent_back_to_one_before_it_and_both_are_taken_back_together(deal: Deal) -> None:
    deal.passes("request")
    event = deal.moves("legal", RETURNED, back_to="request")
    progress = walked(deal.session, deal.run).progress
    assert (progress["legal"].state, progress["request"].state) == (RETURNED, RUNNING)
    deal.takes_back(event.change_id)
    progress = walked(deal.session, deal.run).progress
    assert (progress["legal"].state, progress["request"].state) == (StepState.WAITING, PASSED)


def test_a_step_that_the_path_does_not_know_keeps_its_code(deal: Deal) -> None:
    kind = StepKind.COMMITTEE
    first = deal.moves("", RUNNING, title="Works council", kind=kind)
    second = deal.moves("", PASSED, title="works COUNCIL")
    assert first.step == second.step
    extra = walked(deal.session, deal.run).progress[first.step]
    assert (extra.is_extra, extra.title, extra.state) == (True, "Works council", PASSED)


def test_a_step_that_this_amount_does_not_need_is_known_by_its_own_name(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        path = make_path(session, cast.anna, client).path
        small = Beginning("Line 5", Purchase(Decimal(2_900_000), "RUB"))
        run = begin_run(session, cast.anna, client.id, path.id, small)
        assert "board" not in walked(session, run).steps
        move_step(session, cast.anna, client.id, run.id, Move("board", PASSED))
        board = walked(session, run).progress["board"]
        assert (board.title, board.kind, board.is_extra) == ("Board", StepKind.BOARD, True)


@pytest.mark.parametrize(
    "move",
    [
        Move("legal", StepState.WAITING),
        Move("legal", PASSED, LONG_AGO - timedelta(days=1)),
        Move("legal", PASSED, date(2026, 3, 3)),
        Move("", PASSED),
        Move("<b>", PASSED, title="x"),
        Move("", PASSED, title="x" * 201),
        Move("legal", PASSED, note="x" * 1001),
        Move("legal", PASSED, mail="x" * 301),
        Move("legal", RETURNED, back_to="legal"),
        Move("legal", RETURNED, back_to="nothing"),
    ],
)
def test_what_cannot_have_happened_is_refused(deal: Deal, move: Move) -> None:
    with pytest.raises(Refusal):
        move_step(deal.session, deal.anna, deal.client.id, deal.run.id, move)
    assert events_of(deal.session, deal.run.id) == []


def test_the_second_of_two_is_told_who_was_first_and_nothing_is_lost(
    deal: Deal, cast: Cast
) -> None:
    first = deal.moves("legal", seen=0)
    late = Move("legal", RETURNED, seen=0)
    with pytest.raises(Clash, match="Anna"):
        move_step(deal.session, cast.vera, deal.client.id, deal.run.id, late)
    assert [event.id for event in events_of(deal.session, deal.run.id)] == [first.id]
    deal.moves("legal", RETURNED, seen=first.id)
    assert len(events_of(deal.session, deal.run.id)) == 2


def test_a_finger_that_taps_twice_writes_once(deal: Deal) -> None:
    first = deal.moves("legal", seen=0)
    assert deal.moves("legal", seen=0) is first
    assert len(events_of(deal.session, deal.run.id)) == 1


def test_what_happened_to_another_step_meanwhile_does_no_harm(deal: Deal, cast: Cast) -> None:
    deal.moves("legal", seen=0)
    late = Move("security", PASSED, seen=0)
    move_step(deal.session, cast.vera, deal.client.id, deal.run.id, late)
    assert len(events_of(deal.session, deal.run.id)) == 2


def test_a_run_is_given_up_and_goes_on(deal: Deal) -> None:
    given = give_up_run(deal.session, deal.anna, deal.client.id, deal.run.id, note="No budget")
    assert deal.state is RunState.GIVEN_UP
    with pytest.raises(Clash):
        give_up_run(deal.session, deal.anna, deal.client.id, deal.run.id)
    go_on_with_run(deal.session, deal.anna, deal.client.id, deal.run.id)
    assert deal.state is RunState.RUNNING
    with pytest.raises(Clash):
        go_on_with_run(deal.session, deal.anna, deal.client.id, deal.run.id)
    undo = deal.takes_back(given.id)
    assert deal.state is RunState.RUNNING
    deal.takes_back(undo)
    assert events_of(deal.session, deal.run.id) == []


def test_a_signed_run_cannot_be_given_up(deal: Deal) -> None:
    deal.passes("request", "legal", "security", "board", "sign")
    with pytest.raises(Clash):
        give_up_run(deal.session, deal.anna, deal.client.id, deal.run.id)


def test_who_acted_stands_with_the_position_of_that_day(deal: Deal) -> None:
    pen = pen_of(deal.session, deal.anna, deal.client)
    lawyer = seat(pen, "Lawyer", name="Ivan Petrov")
    person = person_id_of(pen, "Ivan Petrov")
    assert deal.moves("legal", person_id=person).position_id == lawyer
    with pytest.raises(Missing):
        deal.moves("legal", person_id=person + 1)
    with pytest.raises(Missing):
        deal.moves("legal", position_id=lawyer + 1)


def test_one_deal_walks_a_path_once_at_a_time(deal: Deal) -> None:
    again = Beginning("LINE  4", DEAR)
    with pytest.raises(Clash):
        begin_run(deal.session, deal.anna, deal.client.id, deal.run.path_id, again)
    deal.moves("legal", StepState.REFUSED)
    begin_run(deal.session, deal.anna, deal.client.id, deal.run.path_id, again)


@pytest.mark.parametrize(
    "wanted",
    [
        Beginning(""),
        Beginning("x" * 101),
        Beginning("Line", began_on=date(2026, 3, 3)),
        Beginning("Line", began_on=date(1800, 1, 1)),
        Beginning("Line", wanted_on=date(2026, 1, 1)),
        Beginning("Line", managers_date=date(2999, 1, 1)),
        Beginning("Line", Purchase(Decimal(-1), "RUB")),
        Beginning("Line", Purchase(Decimal("0.00001"), "RUB")),
        Beginning("Line", Purchase(Decimal(10) ** 14, "RUB")),
        Beginning("Line", Purchase(Decimal(1), "???")),
    ],
)
def test_a_run_that_cannot_be_is_refused(deal: Deal, wanted: Beginning) -> None:
    with pytest.raises(Refusal):
        begin_run(deal.session, deal.anna, deal.client.id, deal.run.path_id, wanted)


def test_a_corrected_amount_changes_what_is_needed_and_is_taken_back(deal: Deal) -> None:
    small = Beginning("Line 4", Purchase(Decimal("2.5"), "RUB"), date(2026, 1, 12))
    change = correct_run(deal.session, deal.anna, deal.client.id, deal.run.id, small)
    assert change is not None
    assert "board" not in walked(deal.session, deal.run).steps
    assert correct_run(deal.session, deal.anna, deal.client.id, deal.run.id, small) is None
    deal.takes_back(change.id)
    assert (deal.run.amount, deal.run.began_on) == (DEAR.amount, LONG_AGO)
    assert "board" in walked(deal.session, deal.run).steps


def test_a_run_does_not_begin_after_something_happened_in_it(deal: Deal) -> None:
    deal.moves("request", on=LONG_AGO)
    later = Beginning("Line 4", DEAR, date(2026, 2, 20))
    with pytest.raises(Refusal):
        correct_run(deal.session, deal.anna, deal.client.id, deal.run.id, later)


def test_a_run_in_which_something_happened_is_not_taken_back(deal: Deal) -> None:
    event = deal.moves("request")
    with pytest.raises(Clash):
        deal.takes_back(deal.run.change_id)
    deal.takes_back(event.change_id)
    undo = deal.takes_back(deal.run.change_id)
    assert deal.run.taken_back_in is not None
    deal.takes_back(undo)
    assert deal.run.taken_back_in is None


def test_other_teams_move_nothing_and_other_clients_have_no_such_run(
    deal: Deal, cast: Cast
) -> None:
    move = Move("legal", PASSED)
    with pytest.raises(Forbidden):
        move_step(deal.session, cast.boris, deal.client.id, deal.run.id, move)
    other = make_client(deal.session, cast.anna, "Other")
    with pytest.raises(Missing):
        move_step(deal.session, cast.anna, other.id, deal.run.id, Move("legal", PASSED))


def test_a_move_costs_as_many_statements_late_as_early(deal: Deal, database: Database) -> None:
    taken = []
    for round_ in range(12):
        with counting(database) as sent:
            deal.moves("legal", RETURNED if round_ % 2 else RUNNING)
        taken.append(len(sent))
    assert taken[1:] == [taken[1]] * 11


DEEDS = some.lists(
    some.one_of(
        some.tuples(
            some.sampled_from(["request", "legal", "security", "board", "sign", "x1"]),
            some.sampled_from([state for state in StepState if state is not StepState.WAITING]),
            some.integers(0, 6),
        ),
        some.sampled_from(["give up", "go on"]),
        some.integers(0, 9),
    ),
    max_size=10,
)


@given(deeds=DEEDS)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_written_and_taken_back_the_state_is_what_the_remaining_events_give(
    deal: Deal, deeds: list[tuple[str, StepState, int] | str | int]
) -> None:
    point = deal.session.begin_nested()
    changes: list[int] = []
    for deed in deeds:
        try:
            changes.append(_done(deal, deed, changes))
        except Clash:
            continue
    rows = everything_in(deal.session, [deal.run.id])[deal.run.id]
    assert all(row.taken_back_in is None for row in rows)
    events = [happened(row) for row in rows]
    steps = usual_document().by_code
    walk = Walk(LONG_AGO, steps, progress_of(steps, events, LONG_AGO), {}, given_up_on(events))
    assert (deal.run.state, deal.run.ended_on) == state_of(walk)
    point.rollback()
    deal.session.expire_all()


def _done(deal: Deal, deed: tuple[str, StepState, int] | str | int, changes: list[int]) -> int:
    """Do it; the number of its change."""
    client, run = deal.client.id, deal.run.id
    if isinstance(deed, tuple):
        step, state, day = deed
        on = LONG_AGO + timedelta(days=day)
        return deal.moves(step, state, on=on, title=step).change_id
    if isinstance(deed, int):
        if not changes:
            raise Clash("nothing to take back")
        return deal.takes_back(changes[deed % len(changes)])
    do = give_up_run if deed == "give up" else go_on_with_run
    return do(deal.session, deal.anna, client, run).id
