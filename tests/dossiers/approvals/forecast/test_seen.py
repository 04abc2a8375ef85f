"""What finished runs say of how long steps take, worked out by hand."""

from datetime import date

from dossiers.approvals.document import PathDocument
from dossiers.approvals.forecast.habits import Habit
from dossiers.approvals.forecast.outlook import Standing
from dossiers.approvals.forecast.seen import Finished, habits_of, standing_of
from dossiers.approvals.kinds import StepState
from tests.dossiers.approvals.forecast.walks import MONDAY, SECOND_TUESDAY, a_step, chain

PASSED, RUNNING = StepState.PASSED, StepState.RUNNING
RETURNED, SKIPPED = StepState.RETURNED, StepState.SKIPPED
TODAY = date(2026, 7, 1)


def march(day: int, month: int = 3) -> int:
    return date(2026, month, day).toordinal()


def seen(*steps: object, **events: list[tuple[StepState, int]]) -> dict[str, Habit]:
    document = PathDocument("RUB", steps or tuple(chain().values()))  # type: ignore[arg-type]
    run = Finished(1, MONDAY.toordinal(), events)
    return habits_of({1: document}, "RU", [run], TODAY)


def test_a_step_counts_from_the_day_on_which_it_could_begin() -> None:
    found = seen(
        request=[(PASSED, march(17))],
        legal=[(RUNNING, march(20)), (PASSED, march(25))],
    )
    assert found["request"] == Habit(((2, 2),), walks=1)
    assert found["legal"] == Habit(((6, 6),), walks=1)


def test_a_step_that_began_before_its_turn_counts_from_its_beginning() -> None:
    found = seen(
        request=[(PASSED, march(20))],
        legal=[(RUNNING, march(17)), (PASSED, march(24))],
    )
    assert found["legal"].passes == ((6, 6),)


def test_each_time_a_step_is_sent_back_is_a_pass_of_its_own() -> None:
    found = seen(request=[(RETURNED, march(18)), (RUNNING, march(20)), (PASSED, march(23))])
    assert found["request"] == Habit(((3, 3), (3, 3)), returns=1, walks=1)


def test_a_skipped_step_takes_no_time_and_what_waits_counts_from_then() -> None:
    found = seen(
        request=[(PASSED, march(16))],
        legal=[(SKIPPED, march(18))],
        security=[(PASSED, march(17))],
        committee=[(PASSED, march(14, 4))],
    )
    assert found["legal"] == Habit(skips=1, walks=1)
    assert found["committee"].passes == ((1, 20),)


def test_a_committee_may_have_been_ready_on_any_day_since_its_meeting_before() -> None:
    board = a_step("board", meetings=SECOND_TUESDAY)
    assert seen(board, board=[(PASSED, march(12, 5))])["board"].passes == ((23, 40),)
    assert seen(board, board=[(PASSED, march(14, 4))])["board"].passes == ((1, 22),)


def test_a_committee_that_met_out_of_turn_took_as_long_as_it_took() -> None:
    board = a_step("board", meetings=SECOND_TUESDAY)
    assert seen(board, board=[(PASSED, march(18))])["board"].passes == ((3, 3),)


def test_a_step_that_nobody_wrote_of_is_passed_over() -> None:
    found = seen(request=[(PASSED, march(16))], committee=[(PASSED, march(14, 4))])
    assert found.keys() == {"request", "committee"}
    assert found["committee"].passes == ((1, 21),)


def test_a_step_that_was_still_open_says_nothing_of_its_length() -> None:
    found = seen(request=[(RUNNING, march(16))])
    assert found["request"] == Habit()


def test_an_open_step_goes_on_since_it_could_begin_or_came_back() -> None:
    events = [
        ("request", PASSED, date(2026, 3, 17)),
        ("legal", RUNNING, date(2026, 3, 19)),
        ("security", RETURNED, date(2026, 3, 20)),
    ]
    assert standing_of(chain(), MONDAY, events) == {
        "request": Standing(ended=date(2026, 3, 17)),
        "legal": Standing(since=date(2026, 3, 18)),
        "security": Standing(since=date(2026, 3, 21)),
    }


def test_a_step_begun_while_what_it_waits_for_goes_on_counts_from_its_own_first_day() -> None:
    events = [("legal", RUNNING, date(2026, 3, 19))]
    assert standing_of(chain(), MONDAY, events) == {"legal": Standing(since=date(2026, 3, 19))}
