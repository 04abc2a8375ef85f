"""What differs between two versions of a path: steps new, gone, moved, changed field by field."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import StrEnum
from itertools import combinations

from dossiers.approvals.document import PathDocument
from dossiers.approvals.steps import Step, Steps, all_before, in_order


class What(StrEnum):
    """What became of a step, or of the path as a whole."""

    NEW = "new"
    GONE = "gone"
    MOVED = "moved"
    CHANGED = "changed"
    PATH = "path"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. `step` is the code, empty for the path as a whole.

    `field` names what changed of a step or of the path; its values are in the two documents.
    """

    what: What
    step: str = ""
    field: str = ""


STEP_FIELDS = tuple(one.name for one in fields(Step) if one.name not in ("code", "after"))
_PATH_FIELDS = ("currency", "frozen")


def compare(old: PathDocument, new: PathDocument) -> list[Difference]:
    """The path as a whole first, then steps in their new order, then those that are gone."""
    return [*_of_path(old, new), *_of_steps(old, new), *_gone(old, new)]


def _of_path(old: PathDocument, new: PathDocument) -> Iterator[Difference]:
    for name in _PATH_FIELDS:
        if getattr(old, name) != getattr(new, name):
            yield Difference(What.PATH, field=name)


def _of_steps(old: PathDocument, new: PathDocument) -> Iterator[Difference]:
    before, moved = old.by_code, moved_between(old.by_code, new.by_code)
    for step in in_order(new.by_code):
        earlier = before.get(step.code)
        if earlier is None:
            yield Difference(What.NEW, step.code)
            continue
        if step.code in moved:
            yield Difference(What.MOVED, step.code)
        for name in STEP_FIELDS:
            if getattr(earlier, name) != getattr(step, name):
                yield Difference(What.CHANGED, step.code, name)


def _gone(old: PathDocument, new: PathDocument) -> Iterator[Difference]:
    for step in in_order(old.by_code):
        if step.code not in new.by_code:
            yield Difference(What.GONE, step.code)


def moved_between(old: Steps, new: Steps) -> frozenset[str]:
    """The fewest steps, as far as one sees, that must have moved for the order to be the new one.

    Two steps stand to each other as before when the same one of them waits for the other, near or
    far, or none does. Again and again the step is taken that stands otherwise to most others, so a
    step that went from the beginning to the end has moved, and those that it passed have not.
    """
    common = [step.code for step in in_order(new) if step.code in old]
    before = {code: all_before(code, old) for code in common}
    after = {code: all_before(code, new) for code in common}
    left = {
        (one, other)
        for one, other in combinations(common, 2)
        if (one in before[other], other in before[one])
        != (one in after[other], other in after[one])
    }
    moved = set[str]()
    while left:
        counts = Counter(code for pair in left for code in pair)
        most = max(counts.values())
        chosen = next(code for code in reversed(common) if counts[code] == most)
        moved.add(chosen)
        left = {pair for pair in left if chosen not in pair}
    return frozenset(moved)
