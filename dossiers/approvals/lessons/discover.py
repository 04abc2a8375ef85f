"""A whole path proposed from finished runs: steps, order, durations, conditions, who acts.

Process discovery from logs with a beginning and an end of each activity. The order is the one that
holds in nearly all runs with both steps (a behavioural profile: strict order, else side by side;
Weidlich, Mendling and Weske, Efficient consistency measurement based on behavioural profiles,
2011), taken in by the dependency measure of the heuristics miner (Weijters and others, 2006), so
that the surest comes first and no circle can arise. What is left is made lean.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dossiers.approvals.document import MOST_STEPS, PathDocument
from dossiers.approvals.kinds import Right, StepKind
from dossiers.approvals.lessons.acting import other_actor, usual_actor
from dossiers.approvals.lessons.conditions import Seen, best_explanation, exceptions_to, is_clear
from dossiers.approvals.lessons.conform import Seats
from dossiers.approvals.lessons.measures import differs, duration_of
from dossiers.approvals.lessons.orders import dependency
from dossiers.approvals.lessons.pairs import Pairs, pairs_of
from dossiers.approvals.lessons.traces import (
    Recorded,
    Visit,
    Visits,
    days_between,
    first_day,
    known_as,
)
from dossiers.approvals.purchases import Condition
from dossiers.approvals.signature import up_to_signature
from dossiers.approvals.steps import Duration, Step, all_before
from dossiers.facts.kinds import Confidence
from wiki.errors import Refusal

FEWEST = 3
"""So many finished runs are needed before a path is proposed."""
#: One step is before another when it was so in this share of the runs that had both.
_ORDERED = 0.9
#: A step that no path knows must have been seen in so many runs.
_FEWEST_OF_A_STEP = 2
#: What is written stays unless so many more runs go against it than against what they show.
_CHANCE = 2
#: The order that is written stays when it was so in this share of the runs.
_STILL_ORDERED = 0.6


@dataclass(frozen=True, slots=True)
class Evidence:
    """How often a proposed step was seen, in how many runs, and what speaks against it."""

    seen: int
    of: int
    exceptions: int
    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """The proposed path, what it rests on by step, and how many runs that is."""

    document: PathDocument
    evidence: Mapping[str, Evidence]
    runs: int


@dataclass(frozen=True, slots=True)
class _Log:
    """All runs, their steps by the codes of the newest version, and each step as it was known."""

    newest: PathDocument
    runs: Sequence[Recorded]
    visits: Sequence[Visits]
    seats: Seats

    def known(self, code: str) -> Step | None:
        """The step as the newest version says it, else as the run's own version did."""
        own = (run.document.by_code.get(code) for run in reversed(self.runs))
        return self.newest.by_code.get(code) or next((step for step in own if step), None)

    def visits_to(self, code: str) -> list[Visit]:
        return [visits[code] for visits in self.visits if code in visits]


def discover(
    runs: Sequence[Recorded], newest: PathDocument, seats: Seats | None = None
) -> Proposal:
    """The path that these runs show; what runs cannot show is taken from the newest version.

    Raises `Refusal` for fewer than three runs.
    """
    if len(runs) < FEWEST:
        raise Refusal(
            "A path is proposed from %(fewest)d finished runs on; there are %(count)d. Nothing "
            "was changed. Finish more runs first.",
            fewest=FEWEST,
            count=len(runs),
        )
    log = _Log(
        newest,
        runs,
        [known_as(run.visits, run.document.by_code, newest.by_code) for run in runs],
        seats or {},
    )
    counted = Counter(code for visits in log.visits for code in visits)
    codes = dict.fromkeys((*newest.by_code, *(code for code, _count in counted.most_common())))
    order = _order(log, list(codes)[:MOST_STEPS])
    steps, evidence = dict[str, Step](), dict[str, Evidence]()
    for code in order:
        condition, seen = _condition(log, order, code)
        if condition is not None:
            steps[code], evidence[code] = _step(log, order, code, condition, seen)
    document = replace(newest, steps=_joined(steps, order))
    return Proposal(document, evidence, len(runs))


Order = Mapping[str, frozenset[str]]
"""Of each step all that come before it, near and far, in an order that keeps to itself."""


def _order(log: _Log, codes: Sequence[str]) -> Order:
    """What is before what in nearly all runs, the surest first; what would lead in a circle not.

    Steps that no run had together keep the order of the newest version.
    """
    before: dict[str, set[str]] = {code: set() for code in codes}
    pairs, steps = pairs_of(log.visits), log.newest.by_code
    written = {code: all_before(code, steps) for code in steps}
    for one, other in (*_seen_order(pairs, written), *_written_order(pairs, written)):
        if one in before and other in before and other not in before[one] | {one}:
            _put_before(before, one, other)
    place = {code: number for number, code in enumerate(codes)}
    ordered = sorted(codes, key=lambda code: (len(before[code]), place[code]))
    return {code: frozenset(before[code]) for code in ordered}


