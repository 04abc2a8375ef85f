"""Which step really comes before which, counted over runs.

The dependency measure is that of the heuristics miner (Weijters, van der Aalst and Alves de
Medeiros, Process mining with the heuristics miner algorithm, 2006).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dossiers.approvals.document import PathDocument
from dossiers.approvals.lessons.pairs import Pairs
from dossiers.approvals.paths.edits import change_step
from dossiers.approvals.steps import Step, all_before

#: A step is put behind another one when it was so in at least so many of ten runs with both.
OF_TEN = 8


def dependency(forth: int, back: int) -> float:
    """How surely one follows the other, from -1 to 1; few runs never give certainty."""
    return (forth - back) / (forth + back + 1)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a step stands in a path: after all of these, before all of those."""

    after: frozenset[str]
    before: frozenset[str]


def place_of(code: str, pairs: Pairs, known: Iterable[str]) -> Place:
    """Where a step was among the known ones in most of the runs that had it."""
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
