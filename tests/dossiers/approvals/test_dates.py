"""When a path ends, and when its steps must begin."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dossiers.approvals.dates import expected, last_day, latest, slow_days
from dossiers.approvals.kinds import StepKind
from dossiers.approvals.steps import Duration, Step, Steps, steps_by_code
from dossiers.approvals.working_days import Frozen, Meetings, WorkingDays

RUSSIA = WorkingDays("RU")
SECOND_TUESDAY = Meetings(1, frozenset({2}))
OWN_PAUSE = Frozen((7, 10), (8, 5))


def a_step(code: str, days: int, *after: str, meetings: Meetings | None = None) -> Step:
    usual = Duration(days, days * 2)
    return Step(code, code, StepKind.LEGAL, frozenset(after), duration=usual, meetings=meetings)


def usual_path() -> Steps:
    return steps_by_code(
        [
            a_step("request", 1),
            a_step("legal", 5, "request"),
            a_step("security", 2, "request"),
            a_step("committee", 1, "legal", "security", meetings=SECOND_TUESDAY),
        ]
    )


def test_steps_side_by_side_take_as_long_as_the_longer_one() -> None:
    spans = expected(usual_path(), RUSSIA, date(2026, 3, 16))
    assert spans["security"].end == date(2026, 3, 18)
    assert spans["legal"].end == date(2026, 3, 23)
    assert spans["committee"].end == date(2026, 4, 14)
    assert last_day(spans, date(2026, 3, 16)) == date(2026, 4, 14)


def test_a_step_that_takes_longer_may_miss_the_meeting() -> None:
    spans = expected(usual_path(), RUSSIA, date(2026, 3, 31), slow_days)
    assert spans["legal"].end == date(2026, 4, 15)
    assert spans["committee"].end == date(2026, 5, 12)


def test_backwards_each_step_has_a_last_day_to_begin() -> None:
    spans = latest(usual_path(), RUSSIA, date(2026, 4, 20))
    assert spans["committee"].end == date(2026, 4, 14)
    assert spans["legal"].start == date(2026, 4, 7)
    assert spans["security"].start == date(2026, 4, 10)
    assert spans["request"].end == date(2026, 4, 6)


calendars = st.sampled_from(
    [WorkingDays(), RUSSIA, WorkingDays("RU", (Frozen((12, 20), (1, 15)),))]
)


@st.composite
def some_paths(draw: st.DrawFn) -> Steps:
    steps: list[Step] = []
    for number in range(draw(st.integers(1, 7))):
        codes = [step.code for step in steps]
        after = draw(st.sets(st.sampled_from(codes))) if codes else set()
        meetings = draw(st.sampled_from([None, None, SECOND_TUESDAY, Meetings(3)]))
        frozen = draw(st.sampled_from([(), (), (OWN_PAUSE,)]))
        step = a_step(f"s{number}", draw(st.integers(1, 9)), *after, meetings=meetings)
        steps.append(replace(step, frozen=frozen))
    return steps_by_code(steps)


@given(some_paths(), calendars, st.dates(date(2025, 1, 1), date(2026, 12, 31)))
def test_whoever_begins_on_the_last_day_is_done_in_time_and_a_day_later_is_not(
    steps: Steps, calendar: WorkingDays, wanted: date
) -> None:
    begins = min(span.start for span in latest(steps, calendar, wanted).values())
    assert last_day(expected(steps, calendar, begins), begins) <= wanted
    later = calendar.on_or_after(begins + timedelta(days=1))
    assert last_day(expected(steps, calendar, later), later) > wanted


@given(some_paths(), calendars, st.dates(date(2025, 1, 1), date(2026, 12, 31)))
def test_a_slower_path_never_ends_earlier(
    steps: Steps, calendar: WorkingDays, begins: date
) -> None:
    usual = last_day(expected(steps, calendar, begins), begins)
    assert usual <= last_day(expected(steps, calendar, begins, slow_days), begins)


@given(some_paths(), calendars, st.dates(date(2025, 1, 1), date(2026, 12, 31)))
def test_each_step_that_begins_on_its_last_day_ends_on_its_last_day(
    steps: Steps, calendar: WorkingDays, wanted: date
) -> None:
    for code, span in latest(steps, calendar, wanted).items():
        alone = {code: replace(steps[code], after=frozenset())}
        assert expected(alone, calendar, span.start)[code] == span


@given(some_paths(), calendars, st.dates(date(2025, 1, 1), date(2026, 12, 31)))
def test_no_step_begins_before_what_it_waits_for_has_ended(
    steps: Steps, calendar: WorkingDays, begins: date
) -> None:
    for spans in (expected(steps, calendar, begins), latest(steps, calendar, begins)):
        for step in steps.values():
            assert all(spans[code].end < spans[step.code].start for code in step.after)
            assert spans[step.code].start <= spans[step.code].end
            own = calendar.without(step.frozen)
            assert spans[step.code].start in own
            assert spans[step.code].end in own
