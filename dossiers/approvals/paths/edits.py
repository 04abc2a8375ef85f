"""What one can do to a path while editing it: pure functions from a document to the next one.

A path is kept lean: a step waits only for those that none of its others waits for already. Every
function raises `Refusal` when the step it speaks of is not there.
"""

from collections.abc import Callable
from dataclasses import replace
from secrets import token_hex

from dossiers.approvals.document import PathDocument, check_document
from dossiers.approvals.steps import Step, Steps, all_before
from dossiers.approvals.working_days import Frozen
from wiki.errors import Refusal


def new_code() -> str:
    """A code for a new step: drawn by lot, so that two people at once do not give the same."""
    return "s" + token_hex(4)


def add_first(document: PathDocument, step: Step) -> PathDocument:
    """Before everything else."""
    waiting = {one.code for one in document.steps if not one.after}
    behind = _waiting_also_for(document, waiting, step.code)
    return lean(replace(document, steps=(replace(step, after=frozenset()), *behind)))


def add_last(document: PathDocument, step: Step) -> PathDocument:
    """After everything else."""
    waited_for = frozenset[str]().union(*(one.after for one in document.steps))
    ends = frozenset(document.by_code) - waited_for
    return lean(replace(document, steps=(*document.steps, replace(step, after=ends))))


def add_after(document: PathDocument, code: str, step: Step) -> PathDocument:
    """Behind one step; what waited for that one waits for the new one."""
    step_in(document, code)
    moved = tuple(
        replace(one, after=one.after - {code} | {step.code}) if code in one.after else one
        for one in document.steps
    )
    new = replace(step, after=frozenset({code}))
    return lean(replace(document, steps=_behind(moved, code, new)))


def add_beside(document: PathDocument, code: str, step: Step) -> PathDocument:
    """At the same time as one step: after the same ones, before the same ones."""
    beside = step_in(document, code)
    waiting = {one.code for one in document.steps if code in one.after}
    steps = _waiting_also_for(document, waiting, step.code)
    new = replace(step, after=beside.after)
    return lean(replace(document, steps=_behind(steps, code, new)))


def add_between(document: PathDocument, first: str, second: str, step: Step) -> PathDocument:
    """Between two steps of which the second waits for the first."""
    return add_among(document, frozenset({first}), frozenset({second}), step)


def add_among(
    document: PathDocument, firsts: frozenset[str], seconds: frozenset[str], step: Step
) -> PathDocument:
    """Between several steps and several others that all wait for all of them."""
    waiting = [step_in(document, code) for code in sorted(seconds)]
    for code in sorted(firsts):
        step_in(document, code)
    if not firsts or not waiting or not all(firsts <= one.after for one in waiting):
        raise Refusal(
            "The second step does not wait for the first, so nothing fits between them. Nothing "
            "was changed."
        )
    moved = tuple(
        replace(one, after=one.after - firsts | {step.code}) if one.code in seconds else one
        for one in document.steps
    )
    last = [one.code for one in document.steps if one.code in firsts][-1]
    return lean(replace(document, steps=_behind(moved, last, replace(step, after=firsts))))


def change_step(document: PathDocument, step: Step) -> PathDocument:
    """The step of this code is now so; what it waits for is checked."""
    step_in(document, step.code)
    steps = tuple(step if one.code == step.code else one for one in document.steps)
    return lean(replace(document, steps=steps))


def remove_step(document: PathDocument, code: str) -> PathDocument:
    """Without the step; what waited for it waits for those before it."""
    gone = step_in(document, code)
    steps = tuple(
        replace(one, after=one.after - {code} | gone.after) if code in one.after else one
        for one in document.steps
        if one.code != code
    )
    return lean(replace(document, steps=steps))


Put = Callable[[PathDocument, Step], PathDocument]


def move_step(document: PathDocument, code: str, put: Put) -> PathDocument:
    """Take the step out and put it somewhere else, for example behind another one."""
    step = step_in(document, code)
    return put(remove_step(document, code), step)


def join(document: PathDocument, first: str, second: str) -> PathDocument:
    """Let the second step wait for the first. Raises `Refusal` for a circle."""
    step_in(document, first)
    later = step_in(document, second)
    return change_step(document, replace(later, after=later.after | {first}))


def part(document: PathDocument, first: str, second: str) -> PathDocument:
    """Let the second step no longer wait for the first; the order of all others stays.

    It waits for those before the first, and what waits for it waits for the first, too.
    """
    before, later = step_in(document, first), step_in(document, second)
    if first not in later.after:
        return lean(document)
    after = later.after - {first} | before.after
    steps = _waiting_also_for(
        document, {one.code for one in document.steps if second in one.after}, first
    )
    return change_step(replace(document, steps=steps), replace(later, after=after))


def set_path(document: PathDocument, currency: str, frozen: tuple[Frozen, ...]) -> PathDocument:
    """Another currency and other days without decisions; amounts in the old one become the new."""
    steps = tuple(
        replace(one, condition=replace(one.condition, currency=currency))
        if one.condition.currency == document.currency
        else one
        for one in document.steps
    )
    return replace(document, currency=currency, frozen=frozen, steps=steps)


def step_in(document: PathDocument, code: str) -> Step:
    """The step of that code. Raises `Refusal` when there is none."""
    found = document.by_code.get(code)
    if found is None:
        raise Refusal("There is no such step in this path. Nothing was changed.")
    return found


def _waiting_also_for(document: PathDocument, codes: set[str], code: str) -> tuple[Step, ...]:
    return tuple(
        replace(one, after=one.after | {code}) if one.code in codes else one
        for one in document.steps
    )


def _behind(steps: tuple[Step, ...], code: str, new: Step) -> tuple[Step, ...]:
    """The list with the new step right behind that one."""
    place = next(number for number, one in enumerate(steps) if one.code == code) + 1
    return (*steps[:place], new, *steps[place:])


def lean(document: PathDocument) -> PathDocument:
    """Without waiting twice: what another one waits for already. Raises `Refusal` for a circle."""
    check_document(document)
    steps = document.by_code
    return replace(document, steps=tuple(_nearest(one, steps) for one in document.steps))


def _nearest(step: Step, steps: Steps) -> Step:
    farther = frozenset[str]().union(*(all_before(code, steps) for code in step.after))
    return replace(step, after=step.after - farther) if step.after & farther else step