def _seen_order(pairs: Pairs, before: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, str]]:
    found = [
        (-dependency(pairs.forth(one, other), pairs.forth(other, one)), one, other)
        for one, other in pairs.known()
        if pairs.forth(one, other) >= pairs.both(one, other) * _share(one, before.get(other))
    ]
    return ((one, other) for _sure, one, other in sorted(found))


def _share(one: str, before: frozenset[str] | None) -> float:
    return _STILL_ORDERED if before and one in before else _ORDERED


def _written_order(pairs: Pairs, before: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, str]]:
    for code, earlier in before.items():
        for one in sorted(earlier):
            if not pairs.both(one, code):
                yield one, code


def _put_before(before: dict[str, set[str]], one: str, other: str) -> None:
    """One and all before it come before the other and all behind that."""
    new = before[one] | {one}
    for code, earlier in before.items():
        if code == other or other in earlier:
            earlier |= new


def _condition(log: _Log, order: Order, code: str) -> tuple[Condition | None, list[Seen]]:
    """For which purchases the step happens; `None` for one that is only an exception."""
    behind = {other for other, before in order.items() if code in before}
    signed = code in up_to_signature(log.newest.by_code) or code not in log.newest.by_code
    seen = [
        Seen(run.purchase, code in visits)
        for run, visits in zip(log.runs, log.visits, strict=True)
        if code in visits or behind & visits.keys() or (run.signed and signed)
    ]
    best, known = best_explanation(seen), log.known(code)
    condition, exceptions = best.condition, best.exceptions
    there = sum(one.happened for one in seen)
    often = there >= _FEWEST_OF_A_STEP
    if known and (not often or exceptions_to(known.condition, seen) - exceptions < _CHANCE):
        condition, exceptions = known.condition, exceptions_to(known.condition, seen)
    elif not often:
        return None, seen
    likely = is_clear(exceptions, len(seen)) or there * 2 > len(seen)
    return (condition if likely else None), seen


def _step(
    log: _Log, order: Order, code: str, condition: Condition, seen: Sequence[Seen]
) -> tuple[Step, Evidence]:
    visits = log.visits_to(code)
    known = log.known(code) or _new(code, visits)
    days = tuple(_days(log, order, known))
    duration = _duration(known, days, log.known(code) is not None)
    step = replace(
        known,
        condition=condition,
        duration=duration,
        positions=_actors(log, known, visits),
        after=frozenset(),
    )
    there = sum(one.happened for one in seen)
    return step, Evidence(there, len(seen), exceptions_to(condition, seen), days)


def _duration(step: Step, days: Sequence[int], is_known: bool) -> Duration:
    """That of the runs, unless it is no other than the one that is written."""
    stays = not days or step.meetings or (is_known and not differs(step.duration, days))
    return step.duration if stays else duration_of(days)


def _days(log: _Log, order: Order, step: Step) -> Iterator[int]:
    """How many working days the step took in each run that ended it."""
    for run, visits in zip(log.runs, log.visits, strict=True):
        visit = visits.get(step.code)
        if visit is not None and visit.ended is not None:
            before = (visits[code] for code in order[step.code] if code in visits)
            start = first_day(visit, before, run.began_on)
            yield days_between(run, step, start, visit)


def _new(code: str, visits: Sequence[Visit]) -> Step:
    kinds = Counter(visit.kind for visit in visits if visit.kind)
    kind = kinds.most_common(1)[0][0] if kinds else StepKind.TECHNICAL
    title = visits[-1].title[:200] or code
    return Step(code, title, kind, right=Right.MUST_SIGN, confidence=Confidence.LIKELY)


def _actors(log: _Log, known: Step, visits: Sequence[Visit]) -> tuple[int, ...]:
    """Those named, unless somebody else acts in most of the runs."""
    if not known.positions:
        found = usual_actor(visits, log.seats)
        return (found,) if found else ()
    other = other_actor(known, visits, log.seats)
    if other is None:
        return known.positions
    return (
        (other.position_id,)
        if len(known.positions) == 1
        else (
            *known.positions,
            other.position_id,
        )
    )


def _joined(steps: Mapping[str, Step], order: Order) -> tuple[Step, ...]:
    """The steps in their order, each waiting only for the nearest that were kept."""
    full = {
        code: replace(step, after=order[code] & frozenset(steps)) for code, step in steps.items()
    }
    farther: dict[str, frozenset[str]] = defaultdict(frozenset)
    for code, step in full.items():
        farther[code] = frozenset[str]().union(*(all_before(one, full) for one in step.after))
    return tuple(replace(s, after=s.after - farther[code]) for code, s in full.items())
