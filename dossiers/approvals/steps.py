"""A path as plain values: its steps, what comes after what, and what is wrong with it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from graphlib import CycleError, TopologicalSorter
from typing import Annotated

from pydantic import Field

from dossiers.approvals.kinds import Right, StepKind
from dossiers.approvals.plain import Amount, Code, Line, Ordered, Text, Title
from dossiers.approvals.purchases import AmountGap, Condition, Purchase, gaps_between
from dossiers.approvals.working_days import Frozen, Meetings
from dossiers.facts.kinds import Confidence, Source
from wiki.errors import Refusal


@dataclass(frozen=True, slots=True)
class Duration:
    """How long a step usually takes, in working days: half of the times, and nine of ten."""

    median: Annotated[int, Field(ge=0, le=500)]
    slow: Annotated[int, Field(ge=0, le=500)]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path.

    `after` names the steps that must be done before; steps with the same `after` are done side by
    side. `positions` act; `needed` of them must say yes (`None`: all). `limit` is the largest
    amount that whoever acts may sign, in the currency of the path. `documents` are what the client
    asks for, `bring` what we must do or bring. `note` and the evidence are for our eyes only.
    """

    code: Code
    title: Title
    kind: StepKind
    after: Ordered[Code] = frozenset()
    positions: Annotated[tuple[int, ...], Field(max_length=30)] = ()
    needed: Annotated[int, Field(ge=1, le=30)] | None = None
    right: Right = Right.MUST_SIGN
    condition: Condition = field(default_factory=Condition)
    duration: Duration = Duration(1, 3)
    meetings: Meetings | None = None
    frozen: Annotated[tuple[Frozen, ...], Field(max_length=10)] = ()
    deputy: int | None = None
    limit: Amount | None = None
    documents: Annotated[tuple[Line, ...], Field(max_length=30)] = ()
    bring: Text = ""
    note: Text = ""
    source: Source = Source.COLLEAGUE
    confidence: Confidence = Confidence.LIKELY
    evidence: Line = ""


Steps = Mapping[str, Step]


def steps_by_code(steps: Sequence[Step]) -> Steps:
    """The steps by their codes. Raises `Refusal` for two of one code."""
    found = {step.code: step for step in steps}
    if len(found) < len(steps):
        raise Refusal("Two steps have the same code. Nothing was changed. Give one another code.")
    return found


def in_order(steps: Steps) -> list[Step]:
    """The steps, each after all that it waits for; those side by side as they were given.

    Raises `Refusal` for a circle, and for a step that waits for one which is not there.
    """
    _check_all_there(steps)
    place = {code: number for number, code in enumerate(steps)}
    sorter = TopologicalSorter({code: step.after for code, step in steps.items()})
    try:
        sorter.prepare()
    except CycleError as error:
        raise Refusal(
            "These steps wait for each other in a circle: %(titles)s. Nothing was changed.",
            titles=", ".join(dict.fromkeys(steps[code].title for code in error.args[1])),
        ) from None
    found: list[Step] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready(), key=place.__getitem__)
        found += [steps[code] for code in ready]
        sorter.done(*ready)
    return found


def _check_all_there(steps: Steps) -> None:
    for step in steps.values():
        for code in sorted(step.after - steps.keys()):
            raise Refusal(
                "The step «%(title)s» waits for a step that is not in the path (%(code)s). "
                "Nothing was changed.",
                title=step.title,
                code=code,
            )


@dataclass(frozen=True, slots=True)
class Needed:
    """The steps that a purchase goes through, joined over those that it does not need.

    `unsure` are the codes of steps of which nobody can tell because of another currency; they are
    kept in the path.
    """

    steps: Steps
    unsure: frozenset[str] = frozenset()


def needed_for(steps: Steps, purchase: Purchase) -> Needed:
    """Leave out what the purchase does not need; what waited for that waits for those before."""
    ordered = in_order(steps)
    answers = {step.code: step.condition.holds_for(purchase) for step in ordered}
    behind: dict[str, frozenset[str]] = {}
    kept: dict[str, Step] = {}
    for step in ordered:
        after = frozenset[str]().union(*(behind[code] for code in step.after))
        if answers[step.code] is False:
            behind[step.code] = after
        else:
            behind[step.code] = frozenset({step.code})
            kept[step.code] = replace(step, after=_nearest(after, kept))
    unsure = frozenset(code for code, answer in answers.items() if answer is None)
    return Needed(kept, unsure)


def _nearest(after: frozenset[str], kept: Steps) -> frozenset[str]:
    """Only those that none of the others waits for: a step need not be named twice."""
    return after - frozenset[str]().union(*(all_before(code, kept) for code in after))


def all_before(code: str, kept: Steps) -> frozenset[str]:
    """The codes of all steps that must be done before this one, near and far."""
    found: set[str] = set()
    waiting = list(kept[code].after)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += kept[one].after
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something in a path that cannot be right: a step never needed, amounts that nobody signs."""

    step: str = ""
    gap: AmountGap | None = None


def flaws_of(steps: Steps, currency: str) -> Iterator[Flaw]:
    """What is shown while somebody edits the path; a path with flaws may still be kept."""
    for step in steps.values():
        if not step.condition.can_be_met:
            yield Flaw(step.code)
    signing = [s.condition for s in steps.values() if _signs(s)]
    if steps:
        yield from (Flaw(gap=gap) for gap in gaps_between(signing, currency))


def _signs(step: Step) -> bool:
    return step.right is Right.MUST_SIGN and step.kind in (
        StepKind.SIGN,
        StepKind.BOARD,
        StepKind.COMMITTEE,
    )
