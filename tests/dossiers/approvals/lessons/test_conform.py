"""A finished run is compared with its path: what differs, and how well it fits."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dossiers.approvals.kinds import StepState
from dossiers.approvals.lessons.conform import Deviation, DeviationKind, Seat, compare
from dossiers.approvals.lessons.traces import Recorded, visits_of
from dossiers.approvals.log import Happened
from dossiers.approvals.working_days import WorkingDays
from tests.dossiers.approvals.lessons.making import (
    AS_WRITTEN,
    CHEAP,
    DEAR,
    MONDAY,
    happened_in,
    run_of,
)
from tests.factories.approvals import usual_document

RUNNING = StepState.RUNNING
ACTING = {"legal": 7, "sign": 8}


def kinds_in(run: Recorded) -> set[tuple[str, str]]:
    return {(one.kind.value, one.step) for one in compare(run).deviations}


def with_events(*events: Happened) -> Recorded:
    """The run as written, with other ends of some steps, or more events."""
    ends = {event.step for event in events if event.state is not StepState.RETURNED}
    kept = [e for e in happened_in(AS_WRITTEN) if e.state is RUNNING or e.step not in ends]
    every = sorted([*kept, *events], key=lambda event: event.on)
    return Recorded(1, usual_document(ACTING), DEAR, MONDAY, WorkingDays(), visits_of(every))


def test_a_run_that_goes_as_the_path_says_fits_wholly() -> None:
    found = compare(run_of(*AS_WRITTEN))
    assert (found.deviations, found.fitness) == ((), 1.0)


def test_a_step_that_the_purchase_does_not_need_is_neither_skipped_nor_missed() -> None:
    assert kinds_in(run_of("request", "legal security", "sign", purchase=CHEAP)) == set()
    assert kinds_in(run_of("request", "legal security", "sign")) == {("skipped", "board")}


@pytest.mark.parametrize(
    ("steps", "expected", "fitness"),
    [
        (("request", "legal security", "sign"), ("skipped", "board"), 1 - 1 / 9),
        ((*AS_WRITTEN, "audit"), ("extra", "audit"), 1 - 1 / 11),
        (("request", "board", "legal security", "sign"), ("reordered", "board"), 1 - 2 / 10),
    ],
)
def test_each_deviation_of_order_has_its_price(
    steps: tuple[str, ...], expected: tuple[str, str], fitness: float
) -> None:
    run = run_of(*steps)
    assert kinds_in(run) == {expected}
    assert compare(run).fitness == pytest.approx(fitness)


def test_nothing_of_the_path_fits_not_at_all() -> None:
    strange = run_of("audit", "sale", document=usual_document())
    skipped = replace(strange, visits=visits_of([*happened_in(("audit",)), _skip("sign")]))
    assert compare(skipped).fitness == 0


def _skip(code: str) -> Happened:
    return Happened(code, StepState.SKIPPED, MONDAY, code.title())


def test_steps_side_by_side_may_come_in_any_order() -> None:
    assert kinds_in(run_of("request", "security", "legal", "board", "sign")) == set()


def test_what_comes_after_a_refusal_is_not_skipped() -> None:
    events = [*happened_in(("request",)), Happened("legal", StepState.REFUSED, MONDAY)]
    run = replace(run_of(*AS_WRITTEN), visits=visits_of(events), signed=False)
    assert ("skipped", "sign") not in kinds_in(run)
    assert compare(run).fitness < 1


def test_a_step_that_came_back_after_the_next_had_begun_is_not_out_of_order() -> None:
    day = MONDAY + timedelta(days=5)
    run = run_of(*AS_WRITTEN)
    again = [Happened("legal", state, day) for state in (StepState.RETURNED, StepState.PASSED)]
    run = replace(run, visits=visits_of([*happened_in(AS_WRITTEN), *again]))
    assert kinds_in(run) == {("returned", "legal")}


def test_a_step_is_slower_when_it_takes_longer_than_when_it_is_slow() -> None:
    usual = Happened("sign", StepState.PASSED, date(2026, 1, 21))
    slow = Happened("sign", StepState.PASSED, date(2026, 1, 26))
    assert ("slower", "sign") not in kinds_in(with_events(usual))
    found = [one for one in compare(with_events(slow)).deviations if one.step == "sign"]
    assert found == [Deviation(DeviationKind.SLOWER, "sign", "Sign", days=6, usual=4)]


def test_a_weekend_makes_no_step_slower() -> None:
    # From Friday to the next Wednesday are four working days.
    friday, wednesday = date(2026, 1, 16), date(2026, 1, 21)
    events = [
        *happened_in(("request", "legal security")),
        Happened("sign", StepState.RUNNING, friday),
        Happened("sign", StepState.PASSED, wednesday),
    ]
    run = replace(run_of("request", purchase=CHEAP), visits=visits_of(events))
    assert ("slower", "sign") not in kinds_in(run)


def test_somebody_else_acted_when_neither_named_nor_deputy() -> None:
    day = MONDAY + timedelta(days=7)

    def signed(state: StepState = StepState.PASSED, **who: int) -> set[tuple[str, str]]:
        return kinds_in(with_events(Happened("sign", state, day, **who)))

    assert signed(position_id=8) == set()
    assert signed(position_id=9) == {("other_signer", "sign")}
    assert signed(StepState.BY_DEPUTY, position_id=9) == set()
    assert signed(person_id=3) == {("other_signer", "sign")}


def test_who_held_the_position_on_the_day_is_not_somebody_else() -> None:
    day = MONDAY + timedelta(days=7)
    run = with_events(Happened("sign", StepState.PASSED, day, person_id=3))
    then = {3: [Seat(8, date(2020, 1, 1), day + timedelta(days=1))]}
    before = {3: [Seat(8, date(2020, 1, 1), day)]}
    assert compare(run, then).deviations == ()
    assert [one.kind for one in compare(run, before).deviations] == [DeviationKind.OTHER_SIGNER]
