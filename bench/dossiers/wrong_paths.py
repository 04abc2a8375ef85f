"""Paths written down wrongly in one known way, and runs of the true path recorded under them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from bench.dossiers.random_paths import random_path, random_purchase
from bench.dossiers.walks import OUTSIDER, Walk, walk_of
from dossiers.approvals.document import PathDocument
from dossiers.approvals.kinds import StepKind
from dossiers.approvals.lessons.lesson import LessonKind
from dossiers.approvals.lessons.traces import Recorded
from dossiers.approvals.paths.edits import add_after, add_beside, change_step, join, remove_step
from dossiers.approvals.purchases import Condition, Purchase
from dossiers.approvals.steps import Duration, Step, all_before

Wrong = tuple[PathDocument, str]
"""The path as somebody wrote it, and the code of the step that is wrong in it."""
SHIFT = Decimal(3_000_000)


@dataclass(frozen=True)
class Case:
    """A true path, the same one written down wrongly, and finished runs that went by it."""

    kind: LessonKind
    truth: PathDocument
    written: PathDocument
    step: str
    runs: list[Recorded]


def some_case(random: Random, kind: LessonKind, runs: int) -> Case | None:
    """A path with one mistake of that kind that its runs show.

    `None` when the path drawn has no place for it.
    """
    truth = random_path(random, conditions=kind is LessonKind.AMOUNT)
    found = _MISTAKES[kind](random, truth)
    if found is None:
        return None
    written, step = found
    walks = [walk_of(random, truth, _bought(random), odd=False) for _run in range(runs)]
    if kind is LessonKind.AMOUNT and _shown_by(walks, written.by_code[step]) < 2:
        return None
    return Case(kind, truth, written, step, [_under(written, walk) for walk in walks])


def _shown_by(walks: list[Walk], wrong: Step) -> int:
    """How many walks went another way than the wrong amounts say; one alone may be an exception."""
    return sum(
        (wrong.code in walk.steps) != bool(wrong.condition.holds_for(walk.purchase))
        for walk in walks
    )


def _bought(random: Random) -> Purchase:
    return replace(random_purchase(random), currency="RUB")


def _under(written: PathDocument, walk: Walk) -> Recorded:
    """The walk as somebody recorded it: a step that the written path does not know has a code."""
    drawn = f"e{walk.random.randrange(10**6)}"
    walk.events = [
        event if event.step in written.by_code else replace(event, step=drawn + event.step)
        for event in walk.events
    ]
    return replace(walk.recorded(), document=written)


def _middle(random: Random, path: PathDocument) -> Step:
    return random.choice(path.steps[:-1])


def _one_too_many(random: Random, truth: PathDocument) -> Wrong:
    new = Step("z", "Nobody does this", StepKind.TECHNICAL)
    add = random.choice((add_after, add_beside))
    return add(truth, _middle(random, truth).code, new), "z"


def _one_missing(random: Random, truth: PathDocument) -> Wrong:
    step = _middle(random, truth)
    return remove_step(truth, step.code), step.code


def _turned(random: Random, truth: PathDocument) -> Wrong | None:
    """Two steps of a row the other way round."""
    waiting = {step.code: [s for s in truth.steps if step.code in s.after] for step in truth.steps}
    pairs = [
        (waiting[step.code][0], step)
        for step in truth.steps
        if len(waiting[step.code]) == 1
        and waiting[step.code][0].after == {step.code}
        and waiting[step.code][0] is not truth.steps[-1]
    ]
    if not pairs:
        return None
    later, earlier = random.choice(pairs)
    without = remove_step(truth, later.code)
    first = replace(later, after=earlier.after)
    steps = (
        replace(s, after=frozenset({later.code})) if s.code == earlier.code else s
        for s in without.steps
    )
    written = replace(without, steps=(*steps, first))
    return written, earlier.code


def _in_a_row(random: Random, truth: PathDocument) -> Wrong | None:
    """One of two steps side by side is said to wait for the other."""
    pairs = [
        (one.code, other.code)
        for one in truth.steps
        for other in truth.steps
        if one.code < other.code and one.after == other.after and one.duration.median > 2
    ]
    if not pairs:
        return None
    first, second = random.choice(pairs)
    return join(truth, first, second), second


def _other_amount(random: Random, truth: PathDocument) -> Wrong | None:
    fitting = [step for step in truth.steps if step.condition.amount_from]
    if not fitting:
        return None
    step = random.choice(fitting)
    true = step.condition.amount_from
    assert true is not None
    wrong = true + SHIFT if true < 5_000_000 else true - SHIFT
    changed = replace(step, condition=replace(step.condition, amount_from=wrong))
    return change_step(truth, changed), step.code


def _only_new_vendors(random: Random, truth: PathDocument) -> Wrong:
    step = _middle(random, truth)
    return change_step(truth, replace(step, condition=Condition(new_vendor=True))), step.code


def _other_days(random: Random, truth: PathDocument) -> Wrong | None:
    fitting = [step for step in truth.steps if not step.meetings]
    step = random.choice(fitting)
    slower = random.random() < 0.5
    wrong = Duration(step.duration.median + 5, step.duration.slow + 8) if slower else Duration(0, 0)
    if not slower and step.duration.median < 3:
        return None
    return change_step(truth, replace(step, duration=wrong)), step.code


def _other_signer(random: Random, truth: PathDocument) -> Wrong | None:
    fitting = [step for step in truth.steps if len(step.positions) == 1]
    if not fitting:
        return None
    step = random.choice(fitting)
    return change_step(truth, replace(step, positions=(OUTSIDER,), deputy=None)), step.code


_MISTAKES: Mapping[LessonKind, Callable[[Random, PathDocument], Wrong | None]] = {
    LessonKind.SKIPPED: _one_too_many,
    LessonKind.EXTRA: _one_missing,
    LessonKind.ORDER: _turned,
    LessonKind.BESIDE: _in_a_row,
    LessonKind.AMOUNT: _other_amount,
    LessonKind.CONDITION: _only_new_vendors,
    LessonKind.DURATION: _other_days,
    LessonKind.SIGNER: _other_signer,
}


def order_of(path: PathDocument) -> set[tuple[str, str]]:
    """Which step, by its title, comes before which, near and far."""
    steps = path.by_code
    return {
        (steps[one].title, steps[other].title)
        for other in steps
        for one in all_before(other, steps)
    }
