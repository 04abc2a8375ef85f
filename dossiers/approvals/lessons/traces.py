"""A finished run as plain values, and how it went through each of its steps."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import blake2b

from dossiers.approvals.document import PathDocument
from dossiers.approvals.kinds import StepKind, StepState
from dossiers.approvals.log import DONE, Happened
from dossiers.approvals.purchases import Purchase
from dossiers.approvals.steps import Step, Steps, all_before
from dossiers.approvals.working_days import WorkingDays
from wiki.errors import Refusal
from wiki.rendering.titles import fold_title

Point = tuple[date, int]
"""A day, and the number of the event among all of the run: what came first within one day."""


@dataclass(slots=True)
class Visit:
    """How a run went through one step.

    `began` is its first event that is not "skipped", `done` the first and `ended` the last that
    closed it. `opened` tells that the first event was a beginning; else only the end of the step
    was written down. `again` are the times in which it was open once more after that.
    """

    code: str
    title: str = ""
    kind: StepKind | None = None
    began: Point | None = None
    ended: Point | None = None
    done: Point | None = None
    opened: bool = False
    again: list[tuple[date, date]] = field(default_factory=list)
    state: StepState = StepState.WAITING
    returned: int = 0
    position_id: int | None = None
    person_id: int | None = None
    _days: list[date] = field(default_factory=list)
    _states: list[StepState] = field(default_factory=list)
    _since: date | None = None

    @property
    def happened(self) -> bool:
        """Whether anybody worked on it; a step that was skipped in the end did not happen."""
        return self.began is not None and self.state is not StepState.SKIPPED

    def was_done_on(self, day: date) -> bool:
        """Whether what waits for it could begin on that day."""
        place = bisect_right(self._days, day)
        return place > 0 and self._states[place - 1] in DONE

    def add(self, event: Happened, number: int) -> None:
        """Take in the next event of the step."""
        point = (event.on, number)
        if event.state is not StepState.SKIPPED and self.began is None:
            self.began, self.opened = point, event.state is StepState.RUNNING
        self._close(event, point)
        self.state = event.state
        self.returned += event.state is StepState.RETURNED
        self.title, self.kind = event.title or self.title, event.kind or self.kind
        self.position_id = event.position_id or self.position_id
        self.person_id = event.person_id or self.person_id
        self._days.append(event.on)
        self._states.append(event.state)

    def _close(self, event: Happened, point: Point) -> None:
        """Whether the step is open or closed after the event, and since when."""
        if event.state not in DONE and event.state is not StepState.REFUSED:
            if self.done and self._since is None:
                self._since = event.on
            self.ended = None
            return
        if self.done:
            self.again.append((self._since or event.on, event.on))
            self._since = None
        self.done, self.ended = self.done or point, point


Visits = Mapping[str, Visit]
"""How a run went through its steps, by their codes."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A run that has ended: the version it went by, what was bought, what happened.

    `events` come as they happened. `calendar` is that of the client under the version.
    """

    run_id: int
    document: PathDocument
    purchase: Purchase
    began_on: date
    calendar: WorkingDays
    visits: Visits
    signed: bool = True


def visits_of(events: Iterable[Happened]) -> dict[str, Visit]:
    """How the run went through its steps, by their codes, in the order in which they began."""
    found: dict[str, Visit] = {}
    for number, event in enumerate(events):
        found.setdefault(event.step, Visit(event.step)).add(event, number)
    return found


def folded(title: str) -> str:
    """A title by which a step that no path knows is known again in other runs."""
    return fold_title(title)[:250]


def nearest_before(code: str, steps: Steps, visits: Visits) -> frozenset[str]:
    """The steps that happened for which this one waits, over those that did not happen."""
    found: set[str] = set()
    seen: set[str] = set()
    waiting = list(steps[code].after)
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        visit = visits.get(one)
        if visit is not None and visit.happened:
            found.add(one)
        else:
            waiting += steps[one].after
    return frozenset(found)


def first_day(visit: Visit, before: Iterable[Visit], began_on: date) -> date:
    """The day on which work on the step began.

    When only its end was written down: the day after all that it waited for were done, and without
    those the first day of the run.
    """
    assert visit.began is not None
    if visit.opened:
        return visit.began[0]
    ends = (one.ended for one in before)
    ready = max((end[0] + timedelta(days=1) for end in ends if end), default=began_on)
    return min(ready, visit.began[0])


def began_in(run: Recorded, code: str, steps: Steps) -> date:
    """The day on which a run began with one of these steps, which happened."""
    visit = run.visits[code]
    if visit.opened and visit.began:
        return visit.began[0]
    before = (run.visits[one] for one in all_before(code, steps) if one in run.visits)
    return first_day(visit, before, run.began_on)


def days_between(run: Recorded, step: Step, start: date, visit: Visit) -> int:
    """How many working days the step took from its first day on; at least one.

    Days on which it was closed and went back to it later are not counted.
    """
    assert visit.done is not None
    calendar = run.calendar.without(step.frozen)
    spells = ((start, visit.done[0]), *visit.again)
    return max(1, sum(calendar.between(since, end) for since, end in spells))


def last_usual_day(run: Recorded, step: Step, start: date) -> date:
    """The day on which the step ends when it takes as long as nine of ten times.

    A committee may wait for its next meeting. Without any day on which it could end, never.
    """
    own = run.calendar.without(step.frozen)
    most = max(1, step.duration.slow, step.duration.median)
    try:
        end = own.after(start, most)
        return own.on_or_after(end, step.meetings) if step.meetings else end
    except Refusal:
        return date.max


def known_as(visits: Visits, own: Steps, newest: Steps) -> dict[str, Visit]:
    """The steps that happened, by the codes that they have in the newest version.

    A step that the run's `own` version does not know has another code in each run; it is known
    again by its title.
    """
    titles = {folded(step.title): step.code for step in newest.values()}
    found: dict[str, Visit] = {}
    for code, visit in visits.items():
        if visit.happened:
            known = code if code in newest or code in own else _by_title(visit.title, titles)
            found.setdefault(known, visit)
    return found


def _by_title(title: str, known: Mapping[str, str]) -> str:
    name = folded(title)
    return known.get(name) or code_for(name)


def code_for(name: str) -> str:
    """A code for a step of that folded title, the same in all runs."""
    return "x" + blake2b(name.encode(), digest_size=4).hexdigest()
