"""What the events of a run say, whatever their order and whatever was taken back."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some

from dossiers.approvals.kinds import RunState, StepState
from dossiers.approvals.log import WHOLE_RUN, Happened, given_up_on, progress_of
from dossiers.approvals.purchases import Purchase
from dossiers.approvals.runs.rules import Walk, early_steps, state_of
from dossiers.approvals.steps import needed_for
from tests.factories.approvals import usual_document

BEGAN = date(2026, 3, 2)
STATES = [state for state in StepState if state is not StepState.WAITING]
SMALL = Purchase(Decimal(1), "RUB")
STEPS = needed_for(usual_document().by_code, SMALL).steps


def on(day: int) -> date:
    return BEGAN + timedelta(days=day)


def happened(step: str, state: StepState, day: int) -> Happened:
    return Happened(step, state, on(day), step.title())


def walk_of(*events: Happened) -> Walk:
    steps = usual_document().by_code
    told = sorted(events, key=lambda event: event.on)
    return Walk(BEGAN, steps, progress_of(steps, told, BEGAN), given_up=given_up_on(told))


def passed(*codes: str, day: int = 0) -> list[Happened]:
    return [happened(code, StepState.PASSED, day) for code in codes]


def test_a_step_that_only_passed_was_there_since_its_turn_came() -> None:
    walk = walk_of(*passed("request"), happened("legal", StepState.PASSED, 4))
    legal = walk.progress["legal"]
    assert (legal.began, legal.ended, legal.begin_known) == (on(1), on(4), False)


def test_a_step_whose_beginning_was_written_began_then() -> None:
    walk = walk_of(
        *passed("request"),
        happened("legal", StepState.RUNNING, 3),
        happened("legal", StepState.PASSED, 4),
    )
    assert (walk.progress["legal"].began, walk.progress["legal"].begin_known) == (on(3), True)


def test_a_step_that_was_sent_back_counts_it_and_is_open_until_it_passes() -> None:
    back = [happened("legal", StepState.RETURNED, day) for day in (2, 5)]
    walk = walk_of(*passed("request"), *back, happened("legal", StepState.RUNNING, 6))
    legal = walk.progress["legal"]
    assert (legal.returned, legal.is_open, legal.since) == (2, True, on(6))
    after = walk_of(*passed("request"), *back, happened("legal", StepState.PASSED, 8))
    assert (after.progress["legal"].returned, after.progress["legal"].is_done) == (2, True)


def test_within_a_day_what_was_written_last_holds() -> None:
    both = [happened("legal", StepState.REFUSED, 1), happened("legal", StepState.PASSED, 1)]
    assert walk_of(*both).progress["legal"].state is StepState.PASSED
    assert walk_of(*both[::-1]).progress["legal"].state is StepState.REFUSED


def test_what_is_written_later_of_an_earlier_day_does_not_change_what_came_after() -> None:
    walk = walk_of(happened("legal", StepState.PASSED, 5), happened("legal", StepState.RUNNING, 2))
    legal = walk.progress["legal"]
    assert (legal.state, legal.began, legal.ended) == (StepState.PASSED, on(2), on(5))


def test_a_run_is_signed_when_all_that_decides_is_done_and_goes_on_when_a_step_comes_back() -> None:
    done = passed("request", "legal", "security", "board", "sign", day=3)
    assert state_of(walk_of(*done)) == (RunState.SIGNED, on(3))
    assert state_of(walk_of(*done[:-1]))[0] is RunState.RUNNING
    again = happened("legal", StepState.RUNNING, 4)
    assert state_of(walk_of(*done, again)) == (RunState.RUNNING, None)


def test_a_refusal_ends_the_run_until_the_step_is_worked_on_again() -> None:
    refused = happened("security", StepState.REFUSED, 2)
    assert state_of(walk_of(refused)) == (RunState.REFUSED, on(2))
    assert state_of(walk_of(refused, happened("legal", StepState.PASSED, 3)))[0] is (
        RunState.REFUSED
    )
    again = happened("security", StepState.RUNNING, 3)
    assert state_of(walk_of(refused, again))[0] is RunState.RUNNING


def test_a_step_beside_the_path_holds_the_run_open_only_while_somebody_works_on_it() -> None:
    done = passed("request", "legal", "security", "board", "sign", day=3)
    beside = happened("x1", StepState.RUNNING, 2)
    assert state_of(walk_of(*done, beside))[0] is RunState.RUNNING
    over = happened("x1", StepState.PASSED, 5)
    assert state_of(walk_of(*done, beside, over)) == (RunState.SIGNED, on(3))


def test_giving_up_holds_until_something_happens_after_it() -> None:
    gone = happened(WHOLE_RUN, StepState.SKIPPED, 4)
    assert state_of(walk_of(gone)) == (RunState.GIVEN_UP, on(4))
    earlier, later = (happened("legal", StepState.PASSED, day) for day in (3, 5))
    assert state_of(walk_of(gone, earlier))[0] is RunState.GIVEN_UP
    assert state_of(walk_of(gone, later))[0] is RunState.RUNNING
    on_again = happened(WHOLE_RUN, StepState.RUNNING, 5)
    assert state_of(walk_of(gone, on_again))[0] is RunState.RUNNING


def test_a_step_before_its_turn_is_told_with_what_it_did_not_wait_for() -> None:
    walk = walk_of(*passed("request"), happened("board", StepState.PASSED, 2))
    assert early_steps(walk) == {"board": ["legal", "security"]}
    rest = passed("legal", "security", day=1)
    assert early_steps(walk_of(*passed("request"), *rest, *passed("board", day=2))) == {}


def test_a_step_that_is_done_again_later_makes_nothing_early() -> None:
    events = [*passed("request", "legal", "security"), happened("board", StepState.RUNNING, 1)]
    again = [happened("legal", state, 2) for state in (StepState.RUNNING, StepState.PASSED)]
    assert early_steps(walk_of(*events, *again)) == {}


a_happening = some.builds(
    happened,
    some.sampled_from([*STEPS, "x1", WHOLE_RUN]),
    some.sampled_from(STATES),
    some.integers(0, 6),
)


@given(some.lists(a_happening, max_size=12))
def test_every_log_gives_each_step_its_last_state_and_as_many_returns(
    events: list[Happened],
) -> None:
    told = sorted(events, key=lambda event: event.on)
    progress = progress_of(STEPS, told, BEGAN)
    assert list(progress)[: len(STEPS)] == ["request", "legal", "security", "sign"]
    for code, one in progress.items():
        mine = [event for event in told if event.step == code]
        assert one.state is (mine[-1].state if mine else StepState.WAITING)
        assert one.returned == sum(event.state is StepState.RETURNED for event in mine)
        assert one.began is None or one.ended is None or one.began <= one.ended
        assert one.began is None or one.began >= BEGAN
    state, ended = state_of(Walk(BEGAN, STEPS, progress, given_up=given_up_on(told)))
    assert (ended is None) is (state is RunState.RUNNING)
