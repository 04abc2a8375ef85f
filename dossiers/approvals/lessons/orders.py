"""Which step really comes before which, counted over runs.

The dependency measure is that of the heuristics miner (Weijters, van der Aalst and Alves de
Medeiros, Process mining with the heuristics miner algorithm, 2006). As runs know the first and the
last day of each step, steps that overlap are seen to be done side by side.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from dossiers.approvals.document import PathDocument
from dossiers.approvals.lessons.traces import Visit
from dossiers.approvals.paths.edits import change_step
from dossiers.approvals.steps import Step, all_before

#: A step is put behind another one when it was so in at least so many of ten runs with both.
OF_TEN = 8


def is_before(one: Visit, other: Visit) -> bool:
    """Whether one was done before the other began; that it was opened again later is no matter.

    Of two that began on one day nobody can tell.
    """
    return is_told(one, other) and _comes_before(one, other)


def is_told(one: Visit, other: Visit) -> bool:
    """Whether their days say in which order they were, or that they overlap.

    They do not when both began on one day and one of them was done on it.
    """
    if one.began is None or other.began is None or one.began[0] != other.began[0]:
        return True
    day = one.began[0]
    return not any(visit.done and visit.done[0] == day for visit in (one, other))


def _comes_before(one: Visit, other: Visit) -> bool:
    """Within one day as it was written down."""
    return one.done is not None and other.began is not None and one.done < other.began


def dependency(forth: int, back: int) -> float:
    """How surely one follows the other, from -1 to 1; few runs never give certainty."""
    return (forth - back) / (forth + back + 1)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a step stands in a path: after all of these, before all of those."""

    after: frozenset[str]
    before: frozenset[str]


@dataclass
class Pairs:
    """How often each step was wholly before each other, and how often their days told it.

    Where the days of no run tell it, what was written down first was first.
    """

    _forth: Counter[tuple[str, str]] = field(default_factory=Counter)
    _told: Counter[frozenset[str]] = field(default_factory=Counter)
    _written: Counter[tuple[str, str]] = field(default_factory=Counter)
    _both: Counter[frozenset[str]] = field(default_factory=Counter)

    def add(self, one: str, first: Visit, other: str, second: Visit) -> None:
        """Count two steps of one run."""
        pair = frozenset((one, other))
        self._both[pair] += 1
        self._written[one, other] += _comes_before(first, second)
        self._written[other, one] += _comes_before(second, first)
        if is_told(first, second):
            self._told[pair] += 1
            self._forth[one, other] += _comes_before(first, second)
            self._forth[other, one] += _comes_before(second, first)

    def both(self, one: str, other: str) -> int:
        """How many runs tell of the two."""
        pair = frozenset((one, other))
        return self._told[pair] or self._both[pair]

    def forth(self, one: str, other: str) -> int:
        """In how many of those the first was done before the other began."""
        counted = self._forth if self._told[frozenset((one, other))] else self._written
        return counted[one, other]

    def known(self) -> list[tuple[str, str]]:
        """All pairs that any run had, both ways."""
        return list(self._written)


def pairs_of(runs: Iterable[Mapping[str, Visit]]) -> Pairs:
    """All pairs of steps of these runs."""
    found = Pairs()
    for visits in runs:
        for (one, first), (other, second) in combinations(visits.items(), 2):
            found.add(one, first, other, second)
    return found


def place_of(code: str, runs: Iterable[Mapping[str, Visit]], known: Iterable[str]) -> Place:
    """Where a step was among the known ones in most of the runs that had it."""
    pairs = Pairs()
    for visits in runs:
        if code in visits:
            for other, visit in visits.items():
                if other != code:
                    pairs.add(code, visits[code], other, visit)
    others = [one for one in known if one != code and pairs.both(code, one)]
    return Place(
        frozenset(one for one in others if _mostly(pairs, one, code)),
        frozenset(one for one in others if _mostly(pairs, code, one)),
    )


def _mostly(pairs: Pairs, one: str, other: str) -> bool:
    return pairs.forth(one, other) * 10 >= pairs.both(one, other) * OF_TEN


def put_at(document: PathDocument, step: Step, place: Place) -> PathDocument:
    """The document with a step that is not in it put at its place, as far as no circle arises."""
    known = document.by_code
    after = place.after & known.keys()
    behind = after.union(*(all_before(code, known) for code in after))
    before = place.before & known.keys() - behind
    steps = _listed(document.steps, replace(step, after=after), before)
    found = replace(document, steps=steps)
    for code in sorted(before):
        waiting = found.by_code[code]
        found = change_step(found, replace(waiting, after=waiting.after | {step.code}))
    return change_step(found, found.by_code[step.code])


def _listed(steps: Sequence[Step], new: Step, before: frozenset[str]) -> tuple[Step, ...]:
    """The list with the new step behind the last that it waits for."""
    places = [number for number, one in enumerate(steps, 1) if one.code in new.after]
    first = min((number for number, one in enumerate(steps) if one.code in before), default=None)
    place = max(places, default=first if first is not None else len(steps))
    return (*steps[:place], new, *steps[place:])


def beside(document: PathDocument, first: str, second: str) -> PathDocument:
    """The second no longer waits for the first; what waited for the second waits for both."""
    known = document.by_code
    later = known[second]
    if first not in later.after:
        return document
    found = change_step(document, replace(later, after=later.after - {first} | known[first].after))
    for step in document.steps:
        if second in step.after:
            found = change_step(found, replace(step, after=step.after | {first}))
    return found
