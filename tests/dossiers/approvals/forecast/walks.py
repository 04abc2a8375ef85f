"""Paths and situations for the tests of the forecast, and the forecast worked out slowly."""

from collections.abc import Mapping
from datetime import date, timedelta
from zlib import crc32

from hypothesis import strategies as st
from numpy.random import default_rng

from dossiers.approvals.forecast.habits import UNSEEN, Habit, draw_days
from dossiers.approvals.forecast.outlook import Situation, Standing
from dossiers.approvals.kinds import StepKind
from dossiers.approvals.steps import Duration, Step, Steps, in_order, steps_by_code
from dossiers.approvals.working_days import Frozen, Meetings, WorkingDays

RUSSIA = WorkingDays("RU")
WINTER = Frozen((12, 20), (1, 15))
SECOND_TUESDAY = Meetings(1, frozenset({2}))
MONDAY = date(2026, 3, 16)


def a_step(code: str, *after: str, days: tuple[int, int] = (3, 8), **more: object) -> Step:
    """A step of the usual kind; `days` are its median and its slow time."""
    return Step(
        code,
        code.title(),
        StepKind.LEGAL,
        frozenset(after),
        duration=Duration(*days),
        **more,  # type: ignore[arg-type]
    )


def chain() -> Steps:
    """Request; lawyers and security side by side; the committee; signature."""
    return steps_by_code(
        [
            a_step("request", days=(1, 3)),
            a_step("legal", "request", days=(6, 15)),
            a_step("security", "request", days=(2, 4)),
            a_step("committee", "legal", "security", meetings=SECOND_TUESDAY),
            a_step("sign", "committee", days=(2, 5)),
        ]
    )


def situation(
    steps: Steps | None = None,
    standing: Mapping[str, Standing] | None = None,
    begins: date = MONDAY,
    today: date = MONDAY,
    calendar: WorkingDays = RUSSIA,
) -> Situation:
    """A run that begins today, unless it says another day."""
    return Situation(steps or chain(), standing or {}, calendar, begins, today)


def slow_ends(now: Situation, habits: Mapping[str, Habit], seed: int, walks: int) -> list[date]:
    """The days on which the walks end, one walk and one day after the other; nothing is skipped."""
    spent_until = now.today - timedelta(days=1)
    drawn, ends = {}, []
    over: dict[str, list[date]] = {}
    for step in in_order(now.steps):
        standing, own = now.of(step.code), now.calendar.without(step.frozen)
        if standing.ended:
            over[step.code] = [standing.ended] * walks
            continue
        start = standing.since or _past_ready(now, step)
        spent = own.between(start, spent_until) if start else 0
        random = default_rng([seed, crc32(step.code.encode())])
        habit = habits.get(step.code, UNSEEN)
        drawn[step.code] = draw_days(random, step.duration, habit, spent, walks).tolist()
        over[step.code] = []
        for walk in range(walks):
            before = [over[code][walk] + timedelta(days=1) for code in step.after]
            ready = start or max([now.begins, now.today, *before])
            end = own.after(ready, drawn[step.code][walk])
            over[step.code].append(own.on_or_after(end, step.meetings) if step.meetings else end)
    for walk in range(walks):
        ends.append(max(max(over[code][walk] for code in now.steps), now.today))
    return sorted(ends)


def _past_ready(now: Situation, step: Step) -> date | None:
    """The day on which the step could begin, when all before it is done."""
    ended = [now.of(code).ended for code in step.after]
    if not all(ended):
        return None
    return max([now.begins, *(day + timedelta(days=1) for day in ended if day)])


calendars = st.sampled_from([WorkingDays(), RUSSIA, WorkingDays("RU", (WINTER,))])
habits_of_steps = st.builds(
    Habit,
    st.lists(st.integers(1, 12).map(lambda n: (n, n + n % 3)), max_size=6).map(tuple),
    st.integers(0, 2),
)


@st.composite
def some_steps(draw: st.DrawFn) -> Steps:
    """Any small path."""
    steps: list[Step] = []
    for number in range(draw(st.integers(1, 6))):
        codes = [step.code for step in steps]
        after = draw(st.sets(st.sampled_from(codes))) if codes else set()
        median = draw(st.integers(0, 9))
        steps.append(
            a_step(
                f"s{number}",
                *after,
                days=(median, median + draw(st.integers(0, 12))),
                meetings=draw(st.sampled_from([None, None, SECOND_TUESDAY, Meetings(3)])),
                frozen=draw(st.sampled_from([(), (), (Frozen((4, 1), (4, 20)),)])),
            )
        )
    return steps_by_code(steps)


@st.composite
def some_situations(draw: st.DrawFn) -> Situation:
    """Any small path on its way: the first steps done, the next ones perhaps begun."""
    steps, begins = draw(some_steps()), draw(st.dates(date(2025, 11, 1), date(2026, 3, 31)))
    today = begins + timedelta(days=draw(st.integers(0, 60)))
    ordered, standing = in_order(steps), dict[str, Standing]()
    for step in ordered[: draw(st.integers(0, len(ordered) - 1))]:
        standing[step.code] = Standing(ended=draw(st.dates(begins, today)))
    for step in ordered[len(standing) :][: draw(st.integers(0, 1))]:
        standing[step.code] = Standing(since=draw(st.dates(begins, today)))
    return Situation(steps, standing, draw(calendars), begins, today)
