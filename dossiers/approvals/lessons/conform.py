"""How a finished run differs from the version of the path by which it went.

Conformance checking of process mining (van der Aalst, Process Mining, 2nd edition, 2016, chapter
8). The run is laid beside the path as in an alignment (Adriansyah, van Dongen and van der Aalst,
Conformance checking using cost-based fitness analysis, 2011): a step of the path that did not
happen is a move of the path alone, one that the path does not know a move of the run alone, one at
the wrong place both. As each step is done at most once and the path is a partial order, no search
over states is needed. Only the part of the path that the run reached is compared (a prefix
alignment), so that a refusal is no deviation.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dossiers.approvals.kinds import StepState
from dossiers.approvals.lessons.traces import (
    Recorded,
    Visit,
    began_in,
    days_between,
    last_usual_day,
    nearest_before,
)
from dossiers.approvals.steps import Step, Steps, all_before, needed_for


class DeviationKind(StrEnum):
    """In which way a step of a run was not as the path says."""

    SKIPPED = "skipped"
    EXTRA = "extra"
    REORDERED = "reordered"
    SLOWER = "slower"
    OTHER_SIGNER = "other_signer"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Deviation:
    """One difference at one step.

    `waited_for` and `waited_titles` are the steps that were not done yet when a reordered one
    began. A slower step took `days` working days, not the `usual` ones of nine of ten times.
    `times` counts how often it was sent back. `position_id` or `person_id` is who acted in place
    of those named.
    """

    kind: DeviationKind
    step: str
    title: str
    waited_for: tuple[str, ...] = ()
    waited_titles: tuple[str, ...] = ()
    days: int = 0
    usual: int = 0
    times: int = 0
    position_id: int | None = None
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """A position that somebody held, from the first day to the last, not included."""

    position_id: int
    since: date
    until: date


Seats = Mapping[int, Sequence[Seat]]
"""The positions that people hold and held, by the number of the person."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """All deviations of a run, and what the fitness is worked out from.

    `cost` counts the moves that only one of the two made, `most` those when nothing had fitted.
    """

    deviations: tuple[Deviation, ...]
    cost: int
    most: int

    @property
    def fitness(self) -> float:
        """From 0 (nothing of the path happened) to 1 (every step, in its order, and no other).

        One minus the cost of the alignment by that of the worst one. A step left out and one that
        the path does not know cost one each, one at the wrong place two. Durations, signers and
        returns do not count: they say nothing about the order of the path.
        """
        return 1 - self.cost / self.most if self.most else 1.0


def compare(run: Recorded, seats: Seats | None = None) -> Comparison:
    """Lay a run beside its path; `seats` tell which positions those who acted held."""
    needed = needed_for(run.document.by_code, run.purchase)
    steps = needed.steps
    reached = _reached(run, steps)
    skipped = [c for c in reached if not _happened(run, c) and c not in needed.unsure]
    extra = [visit for code, visit in run.visits.items() if visit.happened and code not in steps]
    early = dict(_early(run, steps))
    found = [
        *(Deviation(DeviationKind.SKIPPED, code, steps[code].title) for code in skipped),
        *(Deviation(DeviationKind.EXTRA, visit.code, visit.title) for visit in extra),
        *(_reordered(steps, code, late) for code, late in early.items()),
    ]
    done = [step for step in steps.values() if _happened(run, step.code)]
    for step in done:
        found += _of_step(run, step, steps, seats or {})
    cost = len(skipped) + len(extra) + 2 * _misplaced(early)
    return Comparison(tuple(found), cost, len(skipped) + 2 * len(done) + len(extra))


def _happened(run: Recorded, code: str) -> bool:
    visit = run.visits.get(code)
    return visit is not None and visit.happened


def _reached(run: Recorded, steps: Steps) -> list[str]:
    """The steps that happened or were skipped in so many words, and all before them."""
    found = {code for code in run.visits if code in steps}
    for code in list(found):
        found |= all_before(code, steps)
    return [code for code in steps if code in found]


def _early(run: Recorded, steps: Steps) -> Iterator[tuple[str, frozenset[str]]]:
    """The steps that began before what they wait for was done, with what was not."""
    for code in steps:
        visit = run.visits.get(code)
        if visit is None or visit.began is None or not visit.happened:
            continue
        day = visit.began[0]
        before = nearest_before(code, steps, run.visits)
        late = frozenset(one for one in before if not run.visits[one].was_done_on(day))
        if late:
            yield code, late


def _reordered(steps: Steps, code: str, late: frozenset[str]) -> Deviation:
    codes = tuple(sorted(late))
    titles = tuple(steps[one].title for one in codes)
    return Deviation(DeviationKind.REORDERED, code, steps[code].title, codes, titles)


def _misplaced(early: Mapping[str, frozenset[str]]) -> int:
    """How few steps, taken out, leave the rest in order: that with most conflicts goes first."""
    conflicts = {(code, one) for code, late in early.items() for one in late}
    taken = 0
    while conflicts:
        counted = Counter(code for pair in sorted(conflicts) for code in pair)
        worst = counted.most_common(1)[0][0]
        conflicts = {pair for pair in conflicts if worst not in pair}
        taken += 1
    return taken


def _of_step(run: Recorded, step: Step, steps: Steps, seats: Seats) -> Iterator[Deviation]:
    visit = run.visits[step.code]
    if visit.returned:
        yield Deviation(DeviationKind.RETURNED, step.code, step.title, times=visit.returned)
    if visit.ended and _is_other(visit, visit.ended[0], step, seats):
        yield Deviation(
            DeviationKind.OTHER_SIGNER,
            step.code,
            step.title,
            position_id=visit.position_id,
            person_id=visit.person_id,
        )
    if visit.ended:
        yield from _slower(run, step, steps)


def _slower(run: Recorded, step: Step, steps: Steps) -> Iterator[Deviation]:
    visit, usual = run.visits[step.code], max(1, step.duration.slow, step.duration.median)
    start = began_in(run, step.code, steps)
    late = visit.done is not None and visit.done[0] > last_usual_day(run, step, start)
    days = days_between(run, step, start, visit)
    if late or (visit.again and days > usual and not step.meetings):
        yield Deviation(DeviationKind.SLOWER, step.code, step.title, days=days, usual=usual)


def _is_other(visit: Visit, day: date, step: Step, seats: Seats) -> bool:
    """Whether somebody acted who is neither named nor the deputy; of nobody known, it is not."""
    if not step.positions or visit.state is StepState.BY_DEPUTY:
        return False
    acted = acting_position(visit, day, seats, frozenset({*step.positions, step.deputy or 0}))
    return acted is not None and acted not in {*step.positions, step.deputy}


def acting_position(
    visit: Visit, day: date, seats: Seats, wanted: frozenset[int] = frozenset()
) -> int | None:
    """The position that acted: the one written down, else one that the person held on the day.

    Of several those in `wanted` go first; 0 stands for none of the chart, `None` for nobody known.
    """
    if visit.position_id is not None:
        return visit.position_id
    if visit.person_id is None:
        return None
    held = [s.position_id for s in seats.get(visit.person_id, ()) if s.since <= day < s.until]
    return next(iter(sorted(held, key=lambda one: (one not in wanted, one))), 0)
