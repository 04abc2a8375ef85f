"""Where a run stands: whose turn it is, since when, and how late the whole is."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as some

from dossiers.approvals.kinds import RunState, StepState
from dossiers.approvals.log import Happened, progress_of
from dossiers.approvals.runs.rules import Walk
from dossiers.approvals.runs.standing import Asked, Standing, standing_of
from dossiers.approvals.steps import Step, Steps
from dossiers.approvals.working_days import Frozen, Meetings, WorkingDays
from tests.factories.approvals import usual_document

WEEK = WorkingDays()
MONDAY = date(2026, 3, 2)
OPEN = Asked()
NEVER = WorkingDays("", (Frozen((1, 1), (12, 31)),))


def day(number: int) -> date:
    return date(2026, 3, number)


def event(step: str, state: StepState, on: int) -> Happened:
    return Happened(step, state, day(on), step)


def passed(*days: tuple[str, int]) -> list[Happened]:
    return [event(step, StepState.PASSED, on) for step, on in days]


def standing(
    *events: Happened,
    today: int,
    asked: Asked = OPEN,
    steps: Steps | None = None,
    calendar: WorkingDays = WEEK,
) -> Standing:
    document = steps or usual_document().by_code
    walk = Walk(MONDAY, document, progress_of(document, events, MONDAY))
    return standing_of(walk, calendar, day(today), asked)


def changed(code: str, **values: object) -> dict[str, Step]:
    steps = dict(usual_document().by_code)
    steps[code] = replace(steps[code], **values)  # type: ignore[arg-type]
    return steps


def test_on_the_first_day_it_is_the_turn_of_the_first_step_and_nothing_is_late() -> None:
    now = standing(today=2)
    assert [(turn.code, turn.since, turn.days, turn.late) for turn in now.turns] == [
        ("request", MONDAY, 1, 0)
    ]
    # Request on the 2nd, lawyers 3rd to 9th, board on the 10th, signature 11th and 12th.
    assert (now.planned, now.expected, now.late) == (day(12), day(12), 0)
    assert (now.done, now.total) == (0, 5)


def test_two_side_by_side_are_both_at_turn_and_count_from_the_day_after() -> None:
    now = standing(*passed(("request", 4)), today=6)
    assert [(turn.code, turn.since, turn.days, turn.late) for turn in now.turns] == [
        ("legal", day(5), 2, 0),
        ("security", day(5), 2, 1),
    ]
    assert (now.turns[0].due, now.turns[0].slow_due) == (day(11), day(18))
    assert (now.expected, now.late) == (day(16), 2)


def test_a_weekend_makes_nothing_later() -> None:
    friday, sunday = (standing(*passed(("request", 5)), today=one) for one in (6, 8))
    assert friday.late == sunday.late == 3


def test_what_takes_longer_than_usual_ends_today_at_the_earliest() -> None:
    now = standing(*passed(("request", 2), ("security", 3)), today=20)
    legal = now.turns[0]
    assert (legal.code, legal.late, legal.is_very_late) == ("legal", 9, True)
    assert (now.expected, now.late) == (date(2026, 3, 25), 9)


def test_what_was_sent_back_waits_for_us_and_takes_its_usual_time_again() -> None:
    back = event("legal", StepState.RETURNED, 6)
    now = standing(*passed(("request", 2), ("security", 3)), back, today=9)
    assert [(turn.code, turn.is_ours, turn.since, turn.late) for turn in now.turns] == [
        ("legal", True, day(6), 0)
    ]
    assert now.expected == day(18)


def test_what_was_sent_back_to_an_earlier_step_stands_there() -> None:
    events = passed(("request", 2)), [event("legal", StepState.RETURNED, 6)]
    again = event("request", StepState.RUNNING, 6)
    now = standing(*events[0], *events[1], again, today=9)
    assert [turn.code for turn in now.turns] == ["request"]


def test_a_step_beside_the_path_is_somebodys_turn_too() -> None:
    now = standing(event("x1", StepState.RUNNING, 3), today=4)
    assert [(turn.code, turn.is_extra, turn.days) for turn in now.turns] == [
        ("request", False, 3),
        ("x1", True, 2),
    ]


def test_a_wanted_day_that_will_be_missed_is_told_in_working_days() -> None:
    asked = Asked(wanted=day(6))
    assert standing(today=2, asked=asked).past_wanted == 4
    assert standing(today=2, asked=Asked(wanted=day(12))).past_wanted == 0


def test_a_committee_is_waited_for_until_it_meets() -> None:
    fridays = changed("board", meetings=Meetings(4))
    assert standing(today=2, steps=fridays).planned == day(17)
    done = passed(("request", 2), ("legal", 9), ("security", 9))
    now = standing(*done, today=12, steps=fridays)
    assert (now.turns[0].due, now.turns[0].late) == (day(13), 0)


def test_a_signed_run_tells_how_late_it_was_and_what_is_left() -> None:
    end = Asked(RunState.SIGNED, day(10), day(16))
    done = passed(("request", 2), ("legal", 9), ("security", 9), ("board", 10), ("sign", 16))
    now = standing(*done, today=20, asked=end)
    assert (now.turns, now.late, now.past_wanted) == ((), 2, 4)


def test_a_calendar_without_any_day_leaves_the_dates_open() -> None:
    now = standing(today=2, calendar=NEVER)
    assert (now.planned, now.expected, now.late) == (None, None, 0)
    assert [turn.due for turn in now.turns] == [None]


HAPPENINGS = some.lists(
    some.builds(
        event,
        some.sampled_from([*usual_document().by_code, "x1"]),
        some.sampled_from([state for state in StepState if state is not StepState.WAITING]),
        some.integers(2, 20),
    ),
    max_size=12,
)


@given(HAPPENINGS, some.integers(20, 31))
def test_whatever_happened_a_running_decision_never_ends_in_the_past(
    events: list[Happened], today: int
) -> None:
    told = sorted(events, key=lambda one: one.on)
    now = standing(*told, today=today)
    assert now.expected is not None
    assert now.planned is not None
    left = [turn for turn in now.turns if not turn.is_extra and turn.state != StepState.REFUSED]
    if left:
        assert now.expected >= day(today)
    assert all(turn.days >= 0 and turn.late >= 0 for turn in now.turns)
    assert now.late >= 0
