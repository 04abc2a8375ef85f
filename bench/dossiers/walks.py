"""Random walks over a path, with deviations planted in them of which a list is kept.

A walk without deviations follows the path as `dates` does: a step begins on a working day after all
that it waits for, and takes as long as it usually does. It has harmless oddities that are no
deviations: a deputy who signs, a beginning that nobody wrote down, a step that begins on the day on
which the one before ends, a return of an earlier step after the next had begun.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from bench.dossiers.random_paths import POSITIONS
from dossiers.approvals.document import PathDocument
from dossiers.approvals.kinds import Right, StepState
from dossiers.approvals.lessons.conform import DeviationKind
from dossiers.approvals.lessons.traces import Recorded, visits_of
from dossiers.approvals.log import Happened
from dossiers.approvals.purchases import Purchase
from dossiers.approvals.steps import Step, Steps, all_before, needed_for
from dossiers.approvals.working_days import WorkingDays

COUNTRY = "RU"
FIRST = date(2023, 1, 9)
OUTSIDER = 999
"""A position that no path names."""
_DAY = timedelta(days=1)

Planted = set[tuple[DeviationKind, str]]


@dataclass
class Walk:
    """One walk while it is made: the plan, what happened, what was planted."""

    random: Random
    document: PathDocument
    purchase: Purchase
    steps: Steps
    began_on: date
    odd: bool = True
    planted: Planted = field(default_factory=set)
    spans: dict[str, tuple[date, date]] = field(default_factory=dict)
    events: list[Happened] = field(default_factory=list)

    def recorded(self, number: int = 0, signed: bool = True) -> Recorded:
        """The walk as a finished run."""
        events = sorted(self.events, key=lambda event: event.on)
        calendar = self.document.calendar(COUNTRY)
        visits = visits_of(events)
        return Recorded(
            number, self.document, self.purchase, self.began_on, calendar, visits, signed
        )


def walk_of(
    random: Random,
    document: PathDocument,
    purchase: Purchase,
    wanted: Sequence[DeviationKind] = (),
    odd: bool = True,
) -> Walk:
    """A walk with these deviations, each at a step of its own as far as there is one that fits."""
    began = FIRST + timedelta(days=random.randrange(700))
    steps = needed_for(document.by_code, purchase).steps
    walk = Walk(random, document, purchase, steps, began, odd)
    plan = _plan(walk, wanted)
    for code in steps:
        if plan.get(code) is DeviationKind.SKIPPED:
            _skip(walk, code)
        else:
            _take(walk, steps[code], plan.get(code))
    for number in range(sum(kind is DeviationKind.EXTRA for kind in wanted)):
        _add_extra(walk, number)
    return walk


def _plan(walk: Walk, wanted: Sequence[DeviationKind]) -> Mapping[str, DeviationKind]:
    """Which step deviates in which way. Neighbours stay as they are, so that the list is sure."""
    free, plan = list(walk.steps), dict[str, DeviationKind]()
    last = list(walk.steps)[-1]
    for kind in wanted:
        fitting = [code for code in free if _fits(walk, code, kind, last)]
        if fitting and kind is not DeviationKind.EXTRA:
            code = walk.random.choice(fitting)
            plan[code] = kind
            near = walk.steps[code].after | {c for c, s in walk.steps.items() if code in s.after}
            free = [one for one in free if one != code and one not in near]
    return plan


def _fits(walk: Walk, code: str, kind: DeviationKind, last: str) -> bool:
    step = walk.steps[code]
    if kind is DeviationKind.SKIPPED:
        # Of a step about amounts in another currency nobody can say that it was needed.
        return code != last and step.condition.holds_for(walk.purchase) is True
    if kind is DeviationKind.REORDERED:
        return bool(step.after)
    return kind is not DeviationKind.OTHER_SIGNER or bool(step.positions)


def _calendar(walk: Walk, step: Step) -> WorkingDays:
    return walk.document.calendar(COUNTRY).without(step.frozen)


def _ready(walk: Walk, code: str) -> date:
    """The day after all before it, near and far, were done."""
    ends = [walk.spans[one][1] for one in all_before(code, walk.steps) if one in walk.spans]
    return max((end + _DAY for end in ends), default=walk.began_on)


def _take(walk: Walk, step: Step, kind: DeviationKind | None) -> None:
    calendar, random = _calendar(walk, step), walk.random
    start = calendar.on_or_after(_ready(walk, step.code))
    early = _early_start(walk, step) if kind is DeviationKind.REORDERED else None
    if early is not None:
        start = early
        walk.planted.add((DeviationKind.REORDERED, step.code))
    days = _usual_days(random, step)
    if kind is DeviationKind.RETURNED:
        days = max(1, step.duration.slow)
    end = calendar.after(start, days)
    if step.meetings:
        end = calendar.on_or_after(end, step.meetings)
    if kind is DeviationKind.SLOWER:
        end = _too_late(walk, step, start)
    walk.spans[step.code] = (start, end)
    _write(walk, step, kind, early is not None)


def _usual_days(random: Random, step: Step) -> int:
    """Half of the times up to the median, and never slower than nine of ten."""
    median, slow = step.duration.median, step.duration.slow
    if random.random() < 0.55:
        return random.randint(max(1, median - 1), median)
    return random.randint(median, slow)


def _early_start(walk: Walk, step: Step) -> date | None:
    """A day before the last of those before it was done; `None` when there is none."""
    last = max((walk.spans[c][1] for c in step.after if c in walk.spans), default=None)
    if last is None or last <= walk.began_on:
        return None
    first = max(walk.began_on, last - timedelta(days=10))
    return first + timedelta(days=walk.random.randrange((last - first).days))


def _too_late(walk: Walk, step: Step, start: date) -> date:
    """A working day later than nine of ten times, counted day by day."""
    calendar, left, day = _calendar(walk, step), max(1, step.duration.slow), start - _DAY
    while left:
        day += _DAY
        left -= day in calendar
    while step.meetings and not (day in calendar and day in step.meetings):
        day += _DAY
    walk.planted.add((DeviationKind.SLOWER, step.code))
    return calendar.on_or_after(day + timedelta(days=walk.random.randint(1, 12)))


def _write(walk: Walk, step: Step, kind: DeviationKind | None, early: bool) -> None:
    """The events of the step, from its beginning to its end."""
    start, end = walk.spans[step.code]
    odd = walk.random.random() if walk.odd else 1.0
    opened = odd > 0.15 or early or kind is DeviationKind.RETURNED
    if opened:
        _event(walk, step, StepState.RUNNING, start)
    if kind is DeviationKind.RETURNED:
        walk.planted.add((DeviationKind.RETURNED, step.code))
        back = start + timedelta(days=walk.random.randint(0, (end - start).days))
        _event(walk, step, StepState.RETURNED, back)
    if kind is DeviationKind.OTHER_SIGNER:
        walk.planted.add((DeviationKind.OTHER_SIGNER, step.code))
        _event(walk, step, StepState.PASSED, end, OUTSIDER)
    elif 0.15 < odd < 0.25:
        _event(walk, step, StepState.BY_DEPUTY, end, walk.random.choice(POSITIONS))
    elif 0.25 < odd < 0.35 and step.deputy:
        _event(walk, step, StepState.PASSED, end, step.deputy)
    else:
        who = walk.random.choice((None, *step.positions))
        _event(walk, step, StepState.PASSED, end, who)


def _event(walk: Walk, step: Step, state: StepState, on: date, position: int | None = None) -> None:
    walk.events.append(Happened(step.code, state, on, step.title, step.kind, position))


def _skip(walk: Walk, code: str) -> None:
    """The step did not happen; sometimes somebody wrote that down."""
    walk.planted.add((DeviationKind.SKIPPED, code))
    if walk.random.random() < 0.5:
        _event(walk, walk.steps[code], StepState.SKIPPED, _ready(walk, code))


def _add_extra(walk: Walk, number: int) -> None:
    last = max(end for _start, end in walk.spans.values())
    day = walk.began_on + timedelta(days=walk.random.randint(0, (last - walk.began_on).days))
    code = f"e{number}"
    walk.events.append(Happened(code, StepState.RUNNING, day, f"Surprise {number}"))
    walk.events.append(
        Happened(code, StepState.PASSED, min(day + _DAY, last), f"Surprise {number}")
    )
    walk.planted.add((DeviationKind.EXTRA, code))


def refused(walk: Walk) -> Walk:
    """The walk up to a refusal by one who may; what was planted later did not happen."""
    deciding = [c for c, s in walk.steps.items() if s.right is not Right.CONSULTED]
    events = sorted(walk.events, key=lambda event: event.on)
    ends = [
        (number, event)
        for number, event in enumerate(events)
        if event.step in deciding and event.state is StepState.PASSED
    ]
    if not ends or walk.planted:
        return walk
    number, event = walk.random.choice(ends)
    walk.events = [*events[:number], Happened(event.step, StepState.REFUSED, event.on)]
    return walk
